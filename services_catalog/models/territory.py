"""Territories and their comuni."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from services_catalog.choices import TerritoryKind
from services_catalog.languages import DEFAULT_LANGUAGE, LANGUAGES
from services_catalog.models.base import Compiled, Ordered, Sourced, validate_hours
from services_catalog.models.publishable import Translated
from services_catalog.publication.transaction import publishing


class Comune(models.Model):
    """A comune, keyed by its cadastral code: ISTAT's codes change with provinces (Sardinia, 1 January 2026)."""

    code = models.CharField(
        _("cadastral code"), max_length=4, primary_key=True, validators=[RegexValidator(r"^[A-Z][0-9]{3}$")]
    )
    name = models.CharField(_("name"), max_length=80, db_index=True)
    province = models.CharField(_("province"), max_length=2, blank=True)
    region = models.CharField(_("region"), max_length=40, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    fictional = models.BooleanField(_("invented"), default=False)

    class Meta:
        verbose_name = _("comune")
        verbose_name_plural = _("comuni")
        ordering = ("name", "code")

    def __str__(self) -> str:
        return self.name


class IstatCode(models.Model):
    """An ISTAT code of a comune and the days on which it holds."""

    comune = models.ForeignKey(Comune, models.CASCADE, related_name="istat_codes")
    code = models.CharField(_("ISTAT code"), max_length=6)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["comune", "code"], name="one_istat_code")]
        ordering = ("comune", "code")

    def __str__(self) -> str:
        return self.code


class ComuneClosure(Translated, Compiled):
    """A day of every year on which a comune rests: its patron saint."""

    prose_fields: ClassVar[tuple[str, ...]] = ("reason",)
    touches: ClassVar[dict[str, str]] = {"comune_id": "comune"}

    comune = models.ForeignKey(Comune, models.CASCADE, related_name="closures")
    month = models.PositiveSmallIntegerField(_("month"))
    day = models.PositiveSmallIntegerField(_("day"))
    reason = models.CharField(_("reason"), max_length=120)

    class Meta:
        verbose_name = _("patron saint's day")
        verbose_name_plural = _("patron saints' days")
        ordering = ("month", "day", "id")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(month__range=(1, 12)) & models.Q(day__range=(1, 31)), name="closure_is_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.comune} {self.day}/{self.month}"


def default_languages() -> list[str]:
    """Languages of a new territory."""
    return [DEFAULT_LANGUAGE, "en"]


class Territory(Translated, Sourced, Compiled):
    """A union of comuni that runs its social services together: ambito, PLUS, district."""

    prose_fields: ClassVar[tuple[str, ...]] = ("name", "description")
    touches: ClassVar[dict[str, str]] = {"pk": "territory"}

    slug = models.SlugField(_("short name in addresses"), max_length=60, unique=True)
    type = models.CharField(_("kind"), max_length=12, choices=TerritoryKind, default=TerritoryKind.AMBITO)
    name = models.CharField(_("name"), max_length=160)
    description = models.TextField(_("description"), blank=True)
    languages = models.JSONField(_("languages switched on"), default=default_languages)
    demonstration = models.BooleanField(_("demonstration: not real, or no longer"), default=False)
    show_as_of = models.DateField(
        _("show as of"), null=True, blank=True, help_text=_("Shows the territory as on this day: for demonstrations.")
    )

    class Meta:
        verbose_name = _("territory")
        verbose_name_plural = _("territories")
        ordering = ("slug",)

    def __str__(self) -> str:
        return self.name_it or self.slug  # type: ignore[attr-defined]  # modeltranslation's column

    def clean(self) -> None:
        super().clean()
        if not isinstance(self.languages, list) or not set(self.languages) <= set(LANGUAGES):
            raise ValidationError({"languages": _("Choose among: %s.") % ", ".join(LANGUAGES)})
        if DEFAULT_LANGUAGE not in self.languages:
            raise ValidationError(
                {"languages": _("Italian can't be switched off: the other languages fall back on it.")}
            )

    def save(self, *args: Any, **options: Any) -> None:
        with publishing() as pending:
            known = Territory.objects.filter(pk=self.pk).values_list("slug", "languages", "show_as_of")
            before = None if self._state.adding else known.get()
            super().save(*args, **options)
            if before is not None and before != (self.slug, self.languages, self.show_as_of):
                pending.reissue.add(self.pk)


class TerritoryComune(Compiled, Ordered):
    """A comune in a territory, with its social office."""

    touches: ClassVar[dict[str, str]] = {"territory_id": "territory"}

    territory = models.ForeignKey(Territory, models.CASCADE, related_name="comuni")
    comune = models.ForeignKey(Comune, models.PROTECT, related_name="territories")
    office_phone = models.CharField(_("social office's phone"), max_length=40, blank=True)
    office_opening_hours = models.CharField(_("social office's hours"), max_length=255, blank=True)

    class Meta(Ordered.Meta):
        verbose_name = _("comune of the territory")
        verbose_name_plural = _("comuni of the territory")
        constraints = [models.UniqueConstraint(fields=["territory", "comune"], name="comune_once_a_territory")]

    def __str__(self) -> str:
        return str(self.comune)

    def clean(self) -> None:
        super().clean()
        if self.office_opening_hours:
            validate_hours("office_opening_hours", self.office_opening_hours)


class EmergencyNumber(Translated, Compiled, Ordered):
    """A number shown on every page of a territory: data with a source and the day of its check, never code."""

    prose_fields: ClassVar[tuple[str, ...]] = ("name",)
    touches: ClassVar[dict[str, str]] = {"territory_id": "territory"}

    territory = models.ForeignKey(Territory, models.CASCADE, related_name="emergency_numbers")
    number = models.CharField(_("number"), max_length=20)
    name = models.CharField(_("what for"), max_length=120)
    source = models.CharField(_("source"), max_length=200)
    checked_on = models.DateField(_("checked on"))

    class Meta(Ordered.Meta):
        verbose_name = _("emergency number")
        verbose_name_plural = _("emergency numbers")

    def __str__(self) -> str:
        return self.number
