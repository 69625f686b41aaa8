"""Free, full or not known: what the reports on a service say together, and how it ranks."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from search.availability import Availability, availability
from search.engine import SearchQuery
from search.indexing import Indexer
from search.opening import minute_of
from search.query import search
from services_catalog import models
from services_catalog.choices import Audience
from services_catalog.publication.document import Capacity
from tests.factories import LocationFactory, ServiceFactory, TermFactory

NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
EIGHT, TEN = NOON + timedelta(hours=8), NOON + timedelta(hours=10)


def beds(available: int | None, reported_at: datetime | None = NOON, expires_at: datetime | None = EIGHT) -> Capacity:
    return Capacity(
        id=UUID(int=1),
        unit=UUID(int=2),
        population=None,
        maximum=10,
        available=available,
        reported_at=reported_at,
        expires_at=expires_at,
        description="",
    )


def minutes(free: datetime | None = None, full: datetime | None = None) -> Availability:
    return Availability(minute_of(free) if free else None, minute_of(full) if full else None)


@pytest.mark.parametrize(
    ("reports", "said"),
    [
        ([], minutes()),
        ([beds(None)], minutes()),
        ([beds(3, reported_at=None)], minutes()),
        ([beds(3)], minutes(free=EIGHT)),
        ([beds(0)], minutes(full=EIGHT)),
        ([beds(3), beds(0)], minutes(free=EIGHT)),
        ([beds(3), beds(2, expires_at=TEN)], minutes(free=TEN)),
        ([beds(0), beds(0, expires_at=TEN)], minutes(full=EIGHT)),
        ([beds(0), beds(None)], minutes()),
        ([beds(3, expires_at=None)], minutes(free=NOON + timedelta(days=1))),
    ],
)
def test_one_free_place_is_enough_and_every_count_must_be_full(reports: list[Capacity], said: Availability) -> None:
    assert availability(reports) == said


def test_a_report_of_a_territory_shown_as_of_another_day_holds_on_the_day_that_is_now() -> None:
    assert availability([beds(3)], timedelta(days=2)) == minutes(free=EIGHT + timedelta(days=2))


@pytest.fixture
def order(db: None, installation: str):
    """Three shelters, of which the second is full and the third has a bed, until eight."""
    unit = TermFactory(slug="beds")
    for name, available in (("Dormitorio uno", None), ("Dormitorio due", 0), ("Dormitorio tre", 2)):
        made = ServiceFactory(name_it=name, location=LocationFactory())
        models.Capacity.objects.create(
            service=made, unit=unit, maximum=9, available=available, reported_at=NOON, expires_at=EIGHT
        )
    for audience in (Audience.PUBLIC, Audience.OPERATOR):
        Indexer(audience).rebuild()

    def ask(now: datetime, text: str = "dormitorio") -> tuple[list[str], list[float]]:
        found = search(SearchQuery(text=text), now).found
        names = dict(models.Service.objects.values_list("pk", "name_it"))
        return (
            [names[one.hit.service].split()[1] for one in found],
            [one.parts.get("availability", 0.0) for one in found],
        )

    return ask


def test_what_is_free_comes_before_its_like_and_what_is_full_after(order) -> None:
    assert order(NOON) == (["tre", "uno", "due"], [0.06, 0.0, -0.06])


def test_a_report_counts_only_while_it_holds(order) -> None:
    assert order(EIGHT)[1] == [0.0, 0.0, 0.0]


def test_a_report_of_today_says_nothing_of_another_day_asked_about(order) -> None:
    assert order(NOON, "dormitorio domani")[1] == [0.0, 0.0, 0.0]
