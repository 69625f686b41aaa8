"""Searching: what is found, what narrows it, and never a page without a way on."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from frontend.public.explained import NAMES
from search import query as search_query
from search.engine import EngineDown, SearchQuery
from search.models import AskedQuestion
from search.needs.meant import Meant
from search.ranking import BOUNDS
from services_catalog import models
from services_catalog.choices import Dimension, Strength
from services_catalog.data.reference import term_id
from tests.factories import ComuneFactory, LocationFactory, ServiceFactory
from tests.frontend import cast

pytestmark = pytest.mark.django_db


def search(client: Client, query: str = "", language: str = "en", status: int = 200) -> BeautifulSoup:
    answer = client.get(f"/{language}/search/{query}")
    assert answer.status_code == status
    assert "UNKNOWN VARIABLE" not in answer.text
    assert cast.SECRET_STREET not in answer.text
    assert "Ginestra" not in answer.text
    return BeautifulSoup(answer.text, "html.parser")


def names(soup: BeautifulSoup) -> list[str]:
    return [link.get_text() for link in soup.select(".card-result h2 a")]


def test_words_find_services(client: Client, indexed: dict[str, Any]) -> None:
    assert names(search(client, "?q=canteen")) == ["Via Roma canteen"]


def test_a_card_says_what_one_needs_to_choose(client: Client, indexed: dict[str, Any]) -> None:
    card = search(client, "?q=canteen").select_one(".card-result")
    assert card is not None
    said = " ".join(card.get_text(" ").split())
    for part in ("A hot meal at noon", "Open now until 14:00", "Iglesias", "Everyone", "Checked on Nov. 16, 2026"):
        assert part in said


def test_the_comune_searched_is_the_reader_s(client: Client, indexed: dict[str, Any]) -> None:
    line = cast.offices_line(indexed, iglesias="Tu 09:00-13:00", gonnesa="Mo-Fr 09:00-13:00")
    models.ServiceArea.objects.create(service=line)
    cast.index()
    for comune, said in (("E281", "Open now"), ("E086", "Closed now")):
        card = search(client, f"?comune={comune}&q=phone").select_one(".card-result")
        assert card is not None
        assert said in card.get_text()
        link = card.select_one("a")
        assert link is not None
        assert link["href"] == f"/en/services/{line.pk}/?comune={comune}"


def test_open_now_leaves_out_the_closed_and_counts_the_unknown(client: Client, indexed: dict[str, Any]) -> None:
    soup = search(client, "?open=now")
    assert set(names(soup)) == {"Via Roma canteen", "Social phone line"}
    assert "1 more service may be open" in soup.get_text()


def test_a_chosen_filter_can_be_taken_off(client: Client, indexed: dict[str, Any]) -> None:
    eat = term_id("need", "eat")
    soup = search(client, f"?need={eat}")
    assert names(soup) == ["Via Roma canteen"]
    chip = soup.select_one("a.chip")
    assert chip is not None
    assert chip.get_text().startswith("Eat")
    assert chip["href"] == "/en/search/"


def test_facets_count_and_lead_on(client: Client, indexed: dict[str, Any]) -> None:
    soup = search(client)
    link = next(link for link in soup.select(".facets a") if "Wash" in link.get_text())
    assert "2" in link.get_text()
    assert set(names(search(client, str(link["href"]).removeprefix("/en/search/")))) == {
        "Showers",
        "Dormitorio notturno",
    }


def test_where_nothing_is_near_enough_the_next_wider_circle_is_offered(client: Client, indexed: dict[str, Any]) -> None:
    soup, offered = search(client, "?q=canteen&near=39.51,8.53&radius=1"), []
    while link := soup.select_one(".no-results a"):
        offered.append(link.get_text())
        soup = search(client, str(link["href"]).removeprefix("/en/search/"))
    assert offered == ["Look within 10 km", "Look within 30 km"]
    assert names(soup) == ["Via Roma canteen"]


def test_nothing_found_still_leads_on(client: Client, indexed: dict[str, Any]) -> None:
    soup = search(client, "?q=elicottero")
    assert "Nothing matches" in soup.get_text()
    assert soup.select('.tiles a[href*="need="]')
    assert soup.select('a[href="tel:112"]')


@pytest.mark.parametrize(("query", "field"), [("?need=eat", "need"), ("?page=0", "page"), ("?colour=red", "colour")])
def test_a_wrong_parameter_is_named(client: Client, indexed: dict[str, Any], query: str, field: str) -> None:
    soup = search(client, query, status=400)
    named = soup.select_one('[role="alert"] strong')
    assert named is not None
    assert named.get_text() == field
    assert soup.select(".tiles a")


def test_a_page_past_the_end_says_so(client: Client, indexed: dict[str, Any]) -> None:
    assert "no more results" in search(client, "?page=9", status=404).get_text()


def test_while_the_engine_rests_the_page_leads_on(
    client: Client, catalogue: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(_query: SearchQuery) -> None:
        raise EngineDown

    monkeypatch.setattr("frontend.public.views.find", down)
    soup = search(client, "?q=canteen", status=503)
    assert "Search is resting" in soup.get_text()
    assert soup.select('a[href="tel:112"]')
    assert soup.select(".tiles a")
    assert client.get(f"/en/services/{catalogue['canteen'].pk}/").status_code == 200


def test_a_service_hidden_meanwhile_has_no_card(client: Client, indexed: dict[str, Any]) -> None:
    indexed["canteen"].unpublish()
    assert names(search(client, "?q=canteen")) == []


def test_cards_are_one_query(
    client: Client, indexed: dict[str, Any], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    search(client)
    with django_assert_num_queries(3):  # the site with its look, the feed's position, and the cards
        client.get("/en/search/")


def test_a_question_in_words_costs_two_queries_more(
    client: Client, indexed: dict[str, Any], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    search(client, "?q=mensa")
    with django_assert_num_queries(5):  # the site, the feed's position, the words, the places, the cards
        search(client, "?q=mensa")


def test_whether_the_person_may_come_is_said_on_the_card(client: Client, indexed: dict[str, Any]) -> None:
    soup = search(client, "?q=mensa&age=3&animals=yes", language="it")
    assert soup.select(".card-result .fit")


def test_what_was_understood_can_be_taken_off(client: Client, indexed: dict[str, Any]) -> None:
    soup = search(client, "?q=dormitorio stanotte", language="it")
    chip = next(link for link in soup.select(".chip") if "stanotte" in link.text)
    assert "literally=time" in chip["href"]
    again = search(client, str(chip["href"]).partition("/search/")[2], language="it")
    assert not [link for link in again.select(".chip") if "stanotte" in link.text]


def test_a_postcode_is_a_place_that_can_be_taken_off(client: Client, indexed: dict[str, Any]) -> None:
    soup = search(client, "?q=mensa 09016", language="it")
    chip = next(link for link in soup.select(".chip") if "Iglesias" in link.text)
    assert "literally=place" in chip["href"]
    assert names(soup) == ["Mensa di via Roma"]


def test_who_walks_chooses_it_and_reads_minutes(client: Client, indexed: dict[str, Any]) -> None:
    soup = search(client, "?near=39.33,8.53&radius=20")
    assert "2.2 km away, about 39 minutes on foot" in soup.get_text()
    choice = next(link for link in soup.select(".results-bar .btn") if "On foot" in link.text)
    walked = search(client, str(choice["href"]).partition("/search/")[2])
    assert names(walked) == ["Dormitorio notturno"]
    pressed = next(link for link in walked.select(".results-bar .btn") if "On foot" in link.text)
    assert pressed["aria-current"] == "true"
    assert "on_foot" not in pressed["href"]
    near = next(link for link in walked.select(".chip") if "Near" in link.text or "near" in link.text)
    assert "on_foot" not in near["href"]


def test_walking_is_offered_only_from_somewhere(client: Client, indexed: dict[str, Any]) -> None:
    assert "On foot" not in search(client, "?q=canteen&on_foot=1").get_text()
    assert "On foot" in search(client, "?q=canteen iglesias").get_text()


def test_walking_read_out_of_words_can_be_taken_off(client: Client, indexed: dict[str, Any]) -> None:
    soup = search(client, "?q=mensa iglesias non ho la macchina", language="it")
    assert any("literally=on_foot" in str(link["href"]) for link in soup.select(".chip"))


def test_who_is_refused_by_all_reads_who_takes_them(client: Client, indexed: dict[str, Any]) -> None:
    gonnesa = ComuneFactory(code="E086", name="Gonnesa")
    door = LocationFactory(name_it="Casa Emmaus", comune=gonnesa, latitude=39.27, longitude=8.47)
    other = ServiceFactory(name_it="Dormitorio misto", name_en=None, location=door)
    models.EligibilityRule.objects.create(service=other, dimension=Dimension.GENDER, strength=Strength.UNCONDITIONAL)
    cast.index()
    soup = search(client, "?q=dormitorio&near=39.32,8.54&radius=1&gender=female")
    assert names(soup) == ["Dormitorio notturno"]
    line = soup.select_one("p.notice")
    assert line is not None
    link = line.select_one("a")
    assert link is not None
    assert link["href"] == f"/en/services/{other.pk}/"
    said = " ".join(line.get_text(" ").split())
    assert said.startswith("In Gonnesa, 8.")
    assert "Dormitorio misto" in said
    assert said.endswith("it accepts any gender")
    assert not search(client, "?q=dormitorio&near=39.32,8.54&radius=1&gender=male").select("p.notice")
    other.unpublish()
    assert not search(client, "?q=dormitorio&near=39.32,8.54&radius=1&gender=female").select("p.notice")


def test_what_is_closed_at_the_time_asked_says_when_it_opens_after_it(client: Client, indexed: dict[str, Any]) -> None:
    soup = search(client, "?q=mensa domenica", language="en")
    assert "Closed at the time you asked: opens on Monday 30 November at 12:00" in soup.get_text()
    assert "Closed at the time you asked" not in search(client, "?q=mensa").get_text()


@pytest.fixture
def staff(indexed: dict[str, Any]) -> Any:
    """Somebody of the territory's staff."""
    user = get_user_model()._default_manager.create(username="sara")
    models.Membership.objects.create(user=user, role=models.MembershipRole.STAFF, territory=indexed["territory"])
    return user


