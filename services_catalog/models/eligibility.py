"""Who may come and how to get in, as data."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from services_catalog.choices import VALUES_OF, Dimension, StepKind, Strength, Subject
from services_catalog.models.base import Ordered, validate_hours
from services_catalog.models.publishable import Translated
from services_catalog.models.service import Service, ServicePart


class EligibilityRule(Translated, ServicePart, Ordered):
    """A condition on one dimension. Rules of a dimension are alternatives; dimensions hold together."""

    prose_fields: ClassVar[tuple[str, ...]] = ("note",)

    service = models.ForeignKey(Service, models.CASCADE, related_name="eligibility")
    strength = models.CharField(_("how much it decides"), max_length=14, choices=Strength, default=Strength.EXCLUSIVE)
    dimension = models.CharField(_("about"), max_length=20, choices=Dimension)
    subject = models.CharField(_("looks at"), max_length=12, choices=Subject, default=Subject.BENEFICIARY)
    values = models.JSONField(_("values"), default=list, blank=True)
    minimum_age = models.PositiveSmallIntegerField(
        _("from age"), null=True, blank=True, validators=[MaxValueValidator(130)]
    )
    maximum_age = models.PositiveSmallIntegerField(
        _("to age"), null=True, blank=True, validators=[MaxValueValidator(130)]
    )
    comuni = models.JSONField(_("comuni, by cadastral code"), default=list, blank=True)
    isee_maximum = models.DecimalField(
        _("ISEE up to, in euros"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    isee_household = models.PositiveSmallIntegerField(_("for a household of"), null=True, blank=True)
    isee_year = models.PositiveSmallIntegerField(_("ISEE of the year"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta(Ordered.Meta):
        verbose_name = _("rule on who may come")
        verbose_name_plural = _("rules on who may come")

    def __str__(self) -> str:
        return f"{self.strength} {self.dimension}"

    def clean(self) -> None:
        super().clean()
        allowed = VALUES_OF.get(self.dimension, frozenset())
        if not isinstance(self.values, list) or not set(self.values) <= allowed:
            raise ValidationError({"values": _("Values for this condition: %s.") % (", ".join(sorted(allowed)) or "—")})
        if self.minimum_age is not None and self.maximum_age is not None and self.minimum_age > self.maximum_age:
            raise ValidationError({"maximum_age": _("The highest age is below the lowest.")})


class AccessStep(Translated, ServicePart, Ordered):
    """One step on the way in: listening desk, card, shop."""

    prose_fields: ClassVar[tuple[str, ...]] = ("description",)

    service = models.ForeignKey(Service, models.CASCADE, related_name="access_steps")
    kind = models.CharField(_("step"), max_length=16, choices=StepKind)
    description = models.CharField(_("what to do"), max_length=300, blank=True)
    at_service = models.ForeignKey(
        Service, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("at the service")
    )
    opens = models.DateField(_("from"), null=True, blank=True)
    closes = models.DateField(_("until"), null=True, blank=True)
    opening_hours = models.CharField(_("at the hours"), max_length=255, blank=True)
    waiting_days = models.PositiveSmallIntegerField(_("days of waiting"), null=True, blank=True)

    class Meta(Ordered.Meta):
        verbose_name = _("access step")
        verbose_name_plural = _("access steps")

    def __str__(self) -> str:
        return self.get_kind_display()

    def clean(self) -> None:
        super().clean()
        if self.opening_hours:
            validate_hours("opening_hours", self.opening_hours)


class RequiredDocument(Translated, ServicePart, Ordered):
    """What to bring."""

    prose_fields: ClassVar[tuple[str, ...]] = ("document", "note")

    service = models.ForeignKey(Service, models.CASCADE, related_name="required_documents")
    document = models.CharField(_("document"), max_length=200)
    mandatory = models.BooleanField(_("without it, no"), default=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta(Ordered.Meta):
        verbose_name = _("document to bring")
        verbose_name_plural = _("documents to bring")

    def __str__(self) -> str:
        return self.document_it or str(self.pk)  # type: ignore[attr-defined]  # modeltranslation's column


class CostOption(Translated, ServicePart, Ordered):
    """A price, or a band of prices by ISEE. Zero is free; empty is not stated."""

    prose_fields: ClassVar[tuple[str, ...]] = ("description",)

    service = models.ForeignKey(Service, models.CASCADE, related_name="costs")
    amount = models.DecimalField(_("euros"), max_digits=12, decimal_places=2, null=True, blank=True)
    description = models.CharField(_("for what"), max_length=300, blank=True)
    isee_from = models.DecimalField(_("ISEE from"), max_digits=12, decimal_places=2, null=True, blank=True)
    isee_to = models.DecimalField(_("ISEE below"), max_digits=12, decimal_places=2, null=True, blank=True)
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_until = models.DateField(_("until"), null=True, blank=True)

    class Meta(Ordered.Meta):
        verbose_name = _("cost")
        verbose_name_plural = _("costs")

    def __str__(self) -> str:
        return "—" if self.amount is None else f"€ {self.amount}"
