"""Organizations and the codes by which registers know them."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from services_catalog.choices import IdentifierScheme, LegalForm
from services_catalog.models.base import Compiled, Sourced
from services_catalog.models.publishable import Publishable
from services_catalog.models.territory import Territory


class Organization(Sourced, Publishable):
    """A body that runs, funds, refers to or coordinates services. Its name is a proper noun, and not translated."""

    kind: ClassVar[str] = "organization"
    prose_fields: ClassVar[tuple[str, ...]] = ("description",)
    touches: ClassVar[dict[str, str]] = {"pk": "organization"}

    territory = models.ForeignKey(Territory, models.PROTECT, related_name="organizations", verbose_name=_("territory"))
    name = models.CharField(_("name"), max_length=200)
    alternate_name = models.CharField(_("also known as"), max_length=200, blank=True)
    description = models.TextField(_("description"), blank=True)
    legal_form = models.CharField(_("legal form"), max_length=20, choices=LegalForm, blank=True)
    founded = models.DateField(_("founded on"), null=True, blank=True)
    dissolved = models.DateField(_("dissolved on"), null=True, blank=True)
    url = models.URLField(_("web site"), blank=True)
    email = models.EmailField(_("e-mail"), blank=True)

    class Meta:
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        ordering = ("name", "id")

    def __str__(self) -> str:
        return self.name


class OrganizationIdentifier(Compiled):
    """A code of an organization in a register, dated: RUNTS sections and IPA codes change."""

    touches: ClassVar[dict[str, str]] = {"organization_id": "organization"}

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="identifiers")
    scheme = models.CharField(_("register"), max_length=12, choices=IdentifierScheme)
    value = models.CharField(_("code"), max_length=40)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    class Meta:
        verbose_name = _("identifier")
        verbose_name_plural = _("identifiers")
        ordering = ("scheme", "value", "id")

    def __str__(self) -> str:
        return f"{self.scheme} {self.value}"
