"""Who works on what: a person's part in an organization or a territory."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from services_catalog.models.contact import exactly_one
from services_catalog.models.location import Location
from services_catalog.models.organization import Organization
from services_catalog.models.service import Service
from services_catalog.models.territory import Territory


class MembershipRole(models.TextChoices):
    """What a member does. Custodians are the named people who may open a sealed place."""

    EDITOR = "editor", _("edits")
    STAFF = "staff", _("approves")
    OPERATOR = "operator", _("answers the phone")
    CUSTODIAN = "custodian", _("may open protected places")


class Membership(models.Model):
    """A person's role in one organization (a partner's) or one territory (its staff, operators and custodians)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    organization = models.ForeignKey(Organization, models.CASCADE, null=True, blank=True, related_name="memberships")
    territory = models.ForeignKey(Territory, models.CASCADE, null=True, blank=True, related_name="memberships")
    role = models.CharField(_("role"), max_length=9, choices=MembershipRole)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering: ClassVar[tuple[str, ...]] = ("user", "role", "id")
        constraints = [
            models.CheckConstraint(condition=exactly_one("organization", "territory"), name="member_of_one"),
            models.UniqueConstraint(fields=["user", "organization", "territory", "role"], name="one_membership_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.role} {self.organization or self.territory}"


class SealedOpening(models.Model):
    """The log of who opened a sealed place, when and why. Written before anything is shown, never changed."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    service = models.ForeignKey(Service, models.SET_NULL, null=True, related_name="+")
    location = models.ForeignKey(Location, models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(_("reason"), max_length=300)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("opening of a protected place")
        verbose_name_plural = _("openings of protected places")
        ordering: ClassVar[tuple[str, ...]] = ("-at", "-id")

    def __str__(self) -> str:
        return f"{self.user} {self.at:%Y-%m-%d %H:%M}"
