"""What holds of every door at every time."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from opening_hours import OpeningHours
from opening_hours import State as PackageState

from services_catalog.choices import Status
from services_catalog.opening_hours import Door, Life, State, intervals, next_opening, state, validate, weekly
from services_catalog.opening_hours.clock import instant, midnight
from services_catalog.opening_hours.spans import clip, merge, subtract
from tests.services_catalog.bodies import IGLESIAS, exception, rome, schedule

ROME = ZoneInfo("Europe/Rome")
FEW = settings(max_examples=30, deadline=None)
FIRST, LAST = date(2026, 1, 1), date(2027, 12, 31)

clocks = st.integers(0, 47).map(lambda half: f"{half // 2:02}:{half % 2 * 30:02}")
days = st.sampled_from(["Mo-Fr", "Sa", "Mo,We", "Su", "Mo[1]", "Nov 15-Mar 31", "Jul-Aug Mo-Sa", "PH", "Mo-Su"])
dates = st.dates(FIRST, LAST)
instants = st.datetimes(midnight(FIRST), midnight(LAST)).map(
    lambda wall: instant(wall.replace(second=0, microsecond=0))
)
moments_of_change = st.tuples(
    st.sampled_from([rome(2026, 3, 29), rome(2026, 10, 25), rome(2027, 3, 28), rome(2027, 10, 31)]),
    st.integers(-20 * 60, 30 * 60),
).map(lambda pair: pair[0] + timedelta(minutes=pair[1]))
times = instants | moments_of_change


@st.composite
def expressions(draw, night=True):
    def span():
        start, end = draw(st.lists(clocks, min_size=2, max_size=2, unique=True))
        return f"{start}-{end}" if night or start < end else f"{end}-{start}"

    selectors = draw(st.lists(days, min_size=1, max_size=3, unique=True))
    rules = [f"{selector} {','.join(span() for _ in range(draw(st.integers(1, 2))))}" for selector in selectors]
    return "; ".join([*rules, *draw(st.sampled_from([[], ["PH off"], ["Sa off"], ["Aug 11 off"]]))])


texts = st.sampled_from(["24/7", "off", "Mo unknown; Tu 09:00-12:00", "not hours"]) | expressions()


@st.composite
def exceptions(draw):
    starts = draw(dates)
    return exception(starts, starts + timedelta(days=draw(st.integers(0, 20))), draw(texts), "why")


@st.composite
def schedules(draw):
    begins, ends = draw(st.none() | dates), draw(st.none() | dates)
    return schedule(
        draw(texts),
        rule=draw(st.sampled_from(["hours", "hours", "hours", "by_appointment", "not_stated"])),
        valid_from=begins,
        valid_until=ends,
        closes_on_comune_holidays=draw(st.booleans()),
        exceptions=tuple(draw(st.lists(exceptions(), max_size=2))),
    )


@st.composite
def lives(draw):
    status = draw(st.sampled_from([Status.ACTIVE, Status.ACTIVE, Status.ACTIVE, *Status]))
    return Life(status, draw(st.none() | dates), draw(st.none() | dates))


@st.composite
def doors(draw):
    alive = tuple(draw(st.lists(lives(), max_size=1)))
    return Door(tuple(draw(st.lists(schedules(), max_size=2))), comune=IGLESIAS, lives=alive)


@FEW
@given(doors(), times, st.integers(1, 28))
def test_intervals_are_sorted_disjoint_and_agree_with_the_state(door, start, length):
    end = start + timedelta(days=length)
    opens, unknowns = intervals(door, start, end), intervals(door, start, end, State.UNKNOWN)
    every = sorted([*opens, *unknowns])
    assert opens == merge(opens)
    assert all(a < b for a, b in every)
    assert all(before[1] <= after[0] for before, after in pairwise(every))
    assert all(start <= a and b <= end for a, b in every)
    for expected, spans in ((State.OPEN, opens), (State.UNKNOWN, unknowns)):
        for a, b in spans[:3]:
            assert state(door, a).state == state(door, a + (b - a) / 2).state == expected
            assert b == end or state(door, b).state != expected


@FEW
@given(doors(), times)
def test_until_is_a_real_change_and_nothing_changes_before(door, at):
    now = state(door, at)
    if now.until is None:
        return
    assert now.until > at
    assert state(door, now.until).state != now.state
    for before in (at + (now.until - at) / 2, now.until - timedelta(microseconds=1)):
        assert state(door, before).state == now.state


@FEW
@given(doors(), times)
def test_the_next_opening_is_open_and_the_first(door, at):
    opening = next_opening(door, at)
    if opening is None:
        return
    assert state(door, opening).is_open
    assert intervals(door, at, opening) == []


@FEW
@given(doors(), times)
def test_every_state_says_why(door, at):
    found = state(door, at)
    assert str(found.why)
    assert found.next_opening is None or not found.is_open


@FEW
@given(doors(), lives(), times)
def test_outside_its_life_nothing_is_open_or_in_doubt(door, life, at):
    today = at.astimezone(ROME).date()
    outside = (
        life.status != Status.ACTIVE
        or (life.valid_from is not None and today < life.valid_from)
        or (life.valid_until is not None and today > life.valid_until)
    )
    assume(outside)
    assert state(Door(door.schedules, lives=(life,)), at).state == State.CLOSED


@FEW
@given(doors(), times)
def test_a_week_shows_the_hours_of_its_days(door, at):
    first = at.astimezone(ROME).date()
    for row in weekly(door, first, 3):
        for hours in row.hours:
            assert hours.overnight or hours.opens < hours.closes
            assert state(door, instant(datetime.combine(row.day, hours.opens))).state != State.CLOSED or (
                datetime.combine(row.day, hours.opens) != _there_and_back(datetime.combine(row.day, hours.opens))
            )


def _there_and_back(wall):
    return instant(wall).astimezone(ROME).replace(tzinfo=None)


@FEW
@given(expressions(night=False), dates | st.sampled_from([date(2026, 3, 28), date(2026, 10, 24), date(2027, 3, 27)]))
def test_hours_within_a_day_are_the_packages(text, first):
    """With the package's own time zone, change of clocks included."""
    validate(text)
    start, end = midnight(first), midnight(first + timedelta(days=3))
    package = OpeningHours(text, timezone=ROME, country="IT").intervals(
        start.replace(tzinfo=ROME), end.replace(tzinfo=ROME)
    )
    opens = [(a.astimezone(UTC), b.astimezone(UTC)) for a, b, held, _comment in package if held == PackageState.OPEN]
    assert intervals(Door((schedule(text),)), instant(start), instant(end)) == merge(opens)


