"""The list under the search box: in the page's language, of its territory, with nothing hidden."""

from typing import Any
from unittest.mock import patch
from urllib.parse import urlencode

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from search import suggesting
from search.engine import EngineDown
from services_catalog import models
from services_catalog.data.reference import term_id
from tests.factories import ComuneFactory, ServiceFactory, TerritoryFactory
from tests.frontend import cast

pytestmark = pytest.mark.django_db

NOTHING = {"options": [], "said": ""}
NO_BEGINNINGS = [
    "",
    " ",
    "m",
    "m" * 4000,
    "mensa " * 666,
    "\ud83d",
    "mensa \ud83d zz",
    "\x00",
    "😀",
    "%",
    "'; DROP TABLE x; --",
]


@pytest.fixture(autouse=True)
def fresh_needs() -> None:
    """Tests roll back, so that a place of the feed comes again with other terms behind it."""
    suggesting._read_needs.cache_clear()


def asked(client: Client, text: str, language: str = "en", **options: Any) -> dict[str, Any]:
    query = urlencode({"q": text.encode(errors="surrogatepass")})
    answer = client.get(f"/{language}/search/suggestions/?{query}", **options)
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def texts(found: dict[str, Any]) -> list[str]:
    return [option["text"] for option in found["options"]]


def test_each_kind_leads_where_one_expects(client: Client, indexed: dict[str, Any]) -> None:
    found = [asked(client, text)["options"][:1] for text in ("ea", "igl", "via ro")]
    assert found == [
        [{"text": "Eat", "kind": "Need", "icon": "eat", "url": f"/en/search/?need={term_id('need', 'eat')}"}],
        [{"text": "Iglesias", "kind": "Place", "icon": "pin", "url": "/en/search/?comune=E281"}],
        [
            {
                "text": "Via Roma canteen",
                "kind": "Service",
                "icon": "help",
                "url": f"/en/services/{indexed['canteen'].pk}/",
            }
        ],
    ]
    for (option,) in found:
        assert client.get(option["url"]).status_code == 200


def test_what_is_read_out_counts_them(client: Client, indexed: dict[str, Any]) -> None:
    assert asked(client, "canteen")["said"] == "1 suggestion"
    assert asked(client, "zz") == NOTHING


def test_the_words_typed_are_answered_in_their_script_on_a_page_of_any_language(
    client: Client, indexed: dict[str, Any]
) -> None:
    (need,) = asked(client, "الطع", "ar")["options"]
    assert need["url"].startswith("/ar/search/?need=")
    assert texts(asked(client, "الطع", "it")) == [need["text"]]
    assert texts(asked(client, "مطعم شا", "it")) == ["مطعم شارع روما"]


def test_a_need_below_another_is_drawn_as_the_one_above(client: Client, indexed: dict[str, Any]) -> None:
    below = models.TaxonomyTerm.objects.exclude(parent=None).filter(pictogram="", parent__slug="sleep").first()
    assert below is not None
    found = asked(client, str(below.name_it), "it")["options"]  # type: ignore[attr-defined]  # modeltranslation's column
    assert [option["icon"] for option in found if option["url"].endswith(str(below.pk))] == ["sleep"]


def test_places_and_services_are_those_of_the_site_s_territory(client: Client, indexed: dict[str, Any]) -> None:
    sondrio: models.Territory = TerritoryFactory(slug="sondrio", name_it="Sondrio")
    models.TerritoryComune.objects.create(territory=sondrio, comune=ComuneFactory(code="I829", name="Sondrio"))
    ServiceFactory(territory=sondrio, name_it="Sportello di Sondrio", name_en=None)
    cast.index()
    for host, expected in (
        ("sondrio.localhost", ["Sondrio", "Sportello di Sondrio"]),
        ("sulcis.localhost", []),
        ("localhost", ["Sondrio", "Sportello di Sondrio"]),
    ):
        assert texts(asked(client, "sondr", headers={"host": host})) == expected, host


def test_nothing_hidden_is_suggested(client: Client, indexed: dict[str, Any]) -> None:
    indexed["canteen"].unpublish()
    for text in ("canteen", "ginestra", "casa rifugio g", "segreto"):
        assert asked(client, text) == NOTHING, text


@pytest.mark.parametrize("text", NO_BEGINNINGS, ids=lambda text: ascii(text)[:16])
def test_what_begins_no_name_suggests_nothing(client: Client, indexed: dict[str, Any], text: str) -> None:
    assert asked(client, text) == NOTHING


def test_without_words_there_is_nothing_to_suggest(client: Client, indexed: dict[str, Any]) -> None:
    assert client.get("/it/search/suggestions/").json() == NOTHING


def test_while_the_engine_rests_needs_and_places_come(client: Client, indexed: dict[str, Any]) -> None:
    with patch.object(suggesting, "get_engine", side_effect=EngineDown):
        assert texts(asked(client, "igl")) == ["Iglesias"]
        assert texts(asked(client, "eat")) == ["Eat", "Eating disorders"]
        assert asked(client, "canteen") == NOTHING


def test_four_queries_suggest_and_too_little_to_go_by_costs_one(
    client: Client, indexed: dict[str, Any], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    asked(client, "canteen")
    with django_assert_num_queries(4):  # the feed's position, the needs, the places, the services
        asked(client, "canteen")
    with django_assert_num_queries(1):
        asked(client, "")
    TerritoryFactory(slug="sondrio", name_it="Sondrio")
    asked(client, "canteen")
    with django_assert_num_queries(5):  # and the site, where there is more than one territory
        asked(client, "canteen")


def test_no_cache_keeps_what_somebody_typed(client: Client, indexed: dict[str, Any]) -> None:
    answer = client.get("/it/search/suggestions/?q=mensa")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Content-Type"] == "application/json"
    assert client.post("/it/search/suggestions/").status_code == 405


def test_the_search_box_stands_without_its_script(client: Client, indexed: dict[str, Any]) -> None:
    page = client.get("/it/search/?q=mensa").text
    assert '<ul id="suggestions" class="suggestions" role="listbox"' in page
    assert page.count(" hidden></ul>") == 1
    assert 'data-suggestions="/it/search/suggestions/"' in page
    assert page.count('<script type="module" src="/static/dist/js/suggest.js"></script>') == 1
