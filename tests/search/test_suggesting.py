"""What is suggested while somebody types, with both engines: needs, places and services that the reader has."""

from typing import Any
from unittest.mock import patch

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from search import suggesting
from search.engine import EngineDown, get_engine
from search.indexing import Indexer
from search.suggesting import LONGEST, MOST, Suggestion, suggest
from services_catalog import models
from services_catalog.choices import Audience
from services_catalog.publication import feed
from services_catalog.publication.feed import READERS
from tests.factories import (
    ComuneFactory,
    LocationFactory,
    OrganizationFactory,
    RefugeFactory,
    ServiceFactory,
    TermFactory,
    TerritoryFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]

NEEDS_SAID = [
    ("man", "it", "Mangiare"),
    ("eat", "it", "Eat"),
    ("eat", "en", "Eat"),
    ("man", "ro", "Să mănânc"),
    ("man", "ar", "Mangiare"),
    ("أكل", "ar", "الأكل"),
    ("الاكل", "it", "الأكل"),
    ("吃", "it", "吃饭"),
    ("饭", "zh-hans", "吃饭"),
]
SERVICES_SAID = [
    ("mens", "it", "Mensa di via Roma"),
    ("cante", "en", "Via Roma canteen"),
    ("via", "en", "Via Roma canteen"),
    ("via", "ar", "Mensa di via Roma"),
    ("مطع", "ar", "مطعم شارع روما"),
    ("مطع", "it", "مطعم شارع روما"),
    ("食", "zh-hans", "罗马街食堂"),
    ("食堂", "it", "罗马街食堂"),
    ("carit", "it", "Mensa di via Roma"),
    ("carit", "en", "Via Roma canteen"),
    ("carit", "ar", "Mensa di via Roma"),
]
TOO_LITTLE = ["", " ", "m", "'", '"*:?(', "😀", "\u202e", "\ud800", "\x00", "   m  ", "ا", "%"]
ODD = [
    "' OR 1=1 --",
    "name:mensa^9",
    "[[a-z]*",
    "\u202emensa\x00 zz",
    "mens\ud800zz",
    "x" * LONGEST,
    "a " * 40,
    "二" * LONGEST,
]


@pytest.fixture(autouse=True)
def fresh_needs() -> None:
    """Tests roll back, so that a place of the feed comes again with other terms behind it."""
    suggesting._read_needs.cache_clear()


@pytest.fixture
def canteen(installation: str) -> models.Service:
    """Caritas' canteen at Iglesias, where one eats; and a night shelter at Sondrio, of another territory."""
    eat = TermFactory(name_zh_hans="吃饭", name_ro="Să mănânc")
    TermFactory(slug="sleep", name_it="Dormire", name_en="Sleep", name_ar="المبيت", order=2)
    sulcis, sondrio = TerritoryFactory(), TerritoryFactory(slug="sondrio", name_it="Ambito di Sondrio")
    models.TerritoryComune.objects.create(territory=sulcis, comune=ComuneFactory())
    models.TerritoryComune.objects.create(territory=sondrio, comune=ComuneFactory(code="I829", name="Sondrio"))
    made: models.Service = ServiceFactory(
        needs=[eat],
        organization=OrganizationFactory(),
        location=LocationFactory(),
        name_ar="مطعم شارع روما",
        name_zh_hans="罗马街食堂",
    )
    ServiceFactory(territory=sondrio, name_it="Dormitorio di Sondrio", name_en=None)
    follow()
    return made


def follow() -> None:
    """What the follower does: builds what is not there, reads what is new."""
    for audience in READERS:
        indexer = Indexer(audience)
        if indexer.reason_to_rebuild(feed.head(), timezone.now()):
            indexer.rebuild()
        while indexer.catch_up(feed.head()):
            pass


def ask(text: str, language: str = "it", audience: Audience = Audience.PUBLIC, **filters: str) -> list[Suggestion]:
    return suggest(text, language, audience, {name: frozenset({value}) for name, value in filters.items()})


def said(text: str, language: str = "it", **asked: Any) -> list[tuple[str, str]]:
    return [(one.kind, one.text) for one in ask(text, language, **asked)]


