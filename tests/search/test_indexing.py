"""Keeping the index equal to the records, with both engines, from the real compiler's feed."""

from datetime import timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.utils import timezone

from search.engine import EngineDown, IndexUnusable, SearchQuery, get_engine
from search.indexing import Indexer
from search.query import search
from search.rows import RowSource
from services_catalog import models
from services_catalog.choices import Audience, ScheduleKind, ScheduleRule
from services_catalog.publication import feed
from tests.factories import (
    AttributeFactory,
    ComuneFactory,
    LocationFactory,
    OrganizationFactory,
    RefugeFactory,
    ServiceFactory,
    TermFactory,
    TerritoryFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("installation")]


def follow(audience: str = Audience.PUBLIC) -> Indexer:
    """What the follower does, for one audience, until there is nothing left."""
    indexer = Indexer(Audience(audience))
    if indexer.reason_to_rebuild(feed.head(), timezone.now()):
        indexer.rebuild()
    while indexer.catch_up(feed.head()):
        pass
    return indexer


def found(text: str = "", audience: str = Audience.PUBLIC, **asked: Any) -> set[UUID]:
    return {hit.service for hit in search(SearchQuery(audience=Audience(audience), text=text, **asked)).hits}


def filtered(**filters: str) -> dict[str, frozenset[str]]:
    return {name: frozenset({value}) for name, value in filters.items()}


def test_before_the_first_index_search_rests() -> None:
    with pytest.raises(EngineDown):
        search(SearchQuery())


def test_what_is_published_is_found_by_words_needs_bodies_and_places() -> None:
    eat, caritas = TermFactory(), OrganizationFactory()
    canteen = ServiceFactory(organization=caritas, location=LocationFactory(), needs=[eat])
    follow()
    for text in ("mensa", "canteen", "pasto caldo", "caritas", "الأكل", "eat", "Iglesias", "via Roma"):
        assert found(text) == {canteen.pk}, text
    assert found(filters=filtered(need=str(eat.pk), comune="E281", organization=str(caritas.pk))) == {canteen.pk}
    assert found("dormitorio") == set()


def test_changes_are_followed_by_cursor() -> None:
    follow()
    canteen = ServiceFactory()
    follow()
    assert found("mensa") == {canteen.pk}
    canteen.name_it = "Emporio"
    canteen.save()
    follow()
    assert found("emporio") == {canteen.pk}
    canteen.unpublish()
    follow()
    assert found() == set()
    assert get_engine(Audience.PUBLIC).state().position == feed.head()


def test_a_following_indexer_stands_where_the_feed_stands() -> None:
    indexer = follow()
    ServiceFactory()
    assert indexer.catch_up(feed.head()) > 0
    assert indexer.catch_up(feed.head()) == 0
    assert indexer.differences() == {}


def test_batches_do_not_lose_services(monkeypatch: pytest.MonkeyPatch) -> None:
    follow()
    monkeypatch.setattr("search.indexing.SERVICES", 3)
    monkeypatch.setattr("search.rows.SERVICES", 3)
    monkeypatch.setattr("search.indexing.CHANGES", 7)
    made = {ServiceFactory().pk for _number in range(20)}
    assert follow().differences() == {}
    assert found() == made
    Indexer(Audience.PUBLIC).rebuild()
    assert found() == made


def test_a_renamed_need_is_found_by_its_new_name() -> None:
    eat = TermFactory()
    canteen = ServiceFactory(needs=[eat])
    follow()
    eat.name_it = "Nutrirsi"
    eat.save()
    follow()
    assert found("nutrirsi") == {canteen.pk}
    assert found("mangiare") == set()


def test_a_comune_that_joins_the_territory_is_served_by_services_of_the_whole() -> None:
    territory = TerritoryFactory()
    canteen = ServiceFactory(territory=territory)
    models.ServiceArea.objects.create(service=canteen)
    follow()
    assert found(filters=filtered(comune="E086")) == set()
    models.TerritoryComune.objects.create(territory=territory, comune=ComuneFactory(code="E086", name="Gonnesa"))
    follow()
    assert found(filters=filtered(comune="E086")) == {canteen.pk}


def test_each_audience_finds_only_what_its_records_say() -> None:
    canteen = ServiceFactory()
    desk = ServiceFactory(name_it="Sportello riservato agli operatori", audience=Audience.OPERATOR)
    refuge = RefugeFactory()
    follow(Audience.PUBLIC)
    follow(Audience.OPERATOR)
    assert found() == {canteen.pk}
    assert found(audience=Audience.OPERATOR) == {canteen.pk, desk.pk, refuge.pk}


def test_what_is_hidden_later_leaves_the_public_index() -> None:
    canteen = ServiceFactory(location=LocationFactory())
    follow(Audience.PUBLIC)
    follow(Audience.OPERATOR)
    canteen.audience = Audience.OPERATOR
    canteen.save()
    follow(Audience.PUBLIC)
    follow(Audience.OPERATOR)
    assert found() == set()
    assert found(audience=Audience.OPERATOR) == {canteen.pk}


def test_another_life_of_the_database_is_indexed_anew() -> None:
    follow()
    ServiceFactory()
    models.FeedHead.objects.update(epoch="another")
    indexer = Indexer(Audience.PUBLIC)
    assert "life" in str(indexer.reason_to_rebuild(feed.head(), timezone.now()))
    follow()
    assert get_engine(Audience.PUBLIC).state().position.epoch == "another"
    assert follow().differences() == {}


