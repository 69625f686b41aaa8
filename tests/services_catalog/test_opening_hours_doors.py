"""Which schedules a door follows, the life around it, and lines that answer while offices are closed."""

from datetime import date
from typing import ClassVar

import pytest
from django.utils import translation

from services_catalog import choices
from services_catalog.choices import ScheduleKind
from services_catalog.opening_hours import (
    Caller,
    Number,
    Reason,
    State,
    intervals,
    location_state,
    phone_state,
    service_door,
    service_state,
    state,
    weekly,
)
from services_catalog.publication.document import AccessStep, ServiceArea
from tests.services_catalog.bodies import (
    IGLESIAS,
    at_location,
    exception,
    identifier,
    location,
    phone,
    program,
    rome,
    schedule,
    service,
    territory_comune,
)

MONDAY = rome(2026, 11, 23, 10)
ALWAYS = schedule("24/7")
MORNING = schedule("Mo-Fr 09:00-12:00")
EVENING = schedule("Mo-Fr 18:00-20:00")


class TestWhoseHours:
    def test_the_services_own_at_the_place_come_first(self):
        door = at_location(location(schedules=(ALWAYS,)), schedules=(EVENING,))
        assert service_state(service(schedules=(ALWAYS,)), door, MONDAY).state == State.CLOSED

    def test_then_the_places(self):
        door = at_location(location(schedules=(EVENING,)))
        assert service_state(service(schedules=(ALWAYS,)), door, MONDAY).state == State.CLOSED

    def test_then_the_services(self):
        assert service_state(service(schedules=(ALWAYS,)), at_location(), MONDAY).is_open

    def test_hours_said_not_to_be_stated_borrow_none(self):
        door = at_location(location(schedules=(ALWAYS,)), schedules=(schedule(rule="not_stated"),))
        assert service_state(service(), door, MONDAY).why.reason == Reason.NOT_STATED

    def test_hours_of_another_kind_are_not_opening_hours(self):
        entry = schedule("18:00-20:00", kind="entry")
        door = at_location(schedules=(entry, MORNING))
        assert service_state(service(), door, MONDAY).is_open
        assert intervals(
            service_door(service(), door, kind=ScheduleKind.ENTRY), rome(2026, 11, 23), rome(2026, 11, 24)
        ) == [(rome(2026, 11, 23, 18), rome(2026, 11, 23, 20))]

    def test_a_place_by_itself(self):
        assert location_state(location(schedules=(MORNING,)), MONDAY).is_open

    def test_a_service_given_by_phone_is_open_while_answered(self):
        line = phone(schedules=(schedule("24/7", kind="phone"),))
        assert service_state(service(phones=(line,)), None, MONDAY).is_open
        online = at_location(location(type="virtual"))
        assert service_state(service(phones=(line,)), online, MONDAY).is_open
        assert service_state(service(phones=(line,)), at_location(), MONDAY).state == State.UNKNOWN

    def test_a_fax_opens_nothing(self):
        fax = phone(type="fax", schedules=(schedule("24/7", kind="phone"),))
        assert service_state(service(phones=(fax,)), None, MONDAY).state == State.UNKNOWN


