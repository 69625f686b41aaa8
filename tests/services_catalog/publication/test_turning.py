"""Services are found by the status of the day, though nobody saves anything when a day begins."""

from datetime import date

import pytest
import time_machine

from services_catalog import models
from services_catalog.choices import Audience, Status
from services_catalog.publication import feed
from services_catalog.publication.compiler import compile_stale
from services_catalog.publication.records import PublishedRecord
from services_catalog.publication.turning import queue_turned
from tests.factories import RefugeFactory, ServiceFactory, TerritoryFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-11-23T11:00:00Z", tick=False):
        yield


def having(status: Status) -> set[object]:
    found = PublishedRecord.objects.of("service", Audience.PUBLIC, "it")
    return set(found.having(Audience.PUBLIC, "service", {"status": [status]}).values_list("uuid", flat=True))


def test_a_service_past_its_dates_is_not_active() -> None:
    canteen = ServiceFactory()
    ended = ServiceFactory(valid_until="2022-12-31")
    program = models.Program.objects.create(territory=canteen.territory, name_it="Inverno", valid_from="2027-01-01")
    planned = ServiceFactory(program=program)
    assert having(Status.ACTIVE) == {canteen.pk}
    assert (having(Status.ENDED), having(Status.PLANNED)) == ({ended.pk}, {planned.pk})


def test_it_ends_with_its_last_day_and_followers_are_told() -> None:
    ending = ServiceFactory(valid_until=TODAY)
    ServiceFactory(valid_until="2027-01-31")
    assert queue_turned(TODAY) == 0
    before = feed.head()
    with time_machine.travel("2026-11-23T23:00:00Z", tick=False):  # midnight in Italy
        assert queue_turned(date(2026, 11, 24)) == 1
        assert compile_stale() == 1
        assert queue_turned(date(2026, 11, 24)) == 0
    assert having(Status.ENDED) == {ending.pk}
    (change,) = feed.changes_after(Audience.PUBLIC, before.seq)
    assert (change.uuid, change.action) == (ending.pk, "updated")


def test_in_a_territory_shown_as_of_a_day_it_is_that_day() -> None:
    territory = TerritoryFactory(show_as_of=date(2022, 3, 5))
    canteen = ServiceFactory(territory=territory, valid_until="2022-12-31")
    assert having(Status.ACTIVE) == {canteen.pk}
    assert queue_turned(TODAY) == 0
    territory.show_as_of = None
    territory.save()
    while compile_stale():
        pass
    assert having(Status.ENDED) == {canteen.pk}


def test_a_protected_service_turns_by_its_own_dates_alone() -> None:
    refuge = RefugeFactory()
    program = models.Program.objects.create(territory=refuge.territory, name_it="Fondo", valid_until="2022-12-31")
    models.Service.objects.filter(pk=refuge.pk).update(program=program)
    assert queue_turned(TODAY) == 0
