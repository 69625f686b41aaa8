"""Who may see and edit what: the one policy behind every screen, form and list of the editing side.

- An **editor** of an organization works on the organization, the services it runs and the places it keeps true;
  publishing is not theirs: they submit.
- The **staff** of a territory work on everything of the territory, publish, and define its custom attributes.
- A **custodian**, of either, is the only one for whom sealed things are there at all, and sees them after an opening
  that is written down first. Staff, other editors and administrators do not meet them in any list.
- An administrator (superuser) works everywhere, on what is not sealed.

Scopes are asked of the database's rows, never of a draft, which its author may have pointed elsewhere.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from django.db import models as db
from django.utils import timezone

from services_catalog import models
from services_catalog.choices import Audience, Role
from services_catalog.models.membership import MembershipRole

OPEN_FOR = timedelta(minutes=30)
"""How long an opening of a sealed thing lasts, for the person who did it."""

M = TypeVar("M", bound=db.Model)

MODELS: tuple[type[db.Model], ...] = (
    models.Service,
    models.Location,
    models.Organization,
    models.Program,
    models.Territory,
    models.TaxonomyTerm,
    models.Attribute,
)
"""What people edit. Every other table is part of one of these."""


class Reach(NamedTuple):
    """Organizations and territories on which somebody has a role."""

    organizations: frozenset[UUID] = frozenset()
    territories: frozenset[UUID] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.organizations or self.territories)


NOWHERE = Reach()


@dataclass(frozen=True)
class Scope:
    """What a person's memberships reach."""

    everywhere: bool = False
    edits: Reach = NOWHERE
    custody: Reach = NOWHERE
    operates: frozenset[UUID] = frozenset()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to edit."""
        return not (self.everywhere or self.edits or self.custody)


def scope_of(user: Any) -> Scope:
    """The scope of a signed-in person, asked once a request. Empty for anybody else."""
    if not getattr(user, "is_active", False):
        return Scope()
    if not hasattr(user, "_scope"):
        user._scope = _scope(user)
    scope: Scope = user._scope
    return scope


def _scope(user: Any) -> Scope:
    by_role: dict[str, tuple[set[UUID], set[UUID]]] = {role: (set(), set()) for role in MembershipRole.values}
    for role, organization, territory in models.Membership.objects.filter(user=user).values_list(
        "role", "organization_id", "territory_id"
    ):
        organizations, territories = by_role[role]
        organizations.update(filter(None, [organization]))
        territories.update(filter(None, [territory]))

    def reach(organizations: Iterable[UUID], territories: Iterable[UUID]) -> Reach:
        return Reach(frozenset(organizations), frozenset(territories))

    return Scope(
        everywhere=user.is_superuser,
        edits=reach(by_role[MembershipRole.EDITOR][0], by_role[MembershipRole.STAFF][1]),
        custody=reach(*by_role[MembershipRole.CUSTODIAN]),
        operates=frozenset(by_role[MembershipRole.OPERATOR][1]),
    )


def in_scope(rows: db.QuerySet[M], user: Any) -> db.QuerySet[M]:
    """The rows that `user` works on. Sealed ones are there for their custodians alone."""
    scope = scope_of(user)
    sealable = hasattr(rows.model, "audience")
    hidden = sealed(rows.model) if sealable else NOTHING
    open_rows = rows.exclude(hidden)
    if scope.everywhere and not (sealable and scope.custody):
        return open_rows
    condition = NOTHING
    if scope.everywhere or scope.edits:
        reached = db.Q() if scope.everywhere else _reached(rows.model, scope.edits)
        condition |= reached & ~hidden
    if sealable and scope.custody:
        condition |= _reached(rows.model, scope.custody) & hidden
    return rows.filter(condition)


NOTHING = db.Q(pk__in=[])


def sealed(model: type[db.Model]) -> db.Q:
    """Rows of a model with an audience that are sealed. A place is as sealed as what it shelters: its own column
    may say "public"."""
    own = db.Q(audience=Audience.SEALED)
    if model is not models.Location:
        return own
    sheltering: db.QuerySet[Any] = db.QuerySet(models.ServiceAtLocation).filter(service__audience=Audience.SEALED)
    return own | db.Q(pk__in=sheltering.values("location_id"))


def is_sealed(row: Any) -> bool:
    """Whether a row is sealed, as the database has it."""
    model = type(row)
    return hasattr(model, "audience") and db.QuerySet(model).filter(sealed(model), pk=row.pk).exists()


def _reached(model: type[db.Model], reach: Reach) -> db.Q:
    """Rows of `model` that belong to these organizations and territories."""
    territories, organizations = list(reach.territories), list(reach.organizations)
    if model is models.Service:
        runs: db.QuerySet[Any] = db.QuerySet(models.ServiceOrganization).filter(
            organization_id__in=organizations, role=Role.RUNS
        )
        return db.Q(territory_id__in=territories) | db.Q(pk__in=runs.values("service_id"))
    if model is models.Location:
        return db.Q(territory_id__in=territories) | db.Q(organization_id__in=organizations)
    if model is models.Organization:
        return db.Q(territory_id__in=territories) | db.Q(pk__in=organizations)
    if model in {models.Program, models.Attribute}:
        return db.Q(territory_id__in=territories)  # an attribute of every territory is the administrators'
    if model is models.Territory:
        return db.Q(pk__in=territories)
    return NOTHING  # terms are everybody's: administrators alone keep them


def may(user: Any, action: str, model: type[db.Model]) -> bool:
    """Whether `user` may `action` (add, change, delete, publish, lock, unlock, view) some row of `model`."""
    scope = scope_of(user)
    if scope.everywhere:
        return True
    if model not in MODELS or model is models.TaxonomyTerm:
        return False
    if model is models.Attribute:
        return bool(scope.edits.territories)
    if action in {"view", "change"}:
        return not scope.is_empty if model is not models.Territory else bool(scope.edits.territories)
    if model is models.Territory:
        return False
    if action == "add" and model in {models.Service, models.Location}:
        return bool(scope.edits)
    if action == "delete" and model in {models.Service, models.Location}:
        return bool(scope.edits or scope.custody)
    return bool(scope.edits.territories or scope.custody.territories)


def may_with(user: Any, action: str, row: Any) -> bool:
    """Whether `user` may `action` this row, as the database has it."""
    model = type(row)
    if not may(user, action, model):
        return False
    if action == "add":
        return True
    rows: db.QuerySet[Any] = db.QuerySet(model)
    found = in_scope(rows, user).filter(pk=row.pk)
    if action == "delete" and model is models.Attribute and any(one.is_used for one in found):
        return False  # it can be switched off; were it gone, another of its key would show what it hid
    if action in {"view", "change"}:
        return found.exists()
    scope = scope_of(user)
    if scope.everywhere:
        return found.exists()
    decides = _decides(model, scope)
    if action == "delete" and model in {models.Service, models.Location}:
        decides |= db.Q(live=False)  # what was never shown, its author may drop
    return found.filter(decides).exists()


def _decides(model: type[db.Model], scope: Scope) -> db.Q:
    """Rows of territories in which the person has the last word."""
    decides = db.Q(territory_id__in=list(scope.edits.territories))
    if hasattr(model, "audience"):
        decides |= db.Q(territory_id__in=list(scope.custody.territories)) & sealed(model)
    return decides


def is_custodian(user: Any, row: Any) -> bool:
    """Whether the person is one of those who may open what is sealed about this service or place."""
    custody = scope_of(user).custody
    model = type(row)
    if not custody or not hasattr(model, "audience"):
        return False
    return db.QuerySet(model).filter(_reached(model, custody), pk=row.pk).exists()


def is_open(user: Any, row: Any) -> bool:
    """Whether the person has opened this service or place, in writing, within the last half hour, and still may."""
    kind = row._meta.model_name
    if kind not in {"service", "location"} or not is_custodian(user, row):
        return False
    since = timezone.now() - OPEN_FOR
    return models.SealedOpening.objects.filter(**{kind: row.pk}, user=user, at__gte=since).exists()


def open_sealed(user: Any, row: Any, reason: str) -> models.SealedOpening:
    """Write down that the person opens what is sealed, and why. Raises PermissionError if it is not theirs to open."""
    if not reason.strip() or not is_custodian(user, row):
        raise PermissionError("only a custodian opens what is sealed, with a reason")
    return models.SealedOpening.objects.create(**{row._meta.model_name: row}, user=user, reason=reason.strip())
