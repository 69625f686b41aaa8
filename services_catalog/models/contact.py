"""Phones and contacts, of an organization, a service, a place, or a service at a place."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from services_catalog.choices import Audience, PhoneType
from services_catalog.models.base import Addressed, Compiled, Ordered
from services_catalog.models.location import Location
from services_catalog.models.organization import Organization
from services_catalog.models.publishable import Translated
from services_catalog.models.service import Service, ServiceAtLocation
from services_catalog.models.taxonomy import TaxonomyTerm

OWNERS = ("organization", "service", "location", "service_at_location")


def exactly_one(*names: str) -> models.Q:
    """True where one of these columns is set and the others are not."""
    condition = models.Q()
    for owner in names:
        condition |= models.Q(**{f"{name}__isnull": name != owner for name in names})
    return condition


class Owned(Addressed, Translated, Compiled, Ordered):
    """A row of exactly one owner."""

    touches: ClassVar[dict[str, str]] = {
        "organization_id": "organization",
        "service_id": "service",
        "location_id": "location",
        "service_at_location__service_id": "service",
    }

    organization = models.ForeignKey(Organization, models.CASCADE, null=True, blank=True, related_name="%(class)ss")
    service = models.ForeignKey(Service, models.CASCADE, null=True, blank=True, related_name="%(class)ss")
    location = models.ForeignKey(Location, models.CASCADE, null=True, blank=True, related_name="%(class)ss")
    service_at_location = models.ForeignKey(
        ServiceAtLocation, models.CASCADE, null=True, blank=True, related_name="%(class)ss"
    )

    class Meta(Ordered.Meta):
        abstract = True
        constraints = [models.CheckConstraint(condition=exactly_one(*OWNERS), name="%(class)s_has_one_owner")]


class Phone(Owned):
    """A number to call. A person's own mobile is the operators' alone, unless somebody says otherwise."""

    prose_fields: ClassVar[tuple[str, ...]] = ("description",)

    audience = models.CharField(
        _("who may see it"), max_length=8, choices=Audience, blank=True, default="", db_index=True
    )
    type = models.CharField(_("kind"), max_length=16, choices=PhoneType, default=PhoneType.VOICE)
    number = models.CharField(_("number"), max_length=40, blank=True)
    extension = models.CharField(_("extension"), max_length=10, blank=True)
    description = models.CharField(_("what for"), max_length=200, blank=True)
    languages = models.ManyToManyField(TaxonomyTerm, blank=True, related_name="+", verbose_name=_("languages"))

    class Meta(Owned.Meta):
        verbose_name = _("phone")
        verbose_name_plural = _("phones")

    def __str__(self) -> str:
        return self.number or str(_("number not stated"))

    @staticmethod
    def audience_of(phone_type: str) -> Audience:
        """The audience of a phone nobody has decided about."""
        return Audience.OPERATOR if phone_type == PhoneType.PERSONAL_MOBILE else Audience.PUBLIC

    def save(self, *args: Any, **options: Any) -> None:
        self.audience = self.audience or self.audience_of(self.type)
        super().save(*args, **options)


class Contact(Owned):
    """Whom to ask for, by function."""

    prose_fields: ClassVar[tuple[str, ...]] = ("title", "department")

    name = models.CharField(_("name"), max_length=120, blank=True)
    title = models.CharField(_("function"), max_length=120, blank=True)
    department = models.CharField(_("office"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    figure = models.ForeignKey(
        TaxonomyTerm, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("figure")
    )
    languages = models.ManyToManyField(TaxonomyTerm, blank=True, related_name="+", verbose_name=_("languages"))

    class Meta(Owned.Meta):
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")

    def __str__(self) -> str:
        return self.name or str(self.pk)