def test_needs_come_before_places_and_these_before_services(canteen: models.Service) -> None:
    TermFactory(slug="rome", name_it="Romanzi")
    models.TerritoryComune.objects.create(territory=canteen.territory, comune=ComuneFactory(code="H501", name="Roma"))
    assert said("ro") == [("need", "Romanzi"), ("place", "Roma"), ("service", "Mensa di via Roma")]


def test_a_suggestion_names_what_it_leads_to(canteen: models.Service) -> None:
    assert [one.key for one in ask("mangi")] == [str(models.TaxonomyTerm.objects.get(slug="eat").pk)]
    assert [one.key for one in ask("igle")] == ["E281"]
    assert [one.key for one in ask("mensa")] == [str(canteen.pk)]


def test_words_may_come_in_any_order_and_only_the_last_may_be_begun(canteen: models.Service) -> None:
    for text in ("via ro", "roma men", "MENSA", "mènsa d"):
        assert said(text) == [("service", "Mensa di via Roma")], text
    assert said("men roma") == []


def test_a_need_is_said_as_it_was_begun_the_page_s_language_first(canteen: models.Service) -> None:
    for text, language, expected in NEEDS_SAID:
        assert said(text, language) == [("need", expected)], text


def test_needs_met_in_the_page_s_language_come_first(canteen: models.Service) -> None:
    TermFactory(slug="drink", name_it="Bere", name_en="Dormouse", order=1)
    assert said("dorm", territory="sulcis") == [("need", "Dormire"), ("need", "Dormouse")]


def test_services_called_so_in_the_page_s_language_come_first(canteen: models.Service) -> None:
    for number in range(MOST):
        ServiceFactory(name_it=f"Ascolto {number}", name_en=f"Zonal desk {number}")
    ServiceFactory(name_it="Zona franca", name_en="Free area")
    follow()
    assert said("zon")[0] == ("service", "Zona franca")
    assert said("zon", "en")[0] == ("service", "Zonal desk 0")


def test_a_service_is_said_in_the_script_that_was_typed(canteen: models.Service) -> None:
    for text, language, expected in SERVICES_SAID:
        assert said(text, language) == [("service", expected)], text


def test_a_place_is_met_by_its_name_in_another_script_too(canteen: models.Service) -> None:
    models.TerritoryComune.objects.create(
        territory=canteen.territory, comune=ComuneFactory(code="A089", name="Agrigento")
    )
    assert said("أغري") == [("place", "أغريجنتو")]
    assert said("agri", "ar") == [("place", "Agrigento")]


def test_places_and_services_are_the_territory_s(canteen: models.Service) -> None:
    both = [("need", "Dormire"), ("service", "Dormitorio di Sondrio")]
    assert (said("dorm"), said("dorm", territory="sondrio")) == (both, both)
    assert said("dorm", territory="sulcis") == both[:1]
    assert said("sond", territory="sulcis") == []
    assert said("sond", territory="sondrio") == [("place", "Sondrio"), ("service", "Dormitorio di Sondrio")]
    assert said("igle", territory="sondrio") == said("igle", territory="elsewhere") == []


def test_a_service_shared_with_a_territory_is_suggested_there(canteen: models.Service) -> None:
    models.ServiceShare.objects.create(service=canteen, territory=models.Territory.objects.get(slug="sondrio"))
    follow()
    assert said("mensa", territory="sondrio") == [("service", "Mensa di via Roma")]


def test_services_are_suggested_within_the_filters(canteen: models.Service) -> None:
    eat = str(models.TaxonomyTerm.objects.get(slug="eat").pk)
    assert said("mensa", need=eat, comune="E281") == [("service", "Mensa di via Roma")]
    assert said("mensa", need=str(canteen.pk)) == said("mensa", comune="I829") == []


def test_only_a_few_of_each_kind_come(canteen: models.Service) -> None:
    for number in range(6):
        TermFactory(slug=f"n{number}", name_it=f"Zona {number}", order=number)
        ServiceFactory(name_it=f"Zona franca {number}")
        comune = ComuneFactory(code=f"Z00{number}", name=f"Zona {number}")
        models.TerritoryComune.objects.create(territory=canteen.territory, comune=comune)
    follow()
    assert [kind for kind, _text in said("zon")] == ["need"] * 4 + ["place"] * 2 + ["service"] * (MOST - 6)
    assert len(suggest("zon", "it", Audience.PUBLIC, {}, most=3)) == 3


