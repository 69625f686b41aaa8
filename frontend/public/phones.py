"""Numbers to call, with who answers and when."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from frontend.public.catalogue import Reference
from frontend.public.hours import Week, week
from frontend.public.prose import text
from services_catalog.choices import PhoneType
from services_catalog.publication.document import Phone

CALLABLE = frozenset({PhoneType.VOICE, PhoneType.FREEPHONE, PhoneType.MOBILE, PhoneType.PERSONAL_MOBILE})


@dataclass(frozen=True)
class PhoneLine:
    """A number as a page shows it. `number` is "" where no document states it."""

    number: str
    extension: str
    kind: str
    description: str
    languages: tuple[str, ...]
    weeks: tuple[Week, ...]
    rings: bool


def lines(phones: Iterable[Phone], known: Reference, now: datetime) -> list[PhoneLine]:
    """The numbers, each once, in their order."""
    found: dict[str, PhoneLine] = {}
    for phone in phones:
        line = PhoneLine(
            number=phone.number,
            extension=phone.extension,
            kind=str(PhoneType(phone.type).label),
            description=text(phone.description),
            languages=tuple(known.labels(phone.languages)),
            weeks=tuple(week(schedule, (), now) for schedule in phone.schedules),
            rings=bool(phone.number) and phone.type in CALLABLE,
        )
        found.setdefault(phone.number or str(phone.id), line)
    return list(found.values())


def first_to_call(numbers: Sequence[PhoneLine]) -> str:
    """The number under the thumb; "" where none is known."""
    return next((line.number for line in numbers if line.rings), "")
