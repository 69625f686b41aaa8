"""Opening times as blocks of minutes."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from search.opening import blocks_at, blocks_of, horizon, minute_of

START = datetime(2026, 11, 23, tzinfo=UTC)
MINUTES = st.integers(0, 29 * 24 * 60)


def at(minute: int) -> datetime:
    return START + timedelta(minutes=minute)


def is_open(blocks: tuple[str, ...], minute: int) -> bool:
    return not set(blocks).isdisjoint(blocks_at(at(minute)))


@given(st.lists(st.tuples(MINUTES, MINUTES), max_size=5), MINUTES)
def test_a_minute_is_open_exactly_inside_an_interval(spans, minute):
    blocks = blocks_of(tuple((at(start), at(end)) for start, end in spans))
    assert is_open(blocks, minute) == any(start <= minute < end for start, end in spans)


def test_an_always_open_door_needs_few_blocks():
    assert len(blocks_of((horizon(START),))) < 30


def test_a_morning_needs_a_handful():
    assert len(blocks_of(((at(9 * 60), at(12 * 60 + 30)),))) <= 8


def test_intervals_that_touch_are_as_one():
    assert blocks_of(((at(0), at(60)), (at(60), at(120)))) == blocks_of(((at(0), at(120)),))


def test_seconds_do_not_count():
    assert minute_of(START + timedelta(seconds=59)) == minute_of(START)


def test_the_horizon_holds_yesterday_and_four_weeks():
    starts, ends = horizon(START + timedelta(hours=15))
    assert (starts, ends) == (START - timedelta(days=1), START + timedelta(days=29))