@pytest.mark.parametrize("hide", ["unpublish", "operator", "sealed", "delete"])
def test_what_was_hidden_a_moment_ago_is_not_suggested_though_still_indexed(canteen: models.Service, hide: str) -> None:
    if hide in ("unpublish", "delete"):
        getattr(canteen, hide)()
    else:
        canteen.audience = hide
        canteen.save()
    assert get_engine(Audience.PUBLIC).calling(["mensa"], {}, 4), "the index has not followed yet"
    assert said("mensa") == []
    follow()
    assert said("mensa") == []


def test_operators_are_suggested_what_they_read_and_nobody_a_refuge(canteen: models.Service) -> None:
    inner = ServiceFactory(name_it="Reperibilità notturna", audience=Audience.OPERATOR)
    place = LocationFactory(name_it="Casa Quarzite", audience=Audience.SEALED)
    RefugeFactory(name_it="Casa rifugio", name_en=None, location=place, audience=Audience.SEALED)
    follow()
    assert said("reper") == []
    assert [one.key for one in ask("reper", audience=Audience.OPERATOR)] == [str(inner.pk)]
    assert said("quarz") == said("quarz", audience=Audience.OPERATOR) == []
    assert said("mensa", audience=Audience.OPERATOR) == [("service", "Mensa di via Roma")]


def test_a_service_that_left_a_territory_is_not_suggested_to_its_readers(canteen: models.Service) -> None:
    canteen.territory = models.Territory.objects.get(slug="sondrio")
    canteen.save()
    assert said("mensa", territory="sulcis") == []


def test_while_the_engine_is_down_needs_and_places_still_come(canteen: models.Service) -> None:
    models.TerritoryComune.objects.create(
        territory=canteen.territory, comune=ComuneFactory(code="F839", name="Mensano")
    )
    TermFactory(slug="mensile", name_it="Mensilità")
    with patch.object(suggesting, "get_engine", side_effect=EngineDown):
        assert said("mens") == [("need", "Mensilità"), ("place", "Mensano")]


def test_before_the_first_index_needs_still_come(installation: str) -> None:
    TermFactory()
    assert said("mang") == [("need", "Mangiare")]


def test_a_need_renamed_or_gone_is_suggested_so_at_once(canteen: models.Service) -> None:
    assert said("mang") == [("need", "Mangiare")]
    eat = models.TaxonomyTerm.objects.get(slug="eat")
    eat.name_it = "Mangime"  # type: ignore[attr-defined]  # modeltranslation's column
    eat.save()
    assert said("mang") == [("need", "Mangime")]
    sleep = models.TaxonomyTerm.objects.get(slug="sleep")
    assert said("dormi", territory="sulcis") == [("need", "Dormire")]
    sleep.delete()
    assert said("dormi", territory="sulcis") == []


def test_too_little_to_go_by_suggests_nothing_and_asks_nothing(
    canteen: models.Service, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for text in TOO_LITTLE:
        with django_assert_num_queries(0):
            assert said(text) == [], text


def test_odd_text_is_no_syntax(canteen: models.Service) -> None:
    for text in ODD:
        assert said(text) == [], text


def test_invisible_letters_do_not_hide_a_name(canteen: models.Service) -> None:
    assert said("\u202eme\u200bns") == [("service", "Mensa di via Roma")]


def test_a_long_text_suggests_nothing_and_asks_nothing(
    canteen: models.Service, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0), patch.object(suggesting, "get_engine") as engine:
        assert said("mensa " * 700) == []
        assert said("mensa ".rjust(LONGEST + 1)) == []
    engine.assert_not_called()


def test_three_queries_answer_and_two_where_no_service_is_called_so(
    canteen: models.Service, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ask("mensa")
    with django_assert_num_queries(3):
        ask("mensa", territory="sulcis")
    with django_assert_num_queries(2):
        ask("igle")
