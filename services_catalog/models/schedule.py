"""Hours, and the days on which they do not hold."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from services_catalog.choices import ScheduleKind, ScheduleRule
from services_catalog.models.base import Addressed, Compiled, Ordered, validate_hours
from services_catalog.models.contact import Phone, exactly_one
from services_catalog.models.location import Location
from services_catalog.models.publishable import Translated
from services_catalog.models.service import Service, ServiceAtLocation

OWNERS = ("service", "location", "service_at_location", "phone")


class Schedule(Addressed, Translated, Compiled, Ordered):
    """Hours of a service, a place, a service at a place or a phone, in OpenStreetMap's opening_hours syntax."""

    prose_fields: ClassVar[tuple[str, ...]] = ("description",)
    touches: ClassVar[dict[str, str]] = {
        "service_id": "service",
        "location_id": "location",
        "service_at_location__service_id": "service",
        "phone__organization_id": "organization",
        "phone__service_id": "service",
        "phone__location_id": "location",
        "phone__service_at_location__service_id": "service",
    }

    service = models.ForeignKey(Service, models.CASCADE, null=True, blank=True, related_name="schedules")
    location = models.ForeignKey(Location, models.CASCADE, null=True, blank=True, related_name="schedules")
    service_at_location = models.ForeignKey(
        ServiceAtLocation, models.CASCADE, null=True, blank=True, related_name="schedules"
    )
    phone = models.ForeignKey(Phone, models.CASCADE, null=True, blank=True, related_name="schedules")
    kind = models.CharField(_("hours of"), max_length=12, choices=ScheduleKind, default=ScheduleKind.OPEN)
    rule = models.CharField(_("told"), max_length=16, choices=ScheduleRule, default=ScheduleRule.HOURS)
    opening_hours = models.CharField(_("hours"), max_length=500, blank=True)
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_until = models.DateField(_("until"), null=True, blank=True)
    closes_on_comune_holidays = models.BooleanField(_("closed on the patron saint's day"), default=False)
    description = models.CharField(_("note"), max_length=300, blank=True)

    class Meta(Ordered.Meta):
        verbose_name = _("schedule")
        verbose_name_plural = _("schedules")
        constraints = [models.CheckConstraint(condition=exactly_one(*OWNERS), name="schedule_has_one_owner")]

    def __str__(self) -> str:
        return self.opening_hours or str(self.get_rule_display())

    def clean(self) -> None:
        super().clean()
        if self.opening_hours or self.rule == ScheduleRule.HOURS:
            validate_hours("opening_hours", self.opening_hours)


class ScheduleException(Translated, Compiled):
    """Days, both included, on which other hours hold, or none ("off"), and why."""

    prose_fields: ClassVar[tuple[str, ...]] = ("reason",)
    touches: ClassVar[dict[str, str]] = {f"schedule__{path}": kind for path, kind in Schedule.touches.items()}

    schedule = models.ForeignKey(Schedule, models.CASCADE, related_name="exceptions")
    starts = models.DateField(_("from"))
    ends = models.DateField(_("until"))
    opening_hours = models.CharField(_("hours on these days"), max_length=255, default="off")
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("exception")
        verbose_name_plural = _("exceptions")
        ordering = ("starts", "id")
        constraints = [
            models.CheckConstraint(condition=models.Q(starts__lte=models.F("ends")), name="exception_has_days")
        ]

    def __str__(self) -> str:
        return f"{self.starts} – {self.ends}"

    def clean(self) -> None:
        super().clean()
        validate_hours("opening_hours", self.opening_hours)
