"""The inputs of compiling, re-read by id under the head's lock: one query a table, whatever the batch."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db import models as db
from django.utils import timezone

from services_catalog import models
from services_catalog.attributes import CHOOSING, FILTERABLE, Definition
from services_catalog.choices import AttributeType, Audience

Row = dict[str, Any]
OWNERS = ("organization_id", "service_id", "location_id", "service_at_location_id", "phone_id")


def plain(model: type[db.Model]) -> db.QuerySet[Any, Any]:
    """The rows of a table, past every manager: modeltranslation's would rewrite `name` to the active language."""
    return db.QuerySet(model)


def rows(model: type[db.Model], **conditions: Any) -> list[Row]:
    """Column values of the rows that meet the conditions."""
    return list(plain(model).filter(**conditions).values())


def by(column: str, found: Iterable[Row]) -> dict[Any, list[Row]]:
    """Rows by the value of a column, in their order."""
    grouped: dict[Any, list[Row]] = defaultdict(list)
    for row in found:
        grouped[row[column]].append(row)
    return grouped


def by_owner(found: Iterable[Row]) -> dict[UUID, list[Row]]:
    """Rows by their one owner: ids are unique across tables."""
    grouped: dict[UUID, list[Row]] = defaultdict(list)
    for row in found:
        grouped[next(row[owner] for owner in OWNERS if row.get(owner))].append(row)
    return grouped


def linked(model: type[db.Model], field: str, owners: Iterable[UUID]) -> dict[UUID, list[UUID]]:
    """The terms of a many-to-many field, by owner, in the order of their ids."""
    through = model._meta.get_field(field).remote_field.through  # type: ignore[union-attr]
    column = f"{model._meta.model_name}_id"
    found: dict[UUID, list[UUID]] = defaultdict(list)
    pairs = plain(through).filter(**{f"{column}__in": list(owners)}).order_by("taxonomyterm_id")
    for owner, term in pairs.values_list(column, "taxonomyterm_id"):
        found[owner].append(term)
    return found


def definitions() -> tuple[Definition, ...]:
    """Every custom attribute, in their order. Two queries."""
    choices = by("attribute_id", plain(models.AttributeChoice).order_by("position", "id").values("attribute_id", "key"))
    return tuple(
        Definition(
            type=AttributeType(row["type"]),
            audience=Audience(row["audience"]),
            territory=row["territory_id"],
            filterable=row["filterable"] and row["type"] in FILTERABLE,
            choices=tuple(choice["key"] for choice in choices[row["id"]]) if row["type"] in CHOOSING else (),
            **{name: row[name] for name in ("id", "key", "active")},
        )
        for row in plain(models.Attribute).order_by("order", "key").values()
    )