class TestLife:
    @pytest.mark.parametrize(
        ("stated", "reason"),
        [
            ({"status": "planned"}, Reason.SERVICE_PLANNED),
            ({"status": "suspended"}, Reason.SERVICE_SUSPENDED),
            ({"status": "ended"}, Reason.SERVICE_ENDED),
            ({"valid_from": date(2026, 11, 24)}, Reason.SERVICE_NOT_YET_BEGUN),
            ({"valid_until": date(2026, 11, 22)}, Reason.SERVICE_ENDED),
            ({"program": program(status="planned")}, Reason.PROGRAM_PLANNED),
            ({"program": program(status="suspended")}, Reason.PROGRAM_SUSPENDED),
            ({"program": program(status="ended")}, Reason.PROGRAM_ENDED),
            ({"program": program(valid_until=date(2023, 12, 31))}, Reason.PROGRAM_ENDED),
            ({"program": program(valid_from=date(2027, 1, 1))}, Reason.PROGRAM_NOT_YET_BEGUN),
        ],
    )
    def test_outside_it_nothing_is_open_nor_in_doubt(self, stated, reason):
        for hours in (ALWAYS, schedule(rule="by_appointment")):
            found = service_state(service(schedules=(hours,), **stated), None, MONDAY)
            assert (found.state, found.why.reason) == (State.CLOSED, reason)
            assert str(found.why)

    def test_both_days_are_lived(self):
        one_day = service(schedules=(ALWAYS,), valid_from=date(2026, 11, 23), valid_until=date(2026, 11, 23))
        found = service_state(one_day, None, MONDAY)
        assert (found.state, found.until) == (State.OPEN, rome(2026, 11, 24))
        before = service_state(one_day, None, rome(2026, 11, 22, 23, 59))
        assert (before.state, before.next_opening) == (State.CLOSED, rome(2026, 11, 23))

    def test_the_reason_of_a_suspension_is_told(self):
        closed = service(schedules=(ALWAYS,), status="suspended", status_reason="Lavori al tetto.")
        assert str(service_state(closed, None, MONDAY).why).endswith("Lavori al tetto.")

    def test_a_text_of_all_languages_is_told_in_the_language_in_use(self):
        closed = service(status="suspended", status_reason={"it": "Lavori.", "en": "Works."})
        assert str(service_state(closed, None, MONDAY).why).endswith("Lavori.")


class TestPhones:
    def test_a_number_is_open_while_answered(self):
        line = phone(schedules=(schedule("Mo-Fr 09:00-12:00", kind="phone"),))
        assert phone_state(line, MONDAY).is_open
        assert phone_state(line, rome(2026, 11, 23, 13)).state == State.CLOSED

    def test_it_is_silent_on_the_patrons_day_where_its_hours_say_so(self):
        line = phone(schedules=(schedule("Mo-Fr 09:00-12:00", kind="phone", closes_on_comune_holidays=True),))
        patron = rome(2026, 8, 11, 10)
        assert phone_state(line, patron).is_open
        found = phone_state(line, patron, comune=IGLESIAS)
        assert (found.state, found.why.reason) == (State.CLOSED, Reason.COMUNE_HOLIDAY)

    def test_hours_unstated_are_unknown(self):
        assert phone_state(phone(), MONDAY).why.reason == Reason.NOT_STATED

    def test_it_falls_silent_with_its_service(self):
        line = phone(schedules=(schedule("24/7", kind="phone"),))
        assert phone_state(line, MONDAY, service(status="ended")).state == State.CLOSED