def test_staff_that_asks_reads_why_each_result_stands_where_it_does(client: Client, staff: Any) -> None:
    client.force_login(staff, backend="django.contrib.auth.backends.ModelBackend")
    rows = [row.get_text(" ") for row in search(client, "?q=canteen&explain=1").select(".cards table tr")]
    assert any(row.startswith("The name") for row in rows)
    assert rows[-1].startswith("In all")
    assert not search(client, "?q=canteen").select(".cards table")
    assert not search(client, "?explain=1").select(".cards table"), "in the order of names nothing is weighed"


def test_nobody_else_reads_it(client: Client, indexed: dict[str, Any], staff: Any) -> None:
    assert names(search(client, "?q=canteen&explain=1")) == ["Via Roma canteen"]
    assert not search(client, "?q=canteen&explain=1").select(".cards table")
    models.Membership.objects.update(
        role=models.MembershipRole.EDITOR,
        territory=None,
        organization=indexed["canteen"].organizations.first().organization,
    )
    client.force_login(staff, backend="django.contrib.auth.backends.ModelBackend")
    assert not search(client, "?q=canteen&explain=1").select(".cards table")


def test_every_part_of_the_order_has_a_name_for_staff() -> None:
    assert set(NAMES) == set(BOUNDS)


def test_a_question_not_understood_is_counted_once_a_page(client: Client, indexed: dict[str, Any]) -> None:
    search(client, "?q=mandolina")
    search(client, "?q=mandolina&literally=place")
    search(client, "?q=canteen")
    assert [(row.count, row.text) for row in AskedQuestion.objects.all()] == [(1, "")]


def test_a_database_that_cannot_count_breaks_no_page(
    client: Client, indexed: dict[str, Any], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_arguments: Any, **_options: Any) -> None:
        raise DatabaseError("mandolina")

    monkeypatch.setattr(AskedQuestion.objects, "filter", fail)
    search(client, "?q=mandolina")
    assert "mandolina" not in caplog.text
    assert "DatabaseError" in caplog.text


def test_counting_costs_two_queries_where_nothing_is_new(client: Client, indexed: dict[str, Any]) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            search(client, "?q=mandolina")
        return len([query for query in captured if "asked" in query["sql"]])

    queries()
    assert queries() == 2


def test_who_was_not_understood_is_shown_a_way_on_before_all_there_is(
    client: Client, indexed: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def lies_before(query: str) -> bool:
        page = str(search(client, query))
        return "Choose what you need" in page and page.index("Choose what you need") < page.index("card-result")

    assert not lies_before("?q=canteen")
    monkeypatch.setattr(search_query, "meant", lambda _text: Meant(confident=False, out_of_scope=True))
    assert lies_before("?q=how+are+you")
