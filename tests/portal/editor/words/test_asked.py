"""Questions that were not understood, grouped, and given their need with a click."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from search import asked
from search.answer import Answer
from search.engine import SearchQuery
from search.gazetteer import Place
from search.models import AskedQuestion, HeldQuestion, Phrase, Source
from search.understanding import Understood
from services_catalog.models import TaxonomyTerm
from tests.factories import ComuneFactory
from tests.portal.cast import Cast, signed_in

pytestmark = pytest.mark.django_db


def ask(text: str, times: int, comune: str = "") -> None:
    for _ in range(times):
        query = SearchQuery(text=text)
        place = Place(comune, "", None, None, ours=True) if comune else None
        asked.record(query, Answer(query=query, total=0, understood=Understood(place=place)))


@pytest.fixture
def client(cast: Cast, learnt: dict[str, TaxonomyTerm], monkeypatch: Any) -> Any:
    monkeypatch.setattr(asked, "is_held_back", lambda _group: False)
    return signed_in(cast.sara)


ADDRESS = "/admin/search_asked/"


def groups(client: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(ADDRESS).context["groups"]
    return found


def test_the_most_asked_come_first_grouped_with_where_they_were_asked(client: Any) -> None:
    ComuneFactory()
    ask("riparare mandolina", 5, "E281")
    ask("riparare le mandoline", 6)
    ask("oroscopo", 10)
    ask("segretissimo", 4)
    first, second = groups(client)
    assert (first["texts"], first["count"], first["comuni"]) == (
        ["riparare le mandoline", "riparare mandolina"],
        11,
        ["Iglesias"],
    )
    assert second["texts"] == ["oroscopo"]
    page = client.get(ADDRESS)
    assert page.context["rare"] == 1
    assert "segretissimo" not in page.content.decode()


def test_one_click_gives_a_group_its_need(client: Any, learnt: dict[str, TaxonomyTerm]) -> None:
    ask("mangiare piadine", 5)
    (group,) = groups(client)
    assert group["likely"][0] == (str(learnt["canteen"].pk), "Mensa")
    client.post(ADDRESS, {"group": group["key"], "need": group["likely"][0][0]})
    phrase = Phrase.objects.get(source=Source.ASKED)
    assert (phrase.text, phrase.need) == ("mangiare piadine", learnt["canteen"])
    assert groups(client) == []
    page = client.post(ADDRESS, {"group": group["key"], "need": group["likely"][0][0]}, follow=True)
    assert list(page.context["messages"])
    assert Phrase.objects.filter(source=Source.ASKED).count() == 1


def test_a_share_is_held_back_and_said(client: Any, learnt: dict[str, TaxonomyTerm], monkeypatch: Any) -> None:
    monkeypatch.setattr(asked, "is_held_back", lambda _group: True)
    ask("mangiare piadine", 5)
    client.post(ADDRESS, {"group": groups(client)[0]["key"], "need": str(learnt["canteen"].pk)})
    assert HeldQuestion.objects.get(source=Source.ASKED).needs.get() == learnt["canteen"]
    assert not Phrase.objects.filter(source=Source.ASKED).exists()


def test_none_and_ignore_are_clicks_too(client: Any) -> None:
    ask("oroscopo", 5)
    client.post(ADDRESS, {"group": groups(client)[0]["key"], "need": "none"})
    assert Phrase.objects.get(source=Source.ASKED).need is None
    ask("asdfgh", 5)
    client.post(ADDRESS, {"group": groups(client)[0]["key"], "need": "ignore"})
    assert groups(client) == []
    assert Phrase.objects.filter(source=Source.ASKED).count() == 1


@pytest.mark.parametrize("need", ["", "no-such-need", "00000000-0000-0000-0000-000000000000"])
def test_a_need_that_is_none_decides_nothing(client: Any, need: str) -> None:
    ask("oroscopo", 5)
    answer = client.post(ADDRESS, {"group": groups(client)[0]["key"], "need": need})
    assert answer.status_code == (404 if need else 302)
    assert asked.waiting().count() == 1


def test_the_screen_costs_the_same_queries_however_many_groups_wait(client: Any) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(ADDRESS).status_code == 200
        return len(captured)

    ask("oroscopo", 5)
    queries()
    few = queries()
    for word in ("violino", "trombone", "clarinetto", "fisarmonica"):
        ask(word, 5)
    assert queries() == few <= 15
    assert AskedQuestion.objects.count() == 5
    assert reverse("search_asked:index") == ADDRESS
