"""What is shown though it is closed at the time asked says when it opens after that."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from search.engine import SearchQuery
from search.indexing import Indexer
from search.query import search
from services_catalog import models
from services_catalog.choices import Audience
from tests.factories import LocationFactory, ServiceFactory

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 11, 23, 11, 30, tzinfo=UTC)
"""Half past twelve in Italy."""


@pytest.fixture
def noon():
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def canteen(installation: str, noon: None) -> models.Service:
    """Open at noon, but on Sundays, and on Wednesday evenings."""
    found: models.Service = ServiceFactory(name_it="Mensa", location=LocationFactory())
    models.Schedule.objects.create(
        service_at_location=found.locations.get(), opening_hours="Mo-Sa 12:00-14:00; We 12:00-14:00,19:00-20:00"
    )
    return found


def ask(text: str, **asked):
    for audience in (Audience.PUBLIC, Audience.OPERATOR):
        Indexer(audience).rebuild()
    found = search(SearchQuery(text=text, **asked))
    return found.relaxed, [one.opens for one in found.found]


@pytest.mark.parametrize(
    ("text", "opens"),
    [
        ("mensa domenica", datetime(2026, 11, 30, 11, 0, tzinfo=UTC)),
        ("mensa stanotte", datetime(2026, 11, 24, 11, 0, tzinfo=UTC)),
        ("mensa stasera", datetime(2026, 11, 24, 11, 0, tzinfo=UTC)),
        ("mensa domani notte", datetime(2026, 11, 25, 11, 0, tzinfo=UTC)),
    ],
)
def test_it_opens_after_the_time_asked_not_after_now(canteen: models.Service, text: str, opens: datetime) -> None:
    assert ask(text) == (("time",), [opens])


@pytest.mark.parametrize("text", ["mensa", "mensa adesso", "mensa sabato"])
def test_nothing_is_said_where_no_time_was_let_go(canteen: models.Service, text: str) -> None:
    assert ask(text) == ((), [None])


def test_of_hours_that_are_not_stated_nobody_knows(installation: str, noon: None) -> None:
    ServiceFactory(name_it="Mensa", location=LocationFactory())
    assert ask("mensa domenica") == (("time",), [None])


def test_the_soonest_of_several_doors_counts_and_the_one_that_was_asked_for(canteen: models.Service) -> None:
    other = models.ServiceAtLocation.objects.create(service=canteen, location=LocationFactory(name_it="Altrove"))
    models.Schedule.objects.create(service_at_location=other, opening_hours="Mo-Fr 08:00-09:00")
    assert ask("mensa domenica") == (("time",), [datetime(2026, 11, 30, 7, 0, tzinfo=UTC)])


def test_a_territory_shown_as_of_another_day_opens_on_the_days_that_are_now(canteen: models.Service) -> None:
    territory = canteen.territory
    territory.show_as_of = (MONDAY - timedelta(days=700)).date()
    territory.save()
    assert ask("mensa domenica") == (("time",), [datetime(2026, 11, 30, 11, 0, tzinfo=UTC)])