class Inputs:
    """All rows that the bodies of these services, locations and organizations are made of."""

    def __init__(
        self, services: Iterable[UUID] = (), locations: Iterable[UUID] = (), organizations: Iterable[UUID] = ()
    ) -> None:
        self.services = {row["id"]: row for row in rows(models.Service, id__in=list(services))}
        ids = list(self.services)
        self.places = by("service_id", self._of_services(models.ServiceAtLocation))
        place_rows = [row for group in self.places.values() for row in group]
        self.participations = by("service_id", self._of_services(models.ServiceOrganization))
        location_ids = {*locations, *(row["location_id"] for row in place_rows)}
        self.locations = {row["id"]: row for row in rows(models.Location, id__in=location_ids)} if location_ids else {}
        self._seal_places_of_sealed_services()
        organization_ids = {
            *organizations,
            *(row["organization_id"] for group in self.participations.values() for row in group),
        }
        self.organizations = (
            {row["id"]: row for row in rows(models.Organization, id__in=organization_ids)} if organization_ids else {}
        )
        self._load_owned(ids, [row["id"] for row in place_rows])
        self._load_service_parts()
        self._load_programs()
        territories = list(plain(models.Territory).values_list("id", "slug", "show_as_of"))
        self.territories = {key: slug for key, slug, _day in territories}
        self.days = {key: day or timezone.localdate() for key, _slug, day in territories}
        """The day that it is in each territory."""

    def _of_services(self, model: type[db.Model]) -> list[Row]:
        return rows(model, service_id__in=list(self.services)) if self.services else []

    def _seal_places_of_sealed_services(self) -> None:
        """A place is as sealed as what it shelters, whatever its own row says, and for whoever else meets there."""
        sheltering = plain(models.ServiceAtLocation).filter(
            location_id__in=list(self.locations), service__audience=Audience.SEALED
        )
        for location in sheltering.values_list("location_id", flat=True) if self.locations else ():
            self.locations[location]["audience"] = Audience.SEALED

    def _load_owned(self, services: list[UUID], places: list[UUID]) -> None:
        owned = db.Q(organization_id__in=list(self.organizations)) | db.Q(location_id__in=list(self.locations))
        if services:
            owned |= db.Q(service_id__in=services) | db.Q(service_at_location_id__in=places)
        phones = list(plain(models.Phone).filter(owned).values())
        contacts = list(plain(models.Contact).filter(owned).values())
        timed = db.Q(location_id__in=list(self.locations)) | db.Q(phone_id__in=[row["id"] for row in phones])
        if services:
            timed |= db.Q(service_id__in=services) | db.Q(service_at_location_id__in=places)
        schedules = list(plain(models.Schedule).filter(timed).values())
        self.phones, self.contacts, self.schedules = by_owner(phones), by_owner(contacts), by_owner(schedules)
        self.exceptions = by(
            "schedule_id", rows(models.ScheduleException, schedule_id__in=[row["id"] for row in schedules])
        )
        self.phone_languages = linked(models.Phone, "languages", (row["id"] for row in phones))
        self.contact_languages = linked(models.Contact, "languages", (row["id"] for row in contacts))
        self.accessibility = linked(models.Location, "accessibility", self.locations)
        self.identifiers = by(
            "organization_id", rows(models.OrganizationIdentifier, organization_id__in=list(self.organizations))
        )

    def _load_service_parts(self) -> None:
        self.figures = by("service_id", self._of_services(models.ServiceFigure))
        self.figure_languages = linked(
            models.ServiceFigure, "languages", (row["id"] for group in self.figures.values() for row in group)
        )
        self.eligibility = by("service_id", self._of_services(models.EligibilityRule))
        self.steps = by("service_id", self._of_services(models.AccessStep))
        targets = {step["at_service_id"] for group in self.steps.values() for step in group} - {None}
        found = plain(models.Service).filter(id__in=targets).values("id", "live", "audience") if targets else ()
        self.targets = {row.pop("id"): row for row in found}
        self.required_documents = by("service_id", self._of_services(models.RequiredDocument))
        self.costs = by("service_id", self._of_services(models.CostOption))
        self.areas = by("service_id", self._of_services(models.ServiceArea))
        self.capacities = by("service_id", self._of_services(models.Capacity))
        self.shares = by("service_id", self._of_services(models.ServiceShare))
        self.terms: dict[UUID, list[tuple[str, UUID]]] = defaultdict(list)
        if self.services:
            found = plain(models.ServiceTerm).filter(service_id__in=list(self.services))
            for service, taxonomy, term in found.order_by("position", "term_id").values_list(
                "service_id", "term__taxonomy_id", "term_id"
            ):
                self.terms[service].append((taxonomy, term))

    def _load_programs(self) -> None:
        ids = {row["program_id"] for row in self.services.values() if row["program_id"]}
        self.programs = {row["id"]: row for row in rows(models.Program, id__in=ids)} if ids else {}
        self.funds = by("program_id", rows(models.ProgramFund, program_id__in=ids)) if ids else {}
        self.results = by("program_id", rows(models.ProgramResult, program_id__in=ids)) if ids else {}
        partners = (
            plain(models.ProgramPartner)
            .filter(program_id__in=ids)
            .annotate(name=db.F("organization__name"), live=db.F("organization__live"))
        )
        self.partners = by("program_id", partners.values()) if ids else {}

    @cached_property
    def attributes(self) -> tuple[Definition, ...]:
        """The custom attributes in use; not asked for where no service of the batch has a value."""
        stated = any(row["attributes"] for row in self.services.values())
        return tuple(one for one in definitions() if one.active) if stated else ()

    @cached_property
    def comuni(self) -> dict[str, Row]:
        """Comuni of the locations and service areas."""
        codes = {row["comune_id"] for row in self.locations.values()}
        codes |= {row["comune_id"] for group in self.areas.values() for row in group}
        codes.discard(None)
        return {row["code"]: row for row in rows(models.Comune, code__in=codes)} if codes else {}

    @cached_property
    def closures(self) -> dict[str, list[Row]]:
        """Patron saints' days by comune."""
        return by("comune_id", rows(models.ComuneClosure, comune_id__in=list(self.comuni))) if self.comuni else {}
