"""Places, by unit and population, and how many are free as last reported."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from services_catalog.models.base import Ordered
from services_catalog.models.publishable import Translated
from services_catalog.models.service import Service, ServicePart
from services_catalog.models.taxonomy import TaxonomyTerm


class Capacity(Translated, ServicePart, Ordered):
    """How many beds, meals or parcels there are for whom, and how many are free until a report expires."""

    prose_fields: ClassVar[tuple[str, ...]] = ("description",)

    service = models.ForeignKey(Service, models.CASCADE, related_name="capacities")
    unit = models.ForeignKey(TaxonomyTerm, models.PROTECT, related_name="+", verbose_name=_("unit"))
    population = models.ForeignKey(
        TaxonomyTerm, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("for whom")
    )
    maximum = models.PositiveIntegerField(_("how many"), null=True, blank=True)
    available = models.PositiveIntegerField(_("free, as reported"), null=True, blank=True)
    reported_at = models.DateTimeField(_("reported at"), null=True, blank=True)
    expires_at = models.DateTimeField(_("holds until"), null=True, blank=True)
    description = models.CharField(_("note"), max_length=200, blank=True)

    class Meta(Ordered.Meta):
        verbose_name = _("capacity")
        verbose_name_plural = _("capacities")

    def __str__(self) -> str:
        return str(self.maximum if self.maximum is not None else "—")
