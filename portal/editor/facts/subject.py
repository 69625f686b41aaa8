"""Whose facts a form is about, who fills it in, and what they may choose among."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet

from portal.editor.forms import languages_for
from services_catalog import access, models
from services_catalog.choices import Audience

Choices = list[tuple[Any, Any]]


LABELS = {"steps_lead_to": "name_it", "locations": "name_it", "organizations": "name", "programs": "name_it"}
"""Set of rows → the column that names them."""


@dataclass
class Subject:
    """A thing of the catalogue as one person may handle it."""

    row: Any
    user: Any

    @property
    def kind(self) -> str:
        return str(self.row._meta.model_name)

    @cached_property
    def opened(self) -> bool:
        """Whether the sealed parts are there: for a custodian, after an opening."""
        return access.is_open(self.user, self.row)

    @cached_property
    def decides(self) -> bool:
        """Whether the person has the last word on the thing."""
        return access.may_with(self.user, "publish", self.row)

    @cached_property
    def is_of_staff(self) -> bool:
        """Whether the person is an administrator or of the territory's staff."""
        scope = access.scope_of(self.user)
        return scope.everywhere or self.territory.pk in scope.edits.territories

    @cached_property
    def territory(self) -> Any:
        return self.row if isinstance(self.row, models.Territory) else self.row.territory

    @cached_property
    def languages(self) -> set[str]:
        """Languages in which texts are asked for."""
        return languages_for(self.user, self.row)

    def seen(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """The rows that may be shown: sealed ones only where they are open."""
        return rows if self.opened or not hasattr(rows.model, "audience") else rows.exclude(audience=Audience.SEALED)

    @cached_property
    def places(self) -> list[Any]:
        """The service's rows at its places, those of sealed places only where they are open."""
        if not isinstance(self.row, models.Service):
            return []
        rows = models.ServiceAtLocation.objects.filter(service=self.row).select_related("location")
        hidden = models.Location.objects.filter(access.sealed(models.Location))
        return list(rows if self.opened else rows.exclude(location__in=hidden))

    @cached_property
    def phones(self) -> list[Any]:
        """Phones of the thing and of its places."""
        owned = Q(**{self.kind: self.row}) | Q(service_at_location__in=self.places)
        return list(self.seen(models.Phone.objects.filter(owned).order_by("position", "id")))

    @cached_property
    def schedules(self) -> QuerySet[Any]:
        """Hours of the thing, of its places and of its phones."""
        owned = Q(service_at_location__in=self.places) | Q(phone__in=self.phones)
        if hasattr(models.Schedule, self.kind):
            owned |= Q(**{self.kind: self.row})
        return self.seen(models.Schedule.objects.filter(owned).order_by("position", "id"))

    def terms(self, taxonomy: str) -> Choices:
        """The terms of a taxonomy, by their Italian names. Asked once."""
        return self._terms.get(taxonomy, [])

    @cached_property
    def _terms(self) -> dict[str, Choices]:
        found: dict[str, Choices] = {}
        rows = models.TaxonomyTerm.objects.order_by("taxonomy", "order", "slug")
        for key, taxonomy, name, slug in rows.values_list("pk", "taxonomy_id", "name_it", "slug"):
            found.setdefault(taxonomy, []).append((key, name or slug))
        return found

    @cached_property
    def comuni(self) -> Choices:
        """The territory's comuni."""
        rows = models.TerritoryComune.objects.filter(territory=self.territory).order_by("comune__name")
        return list(rows.values_list("comune_id", "comune__name"))

    @cached_property
    def locations(self) -> QuerySet[Any]:
        """Places that may be given to the service: the person's own of the territory, and those it has."""
        mine = access.in_scope(models.Location.objects.filter(territory=self.territory), self.user)
        kept = Q(pk__in=mine.exclude(access.sealed(models.Location)).values("pk"))
        kept |= Q(pk__in=[place.location_id for place in self.places])
        if self.opened:
            kept |= Q(pk__in=mine.values("pk"))
        return models.Location.objects.filter(kept).order_by("name_it", "id")

    @cached_property
    def organizations(self) -> QuerySet[Any]:
        """Organizations of the territory, and those already named."""
        return models.Organization.objects.filter(territory=self.territory).order_by("name", "id")

    @cached_property
    def programs(self) -> QuerySet[Any]:
        """Programs of the territory."""
        return models.Program.objects.filter(territory=self.territory)

    @cached_property
    def steps_lead_to(self) -> QuerySet[Any]:
        """Services a step may lead to: the territory's public ones, the person's own, and those already named."""
        mine = access.in_scope(models.Service.objects.filter(territory=self.territory), self.user)
        shown = Q(territory=self.territory, live=True, audience=Audience.PUBLIC)
        named = models.AccessStep.objects.filter(service=self.row, at_service__audience=Audience.PUBLIC)
        found = models.Service.objects.filter(
            shown | Q(pk__in=mine.values("pk")) | Q(pk__in=named.values("at_service_id"))
        )
        return found.exclude(audience=Audience.SEALED).exclude(pk=self.row.pk).order_by("name_it", "id")

    @cached_property
    def _choices(self) -> dict[str, Choices]:
        return {}

    def choices(self, name: str) -> Choices:
        """The rows of the set called `name` as choices, read once however many rows of the form ask."""
        if name not in self._choices:
            rows, label = getattr(self, name), LABELS.get(name)
            # Whole rows of thousands of services, in twelve languages, take seconds.
            self._choices[name] = list(rows.values_list("pk", label)) if label else [(row.pk, str(row)) for row in rows]
        return self._choices[name]
