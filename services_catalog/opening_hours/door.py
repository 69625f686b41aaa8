"""A door: the schedules that answer "is it open", with what they depend on. Made of published bodies."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from services_catalog.choices import LocationType, PhoneType, ScheduleKind, Status
from services_catalog.publication.document import (
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
    """Who asks, as far as a line that answers while the social office is closed needs to know: from which comune.

    `comuni` are the territory's; `comune` is a cadastral code, or None where the caller did not say.
    """

    comuni: tuple[TerritoryComune, ...] = ()
    comune: str | None = None

    def office(self) -> TerritoryComune | None:
        """The comune whose office serves the caller, or None while unknown or outside the territory."""
        return next((comune for comune in self.comuni if comune.code == self.comune), None)


ANYBODY = Caller()


@dataclass(frozen=True, slots=True)
class Door:
    """Schedules whose hours add up, the comune whose closures they may follow, the lives around them, numbers."""

    schedules: tuple[Schedule, ...]
    comune: Comune | None = None
    lives: tuple[Life, ...] = ()
    numbers: tuple[str, ...] = ()
    caller: Caller = ANYBODY


def service_door(
    service: Service,
    place: ServiceAtLocation | None,
    caller: Caller = ANYBODY,
    kind: ScheduleKind = ScheduleKind.OPEN,
) -> Door:
    """A service at one of its places (None: at no place). Its own hours there, else the place's, else the service's.

    A service without a place, or at an online one, that states no opening is open while its phones answer.
    """
    levels = [place.schedules, place.location.schedules] if place else []
    schedules = _first_of_kind([*levels, service.schedules], kind)
    phones = (*place.phones, *place.location.phones, *service.phones) if place else service.phones
    remote = place is None or place.location.type == LocationType.VIRTUAL
    if not schedules and remote and kind == ScheduleKind.OPEN:
        answered = [phone.schedules for phone in phones if phone.type in ANSWERED]
        schedules = _first_of_kind([service.schedules, sum(answered, ())], ScheduleKind.PHONE)
    return Door(
        schedules=schedules,
        comune=place.location.comune if place else None,
        lives=_lives(service),
        numbers=tuple(dict.fromkeys(phone.number for phone in phones if phone.type in ANSWERED and phone.number)),
        caller=caller,
    )


def location_door(location: Location, kind: ScheduleKind = ScheduleKind.OPEN) -> Door:
    """A place by itself, whatever is offered there."""
    return Door(schedules=_first_of_kind([location.schedules], kind), comune=location.comune)


def phone_door(
    phone: Phone,
    service: Service | None = None,
    place: ServiceAtLocation | None = None,
    caller: Caller = ANYBODY,
) -> Door:
    """A number: open while somebody answers it. It falls silent with the service that it belongs to."""
    return Door(
        schedules=tuple(s for s in phone.schedules if s.kind in (ScheduleKind.PHONE, ScheduleKind.OPEN)),
        comune=place.location.comune if place else None,
        lives=_lives(service) if service else (),
        numbers=(phone.number,) if phone.number else (),
        caller=caller,
    )


def _first_of_kind(levels: Iterable[tuple[Schedule, ...]], kind: ScheduleKind) -> tuple[Schedule, ...]:
    for schedules in levels:
        if chosen := tuple(schedule for schedule in schedules if schedule.kind == kind):
            return chosen
    return ()


def _lives(service: Service) -> tuple[Life, ...]:
    own = Life(service.status, service.valid_from, service.valid_until, service.status_reason)
    return (own, _program_life(service.program)) if service.program else (own,)


def _program_life(program: Program) -> Life:
    return Life(program.status, program.valid_from, program.valid_until, program=program.name)
