"""Services: what help is given, by whom, where, to whom."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from services_catalog.choices import Answer, Audience, QuotaPeriod, Role, Status
from services_catalog.models.base import Addressed, Compiled, Ordered, Sourced
from services_catalog.models.location import Location
from services_catalog.models.organization import Organization
from services_catalog.models.program import Program
from services_catalog.models.publishable import Publishable, Translated
from services_catalog.models.taxonomy import TaxonomyTerm
from services_catalog.models.territory import Comune, Territory
from services_catalog.publication.transaction import SEALED, Key
from services_catalog.querysets import ServiceManager


class Service(Addressed, Sourced, Publishable):
    """A service. Its texts are drafted and approved; its columns of facts, and every row about it, hold at once."""

    kind: ClassVar[str] = "service"
    prose_fields: ClassVar[tuple[str, ...]] = (
        "name",
        "alternate_name",
        "summary",
        "description",
        "who_for",
        "how_to",
        "what_you_get",
        "times",
        "conditions",
        "referral_route",
    )
    translated_facts: ClassVar[tuple[str, ...]] = ("status_reason",)
    touches: ClassVar[dict[str, str]] = {"pk": "service"}

    territory = models.ForeignKey(Territory, models.PROTECT, related_name="services", verbose_name=_("territory"))
    program = models.ForeignKey(
        Program, models.SET_NULL, null=True, blank=True, related_name="services", verbose_name=_("program")
    )
    name = models.CharField(_("name"), max_length=200)
    alternate_name = models.CharField(_("also known as"), max_length=200, blank=True)
    summary = models.CharField(_("in one line"), max_length=250, blank=True)
    description = models.TextField(_("description"), blank=True)
    who_for = models.TextField(_("who it is for"), blank=True)
    how_to = models.TextField(_("how to"), blank=True)
    what_you_get = models.TextField(_("what you get"), blank=True)
    times = models.TextField(_("times and deadlines"), blank=True)
    conditions = models.TextField(_("conditions"), blank=True)
    referral_route = models.TextField(_("how professionals refer people"), blank=True)

    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.ACTIVE)
    status_reason = models.CharField(_("why"), max_length=300, blank=True)
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_until = models.DateField(_("until"), null=True, blank=True)
    url = models.URLField(_("web site"), blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    appointment = models.CharField(_("appointment needed"), max_length=3, choices=Answer, blank=True)
    identity_document = models.CharField(_("identity document needed"), max_length=3, choices=Answer, blank=True)
    animals = models.CharField(_("animals admitted"), max_length=3, choices=Answer, blank=True)
    most_nights = models.PositiveSmallIntegerField(_("most nights"), null=True, blank=True)
    quota_amount = models.PositiveIntegerField(_("at most"), null=True, blank=True)
    quota_per = models.CharField(_("over"), max_length=5, choices=QuotaPeriod, blank=True)
    attributes = models.JSONField(_("further attributes"), default=dict, blank=True)

    objects: ClassVar[ServiceManager] = ServiceManager()

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_from__isnull=True)
                | models.Q(valid_until__isnull=True)
                | models.Q(valid_from__lte=models.F("valid_until")),
                name="service_starts_before_it_ends",
            )
        ]

    def __str__(self) -> str:
        return self.name_it or str(self.pk)

    @classmethod
    def affected(cls, ids: Iterable[Any]) -> set[Key]:
        ids = list(ids)
        return super().affected(ids) | sheltering(service_id__in=ids)

    def clean(self) -> None:
        super().clean()
        if self.audience == Audience.SEALED and not self.referral_route_it:
            raise ValidationError(
                {"audience": _("A protected service needs the way professionals refer people to it, first.")}
            )


class ServicePart(Compiled):
    """A row about a service."""

    touches: ClassVar[dict[str, str]] = {"service_id": "service"}

    class Meta:
        abstract = True


class ServiceOrganization(ServicePart, Ordered):
    """An organization in its role for a service."""

    service = models.ForeignKey(Service, models.CASCADE, related_name="organizations")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="services")
    role = models.CharField(_("role"), max_length=12, choices=Role, default=Role.RUNS)

    class Meta(Ordered.Meta):
        verbose_name = _("organization of the service")
        verbose_name_plural = _("organizations of the service")
        constraints = [models.UniqueConstraint(fields=["service", "organization", "role"], name="one_role_once")]

    def __str__(self) -> str:
        return f"{self.organization} {self.role}"


class ServiceTerm(ServicePart, Ordered):
    """A term that classifies a service."""

    service = models.ForeignKey(Service, models.CASCADE, related_name="terms")
    term = models.ForeignKey(TaxonomyTerm, models.PROTECT, related_name="services")

    class Meta(Ordered.Meta):
        verbose_name = _("term of the service")
        verbose_name_plural = _("terms of the service")
        constraints = [models.UniqueConstraint(fields=["service", "term"], name="one_term_once")]

    def __str__(self) -> str:
        return str(self.term)


class ServiceFigure(ServicePart, Ordered):
    """A professional one meets, how many, and the languages they speak."""

    service = models.ForeignKey(Service, models.CASCADE, related_name="figures")
    term = models.ForeignKey(TaxonomyTerm, models.PROTECT, related_name="+", verbose_name=_("figure"))
    number = models.PositiveSmallIntegerField(_("how many"), null=True, blank=True)
    languages = models.ManyToManyField(TaxonomyTerm, blank=True, related_name="+", verbose_name=_("languages"))

    class Meta(Ordered.Meta):
        verbose_name = _("professional figure")
        verbose_name_plural = _("professional figures")

    def __str__(self) -> str:
        return str(self.term)


class ServiceShare(ServicePart):
    """Another territory whose people may use the service too."""

    service = models.ForeignKey(Service, models.CASCADE, related_name="shares")
    territory = models.ForeignKey(Territory, models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("shared with")
        verbose_name_plural = _("shared with")
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["service", "territory"], name="shared_once")]

    def __str__(self) -> str:
        return str(self.territory)


class ServiceArea(ServicePart, Ordered):
    """Where the people served live: a comune, or an area by its name; both empty, the whole territory."""

    service = models.ForeignKey(Service, models.CASCADE, related_name="service_areas")
    comune = models.ForeignKey(Comune, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(_("area"), max_length=120, blank=True)

    class Meta(Ordered.Meta):
        verbose_name = _("service area")
        verbose_name_plural = _("service areas")

    def __str__(self) -> str:
        return self.name or str(self.comune or _("the whole territory"))


class ServiceAtLocation(Translated, ServicePart, Ordered):
    """A service at one place: this door's hours and phones are its own."""

    prose_fields: ClassVar[tuple[str, ...]] = ("description",)

    service = models.ForeignKey(Service, models.CASCADE, related_name="locations")
    location = models.ForeignKey(Location, models.CASCADE, related_name="services")
    description = models.TextField(_("about the service here"), blank=True)

    class Meta(Ordered.Meta):
        verbose_name = _("service at a help point")
        verbose_name_plural = _("services at help points")
        constraints = [models.UniqueConstraint(fields=["service", "location"], name="one_place_once")]

    def __str__(self) -> str:
        return f"{self.service} @ {self.location}"

    @classmethod
    def affected(cls, ids: Iterable[Any]) -> set[Key]:
        ids = list(ids)
        return super().affected(ids) | sheltering(pk__in=ids)


def sheltering(**conditions: Any) -> set[Key]:
    """The places of sealed services, sealed with them, and who runs these, whose texts must not name the places: both
    are shown again when the service no longer is sealed. SEALED, where there are any."""
    places: QuerySet[Any] = QuerySet(ServiceAtLocation).filter(service__audience=Audience.SEALED, **conditions)
    found = dict(places.values_list("location_id", "service_id"))
    if not found:
        return set()
    runs: QuerySet[Any] = QuerySet(ServiceOrganization).filter(service_id__in=set(found.values()), role=Role.RUNS)
    return {SEALED, *(Key("location", key) for key in found)} | {
        Key("organization", key) for key in runs.values_list("organization_id", flat=True)
    }
