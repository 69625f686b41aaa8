"""A territory of as many services as asked, as varied as the product's own: made in bulk, published like everything."""

import random
from datetime import date

from services_catalog import models
from services_catalog.choices import Dimension, PhoneType, Role, ScheduleRule, StepKind, Strength, Value
from services_catalog.publication.transaction import publishing

BATCH = 500
VOCABULARY = (
    "mensa dormitorio docce guardaroba ascolto famiglia anziani bambini lavoro casa salute documenti italiano legale "
    "emporio pacco viveri farmacia visita psicologo trasporto telefono aiuto sera notte mattina quartiere centro"
)
WORDS = VOCABULARY.split()
HOURS = ("Mo-Fr 09:00-13:00", "Mo-Su 12:00-14:00; PH off", "Tu,Th 15:00-18:00", "24/7", "Mo-Su 20:00-08:00")


def sentence(chance: random.Random, words: int) -> str:
    """A sentence of so many words."""
    return " ".join(chance.choices(WORDS, k=words)).capitalize() + "."


def make(services: int, seed: int = 7) -> models.Territory:
    """Make the territory, its bodies, places and services; returns it, all published."""
    chance = random.Random(seed)
    territory = models.Territory.objects.create(slug="bench", name_it="Banco di prova", languages=["it", "en"])
    comuni = [models.Comune(code=f"Y{number:03}", name=f"Comune {number}", fictional=True) for number in range(20)]
    models.Comune.objects.bulk_create(comuni, ignore_conflicts=True)
    need = models.Taxonomy.objects.get_or_create(slug="need", defaults={"name": "need"})[0]
    target = models.Taxonomy.objects.get_or_create(slug="target", defaults={"name": "target"})[0]
    with publishing():
        terms = models.TaxonomyTerm.objects.bulk_create(
            models.TaxonomyTerm(taxonomy=taxonomy, slug=f"bench-{number}", name_it=word.capitalize(), name_en=word)
            for taxonomy in (need, target)
            for number, word in enumerate(WORDS[:20])
        )
        organizations = models.Organization.objects.bulk_create(
            models.Organization(territory=territory, name=f"Ente {n}", description_it=sentence(chance, 20))
            for n in range(50)
        )
    for start in range(0, services, BATCH):
        _batch(chance, territory, comuni, terms, organizations, range(start, min(start + BATCH, services)))
    return territory


def _batch(
    chance: random.Random,
    territory: models.Territory,
    comuni: list[models.Comune],
    terms: list[models.TaxonomyTerm],
    organizations: list[models.Organization],
    numbers: range,
) -> None:
    with publishing():
        services = models.Service.objects.bulk_create(
            models.Service(
                territory=territory,
                name_it=f"{sentence(chance, 3)[:-1]} {number}",
                name_en=f"Service {number}",
                summary_it=sentence(chance, 12),
                summary_en=sentence(chance, 12),
                description_it=sentence(chance, 60),
                who_for_it=sentence(chance, 30),
                how_to_it=sentence(chance, 30),
                what_you_get_it=sentence(chance, 20),
                assured_date=date(2026, 1, 1),
            )
            for number in numbers
        )
        locations = models.Location.objects.bulk_create(
            models.Location(
                territory=territory,
                comune=chance.choice(comuni),
                name_it=f"Sede {service.name_it}",
                street=f"Via {chance.choice(WORDS).capitalize()} {chance.randrange(1, 99)}",
                postal_code="00000",
                latitude=39 + chance.random(),
                longitude=8 + chance.random(),
            )
            for service in services
        )
        places = models.ServiceAtLocation.objects.bulk_create(
            models.ServiceAtLocation(service=service, location=location)
            for service, location in zip(services, locations, strict=True)
        )
        _facts(chance, services, places, terms, organizations)


def _facts(
    chance: random.Random,
    services: list[models.Service],
    places: list[models.ServiceAtLocation],
    terms: list[models.TaxonomyTerm],
    organizations: list[models.Organization],
) -> None:
    models.ServiceOrganization.objects.bulk_create(
        models.ServiceOrganization(service=service, organization=organization, role=role)
        for service in services
        for organization, role in zip(chance.sample(organizations, 2), (Role.RUNS, Role.FUNDS), strict=True)
    )
    models.ServiceTerm.objects.bulk_create(
        models.ServiceTerm(service=service, term=term) for service in services for term in chance.sample(terms, 4)
    )
    models.Schedule.objects.bulk_create(
        models.Schedule(service_at_location=place, rule=ScheduleRule.HOURS, opening_hours=chance.choice(HOURS))
        for place in places
    )
    models.Phone.objects.bulk_create(
        models.Phone(service=service, audience="public", type=kind, number=f"0000 {chance.randrange(10**6):06}")
        for service in services
        for kind in (PhoneType.VOICE, PhoneType.FREEPHONE)
    )
    models.EligibilityRule.objects.bulk_create(
        rule
        for service in services
        for rule in (
            models.EligibilityRule(service=service, dimension=Dimension.AGE, minimum_age=18),
            models.EligibilityRule(
                service=service,
                dimension=Dimension.LEGAL_STATUS,
                strength=Strength.UNCONDITIONAL,
                values=[Value.ANY_STATUS],
            ),
        )
    )
    models.CostOption.objects.bulk_create(models.CostOption(service=service, amount=0) for service in services)
    models.RequiredDocument.objects.bulk_create(
        models.RequiredDocument(service=service, document_it="Tessera sanitaria", mandatory=False)
        for service in services
    )
    models.AccessStep.objects.bulk_create(
        models.AccessStep(service=service, kind=kind, description_it=sentence(chance, 6))
        for service in services
        for kind in (StepKind.CALL, StepKind.ENTRY)
    )
    models.ServiceArea.objects.bulk_create(
        models.ServiceArea(service=service, comune_id=f"Y{chance.randrange(20):03}") for service in services
    )
