"""Is it open tonight: Italian cases, one row each."""

from datetime import UTC, date, datetime

import pytest

from services_catalog.opening_hours import Door, Reason, State, next_opening, state
from tests.services_catalog.bodies import IGLESIAS, exception, rome, schedule

NIGHT = "20:00-08:00"
OFFICE = "Mo-Fr 09:00-12:00; PH off"
WINTER = "Nov 15-Mar 31 20:00-08:00"

ROWS = [
    # hours, wall-clock time in Italy, state, reason, next opening
    ("24/7", (2026, 12, 25, 3), State.OPEN, Reason.ALWAYS_OPEN, None),
    ("off", (2026, 11, 23, 10), State.CLOSED, Reason.NEVER_OPEN, None),
    (OFFICE, (2026, 11, 23, 9), State.OPEN, Reason.WITHIN_HOURS, None),
    (OFFICE, (2026, 11, 23, 12), State.CLOSED, Reason.OUTSIDE_HOURS, (2026, 11, 24, 9)),
    (OFFICE, (2026, 11, 20, 12, 30), State.CLOSED, Reason.OUTSIDE_HOURS, (2026, 11, 23, 9)),
    # public holidays: Christmas, Easter Monday, Saint Francis (from 2026 on; in 2027 a Monday, in 2021 an ordinary one)
    (OFFICE, (2026, 12, 25, 10), State.CLOSED, Reason.PUBLIC_HOLIDAY, (2026, 12, 28, 9)),
    (OFFICE, (2027, 3, 29, 10), State.CLOSED, Reason.PUBLIC_HOLIDAY, (2027, 3, 30, 9)),
    (OFFICE, (2027, 10, 4, 10), State.CLOSED, Reason.PUBLIC_HOLIDAY, (2027, 10, 5, 9)),
    (OFFICE, (2021, 10, 4, 10), State.OPEN, Reason.WITHIN_HOURS, None),
    (OFFICE, (2026, 12, 26, 10), State.CLOSED, Reason.OUTSIDE_HOURS, (2026, 12, 28, 9)),
    ("PH 10:00-13:00", (2026, 12, 8, 11), State.OPEN, Reason.WITHIN_HOURS, None),
    # a dormitory's night belongs to its evening
    (NIGHT, (2026, 11, 23, 20), State.OPEN, Reason.WITHIN_HOURS, None),
    (NIGHT, (2026, 11, 24, 7, 59), State.OPEN, Reason.WITHIN_HOURS, None),
    (NIGHT, (2026, 11, 24, 8), State.CLOSED, Reason.OUTSIDE_HOURS, (2026, 11, 24, 20)),
    (f"{NIGHT}; PH off", (2026, 8, 15, 3), State.OPEN, Reason.WITHIN_HOURS, None),
    (f"{NIGHT}; PH off", (2026, 8, 15, 21), State.CLOSED, Reason.PUBLIC_HOLIDAY, (2026, 8, 16, 20)),
    (f"{NIGHT}; PH off", (2026, 8, 16, 3), State.CLOSED, Reason.PUBLIC_HOLIDAY, (2026, 8, 16, 20)),
    (f"{NIGHT}; Sa off", (2026, 11, 28, 3), State.OPEN, Reason.WITHIN_HOURS, None),
    (f"{NIGHT}; Sa off", (2026, 11, 29, 3), State.CLOSED, Reason.OUTSIDE_HOURS, (2026, 11, 29, 20)),
    ("Mo-Fr 09:00-12:00; Sa 21:00-02:00", (2026, 11, 29, 1), State.OPEN, Reason.WITHIN_HOURS, None),
    ("Mo-Fr 09:00-12:00; Sa 21:00-02:00", (2026, 11, 24, 1), State.CLOSED, Reason.OUTSIDE_HOURS, (2026, 11, 24, 9)),
    ("Fr 22:00-26:00", (2026, 11, 28, 1, 59), State.OPEN, Reason.WITHIN_HOURS, None),
    ("20:00-00:00", (2026, 11, 24, 0, 30), State.CLOSED, Reason.OUTSIDE_HOURS, (2026, 11, 24, 20)),
    # a season's last night ends in the morning after
    (WINTER, (2026, 11, 15, 7), State.CLOSED, Reason.OUTSIDE_HOURS, (2026, 11, 15, 20)),
    (WINTER, (2026, 11, 15, 20), State.OPEN, Reason.WITHIN_HOURS, None),
    (WINTER, (2027, 4, 1, 7), State.OPEN, Reason.WITHIN_HOURS, None),
    (WINTER, (2027, 4, 1, 20), State.CLOSED, Reason.OUT_OF_SEASON, (2027, 11, 15, 20)),
    # the mobile unit's first Monday, the fortnight
    ("Mo[1] 10:00-12:00", (2026, 12, 7, 11), State.OPEN, Reason.WITHIN_HOURS, None),
    ("Mo[1] 10:00-12:00", (2026, 12, 14, 11), State.CLOSED, Reason.OUTSIDE_HOURS, (2027, 1, 4, 10)),
    # a change of comment is no opening, and doubt is none either
    ('Mo 10:00-12:00 "donne", Mo 12:00-13:00 "tutti"', (2026, 11, 23, 11), State.OPEN, Reason.WITHIN_HOURS, None),
    ("Mo unknown; Tu 10:00-12:00", (2026, 11, 23, 11), State.UNKNOWN, Reason.UNCERTAIN, (2026, 11, 24, 10)),
]