def test_an_index_ahead_of_its_database_is_not_trusted() -> None:
    ServiceFactory()
    indexer = follow()
    models.FeedHead.objects.update(seq=0)
    assert "ahead" in str(indexer.reason_to_rebuild(feed.head(), timezone.now()))
    with pytest.raises(IndexUnusable):
        indexer.catch_up(feed.head())


def test_opening_times_are_renewed_with_the_day() -> None:
    indexer = follow()
    assert indexer.reason_to_rebuild(feed.head(), timezone.now()) is None
    assert "renewed" in str(indexer.reason_to_rebuild(feed.head(), timezone.now() + timedelta(days=1)))


def test_open_now_is_answered_from_the_schedules_and_silence_is_unknown() -> None:
    canteen = ServiceFactory(location=LocationFactory())
    silent = ServiceFactory(name_it="Emporio")
    models.Schedule.objects.create(
        service=canteen, kind=ScheduleKind.OPEN, rule=ScheduleRule.HOURS, opening_hours="Mo-Su 12:00-14:00"
    )
    follow()
    today = timezone.localtime().replace(hour=13, minute=0)
    results = search(SearchQuery(open_at=today))
    assert {hit.service for hit in results.hits} == {canteen.pk}
    assert results.hours_unknown == 1
    assert found(open_at=today.replace(hour=15)) == set()
    assert silent.pk in found()


def test_a_territory_shown_as_of_a_day_lives_that_day() -> None:
    canteen = ServiceFactory(territory=TerritoryFactory(show_as_of="2022-03-05"), valid_until="2022-12-31")
    models.Schedule.objects.create(
        service=canteen, kind=ScheduleKind.OPEN, rule=ScheduleRule.HOURS, opening_hours="Sa 09:00-12:00"
    )
    with time_machine.travel("2026-11-23T09:30:00Z", tick=False):  # a Monday; 5 March 2022 was a Saturday
        follow()
        assert found(open_at=timezone.now()) == {canteen.pk}
        assert found(open_at=timezone.now() + timedelta(days=1)) == set()


def test_a_service_past_its_dates_is_not_found_active_and_comes_last() -> None:
    ended = ServiceFactory(name_it="Asilo", valid_until="2022-12-31")
    shown = ServiceFactory(territory=TerritoryFactory(slug="then", show_as_of="2022-03-05"), valid_until="2022-12-31")
    canteen = ServiceFactory(name_it="Zona mensa")
    follow()
    assert found(filters=filtered(status="active")) == {canteen.pk, shown.pk}
    assert found(filters=filtered(status="ended")) == {ended.pk}
    assert [hit.service for hit in search(SearchQuery()).hits] == [shown.pk, canteen.pk, ended.pk]


def test_differences_are_named() -> None:
    canteen, emporium = ServiceFactory(), ServiceFactory(name_it="Emporio")
    indexer = follow()
    get_engine(Audience.PUBLIC).apply([canteen.pk], [], feed.head())
    models.PublishedRecord.objects.filter(uuid=emporium.pk, language="all").update(checksum="0" * 32)
    assert indexer.differences() == {"missing": [canteen.pk], "stale": [emporium.pk]}
    models.PublishedRecord.objects.filter(uuid=emporium.pk).delete()
    assert indexer.differences() == {"missing": [canteen.pk], "surplus": [emporium.pk]}


def test_a_record_nobody_can_read_keeps_no_other_from_being_found(caplog: pytest.LogCaptureFixture) -> None:
    spoilt, canteen = ServiceFactory(), ServiceFactory()
    models.PublishedRecord.objects.filter(uuid=spoilt.pk).update(body="{}")
    assert follow().differences() == {"missing": [spoilt.pk]}
    assert found() == {canteen.pk}
    assert f"service {spoilt.pk} cannot be indexed" in caplog.text


def lockers_found(audience: str = Audience.PUBLIC) -> set[UUID]:
    return found(audience=audience, filters=filtered(**{"attribute.lockers": "yes"}))


def test_a_change_of_a_definition_reaches_the_services_that_state_it() -> None:
    lockers = AttributeFactory(filterable=False)
    canteen = ServiceFactory(attributes={"lockers": True})
    follow()
    assert lockers_found() == set()

    for changed, expected in (
        ({"filterable": True}, {canteen.pk}),
        ({"active": False}, set()),
        ({"active": True}, {canteen.pk}),
        ({"audience": Audience.OPERATOR}, set()),
    ):
        for name, value in changed.items():
            setattr(lockers, name, value)
        lockers.save()
        follow()
        assert lockers_found() == expected, changed
    follow(Audience.OPERATOR)
    assert lockers_found(Audience.OPERATOR) == {canteen.pk}
    assert "attribute.lockers" not in search(SearchQuery()).facets


def test_services_of_one_need_are_read_one_after_another_and_each_once() -> None:
    eat, sleep = TermFactory(), TermFactory(slug="sleep")
    for need in ([eat], [sleep], [], [eat], [sleep], [eat, sleep]):
        ServiceFactory(needs=need)
    keys = [row.service for row in RowSource(Audience.PUBLIC).everything(timezone.now(), lambda: None)]
    assert sorted(keys) == sorted(models.Service.objects.values_list("pk", flat=True))
    needs = [tuple(sorted(models.Service.objects.get(pk=key).terms.values_list("term_id", flat=True))) for key in keys]
    assert len(list(groupby(needs))) == len(set(needs))
