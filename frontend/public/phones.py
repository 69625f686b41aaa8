"""Numbers to call, with who answers and when."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from frontend.public.catalogue import Reference
from frontend.public.hours import Opening, answering
from services_catalog.choices import Caller, PhoneType
from services_catalog.opening_hours.door import ANYBODY
from services_catalog.opening_hours.door import Caller as Asker
from services_catalog.publication.document import Comune, Phone, Service
from services_catalog.texts import text_of

CALLABLE = frozenset({PhoneType.VOICE, PhoneType.FREEPHONE, PhoneType.MOBILE, PhoneType.PERSONAL_MOBILE})


@dataclass(frozen=True)
class PhoneLine:
    """A number as a page shows it.

    `number` is "" where no document states it. `callers`: who alone may call, where citizens may not. `rings`: a person
    who reads the page can call it.
    """

    number: str
    extension: str
    kind: str
    description: str
    languages: tuple[str, ...]
    answers: Opening | None
    callers: tuple[str, ...]
    rings: bool


def lines_of_service(service: Service, known: Reference, asks: Asker, now: datetime) -> list[PhoneLine]:
    """The numbers of a service and of its places. Its own are answered where it is given, if that is in one comune."""
    comuni = {at.location.comune.code: at.location.comune for at in service.locations if at.location.comune}
    own = next(iter(comuni.values())) if len(comuni) == 1 else None
    of_places = ((phone, at.location.comune) for at in service.locations for phone in (*at.phones, *at.location.phones))
    return lines([*((phone, own) for phone in service.phones), *of_places], known, now, service, asks)


def lines(
    phones: Iterable[tuple[Phone, Comune | None]],
    known: Reference,
    now: datetime,
    service: Service | None = None,
    asks: Asker = ANYBODY,
) -> list[PhoneLine]:
    """The numbers, each with the comune where it is answered; each once, in their order. A service's fall silent with
    it."""
    found: dict[str, PhoneLine] = {}
    for phone, comune in phones:
        line = PhoneLine(
            number=phone.number,
            extension=phone.extension,
            kind=str(PhoneType(phone.type).label),
            description=text_of(phone.description),
            languages=tuple(known.labels(phone.languages)),
            answers=answering(phone, service, comune, asks, now),
            callers=others_than_citizens(phone.callers),
            rings=bool(phone.number) and phone.type in CALLABLE and ANYBODY.admitted_by(phone.callers),
        )
        found.setdefault(phone.number or str(phone.id), line)
    return list(found.values())


def others_than_citizens(callers: Sequence[Caller]) -> tuple[str, ...]:
    """Who alone is admitted, in words, where citizens are not."""
    return () if ANYBODY.admitted_by(callers) else tuple(str(Caller(one).label) for one in callers)


def first_to_call(numbers: Sequence[PhoneLine]) -> str:
    """The number under the thumb; "" where none is known."""
    return next((line.number for line in numbers if line.rings), "")
