"""What the catalogue holds of the things in a file, and which of it the file would show."""

from collections.abc import Iterable
from functools import cached_property
from uuid import UUID

from django.db import models as db

from services_catalog import access, models
from services_catalog.attributes import Definition
from services_catalog.choices import Audience
from services_catalog.exchange.attributes import with_what_is_kept
from services_catalog.exchange.rows import Rows
from services_catalog.exchange.store import fetched
from services_catalog.exchange.tables import OWNERS, PARTS, TOP
from services_catalog.publication.bodies import SERVICE_TERMS
from services_catalog.publication.feed import visible_to
from services_catalog.publication.inputs import Row, definitions, plain
from services_catalog.publication.parts import readers_of

Table = dict[UUID, Row]


def audience_of(rows: Rows) -> Audience:
    """The audience a file was made for: the narrowest that anything in it is meant for."""
    said = {
        row["audience"]
        for table in rows.tables.values()
        for key, row in table.items()
        if "audience" in row and key not in rows.blank
    }
    if Audience.SEALED in said:
        return Audience.SEALED
    return Audience.OPERATOR if Audience.OPERATOR in said or rows.blank else Audience.PUBLIC


class Present:
    """The rows of the catalogue that are, or are parts of, what the file describes."""

    def __init__(self, rows: Rows, speaks_for: Audience) -> None:
        self.speaks_for = speaks_for
        self.everything = speaks_for == Audience.SEALED
        self.audiences = frozenset(visible_to(speaks_for))
        self.tables: dict[type[db.Model], Table] = {
            model: _by_id(fetched(model, "id", rows.tables[model])) for model in TOP
        }
        for model, owners in PARTS.items():
            found = fetched(model, "id", rows.tables[model])
            for column in owners:
                owner = OWNERS[column]
                found += fetched(model, column, {*rows.tables[owner], *self.tables[owner]})
            self.tables[model] = _by_id(found)

    def shows(self, model: type[db.Model], row: Row) -> bool:
        """Whether the file would show this row, and all that it stands under: leaving it out then says that it is gone.

        The public hours of an operators' phone are not in a public file either.
        """
        if self.everything:
            return True
        if not self._by_itself(model, row):
            return False
        owners = ((OWNERS[column], row[column]) for column in PARTS.get(model, ()) if row[column])
        return all(self.shows(owner, self.tables[owner][key]) for owner, key in owners)

    def _by_itself(self, model: type[db.Model], row: Row) -> bool:
        if "audience" in row and row["audience"] not in self.audiences:
            return False
        if model in (models.ServiceOrganization, models.ProgramPartner):
            return row["organization_id"] in self._organizations
        if model is models.ServiceAtLocation:
            return row["location_id"] in self._locations
        if model is models.ServiceTerm:
            return row["term_id"] in self._terms
        return True

    def keep_hidden_steps(self, steps: Table) -> None:
        """A file that may not say where a step leads does not say that it leads nowhere."""
        existing = self.tables[models.AccessStep]
        led = {key: existing[key]["at_service_id"] for key, row in steps.items() if key in existing}
        targets = {row["id"]: row for row in fetched(models.Service, "id", led.values())}
        for key, target in led.items():
            hidden = target and self.speaks_for not in readers_of(targets[target]["live"], targets[target]["audience"])
            if hidden and not self.everything and steps[key]["at_service_id"] is None:
                steps[key]["at_service_id"] = target

    def keep_hidden_attributes(self, services: Table) -> None:
        """A file that may not say a value, or of which no reader has it, does not take it away."""
        existing = self.tables[models.Service]
        for key in services.keys() & existing.keys():
            held, territory = existing[key]["attributes"], existing[key]["territory_id"]
            shown = (one for one in self.attributes if self._says(one) and one.is_of(territory))
            services[key]["attributes"] = with_what_is_kept(services[key]["attributes"], held, shown)

    def _says(self, attribute: Definition) -> bool:
        return attribute.active and (self.everything or attribute.audience in self.audiences)

    @cached_property
    def attributes(self) -> tuple[Definition, ...]:
        """The definitions of custom attributes."""
        return definitions()

    @cached_property
    def _organizations(self) -> set[UUID]:
        """Organizations that bodies name."""
        named = self._named("organization_id", (models.ServiceOrganization, models.ProgramPartner))
        return {row["id"] for row in fetched(models.Organization, "id", named) if row["live"]}

    @cached_property
    def _locations(self) -> set[UUID]:
        """Places that bodies show to the file's audience."""
        found = fetched(models.Location, "id", self._named("location_id", (models.ServiceAtLocation,)))
        hidden = set(plain(models.Location).filter(access.sealed(models.Location)).values_list("id", flat=True))
        return {row["id"] for row in found if row["live"] and row["audience"] in self.audiences} - hidden

    @cached_property
    def _terms(self) -> set[UUID]:
        """Terms of the taxonomies that bodies show."""
        found = plain(models.TaxonomyTerm).filter(taxonomy_id__in=SERVICE_TERMS.values())
        return set(found.values_list("id", flat=True))

    def _named(self, column: str, tables: Iterable[type[db.Model]]) -> list[UUID]:
        return [row[column] for table in tables for row in self.tables[table].values()]


def _by_id(found: Iterable[Row]) -> Table:
    return {row["id"]: row for row in found}
