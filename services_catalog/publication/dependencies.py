"""Which records quote what: a change to an organization, a place or a program changes the services that show it."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from services_catalog import models
from services_catalog.access import sealed
from services_catalog.languages import ALL_LANGUAGES
from services_catalog.models.base import Compiled
from services_catalog.publication.feed import READERS
from services_catalog.publication.inputs import plain
from services_catalog.publication.parts import readers_of
from services_catalog.publication.records import PublishedRecord
from services_catalog.publication.secrets import holders, run_with_secrets
from services_catalog.publication.transaction import SEALED, Key, Pending

MARKED: tuple[tuple[type[Compiled], str], ...] = (
    (models.Phone, "languages"),
    (models.Contact, "languages"),
    (models.ServiceFigure, "languages"),
    (models.Location, "accessibility"),
)
"""Many-to-many fields of terms."""
AT_ONCE = 200
"""Services compiled in the transaction of a change that hides nothing; a wider fan-out follows in batches."""


def resolve(pending: Pending) -> tuple[set[Key], set[Key]]:
    """Records to compile now and later. What may hide something is never among the later ones."""
    ids = _by_kind(pending.touched)
    territories = ids.get("territory", set()) | _territories_of(ids.get("comune", set()))
    locations = ids.get("location", set()) | _locations_in(ids.get("comune", set()))
    now = {Key("location", key) for key in locations}
    now |= {Key("territory", key) for key in territories}
    for kind in ("term", "attribute", "organization", "service"):
        now |= {Key(kind, key) for key in ids.get(kind, ())}
    now |= _leading_to(ids.get("service", set()))
    holding, kept_by = _sealed_among(ids.get("service", set()), ids.get("location", set()))
    now |= _near(holding, kept_by)
    if holding or kept_by or SEALED in pending.touched:
        now |= _of_everybody()
    quoting = {Key("service", key) for key in _quoting(ids.get("organization"), locations, ids.get("program"))}
    quoting = (quoting | _stating(ids.get("attribute", set()))) - now
    if len(quoting) <= AT_ONCE:
        return now | quoting, set()
    hiding = _by_kind(pending.hiding)
    hidden = {
        Key("service", key)
        for key in _quoting(hiding.get("organization"), hiding.get("location"), hiding.get("program"))
    } | _stating(hiding.get("attribute", set()))
    return now | hidden, quoting - hidden


def _leading_to(services: set[UUID | str]) -> set[Key]:
    """Services with a step at one of these, if this one appears or vanishes for some reader. Read before compiling:
    the records still say what was."""
    steps = list(plain(models.AccessStep).filter(at_service_id__in=services).values_list("at_service_id", "service_id"))
    targets = {target for target, _owner in steps}
    if not targets:
        return set()
    records = PublishedRecord.objects.filter(kind="service", uuid__in=targets, language=ALL_LANGUAGES)
    had: dict[UUID, set[str]] = {}
    for key, public, operator in records.values_list("uuid", "for_public", "for_operator"):
        had.setdefault(key, set()).update(
            reader for reader, has in zip(READERS, (public, operator), strict=True) if has
        )
    rows = plain(models.Service).filter(id__in=targets).values("id", "live", "audience")
    changed = {row["id"] for row in rows if readers_of(row["live"], row["audience"]) != had.get(row["id"], set())}
    return {Key("service", owner) for target, owner in steps if target in changed}


def _sealed_among(services: set[UUID | str], locations: set[UUID | str]) -> tuple[set[UUID], set[UUID | None]]:
    """Services with something sealed, of these or at these places; and who keeps the sealed places (None: nobody)."""
    if not services and not locations:
        return set(), set()
    at = plain(models.ServiceAtLocation).filter(location_id__in=locations)
    touched = Q(pk__in=services) | Q(pk__in=at.values("service_id"))
    holding = plain(models.Service).filter(touched, holders("")).values_list("pk", flat=True)
    kept = plain(models.Location).filter(sealed(models.Location), id__in=locations)
    return set(holding), set(kept.values_list("organization_id", flat=True))


def _near(services: set[UUID], keepers: set[UUID | None]) -> set[Key]:
    """What the organizations near something sealed say and keep: those that run these services, and `keepers`."""
    organizations: set[UUID | str] = {keeper for keeper in keepers if keeper}
    if services:
        runs = run_with_secrets(service_id__in=services)
        organizations |= set(runs.values_list("organization_id", flat=True))
    if not organizations:
        return set()
    keep = plain(models.Location).filter(organization_id__in=organizations).values_list("id", flat=True)
    return (
        {Key("organization", key) for key in organizations}
        | {Key("location", key) for key in keep}
        | {Key("service", key) for key in _quoting(organizations, set(keep), None)}
    )


def _of_everybody() -> set[Key]:
    """Every attribute, term and territory: what is written in them may name any sealed thing."""
    territories = plain(models.Territory).values_list("pk", flat=True)
    return _terms_and_attributes() | {Key("territory", key) for key in territories}


def _terms_and_attributes() -> set[Key]:
    return {
        Key(kind, key)
        for kind, model in (("term", models.TaxonomyTerm), ("attribute", models.Attribute))
        for key in plain(model).values_list("pk", flat=True)
    }


def of_territories(territories: Iterable[UUID]) -> set[Key]:
    """Every record of these territories, services they share, and what all territories' languages share: terms and
    attributes."""
    territories = list(territories)
    if not territories:
        return set()
    keys = _terms_and_attributes()
    for kind, model in (
        ("organization", models.Organization),
        ("location", models.Location),
        ("service", models.Service),
    ):
        found = plain(model).filter(territory_id__in=territories).values_list("pk", flat=True)
        keys |= {Key(kind, key) for key in found}
    shared = plain(models.ServiceShare).filter(territory_id__in=territories).values_list("service_id", flat=True)
    return keys | {Key("service", key) for key in shared}


def _stating(attributes: set[UUID | str]) -> set[Key]:
    """Services with a value of one of these attributes: of their keys, for a value may fit another day."""
    if not attributes:
        return set()
    keys = list(plain(models.Attribute).filter(pk__in=attributes).values_list("key", flat=True))
    found = plain(models.Service).filter(attributes__has_any_keys=keys) if keys else plain(models.Service).none()
    return {Key("service", key) for key in found.values_list("pk", flat=True)}


def quoting(keys: set[Key]) -> set[Key]:
    """Services whose bodies show, or whose steps lead to, any of these things; and whatever is marked with a term
    or states an attribute."""
    ids = _by_kind(keys)
    services = _quoting(ids.get("organization"), ids.get("location"), ids.get("program"))
    if ids.get("service"):
        steps = plain(models.AccessStep).filter(at_service_id__in=ids["service"])
        services.update(steps.values_list("service_id", flat=True))
    stating = _stating(ids.get("attribute", set()))
    return {Key("service", key) for key in services} | stating | _marked(ids.get("term", set()))


def _marked(terms: set[UUID | str]) -> set[Key]:
    """What speaks a language, or is accessible in a way: no other link lets go of a term that is deleted."""
    found: set[Key] = set()
    if terms:
        for model, field in MARKED:
            found |= model.affected(plain(model).filter(**{f"{field}__in": terms}).values_list("pk", flat=True))
    return found


def _by_kind(keys: Iterable[Key]) -> dict[str, set[UUID | str]]:
    found: dict[str, set[UUID | str]] = {}
    for kind, key in keys:
        found.setdefault(kind, set()).add(key)
    return found


def _territories_of(comuni: set[UUID | str]) -> set[UUID | str]:
    if not comuni:
        return set()
    return set(plain(models.TerritoryComune).filter(comune_id__in=comuni).values_list("territory_id", flat=True))


def _locations_in(comuni: set[UUID | str]) -> set[UUID | str]:
    if not comuni:
        return set()
    return set(plain(models.Location).filter(comune_id__in=comuni).values_list("id", flat=True))


def _quoting(
    organizations: set[UUID | str] | None, locations: set[UUID | str] | None, programs: set[UUID | str] | None
) -> set[UUID]:
    """Services that show any of these."""
    services: set[UUID] = set()
    if organizations:
        roles = plain(models.ServiceOrganization).filter(organization_id__in=organizations)
        services.update(roles.values_list("service_id", flat=True))
        partnered = plain(models.ProgramPartner).filter(organization_id__in=organizations)
        programs = {*(programs or ()), *partnered.values_list("program_id", flat=True)}
    if locations:
        at = plain(models.ServiceAtLocation).filter(location_id__in=locations)
        services.update(at.values_list("service_id", flat=True))
    if programs:
        grouped = plain(models.Service).filter(program_id__in=programs)
        services.update(grouped.values_list("id", flat=True))
    return services
