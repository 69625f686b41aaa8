"""The five territories say what their documents say, cite them, and invent nothing. No database needed."""

import re
from datetime import date
from decimal import Decimal
from functools import cache

import pytest

from services_catalog.choices import Role
from services_catalog.data.reference import term_id
from services_catalog.demonstration.load import TERRITORIES, TRUE_TERRITORIES, bundle
from services_catalog.publication.document import Organization, Program, Service, Text

PROSE = ("summary", "description", "who_for", "how_to", "what_you_get", "times", "conditions")
PLAIN_ITALIAN = 60


@cache
def services(slug: str) -> dict[str, Service]:
    """The territory's services by Italian name."""
    found = [document for document in bundle(slug).documents() if isinstance(document, Service)]
    return {service.name["it"]: service for service in found if isinstance(service.name, dict)}


def program_of(service: Service) -> Program:
    assert service.program is not None
    return service.program


def italian(text: Text) -> str:
    assert isinstance(text, dict)
    return text["it"]


def organizations(slug: str) -> set[str]:
    documents = list(bundle(slug).documents())
    alone = {document.name for document in documents if isinstance(document, Organization)}
    return alone | {part.organization.name for found in services(slug).values() for part in found.organizations}


def gulpease(text: str) -> float:
    """Readability of an Italian text, 0 to 100 (Lucisano and Piemontese, 1988)."""
    words = re.findall(r"\w+", text)
    sentences = max(1, len(re.findall(r"[.!?:;]+(?:\s|$)", text)))
    return 89 + (300 * sentences - 10 * sum(map(len, words))) / len(words)


@pytest.mark.parametrize("slug", TRUE_TERRITORIES)
def test_every_record_cites_its_document(slug):
    found = bundle(slug)
    assert found.territory().sources
    for document in found.documents():
        assert document.sources, document.name
        if isinstance(document, Service):
            assert "«" in italian(document.sources[0].note), "the passage is quoted"


@pytest.mark.parametrize("slug", TRUE_TERRITORIES)
def test_nothing_is_invented_on_a_real_body(slug):
    for service in services(slug).values():
        assert not service.locations, "no document states an address"
        assert not service.capacities
        assert not service.costs
        assert not service.email
        assert not service.url
        stated = {phone.number for phone in service.phones if phone.number}
        assert stated <= ({"0781 33000"} if slug == "plus-iglesias" else set())


@pytest.mark.parametrize("slug", TERRITORIES)
def test_texts_are_in_plain_italian_and_in_english(slug):
    for name, service in services(slug).items():
        for field in ("name", "summary"):
            assert {"it", "en"} <= set(getattr(service, field)), (name, field)
        text = " ".join(getattr(service, field)["it"] for field in PROSE if getattr(service, field))
        assert gulpease(text) >= PLAIN_ITALIAN, (name, round(gulpease(text)))


def test_iglesias_has_its_comuni_partners_and_a_phone_that_always_answers():
    territory = bundle("plus-iglesias").territory()
    assert [comune.name for comune in territory.comuni] == [
        "Buggerru",
        "Domusnovas",
        "Fluminimaggiore",
        "Gonnesa",
        "Iglesias",
        "Musei",
        "Villamassargia",
    ]
    pis = services("plus-iglesias")["Pronto Intervento Sociale"]
    assert pis.phones[0].number == "0781 33000"
    assert pis.phones[0].schedules[0].opening_hours == "24/7"
    assert {figure.term for figure in pis.terms.figures} == {
        term_id("figure", "social-worker"),
        term_id("figure", "volunteer"),
    }
    assert pis.program is not None
    assert [partner.role for partner in pis.program.partners].count(Role.PARTNER) == 11
    assert len(organizations("plus-iglesias")) == 13
    assert pis.sources[0].dated == date(2023, 1, 10)