class TestWhileTheOfficeIsClosed:
    """The freephone of a district answers while the social office of the caller's comune is closed."""

    line = phone("800 000", schedules=(schedule(kind="phone", rule="offices_closed"),))
    comuni = (
        territory_comune("E281", "Iglesias", "Mo-Fr 08:00-14:00", "0781 1"),
        territory_comune("E086", "Gonnesa", "", "0781 2"),
    )

    def ask(self, comune, at):
        return phone_state(self.line, at, service(), caller=Caller(self.comuni, comune))

    def test_the_office_answers_instead_while_it_is_open(self):
        found = self.ask("E281", MONDAY)
        assert (found.state, found.why.reason) == (State.CLOSED, Reason.OFFICE_OPEN)
        assert found.until == found.next_opening == rome(2026, 11, 23, 14)
        assert found.numbers == (Number("800 000"), Number("0781 1", "Iglesias"))
        assert "Iglesias" in str(found.why)

    @pytest.mark.parametrize(
        "at", [(2026, 11, 23, 15), (2026, 11, 22, 10), (2026, 12, 25, 10), (2026, 8, 11, 10)], ids=str
    )
    def test_it_answers_at_night_on_sundays_holidays_and_the_patrons_day(self, at):
        found = self.ask("E281", rome(*at))
        assert (found.state, found.why.reason) == (State.OPEN, Reason.OFFICE_CLOSED)
        assert found.numbers == (Number("800 000"),)

    def test_at_night_and_on_sundays_no_office_is_open_whatever_it_states(self):
        for at in ((2026, 11, 22, 10), (2026, 11, 24, 3), (2026, 12, 25, 10)):
            assert self.ask("E086", rome(*at)).is_open
            assert self.ask(None, rome(*at)).is_open

    def test_nobody_knows_where_the_offices_hours_are_not_stated(self):
        found = self.ask("E086", MONDAY)
        assert (found.state, found.why.reason) == (State.UNKNOWN, Reason.OFFICE_HOURS_NOT_STATED)
        assert found.numbers == (Number("800 000"), Number("0781 2", "Gonnesa"))

    @pytest.mark.parametrize("comune", [None, "H501"])
    def test_both_numbers_are_shown_to_a_caller_of_unknown_comune(self, comune):
        found = self.ask(comune, MONDAY)
        assert (found.state, found.why.reason) == (State.UNKNOWN, Reason.DEPENDS_ON_COMUNE)
        assert found.numbers == (Number("800 000"), Number("0781 1", "Iglesias"), Number("0781 2", "Gonnesa"))

    @pytest.mark.parametrize(
        ("at", "expected", "reason", "numbers"),
        [
            ((2026, 11, 22, 3), State.OPEN, Reason.ALL_OFFICES_CLOSED, 1),
            ((2026, 11, 23, 8, 30), State.UNKNOWN, Reason.DEPENDS_ON_COMUNE, 3),
            ((2026, 11, 23, 10), State.CLOSED, Reason.ALL_OFFICES_OPEN, 3),
            ((2026, 8, 11, 10), State.UNKNOWN, Reason.DEPENDS_ON_COMUNE, 3),  # the patron's day of one of them
        ],
    )
    def test_of_a_caller_of_unknown_comune_all_offices_together_decide(self, at, expected, reason, numbers):
        comuni = (self.comuni[0], territory_comune("E086", "Gonnesa", "Mo-Fr 09:00-12:00", "0781 2"))
        found = phone_state(self.line, rome(*at), caller=Caller(comuni))
        assert (found.state, found.why.reason, len(found.numbers)) == (expected, reason, numbers)
        assert str(found.why)

    def test_only_the_comuni_served_are_asked(self):
        served = service(service_areas=(ServiceArea(comune="E281", name="Iglesias"),))
        assert Caller.of(served, self.comuni).comuni == self.comuni[:1]
        for areas in ((), (ServiceArea(comune=None, name=""),)):
            assert Caller.of(service(service_areas=areas), self.comuni).comuni == self.comuni
        found = phone_state(self.line, rome(2026, 11, 22, 3), served, caller=Caller.of(served, self.comuni))
        assert found.is_open

    def test_an_exception_silences_it(self):
        hours = schedule(rule="offices_closed", exceptions=(exception(date(2026, 11, 22), reason="guasto"),))
        line = phone("800 000", schedules=(hours,))
        found = phone_state(line, rome(2026, 11, 22, 10), caller=Caller(self.comuni, "E281"))
        assert (found.state, found.why.reason) == (State.CLOSED, Reason.EXCEPTION)

    def test_a_service_told_so_knows_its_own_numbers(self):
        helpline = service(phones=(phone("800 000"),), schedules=(schedule(rule="offices_closed"),))
        assert service_state(helpline, None, MONDAY, Caller(self.comuni)).numbers[0] == Number("800 000")


