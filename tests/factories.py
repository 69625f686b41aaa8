"""The small cast of the tests. Saving publishes: rows made here are live, and compiled."""

from typing import Any

import factory
from factory.django import DjangoModelFactory

from services_catalog import models
from services_catalog.choices import Audience, Role


class ComuneFactory(DjangoModelFactory[models.Comune]):
    class Meta:
        model = models.Comune
        django_get_or_create = ("code",)

    code = "E281"
    name = "Iglesias"
    latitude = 39.3103
    longitude = 8.5371


class TerritoryFactory(DjangoModelFactory[models.Territory]):
    """Sara's ambito, in Italian, English and Arabic."""

    class Meta:
        model = models.Territory
        django_get_or_create = ("slug",)

    slug = "sulcis"
    name_it = "Ambito del Sulcis"
    languages = factory.LazyFunction(lambda: ["it", "en", "ar"])


class TermFactory(DjangoModelFactory[models.TaxonomyTerm]):
    class Meta:
        model = models.TaxonomyTerm
        django_get_or_create = ("taxonomy", "slug")

    taxonomy = factory.LazyFunction(lambda: models.Taxonomy.objects.get_or_create(slug="need", name="need")[0])
    slug = "eat"
    name_it = "Mangiare"
    name_en = "Eat"
    name_ar = "الأكل"


class OrganizationFactory(DjangoModelFactory[models.Organization]):
    class Meta:
        model = models.Organization

    territory = factory.SubFactory(TerritoryFactory)
    name = "Caritas"


class LocationFactory(DjangoModelFactory[models.Location]):
    class Meta:
        model = models.Location

    territory = factory.SubFactory(TerritoryFactory)
    comune = factory.SubFactory(ComuneFactory)
    name_it = "Sede di via Roma"
    street = "Via Roma 12"
    latitude = 39.31
    longitude = 8.53


class ServiceFactory(DjangoModelFactory[models.Service]):
    """Caritas' canteen."""

    class Meta:
        model = models.Service
        skip_postgeneration_save = True

    territory = factory.SubFactory(TerritoryFactory)
    name_it = "Mensa di via Roma"
    name_en = "Via Roma canteen"
    summary_it = "Un pasto caldo, ogni giorno."

    @factory.post_generation
    def organization(self: Any, create: bool, extracted: models.Organization | None, **_: Any) -> None:
        if create and extracted:
            models.ServiceOrganization.objects.create(service=self, organization=extracted, role=Role.RUNS)

    @factory.post_generation
    def location(self: Any, create: bool, extracted: models.Location | None, **_: Any) -> None:
        if create and extracted:
            models.ServiceAtLocation.objects.create(service=self, location=extracted)

    @factory.post_generation
    def needs(self: Any, create: bool, extracted: list[models.TaxonomyTerm] | None, **_: Any) -> None:
        for term in extracted or ():
            models.ServiceTerm.objects.create(service=self, term=term)


class PhoneFactory(DjangoModelFactory[models.Phone]):
    class Meta:
        model = models.Phone

    number = "0781 000111"


class RefugeFactory(ServiceFactory):
    """A refuge: sealed, with a referral route."""

    name_it = "Casa rifugio"
    referral_route_it = "Chiama il centro antiviolenza."
    audience = Audience.SEALED


class AttributeFactory(DjangoModelFactory[models.Attribute]):
    """Lockers for luggage: yes or no, everywhere, to filter by. `choices`: keys."""

    class Meta:
        model = models.Attribute
        skip_postgeneration_save = True

    key = "lockers"
    name_it = "Armadietti per i bagagli"
    name_en = "Lockers for luggage"
    filterable = True

    @factory.post_generation
    def choices(self: Any, create: bool, extracted: list[str] | None, **_: Any) -> None:
        for position, key in enumerate(extracted or () if create else ()):
            models.AttributeChoice.objects.create(
                attribute=self, key=key, name_it=key.title(), name_en=f"{key} in English", position=position
            )
