"""Opening times as blocks of minutes."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from search.opening import PARTS, DayPart, blocks_at, blocks_of, horizon, minute_of

START = datetime(2026, 11, 23, tzinfo=UTC)
MINUTES = st.integers(0, 29 * 24 * 60)


def at(minute: int) -> datetime:
    return START + timedelta(minutes=minute)


def minutes(terms: tuple[str, ...]) -> list[str]:
    """The terms that are blocks of minutes, not parts of days."""
    return [term for term in terms if "-" not in term]


def is_open(blocks: tuple[str, ...], minute: int) -> bool:
    return not set(blocks).isdisjoint(blocks_at(at(minute)))


@given(st.lists(st.tuples(MINUTES, MINUTES), max_size=5), MINUTES)
def test_a_minute_is_open_exactly_inside_an_interval(spans, minute):
    blocks = blocks_of(tuple((at(start), at(end)) for start, end in spans))
    assert is_open(blocks, minute) == any(start <= minute < end for start, end in spans)


def test_an_always_open_door_needs_few_blocks():
    assert len(minutes(blocks_of((horizon(START),)))) < 30


def test_a_morning_needs_a_handful():
    assert len(minutes(blocks_of(((at(9 * 60), at(12 * 60 + 30)),)))) <= 8


def test_intervals_that_touch_are_as_one():
    assert blocks_of(((at(0), at(60)), (at(60), at(120)))) == blocks_of(((at(0), at(120)),))


def test_seconds_do_not_count():
    assert minute_of(START + timedelta(seconds=59)) == minute_of(START)


def test_the_horizon_holds_yesterday_and_four_weeks():
    starts, ends = horizon(START + timedelta(hours=15))
    assert (starts, ends) == (START - timedelta(days=1), START + timedelta(days=29))


@given(st.lists(st.tuples(MINUTES, MINUTES), max_size=3), st.integers(-1, 29), st.sampled_from(PARTS))
def test_a_part_of_a_day_is_open_when_any_minute_of_it_is(spans, day, part):
    asked = DayPart(date(2026, 11, 23) + timedelta(days=day), part)
    starts, ends = asked.interval()
    found = set(blocks_of(tuple((at(start), at(end)) for start, end in spans)))
    meets = any(start < end and at(start) < ends and starts < at(end) for start, end in spans)
    assert bool(found.intersection(blocks_at(asked))) == meets


def test_a_night_goes_on_into_the_next_morning():
    starts, ends = DayPart(date(2026, 11, 23), "night").interval()
    assert (starts, ends) == (datetime(2026, 11, 23, 19, tzinfo=UTC), datetime(2026, 11, 24, 5, tzinfo=UTC))