class TestCallers:
    """Hours and phones that admit only others are no hours of a citizen's."""

    citizens = schedule("Mo-Fr 09:00-12:00", callers=("citizens", "police"))
    police = schedule("24/7", callers=("police",))
    sunday_night = rome(2026, 11, 22, 3)

    def test_hours_for_the_police_open_nothing_to_citizens(self):
        found = service_state(service(schedules=(self.citizens, self.police)), None, self.sunday_night)
        assert (found.state, found.next_opening) == (State.CLOSED, rome(2026, 11, 23, 9))

    def test_the_police_are_told_theirs(self):
        asks = Caller(kind=choices.Caller.POLICE)
        assert service_state(service(schedules=(self.citizens, self.police)), None, self.sunday_night, asks).is_open

    def test_a_places_hours_for_the_police_do_not_hide_the_services(self):
        door = at_location(schedules=(self.police,))
        assert service_state(service(schedules=(self.citizens,)), door, self.sunday_night).state == State.CLOSED

    def test_a_line_for_the_police_answers_no_citizen(self):
        line = phone(callers=("police",), schedules=(schedule("24/7", kind="phone"),))
        found = service_state(service(phones=(line,)), None, self.sunday_night)
        assert (found.state, found.numbers) == (State.UNKNOWN, ())
        asked = phone_state(line, self.sunday_night)
        assert (asked.state, asked.why.reason) == (State.CLOSED, Reason.ONLY_FOR_OTHERS)
        assert phone_state(line, self.sunday_night, caller=Caller().among(line.callers)).is_open

    @pytest.mark.parametrize("whose", ["service", "place"])
    def test_a_door_for_others_alone_is_closed_and_says_for_whom(self, whose):
        callers = ("police", "courts")
        door = at_location(location(callers=callers if whose == "place" else ()))
        found = service_door(service(schedules=(ALWAYS,), callers=callers if whose == "service" else ()), door)
        assert state(found, MONDAY).state == State.CLOSED
        with translation.override("en"):
            assert str(state(found, MONDAY).why) == "Only for: police, courts."
        assert weekly(found, date(2026, 11, 23), 1)[0].notes[0].reason == Reason.ONLY_FOR_OTHERS

    def test_a_place_by_itself_keeps_the_hours_of_those_it_admits(self):
        house = location(schedules=(self.police,))
        assert location_state(house, MONDAY).why.reason == Reason.NOT_STATED


class TestEntry:
    """A dormitory is open until the morning and lets people in until ten: who comes at three stands in the cold."""

    night = schedule("Mo-Su 19:30-08:00", exceptions=(exception(date(2026, 11, 25)),))
    entry = schedule("Mo-Su 19:30-22:00", kind="entry")
    step: ClassVar = {
        "id": identifier("step"),
        "description": "",
        "service": None,
        "opens": None,
        "closes": None,
        "opening_hours": "Mo-Su 19:30-22:00",
        "waiting_days": None,
    }

    def house(self, kind="entry", **step):
        access = service().access.model_copy(update={"steps": (AccessStep(kind=kind, **self.step | step),)})
        return service_door(service(access=access), at_location(schedules=(self.night,)))

    @pytest.mark.parametrize(
        ("at", "door", "lets_in", "following"),
        [
            ((2026, 11, 23, 21), State.OPEN, State.OPEN, None),
            ((2026, 11, 23, 22), State.OPEN, State.CLOSED, (2026, 11, 24, 19, 30)),
            ((2026, 11, 24, 3), State.OPEN, State.CLOSED, (2026, 11, 24, 19, 30)),
            ((2026, 11, 24, 12), State.CLOSED, State.CLOSED, (2026, 11, 24, 19, 30)),
            # shut on the 25th: its hours of entry do not open it
            ((2026, 11, 25, 20), State.CLOSED, State.CLOSED, (2026, 11, 26, 19, 30)),
        ],
    )
    def test_a_door_may_be_open_and_let_nobody_in(self, at, door, lets_in, following):
        of_schedule = service_door(service(), at_location(schedules=(self.night, self.entry)))
        for found in (state(of_schedule, rome(*at)), state(self.house(), rome(*at))):
            assert (found.state, found.lets_in) == (door, lets_in)
            assert found.entry
            assert found.entry.next_opening == (rome(*following) if following else None)

    def test_entry_at_another_service_or_on_another_step_decides_nothing(self):
        assert state(self.house(service=identifier("another")), rome(2026, 11, 24, 3)).entry is None
        assert state(self.house(kind="call"), rome(2026, 11, 24, 3)).entry is None

    def test_entry_not_stated_leaves_it_in_doubt(self):
        hours = (self.night, schedule(kind="entry", rule="not_stated"))
        found = service_state(service(), at_location(schedules=hours), rome(2026, 11, 24, 3))
        assert (found.state, found.lets_in) == (State.OPEN, State.UNKNOWN)

    def test_hours_of_entry_alone_say_when_one_gets_in(self):
        door = at_location(schedules=(self.entry,))
        assert service_state(service(), door, rome(2026, 11, 23, 20)).lets_in == State.OPEN
        found = service_state(service(), door, rome(2026, 11, 24, 3))
        assert (found.state, found.lets_in) == (State.UNKNOWN, State.CLOSED)