def test_sondrio_has_its_money_dates_figures_and_emergency_services():
    found = services("ambito-sondrio")
    centre = found["Centro servizi per il contrasto alla povertà"]
    program = centre.program
    assert program is not None
    assert (program.cup, program.amount) == ("H71H22000020006", Decimal("134000.00"))
    assert (program.valid_from, program.valid_until) == (date(2022, 10, 1), date(2023, 12, 31))
    assert centre.status == "planned"
    numbers = {figure.term: figure.number for figure in centre.terms.figures}
    assert numbers[term_id("figure", "professional-educator")] == 2
    assert numbers[term_id("figure", "tutor")] == numbers[term_id("figure", "psychologist")] == 1
    assert {
        "Centro di Prima Accoglienza",
        "Unità Mobile",
        "Appartamenti di emergenza",
        "Housing temporaneo",
        "Emporio solidale",
        "Mensa del povero",
        "Pacco viveri",
        "Consulenza amministrativa e legale",
    } <= set(found)
    mobile = found["Unità Mobile"].terms
    assert mobile.needs == (term_id("need", "prima-accoglienza"),), "it is told among the housing facilities"
    assert not mobile.ways_of_access


def test_pesaro_has_its_partners_its_money_and_a_sealed_flat():
    found = services("ats1-pesaro")
    flat = found["Appartamento per donne in difficoltà sociale"]
    assert flat.audience == "sealed"
    assert italian(flat.referral_route)
    assert program_of(flat).amount == Decimal("67280.00")
    assert organizations("ats1-pesaro") == {
        "ATS n. 1",
        "Fondazione Caritas",
        "Associazione Gulliver",
        "Croce Rossa Italia",
        "Associazione Città della Gioia",
        "Regione Marche",
    }
    assert [comune.name for comune in bundle("ats1-pesaro").territory().comuni] == ["Pesaro"]


def test_the_freephone_of_d3_has_no_number_and_answers_when_offices_are_closed():
    line = services("distretto-d3-canicatti")["Pronto Intervento Sociale: numero verde"]
    phone = line.phones[0]
    assert (phone.type, phone.number) == ("freephone", "")
    assert phone.schedules[0].rule == "offices_closed"
    assert set(line.callers) == {"citizens", "police", "health", "courts"}
    assert (line.status, line.valid_until) == ("planned", date(2023, 12, 31))
    assert program_of(line).cup == "H51H21000010006"
    assert program_of(line).amount == Decimal("84479.00")
    assert [rule.values for rule in line.eligibility] == [("present",)]


def test_the_operations_centre_has_its_four_services_and_no_city():
    assert bundle("centrale-operativa-sociale").territory().comuni == ()
    found = services("centrale-operativa-sociale")
    assert set(found) == {
        "Centrale Operativa Sociale",
        "Telefonia Sociale",
        "Pronto Intervento Sociale",
        "Telesoccorso",
        "Supporto all'Amministratore di sostegno e al Tutore",
    }
    program = program_of(found["Telesoccorso"])
    assert (program.amount, program.spent) == (Decimal("1864867.46"), Decimal("804271.12"))
    assert program.cup == "B69J18003150006"
    centre = found["Centrale Operativa Sociale"]
    assert "Piano Sociale di Zona individua" in italian(centre.who_for)
    for text in (centre.description, program.description):
        assert re.search(r"psicologic\w+, cultural\w+ o, a volte, anche solo fisic\w+", italian(text))


def test_who_has_no_particular_requirements_is_everybody_and_the_isee_is_not_spoken_of():
    line = services("centrale-operativa-sociale")["Telefonia Sociale"]
    assert line.terms.targets == (term_id("target", "everyone"),)
    assert line.eligibility == ()
    assert "senza particolari requisiti" in italian(line.who_for)


def test_what_is_noted_of_a_document_stands_on_every_record_beside_its_passage():
    for service in services("centrale-operativa-sociale").values():
        for source in (*service.sources, *program_of(service).sources):
            note = italian(source.note)
            assert "i giorni qui sono il primo e l'ultimo dell'anno" in note
            assert "«" in note
