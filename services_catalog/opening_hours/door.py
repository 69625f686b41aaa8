"""A door: the schedules that answer "is it open", with what they depend on. Made of published bodies."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from services_catalog import choices
from services_catalog.choices import LocationType, PhoneType, ScheduleKind, ScheduleRule, Status, StepKind
from services_catalog.publication.document import (
    AccessStep,
    Comune,
    Location,
    Phone,
    Program,
    Schedule,
    Service,
    ServiceAtLocation,
    TerritoryComune,
    Text,
)

ANSWERED = frozenset({PhoneType.VOICE, PhoneType.FREEPHONE, PhoneType.MOBILE, PhoneType.PERSONAL_MOBILE})


@dataclass(frozen=True, slots=True)
class Life:
    """The life of a service, or of a program where `program` names it: status, and dates that are both included."""

    status: Status
    valid_from: date | None
    valid_until: date | None
    reason: Text = ""
    program: Text | None = None


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks: as what, which decides the hours and phones that hold, and from which comune, for a line that answers
    while its social office is closed.

    `comuni` are those whose people the line is for; `comune` is a cadastral code, or None where the caller did not say.
    """

    comuni: tuple[TerritoryComune, ...] = ()
    comune: str | None = None
    kind: choices.Caller = choices.Caller.CITIZENS

    def admitted_by(self, callers: Sequence[choices.Caller]) -> bool:
        """Whether those who admit `callers` admit this one. Nobody named: everybody is admitted."""
        return not callers or self.kind in callers

    def among(self, callers: Sequence[choices.Caller]) -> "Caller":
        """The caller, or where they are not admitted one who is: for hours told beside whom alone they are for."""
        return self if self.admitted_by(callers) else replace(self, kind=callers[0])

    @classmethod
    def of(cls, service: Service, comuni: Iterable[TerritoryComune], comune: str | None = None) -> "Caller":
        """Who asks about a service of a territory of these `comuni`: of those that it serves, if it names them."""
        served = {area.comune for area in service.service_areas}
        everywhere = not served or None in served
        return cls(tuple(one for one in comuni if everywhere or one.code in served), comune)

    def office(self) -> TerritoryComune | None:
        """The comune whose office serves the caller, or None while unknown or none of `comuni`."""
        return next((comune for comune in self.comuni if comune.code == self.comune), None)


ANYBODY = Caller()


@dataclass(frozen=True, slots=True)
class Door:
    """Schedules that admit the caller, whose hours add up, the comune whose closures they may follow, the lives around
    them, numbers.

    `entry`: where getting in has hours of its own, the schedules of these. `only_for`: who alone is admitted, where the
    caller is not: to the caller it is closed.
    """

    schedules: tuple[Schedule, ...]
    comune: Comune | None = None
    lives: tuple[Life, ...] = ()
    numbers: tuple[str, ...] = ()
    caller: Caller = ANYBODY
    only_for: tuple[choices.Caller, ...] = ()
    entry: tuple[Schedule, ...] = ()


def service_door(
    service: Service,
    place: ServiceAtLocation | None,
    caller: Caller = ANYBODY,
    kind: ScheduleKind = ScheduleKind.OPEN,
) -> Door:
    """A service at one of its places (None: at no place). Its own hours there, else the place's, else the service's.

    Of all these, only those that admit the caller. A service without a place, or at an online one, that states no
    opening is open while its phones answer. Entry that no schedule tells is told by the step on which one enters.
    """
    levels = [*((place.schedules, place.location.schedules) if place else ()), service.schedules]
    entry = _first_of_kind([*levels, _entry_steps(service)], ScheduleKind.ENTRY, caller)
    schedules = entry if kind == ScheduleKind.ENTRY else _first_of_kind(levels, kind, caller)
    everyones = (*place.phones, *place.location.phones, *service.phones) if place else service.phones
    phones = [phone for phone in everyones if phone.type in ANSWERED and caller.admitted_by(phone.callers)]
    remote = place is None or place.location.type == LocationType.VIRTUAL
    if not schedules and remote and kind == ScheduleKind.OPEN:
        answered = [schedule for phone in phones for schedule in phone.schedules]
        schedules = _first_of_kind([service.schedules, answered], ScheduleKind.PHONE, caller)
    return Door(
        schedules=schedules,
        comune=place.location.comune if place else None,
        lives=_lives(service),
        numbers=tuple(dict.fromkeys(phone.number for phone in phones if phone.number)),
        caller=caller,
        only_for=_only_for(caller, service.callers, place.location.callers if place else ()),
        entry=entry if kind == ScheduleKind.OPEN else (),
    )


def location_door(location: Location, caller: Caller = ANYBODY, kind: ScheduleKind = ScheduleKind.OPEN) -> Door:
    """A place by itself, whatever is offered there."""
    return Door(
        schedules=_first_of_kind([location.schedules], kind, caller),
        comune=location.comune,
        caller=caller,
        only_for=_only_for(caller, location.callers),
        entry=_first_of_kind([location.schedules], ScheduleKind.ENTRY, caller) if kind == ScheduleKind.OPEN else (),
    )


def phone_door(
    phone: Phone,
    service: Service | None = None,
    comune: Comune | None = None,
    caller: Caller = ANYBODY,
) -> Door:
    """A number: open while somebody answers it. It falls silent with the service that it belongs to.

    `comune`: where it is answered, whose holidays its hours may follow.
    """
    return Door(
        schedules=tuple(
            schedule
            for schedule in phone.schedules
            if schedule.kind in (ScheduleKind.PHONE, ScheduleKind.OPEN) and caller.admitted_by(schedule.callers)
        ),
        comune=comune,
        lives=_lives(service) if service else (),
        numbers=(phone.number,) if phone.number else (),
        caller=caller,
        only_for=_only_for(caller, phone.callers),
    )


def step_schedule(step: AccessStep) -> Schedule:
    """The hours of a step as a schedule."""
    return Schedule(
        id=step.id,
        audience=choices.Audience.PUBLIC,
        callers=(),
        kind=ScheduleKind.ENTRY,
        rule=ScheduleRule.HOURS,
        opening_hours=step.opening_hours,
        valid_from=step.opens,
        valid_until=step.closes,
        closes_on_comune_holidays=False,
        description="",
        exceptions=(),
    )


def _entry_steps(service: Service) -> list[Schedule]:
    """The steps on which one enters, here and not at another service, at stated hours."""
    return [
        step_schedule(step)
        for step in service.access.steps
        if step.kind == StepKind.ENTRY and step.opening_hours and step.service in (None, service.id)
    ]


def _first_of_kind(levels: Iterable[Sequence[Schedule]], kind: ScheduleKind, caller: Caller) -> tuple[Schedule, ...]:
    for schedules in levels:
        if chosen := tuple(one for one in schedules if one.kind == kind and caller.admitted_by(one.callers)):
            return chosen
    return ()


def _only_for(caller: Caller, *admitting: tuple[choices.Caller, ...]) -> tuple[choices.Caller, ...]:
    return next((callers for callers in admitting if not caller.admitted_by(callers)), ())


def _lives(service: Service) -> tuple[Life, ...]:
    own = Life(service.status, service.valid_from, service.valid_until, service.status_reason)
    return (own, _program_life(service.program)) if service.program else (own,)


def _program_life(program: Program) -> Life:
    return Life(program.status, program.valid_from, program.valid_until, program=program.name)