@pytest.mark.parametrize(("hours", "at", "expected", "reason", "opens"), ROWS)
def test_a_door_at_an_instant(hours, at, expected, reason, opens):
    found = state(Door((schedule(hours),)), rome(*at))
    assert (found.state, found.why.reason) == (expected, reason)
    assert found.next_opening == (rome(*opens) if opens else None)
    assert str(found.why)


def test_a_change_of_comment_does_not_end_the_opening():
    door = Door((schedule('Mo 10:00-12:00 "donne", Mo 12:00-13:00 "tutti"'),))
    assert state(door, rome(2026, 11, 23, 11)).until == rome(2026, 11, 23, 13)


def test_a_holiday_is_named():
    found = state(Door((schedule(OFFICE),)), rome(2027, 3, 29, 10))
    assert str(found.why.params["holiday"]) in ("Easter Monday", "Lunedì dell'Angelo", "Pasquetta")


def test_hours_silent_on_holidays_are_told_with_caution():
    found = state(Door((schedule("Mo-Fr 09:00-12:00"),)), rome(2026, 12, 25, 10))
    assert found.is_open
    assert found.caution is not None
    assert found.caution.reason == Reason.HOLIDAY_NOT_STATED
    assert str(found.caution)


@pytest.mark.parametrize("hours", ["24/7", "Mo-Fr 09:00-12:00; PH 09:00-12:00"])
def test_hours_that_speak_of_holidays_need_no_caution(hours):
    assert state(Door((schedule(hours),)), rome(2026, 12, 25, 10)).caution is None


class TestPatronSaint:
    door = Door((schedule(NIGHT, closes_on_comune_holidays=True),), comune=IGLESIAS)

    @pytest.mark.parametrize(
        ("at", "expected"),
        [
            ((2026, 8, 11, 3), State.OPEN),
            ((2026, 8, 11, 21), State.CLOSED),
            ((2026, 8, 12, 3), State.CLOSED),
            ((2026, 8, 12, 20), State.OPEN),
        ],
    )
    def test_the_night_of_the_feast_is_closed(self, at, expected):
        found = state(self.door, rome(*at))
        assert found.state == expected
        if expected == State.CLOSED:
            assert found.why.reason == Reason.COMUNE_HOLIDAY
            assert found.why.params == {"comune": "Iglesias", "holiday": "Santa Chiara"}

    def test_another_door_does_not_follow_it(self):
        assert state(Door((schedule(NIGHT),), comune=IGLESIAS), rome(2026, 8, 11, 21)).is_open

    def test_24_7_knows_no_feast(self):
        always = schedule("24/7", closes_on_comune_holidays=True)
        assert state(Door((always,), comune=IGLESIAS), rome(2026, 8, 11, 21)).is_open