@FEW
@given(days, st.tuples(clocks, clocks), st.sampled_from(["PH off", "Sa off", "Aug 11 off", "Tu[2] off"]), dates)
def test_a_night_follows_the_rules_of_its_evening(selector, ends, off, first):
    opens, closes = sorted(ends, reverse=True)
    assume(closes != "00:00")
    evenings = intervals(
        Door((schedule(f"{selector} 00:00-24:00; {off}"),)),
        rome(first.year, first.month, first.day),
        instant(midnight(first + timedelta(days=9))),
    )
    expected = []
    for number in range(9):
        day = first + timedelta(days=number)
        if any(a <= instant(midnight(day)) < b for a, b in evenings):
            morning = day + timedelta(days=1)
            expected.append((_at(day, opens), _at(morning, closes)))
    low, high = instant(midnight(first + timedelta(days=1))), instant(midnight(first + timedelta(days=9)))
    found = intervals(Door((schedule(f"{selector} {opens}-{closes}; {off}"),)), low, high)
    assert found == clip(merge(expected), low, high)


def _at(day, clock):
    return instant(datetime.combine(day, time.fromisoformat(clock)))


numbers = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=6)


@given(numbers, numbers, st.integers(0, 30), st.integers(0, 30))
def test_span_arithmetic_is_that_of_sets(ours, theirs, low, high):
    def points(spans):
        return {point for start, end in spans for point in range(start, end)}

    a, b = merge(ours), merge(theirs)
    assert points(a) == points(ours)
    assert points(subtract(a, b)) == points(a) - points(b)
    assert points(clip(a, low, high)) == points(a) & set(range(low, high))
