"""Reference data loaded again at every start: what people changed stays, what was corrected arrives."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid5

import pytest

from services_catalog import models
from services_catalog.data import load, reference
from services_catalog.data.reference import Taxonomy, Term
from services_catalog.publication import records
from tests.factories import ComuneFactory, TerritoryFactory
from tests.services_catalog.reference import load_reference

pytestmark = [pytest.mark.django_db, pytest.mark.database]

SLEEP = reference.term_id("need", "sleep")
EAT = reference.term_id("need", "eat")
ANIMALS = reference.term_id("need", "animali")
Shipping = Callable[[Callable[[list[Term]], list[Term]]], None]


@pytest.fixture(autouse=True)
def _loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    load_reference(monkeypatch)


@pytest.fixture
def shipping(monkeypatch: pytest.MonkeyPatch) -> Shipping:
    """A new version, whose needs are made of today's."""
    needs = reference.taxonomies()["need"]

    def ship(new: Callable[[list[Term]], list[Term]]) -> None:
        version = {**today, "need": Taxonomy("need", needs.name, tuple(new(list(needs.terms))))}
        monkeypatch.setattr(reference, "taxonomies", lambda: version)
        load.load_taxonomies()

    today = reference.taxonomies()
    return ship


def term_of(key: UUID) -> Any:
    return models.TaxonomyTerm.objects.get(pk=key)


def called(term: Term, language: str, name: str) -> Term:
    return replace(term, name={**term.name, language: name})


def test_an_edited_term_outlives_every_start():
    term = term_of(SLEEP)
    term.name_it, term.name_ar, term.order = "Dormire al caldo", "مأوى", 77
    term.save()

    assert load.load_taxonomies() == 0

    term.refresh_from_db()
    assert (term.name_it, term.name_ar, term.order) == ("Dormire al caldo", "مأوى", 77)


def test_a_correction_reaches_what_nobody_edited_also_beside_an_edit(shipping):
    TerritoryFactory()
    models.TaxonomyTerm.objects.filter(pk=SLEEP).update(name_it="Dormire al caldo")

    def corrected(terms: list[Term]) -> list[Term]:
        again = {SLEEP: "Dormire", EAT: "Mangiare bene"}
        terms = [called(term, "it", again.get(term.id, term.name["it"])) for term in terms]
        return [called(term, "sq", "Fjetje") if term.id == SLEEP else term for term in terms]

    shipping(corrected)

    sleep = term_of(SLEEP)
    assert (sleep.name_it, sleep.name_sq) == ("Dormire al caldo", "Fjetje")
    assert term_of(EAT).name_it == "Mangiare bene"
    assert "Mangiare bene" in (records.body("term", EAT, "public", "it") or b"").decode()


def test_new_terms_arrive_in_their_place_and_a_moved_one_stays_where_it_was_put(shipping):
    models.TaxonomyTerm.objects.filter(pk=SLEEP).update(order=500)
    new = Term(uuid5(reference.NAMESPACE, "need/novita"), "novita", None, "", 0, {"it": "Novità"}, {"it": ""})

    def grown(terms: list[Term]) -> list[Term]:
        return [replace(term, order=order) for order, term in enumerate([new, *terms])]

    last = models.TaxonomyTerm.objects.filter(taxonomy="need").exclude(pk=SLEEP).latest("order")
    shipping(grown)

    assert term_of(new.id).order == 0
    assert term_of(last.pk).order == last.order + 1
    assert term_of(SLEEP).order == 500


def test_a_deleted_term_does_not_come_back():
    models.TaxonomyTerm.objects.filter(pk=ANIMALS).delete()

    load.load_taxonomies()

    assert not models.TaxonomyTerm.objects.filter(pk=ANIMALS).exists()


def test_a_new_term_waits_while_somebodys_own_has_its_short_name():
    models.TaxonomyTerm.objects.filter(pk=ANIMALS).delete()
    models.ShippedRow.objects.filter(key=str(ANIMALS)).delete()
    own = models.TaxonomyTerm.objects.create(taxonomy_id="need", slug="animali", name_it="Cani")

    load.load_taxonomies()
    assert models.TaxonomyTerm.objects.get(taxonomy="need", slug="animali") == own

    own.delete()
    load.load_taxonomies()
    assert models.TaxonomyTerm.objects.filter(pk=ANIMALS).exists()


def test_a_database_of_before_what_was_shipped_was_remembered_keeps_its_edits_and_gains_the_new():
    models.ShippedRow.objects.all().delete()
    models.TaxonomyTerm.objects.filter(pk=SLEEP).update(name_it="Dormire al caldo")
    models.TaxonomyTerm.objects.filter(pk=ANIMALS).delete()

    load.load_taxonomies()

    assert term_of(SLEEP).name_it == "Dormire al caldo"
    assert models.TaxonomyTerm.objects.filter(pk=ANIMALS).exists()


def test_a_corrected_patrons_day_outlives_every_start(monkeypatch):
    ComuneFactory()
    day = models.ComuneClosure.objects.get(comune_id="E281")
    day.day = 12
    day.save()

    load_reference(monkeypatch)

    assert models.ComuneClosure.objects.get(comune_id="E281").day == 12