class TestExceptions:
    closed = exception(date(2026, 12, 24), date(2026, 12, 26), reason="boiler broken")
    eve = exception(date(2026, 12, 25), opening_hours="18:00-09:00", reason="Christmas night")

    def test_a_closed_night_tells_why(self):
        found = state(Door((schedule(NIGHT, exceptions=(self.closed,)),)), rome(2026, 12, 25, 3))
        assert (found.state, found.why.reason, found.why.params["note"]) == (
            State.CLOSED,
            Reason.EXCEPTION,
            "boiler broken",
        )
        assert found.next_opening == rome(2026, 12, 27, 20)

    def test_the_shorter_exception_wins(self):
        door = Door((schedule(NIGHT, exceptions=(self.closed, self.eve)),))
        found = state(door, rome(2026, 12, 26, 8, 30))
        assert (found.state, found.until) == (State.OPEN, rome(2026, 12, 26, 9))
        assert found.why.params["note"] == "Christmas night"
        assert state(door, rome(2026, 12, 26, 21)).state == State.CLOSED

    def test_an_exception_opens_out_of_season_and_on_the_feast(self):
        opened = exception(date(2026, 8, 11), opening_hours="10:00-12:00")
        hours = schedule(WINTER, closes_on_comune_holidays=True, valid_until=date(2026, 3, 31), exceptions=(opened,))
        found = state(Door((hours,), comune=IGLESIAS), rome(2026, 8, 11, 11))
        assert (found.state, str(found.why)) == (State.OPEN, str(found.why))
        assert found.why.reason == Reason.EXCEPTION

    def test_it_holds_for_its_own_schedule_alone(self):
        morning = schedule("09:00-12:00", exceptions=(exception(date(2026, 11, 23)),))
        door = Door((morning, schedule("15:00-18:00")))
        assert state(door, rome(2026, 11, 23, 10)).state == State.CLOSED
        assert state(door, rome(2026, 11, 23, 16)).state == State.OPEN


class TestSeasons:
    winter = schedule(NIGHT, valid_from=date(2026, 11, 15), valid_until=date(2027, 3, 31))

    @pytest.mark.parametrize(
        ("at", "expected", "reason"),
        [
            ((2026, 11, 14, 21), State.CLOSED, Reason.NOT_YET_BEGUN),
            ((2026, 11, 15, 7), State.CLOSED, Reason.OUTSIDE_HOURS),
            ((2026, 11, 15, 20), State.OPEN, Reason.WITHIN_HOURS),
            ((2027, 3, 31, 20), State.OPEN, Reason.WITHIN_HOURS),
            ((2027, 4, 1, 7), State.OPEN, Reason.WITHIN_HOURS),
            ((2027, 4, 1, 20), State.CLOSED, Reason.SEASON_OVER),
        ],
    )
    def test_both_dates_are_included_and_the_last_night_ends(self, at, expected, reason):
        found = state(Door((self.winter,)), rome(*at))
        assert (found.state, found.why.reason) == (expected, reason)

    def test_schedules_add_up(self):
        summer = schedule("Mo-Fr 18:00-20:00", valid_from=date(2027, 4, 1))
        found = state(Door((self.winter, summer)), rome(2027, 4, 2, 21))
        assert (found.state, found.why.reason) == (State.CLOSED, Reason.OUTSIDE_HOURS)


class TestNoHours:
    def test_by_appointment_is_unknown_and_bookable(self):
        found = state(Door((schedule(rule="by_appointment"),)), rome(2026, 11, 23, 10))
        assert (found.state, found.why.reason, found.by_appointment) == (State.UNKNOWN, Reason.BY_APPOINTMENT, True)

    def test_by_appointment_within_stated_hours_opens(self):
        door = Door((schedule("Mo 09:00-12:00", rule="by_appointment"),))
        found = state(door, rome(2026, 11, 23, 10))
        assert (found.state, found.by_appointment) == (State.OPEN, True)
        assert state(door, rome(2026, 11, 23, 13)).state == State.CLOSED

    @pytest.mark.parametrize("schedules", [(), (schedule(rule="not_stated"),), (schedule("lunedì mattina"),)])
    def test_not_stated_is_unknown(self, schedules):
        found = state(Door(schedules), rome(2026, 11, 23, 10))
        assert (found.state, found.why.reason, found.until) == (State.UNKNOWN, Reason.NOT_STATED, None)

    def test_hours_of_another_desk_open_while_one_is_unstated(self):
        door = Door((schedule(rule="not_stated"), schedule("Mo 09:00-12:00")))
        assert state(door, rome(2026, 11, 23, 10)).is_open
        found = state(door, rome(2026, 11, 23, 13))
        assert (found.state, found.next_opening) == (State.UNKNOWN, rome(2026, 11, 30, 9))


def test_the_next_opening_of_an_open_door_is_now():
    now = rome(2026, 11, 23, 10)
    assert next_opening(Door((schedule("24/7"),)), now) == now


def test_a_naive_time_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        state(Door(()), datetime(2026, 11, 23, 10))


@pytest.mark.parametrize("year", [1, 1949, 2100, 9999])
def test_a_remote_year_is_refused(year):
    with pytest.raises(ValueError, match="between 1950 and 2099"):
        state(Door(()), datetime(year, 12, 31, 23, 59, tzinfo=UTC))
