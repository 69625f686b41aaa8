"""Places where help is given."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from services_catalog.choices import LocationType
from services_catalog.models.base import Addressed, Sourced
from services_catalog.models.organization import Organization
from services_catalog.models.publishable import Publishable
from services_catalog.models.taxonomy import TaxonomyTerm
from services_catalog.models.territory import Comune, Territory


class Location(Addressed, Sourced, Publishable):
    """A place, a mobile unit's stop, or a virtual door. A sealed one is in nobody's record."""

    kind: ClassVar[str] = "location"
    prose_fields: ClassVar[tuple[str, ...]] = (
        "name",
        "description",
        "transportation",
        "address_note",
        "accessibility_note",
    )
    touches: ClassVar[dict[str, str]] = {"pk": "location"}

    territory = models.ForeignKey(Territory, models.PROTECT, related_name="locations", verbose_name=_("territory"))
    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="locations",
        verbose_name=_("organization that keeps it true"),
    )
    type = models.CharField(_("kind"), max_length=8, choices=LocationType, default=LocationType.PHYSICAL)
    name = models.CharField(_("name"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    transportation = models.TextField(_("how to get there"), blank=True)
    url = models.URLField(_("web site"), blank=True)
    comune = models.ForeignKey(
        Comune, models.PROTECT, null=True, blank=True, related_name="locations", verbose_name=_("comune")
    )
    street = models.CharField(_("street and number"), max_length=200, blank=True)
    postal_code = models.CharField(_("CAP"), max_length=5, blank=True)
    locality = models.CharField(_("locality"), max_length=80, blank=True)
    address_note = models.CharField(_("how to find the door"), max_length=300, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    accessibility = models.ManyToManyField(TaxonomyTerm, blank=True, related_name="+", verbose_name=_("accessibility"))
    accessibility_note = models.TextField(_("about accessibility"), blank=True)

    class Meta:
        verbose_name = _("help point")
        verbose_name_plural = _("help points")
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(latitude__isnull=True, longitude__isnull=True)
                | models.Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="location_is_on_earth",
            )
        ]

    def __str__(self) -> str:
        return self.name_it or str(self.pk)
