"""A small catalogue to read: a canteen, a night shelter, suspended showers, a phone line, a refuge that is sealed."""

from datetime import UTC, date, datetime
from typing import Any

from search.document import Context, rows_of
from search.engine import get_engine
from search.opening import horizon
from services_catalog import models
from services_catalog.choices import (
    Answer,
    Audience,
    Dimension,
    LocationType,
    PhoneType,
    Role,
    ScheduleKind,
    ScheduleRule,
    Status,
    StepKind,
    Strength,
    Value,
)
from services_catalog.data.reference import taxonomies, term_id
from services_catalog.languages import LANGUAGES
from services_catalog.publication.feed import head
from services_catalog.publication.records import PublishedRecord
from services_catalog.publication.transaction import publishing
from tests.factories import ComuneFactory, LocationFactory, OrganizationFactory, ServiceFactory, TerritoryFactory

NOON = datetime(2026, 11, 23, 11, 30, tzinfo=UTC)
"""A Monday: the canteen is open, the shelter is not."""
SECRET_STREET = "Via del Segreto 77"
USED_TAXONOMIES = ("need", "target", "language", "access", "accessibility")


def load_terms() -> None:
    """The core terms, in twelve languages."""
    for slug in USED_TAXONOMIES:
        taxonomy = models.Taxonomy.objects.create(slug=slug, name=taxonomies()[slug].name["it"])
        models.TaxonomyTerm.objects.bulk_create(
            models.TaxonomyTerm(
                id=term.id,
                taxonomy=taxonomy,
                slug=term.slug,
                parent_id=term.parent,
                pictogram=term.pictogram,
                order=term.order,
                **{f"name_{language.replace('-', '_')}": term.name.get(language, "") for language in LANGUAGES},
            )
            for term in taxonomies()[slug].terms
        )


def classify(service: models.Service, taxonomy: str, *slugs: str) -> None:
    for slug in slugs:
        models.ServiceTerm.objects.create(service=service, term_id=term_id(taxonomy, slug))


def territory() -> models.Territory:
    found: models.Territory = TerritoryFactory(name_en="Sulcis area", name_ar="منطقة سولشيس")
    comune = ComuneFactory()
    models.TerritoryComune.objects.create(territory=found, comune=comune, office_phone="0781 000100")
    for number, name_it, name_en, name_ar in (
        ("112", "Emergenza", "Emergency", "الطوارئ"),
        ("1522", "Violenza e stalking", "Violence and stalking", "العنف والملاحقة"),
    ):
        models.EmergencyNumber.objects.create(
            territory=found,
            number=number,
            name_it=name_it,
            name_en=name_en,
            name_ar=name_ar,
            source="Ministero dell'Interno",
            checked_on=date(2026, 11, 1),
        )
    return found


def canteen(caritas: models.Organization) -> models.Service:
    """Open every noon, described in full, in Italian, English and (in part) Arabic."""
    place = LocationFactory(
        name_it="Casa della Carità",
        name_en="Caritas House",
        name_ar="بيت كاريتاس",
        postal_code="09016",
        locality="Iglesias",
        address_note_it="Il portone verde accanto alla farmacia.",
        transportation_it="Autobus 2 e 5, fermata Via Roma.",
    )
    place.accessibility.set([term_id("accessibility", "step-free"), term_id("accessibility", "accessible-toilet")])
    service: models.Service = ServiceFactory(
        organization=caritas,
        location=place,
        name_ar="مطعم شارع روما",
        summary_en="A hot meal at noon, every day but Sunday.",
        summary_it="Un pasto caldo a mezzogiorno, tutti i giorni tranne la domenica.",
        summary_ar="وجبة ساخنة ظهرًا كل يوم ما عدا الأحد.",
        description_it="Ti siedi, mangi e riposi. Nessuno ti chiede perché sei qui.",
        what_you_get_it="Un primo, un secondo, frutta e acqua. Puoi chiedere un pasto senza carne di maiale.",
        appointment=Answer.NO,
        identity_document=Answer.NO,
        animals=Answer.YES,
        sources=[{"title": "Carta dei servizi Caritas", "dated": "2026-09-01"}],
        assured_date=date(2026, 11, 16),
    )
    classify(service, "need", "eat")
    classify(service, "target", "everyone")
    classify(service, "language", "it", "ar", "fr")
    classify(service, "access", "in-person")
    at = service.locations.get()
    models.Schedule.objects.create(service_at_location=at, opening_hours="Mo-Sa 12:00-14:00; PH off")
    rule = models.EligibilityRule(
        service=service, dimension=Dimension.LEGAL_STATUS, strength=Strength.UNCONDITIONAL, values=[Value.ANY_STATUS]
    )
    rule.save()
    models.CostOption.objects.create(service=service, amount=0)
    models.RequiredDocument.objects.create(service=service, document_it="Tessera Caritas", mandatory=False)
    for position, (kind, words) in enumerate(
        (
            (StepKind.WALK_IN, "Vieni dalle 11:45 e mettiti in fila."),
            (StepKind.LISTENING_DESK, "La prima volta parli con un volontario."),
            (StepKind.CARD, "Ti danno la tessera."),
        )
    ):
        models.AccessStep.objects.create(service=service, kind=kind, description_it=words, position=position)
    phone = models.Phone.objects.create(service=service, number="0781 000111", description_it="Segreteria")
    models.Schedule.objects.create(phone=phone, kind=ScheduleKind.PHONE, opening_hours="Mo-Fr 09:00-17:00")
    models.Phone.objects.create(service=service, number="333 0009999", type=PhoneType.PERSONAL_MOBILE)
    return service


