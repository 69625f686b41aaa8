"""The shipped reference data hold together: no database needed."""

import json
from datetime import date
from pathlib import Path
from uuid import uuid5

import pytest
from django.conf import settings

from services_catalog.data import reference

LANGUAGES = [code for code, _ in settings.LANGUAGES]
TOP_NEEDS_WITH_DRAWING = 12


def all_terms():
    return [(taxonomy, term) for taxonomy in reference.taxonomies().values() for term in taxonomy.terms]


def test_every_comune_has_its_key_its_point_and_a_current_or_ended_code():
    comuni = reference.comuni()
    assert len(comuni) == 7899
    for code, comune in comuni.items():
        assert code == comune.cadastral_code
        assert len(code) == 4
        assert 35 < comune.latitude < 48
        assert 6 < comune.longitude < 19
        assert comune.istat_codes
        assert len(comune.province) == 2


def test_the_gazetteer_stays_small_enough_to_ship():
    assert (reference.FOLDER / "comuni.csv.gz").stat().st_size < 200 * 1024


@pytest.mark.parametrize(
    ("code", "name", "istat"),
    [
        ("B250", "Buggerru", "119001"),
        ("D334", "Domusnovas", "119005"),
        ("D639", "Fluminimaggiore", "119006"),
        ("E086", "Gonnesa", "119008"),
        ("E281", "Iglesias", "119009"),
        ("F822", "Musei", "119011"),
        ("L968", "Villamassargia", "119022"),
    ],
)
def test_the_comuni_of_iglesias_carry_both_codes(code, name, istat):
    comune = reference.comuni()[code]
    before, after = comune.istat_codes
    assert (comune.name, comune.province) == (name, "CI")
    assert before.code.startswith("111")
    assert before.valid_until == date(2025, 12, 31)
    assert (after.code, after.valid_from, after.valid_until) == (istat, date(2026, 1, 1), None)


def test_iglesias_rests_on_the_eleventh_of_august():
    assert reference.patron_days() == {"E281": (8, 11)}
    assert set(reference.patron_days()) <= set(reference.comuni())


def test_no_sardinian_code_of_before_2026_is_said_to_hold_still():
    sardinian = [comune for comune in reference.comuni().values() if comune.region == "Sardegna"]
    assert len(sardinian) == 377
    assert {comune.istat_codes[0].valid_until for comune in sardinian} == {date(2025, 12, 31)}


def test_every_term_is_named_in_every_language_and_described_in_two():
    for taxonomy, term in all_terms():
        assert list(term.name) == LANGUAGES, (taxonomy.slug, term.slug)
        assert all(name.strip() == name != "" for name in term.name.values()), term.slug
        assert set(term.description) == {"it", "en"}, term.slug
        assert all(term.description.values()), term.slug


def test_ids_follow_the_documented_namespace_and_never_collide():
    ids = [term.id for _, term in all_terms()]
    assert len(set(ids)) == len(ids)
    for taxonomy, term in all_terms():
        assert term.id == uuid5(reference.NAMESPACE, f"{taxonomy.slug}/{term.slug}")


def test_parents_come_before_their_children():
    for taxonomy in reference.taxonomies().values():
        seen = set()
        for term in taxonomy.terms:
            assert term.parent is None or term.parent in seen, term.slug
            seen.add(term.id)


def test_labels_of_a_taxonomy_do_not_repeat_within_a_language():
    for taxonomy in reference.taxonomies().values():
        for language in ("it", "en"):
            names = [term.name[language] for term in taxonomy.terms]
            assert len(set(names)) == len(names), (taxonomy.slug, language)


def test_top_needs_carry_a_drawing_and_leaves_do_not():
    needs = reference.taxonomies()["need"].terms
    tops = [term for term in needs if term.parent is None]
    assert len(tops) >= TOP_NEEDS_WITH_DRAWING
    assert all(bool(term.pictogram) == (term.parent is None) for term in needs)
    assert len(needs) >= 60


def test_there_is_a_leaf_for_every_kind_of_service_people_were_heard_to_ask_for():
    kinds = json.loads(Path(__file__).with_name("kinds_of_service.json").read_text(encoding="utf-8"))
    leaves = {term.slug for term in reference.taxonomies()["need"].terms if term.parent}
    assert set(kinds) <= leaves


def test_an_unknown_term_is_refused():
    with pytest.raises(KeyError):
        reference.term_id("need", "no-such-need")
