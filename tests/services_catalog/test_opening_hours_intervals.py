"""Spans of opening within a window, the nights on which clocks change, and the rows of a week."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from services_catalog.choices import Status
from services_catalog.opening_hours import Day, Door, Hours, Life, Reason, State, intervals, state, weekly
from services_catalog.opening_hours.clock import instant, public_holiday
from tests.services_catalog.bodies import IGLESIAS, exception, rome, schedule


def spans(hours, start, end):
    return intervals(Door((schedule(hours),)), start, end)


class TestIntervals:
    def test_they_are_cut_at_the_window(self):
        assert spans("24/7", rome(2026, 11, 23, 10), rome(2026, 11, 24, 10)) == [
            (rome(2026, 11, 23, 10), rome(2026, 11, 24, 10))
        ]

    def test_a_night_is_one_span(self):
        assert spans("20:00-08:00", rome(2026, 11, 23, 12), rome(2026, 11, 24, 12)) == [
            (rome(2026, 11, 23, 20), rome(2026, 11, 24, 8))
        ]

    def test_overlapping_schedules_are_merged(self):
        door = Door((schedule("09:00-12:00"), schedule("11:00-14:00")))
        assert intervals(door, rome(2026, 11, 23), rome(2026, 11, 24)) == [
            (rome(2026, 11, 23, 9), rome(2026, 11, 23, 14))
        ]

    def test_doubt_is_apart_and_never_where_it_is_open(self):
        door = Door((schedule(rule="by_appointment"), schedule("09:00-12:00")))
        assert intervals(door, rome(2026, 11, 23), rome(2026, 11, 24), State.UNKNOWN) == [
            (rome(2026, 11, 23), rome(2026, 11, 23, 9)),
            (rome(2026, 11, 23, 12), rome(2026, 11, 24)),
        ]

    def test_closed_is_not_asked(self):
        with pytest.raises(ValueError, match="closed"):
            intervals(Door(()), rome(2026, 11, 23), rome(2026, 11, 24), State.CLOSED)

    def test_any_aware_instants_will_do(self):
        start = datetime(2026, 11, 23, 8, tzinfo=UTC)
        assert spans("Mo 09:00-12:00", start, start + timedelta(days=1)) == [(start, start + timedelta(hours=3))]


class TestClocks:
    october = datetime(2026, 10, 25, tzinfo=UTC)  # 01:00 UTC: 03:00 becomes 02:00
    march = datetime(2027, 3, 28, tzinfo=UTC)  # 01:00 UTC: 02:00 becomes 03:00

    def test_the_hour_that_comes_twice_opens_once(self):
        door = Door((schedule("02:15-02:45"),))
        expected = (self.october + timedelta(minutes=75), self.october + timedelta(minutes=105))
        assert intervals(door, self.october, self.october + timedelta(hours=6)) == [expected]
        assert state(door, self.october + timedelta(minutes=30)).state == State.CLOSED
        assert state(door, self.october + timedelta(minutes=90)).is_open

    def test_the_night_of_october_is_an_hour_longer(self):
        ((start, end),) = spans("20:00-08:00", rome(2026, 10, 24, 12), rome(2026, 10, 25, 12))
        assert end - start == timedelta(hours=13)

    def test_the_night_of_march_is_an_hour_shorter(self):
        ((start, end),) = spans("20:00-08:00", rome(2027, 3, 27, 12), rome(2027, 3, 28, 12))
        assert end - start == timedelta(hours=11)

    def test_the_hour_that_never_comes_opens_nothing(self):
        assert spans("02:15-02:45", self.march, self.march + timedelta(hours=6)) == []
        assert spans("02:30-04:00", self.march, self.march + timedelta(hours=6)) == [
            (self.march + timedelta(hours=1), self.march + timedelta(hours=2))
        ]
        assert instant(datetime(2027, 3, 28, 2, 30)) == self.march + timedelta(hours=1)


def test_saint_francis_is_a_holiday_from_2026_on():
    assert public_holiday(date(2025, 10, 4)) is None
    assert public_holiday(date(2026, 10, 4)) is not None


class TestWeek:
    def rows(self, *schedules, first=date(2026, 8, 10), days=3, **stated):
        return weekly(Door(schedules, **stated), first, days)

    def test_a_row_a_day_with_its_spans(self):
        hours = schedule("Mo-Fr 09:00-12:00,15:00-18:00; Sa off")
        rows = self.rows(hours, first=date(2026, 11, 23), days=7)
        assert [row.day for row in rows] == [date(2026, 11, 23) + timedelta(days=n) for n in range(7)]
        assert [len(row.hours) for row in rows] == [2, 2, 2, 2, 2, 0, 0]
        assert rows[0].hours[1] == Hours(time(15), time(18), overnight=False)

    def test_a_night_stands_on_its_evening(self):
        rows = self.rows(schedule("20:00-08:00", closes_on_comune_holidays=True), comune=IGLESIAS)
        assert [row.hours for row in rows] == [(Hours(time(20), time(8), overnight=True),), (), rows[0].hours]
        assert [why.reason for why in rows[1].notes] == [Reason.COMUNE_HOLIDAY]

    def test_a_whole_day(self):
        (row,) = self.rows(schedule("24/7"), days=1)
        assert row.hours[0].all_day

    def test_an_exception_tells_its_hours_and_why(self):
        special = exception(date(2026, 8, 11), opening_hours="10:00-11:00", reason="inventario")
        row = self.rows(schedule("09:00-12:00", exceptions=(special,)))[1]
        assert row.hours == (Hours(time(10), time(11), overnight=False),)
        assert [why.params for why in row.notes] == [{"note": "inventario"}]

    def test_appointments_are_told(self):
        rows = self.rows(schedule("Mo 09:00-12:00", rule="by_appointment"), schedule(rule="by_appointment"))
        assert rows[0].hours == (Hours(time(9), time(12), overnight=False, by_appointment=True),)
        assert [why.reason for why in rows[1].notes] == [Reason.BY_APPOINTMENT]

    @pytest.mark.parametrize(
        ("stated", "reason"),
        [
            ({"valid_from": date(2026, 8, 11)}, Reason.NOT_YET_BEGUN),
            ({"valid_until": date(2026, 8, 9)}, Reason.SEASON_OVER),
            ({"rule": "not_stated", "opening_hours": ""}, Reason.NOT_STATED),
            ({"rule": "offices_closed", "opening_hours": ""}, Reason.DEPENDS_ON_COMUNE),
        ],
    )
    def test_days_without_hours_say_why(self, stated, reason):
        (row,) = self.rows(schedule("09:00-12:00").model_copy(update=stated), days=1)
        assert (row.hours, [why.reason for why in row.notes]) == ((), [reason])

    def test_no_schedule_and_no_life(self):
        assert self.rows(days=1)[0].notes[0].reason == Reason.NOT_STATED
        ended = Life(Status.ENDED, None, None)
        assert self.rows(schedule("24/7"), days=1, lives=(ended,))[0].notes[0].reason == Reason.SERVICE_ENDED

    def test_desks_of_equal_hours_are_one_row(self):
        (row,) = self.rows(schedule("09:00-12:00"), schedule("09:00-12:00", kind="open"), days=1)
        assert row == Day(row.day, (Hours(time(9), time(12), overnight=False),), ())