def shelter(emmaus: models.Organization) -> models.Service:
    """Open at night, for men, in Italian alone."""
    place = LocationFactory(name_it="Dormitorio Emmaus", street="Via Napoli 3", latitude=39.32, longitude=8.54)
    service: models.Service = ServiceFactory(
        organization=emmaus,
        location=place,
        name_it="Dormitorio notturno",
        name_en=None,
        summary_it="Un letto, una doccia e la colazione, per al massimo quindici notti.",
        most_nights=15,
        identity_document=Answer.YES,
    )
    classify(service, "need", "sleep", "wash")
    models.Schedule.objects.create(service_at_location=service.locations.get(), opening_hours="Mo-Su 20:00-08:00")
    models.EligibilityRule.objects.create(service=service, dimension=Dimension.GENDER, values=[Value.MALE])
    models.EligibilityRule.objects.create(service=service, dimension=Dimension.AGE, minimum_age=18)
    models.Phone.objects.create(service=service, number="0781 000222")
    return service


def phone_line(caritas: models.Organization) -> models.Service:
    """Day and night, at no place."""
    place = LocationFactory(
        name_it="Al telefono",
        name_en="By phone",
        type=LocationType.VIRTUAL,
        comune=None,
        street="",
        latitude=None,
        longitude=None,
    )
    service: models.Service = ServiceFactory(
        organization=caritas,
        location=place,
        name_it="Telefonia sociale",
        name_en="Social phone line",
        summary_it="Una voce che risponde, giorno e notte.",
        summary_en="A voice that answers, day and night.",
    )
    classify(service, "need", "guidance")
    classify(service, "access", "phone")
    phone = models.Phone.objects.create(service=service, number="0781 000333")
    models.Schedule.objects.create(phone=phone, kind=ScheduleKind.PHONE, opening_hours="24/7")
    return service


def offices_line(catalogue: dict[str, Any], iglesias: str, gonnesa: str) -> models.Service:
    """The phone line, as one that answers while the office of the caller's comune is closed."""
    line: models.Service = catalogue["phone_line"]
    models.Schedule.objects.filter(phone__service=line).update(rule=ScheduleRule.OFFICES_CLOSED, opening_hours="")
    models.TerritoryComune.objects.update(office_opening_hours=iglesias)
    other = ComuneFactory(code="E086", name="Gonnesa")
    models.TerritoryComune.objects.create(
        territory=catalogue["territory"], comune=other, office_phone="0781 000200", office_opening_hours=gonnesa
    )
    return line


def showers(caritas: models.Organization) -> models.Service:
    """Suspended, and of hours that nobody stated."""
    service: models.Service = ServiceFactory(
        organization=caritas,
        location=LocationFactory(name_it="Bagni pubblici", street=""),
        name_it="Docce",
        name_en="Showers",
        summary_it="Doccia calda, sapone e asciugamano.",
        summary_en="A hot shower, soap and a towel.",
        status=Status.SUSPENDED,
        status_reason_it="La caldaia è rotta.",
        status_reason_en="The boiler is broken.",
    )
    classify(service, "need", "wash")
    return service


def wardrobe(emmaus: models.Organization) -> models.Service:
    """Nothing is stated of it but its name, its need and that one has to make an appointment."""
    service: models.Service = ServiceFactory(
        organization=emmaus,
        name_it="Guardaroba",
        name_en="Wardrobe",
        summary_it="",
        location=LocationFactory(street=""),
    )
    classify(service, "need", "clothes")
    models.Schedule.objects.create(service=service, rule=ScheduleRule.BY_APPOINTMENT)
    return service


def refuge() -> models.Service:
    """Sealed: no public byte may hold its street."""
    service: models.Service = ServiceFactory(
        name_it="Casa rifugio Ginestra",
        referral_route_it="Chiama il centro antiviolenza.",
        audience=Audience.SEALED,
        location=LocationFactory(name_it="Casa Ginestra", street=SECRET_STREET, audience=Audience.SEALED),
    )
    classify(service, "need", "violence")
    return service


def catalogue() -> dict[str, Any]:
    """All of it, published at once: each record is compiled one time."""
    with publishing():
        return _catalogue()


def _catalogue() -> dict[str, Any]:
    ambito = territory()
    load_terms()
    caritas = OrganizationFactory(url="https://caritas.example/")
    emmaus = OrganizationFactory(name="Emmaus")
    found = {
        "territory": ambito,
        "canteen": canteen(caritas),
        "shelter": shelter(emmaus),
        "phone_line": phone_line(caritas),
        "showers": showers(caritas),
        "wardrobe": wardrobe(emmaus),
        "refuge": refuge(),
    }
    models.ServiceOrganization.objects.create(service_id=found["canteen"].pk, organization=emmaus, role=Role.REFERS)
    return found


def index(now: datetime = NOON) -> None:
    """The public's index, made from its records."""
    public = PublishedRecord.objects.of
    bodies = {kind: list(public(kind, "public", "all")) for kind in ("term", "territory", "service")}
    context = Context.of(
        [record.body for record in bodies["term"]],
        [record.body for record in bodies["territory"]],
        now,
    )
    rows = [row for record in bodies["service"] for row in rows_of(record.body, record.checksum, context)]
    get_engine("public").rebuild(rows, head(), horizon(now)[1])
