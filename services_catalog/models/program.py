"""Programs: the funded projects that group services, with their act, money, partners and results."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from services_catalog.choices import Role, Status
from services_catalog.models.base import Compiled, Ordered, Sourced
from services_catalog.models.organization import Organization
from services_catalog.models.publishable import Translated
from services_catalog.models.territory import Territory


class Program(Translated, Sourced, Compiled):
    """A project with an act, a CUP (unique project code, l. 3/2003 art. 11), money and dates."""

    prose_fields: ClassVar[tuple[str, ...]] = ("name", "description")
    touches: ClassVar[dict[str, str]] = {"pk": "program"}

    territory = models.ForeignKey(Territory, models.PROTECT, related_name="programs", verbose_name=_("territory"))
    name = models.CharField(_("name"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.ACTIVE)
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_until = models.DateField(_("until"), null=True, blank=True)
    act = models.CharField(_("act that started it"), max_length=300, blank=True)
    cup = models.CharField(_("CUP"), max_length=15, blank=True)
    amount = models.DecimalField(_("amount, in euros"), max_digits=12, decimal_places=2, null=True, blank=True)
    spent = models.DecimalField(_("spent, in euros"), max_digits=12, decimal_places=2, null=True, blank=True)

    class Meta:
        verbose_name = _("program")
        verbose_name_plural = _("programs")
        ordering = ("territory", "id")

    def __str__(self) -> str:
        return self.name_it or self.cup  # type: ignore[attr-defined]  # modeltranslation's column


class ProgramPart(Compiled, Ordered):
    """A row of a program."""

    touches: ClassVar[dict[str, str]] = {"program_id": "program"}

    class Meta(Ordered.Meta):
        abstract = True


class ProgramFund(ProgramPart):
    """Who pays, how much, and the logo owed on what the program pays for."""

    program = models.ForeignKey(Program, models.CASCADE, related_name="funds")
    name = models.CharField(_("fund"), max_length=200)
    amount = models.DecimalField(_("amount, in euros"), max_digits=12, decimal_places=2, null=True, blank=True)
    logo_owed = models.CharField(_("logo owed"), max_length=120, blank=True)

    class Meta(ProgramPart.Meta):
        verbose_name = _("fund")
        verbose_name_plural = _("funds")

    def __str__(self) -> str:
        return self.name


class ProgramPartner(ProgramPart):
    """An organization in the program."""

    program = models.ForeignKey(Program, models.CASCADE, related_name="partners")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="programs")
    role = models.CharField(_("role"), max_length=12, choices=Role, default=Role.PARTNER)

    class Meta(ProgramPart.Meta):
        verbose_name = _("partner")
        verbose_name_plural = _("partners")

    def __str__(self) -> str:
        return f"{self.organization} {self.role}"


class ProgramResult(Translated, ProgramPart):
    """What was aimed at or reached."""

    prose_fields: ClassVar[tuple[str, ...]] = ("description",)

    program = models.ForeignKey(Program, models.CASCADE, related_name="results")
    description = models.CharField(_("result"), max_length=300)
    value = models.CharField(_("figure"), max_length=60, blank=True)
    measured_on = models.DateField(_("measured on"), null=True, blank=True)

    class Meta(ProgramPart.Meta):
        verbose_name = _("result")
        verbose_name_plural = _("results")

    def __str__(self) -> str:
        return self.value
