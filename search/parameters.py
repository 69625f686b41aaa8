"""The one parser of search parameters, for pages and API alike: a QueryDict becomes a SearchQuery, or named errors."""

import math
import unicodedata
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TypeVar
from uuid import UUID

from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from search import person
from search.attributes import filters_of
from search.engine import WINDOW, Near, SearchQuery
from search.facets import FACETS, is_attribute
from search.opening import PARTS, DayPart, Moment
from search.understanding import KINDS
from services_catalog.choices import Audience, Price, Status

MAX_TEXT = 4000
MAX_FILTERS = 50
MAX_PAGE_SIZE = 100
DEFAULT_RADIUS_KM = 10.0
MAX_RADIUS_KM = 100.0
OPEN_AHEAD = timedelta(days=27)
"""The index knows 28 days from its last nightly renewal."""

SINGLE = ("q", "open", "near", "radius", "on_foot", "order", "page", "per_page")
NAMES = frozenset((*SINGLE, "literally", *FACETS, *person.NAMES))
ORDERS = ("relevance", "name", "distance")

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with one parameter, said to a person."""

    field: str
    message: str


class InvalidParameters(ValueError):  # noqa: N818  (it is about the parameters, and reads so where it is caught)
    """The parameters ask for nothing that can be searched; `errors` names each wrong one. Answered with 400."""

    def __init__(self, errors: tuple[FieldError, ...]) -> None:
        super().__init__(", ".join(sorted({error.field for error in errors})))
        self.errors = errors


def parse(
    parameters: QueryDict,
    *,
    audience: Audience,
    language: str,
    now: datetime,
    page_size: int = 20,
    others: Collection[str] = (),
    territories: frozenset[str] | None = None,
) -> SearchQuery:
    """The question that `parameters` ask. `others` are names that the view reads itself; `territories` those beyond
    which the asker reads nothing (None: all), whose attributes alone are filters, with those of every territory.

    `now` is the real present (aware), also where a territory is shown as of another day: the index moves that day's
    hours to today.

    Raises InvalidParameters with every error found. A page past the last one is not an error here: only the view, which
    has the total, can answer 404.
    """
    reader = _Reader(parameters)
    reader.refuse_unknown(others)
    near = _near(reader)
    order = reader.one("order", _order, "relevance")
    if order == "distance" and near is None and not reader.failed("near"):
        reader.fail("order", _("Distance needs a point: give “near”."))
    page = reader.one("page", lambda text: _whole(text, 1, WINDOW), 1)
    size = reader.one("per_page", lambda text: _whole(text, 1, MAX_PAGE_SIZE), page_size)
    if (page - 1) * size >= WINDOW or page * size > WINDOW:
        reader.fail("page", _("Only the first %(window)d results can be read: narrow the search.") % {"window": WINDOW})
    query = SearchQuery(
        audience=audience,
        language=language,
        text=reader.one("q", clean_text, ""),
        filters=_filters(reader, audience, territories),
        open_at=reader.one("open", lambda text: _moment(text, now), None),
        near=near,
        on_foot=reader.one("on_foot", _said, False),
        order=order,  # type: ignore[arg-type]  # one of ORDERS, as _order made sure
        page=page,
        size=size,
        facts=_facts(reader),
        literally=frozenset(reader.some("literally", _one_of(KINDS))),
    )
    if reader.errors:
        raise InvalidParameters(tuple(reader.errors))
    return query


def clean_text(text: str) -> str:
    """What a person typed without what nobody types: control and direction characters, half surrogates, runs of spaces.

    Raises ValueError beyond MAX_TEXT characters.
    """
    if len(text) > MAX_TEXT:
        raise ValueError(_("At most %(most)d characters.") % {"most": MAX_TEXT})
    kept = (" " if unicodedata.category(letter) in ("Cc", "Zl", "Zp") else letter for letter in text)
    return " ".join("".join(letter for letter in kept if unicodedata.category(letter) not in ("Cf", "Cs")).split())


@dataclass
class _Reader:
    """Reads parameters one by one and gathers what is wrong instead of stopping at the first."""

    parameters: QueryDict
    errors: list[FieldError] = field(default_factory=list)

    def fail(self, name: str, message: str) -> None:
        self.errors.append(FieldError(name, message))

    def failed(self, name: str) -> bool:
        return any(error.field == name for error in self.errors)

    def refuse_unknown(self, others: Collection[str]) -> None:
        for name in self.parameters:
            if name not in NAMES and name not in others and not is_attribute(name):
                self.refuse(name)

    def refuse(self, name: str) -> None:
        """A parameter that there is not."""
        self.fail(clean_text(name[:64]), _("There is no such parameter."))

    def one(self, name: str, read: Callable[[str], Value], default: Value) -> Value:
        """The value of a parameter that may be given once; empty is as not given."""
        texts = [text for text in self.parameters.getlist(name) if text.strip()]
        if len(texts) > 1:
            self.fail(name, _("Give it once."))
        elif texts:
            try:
                return read(texts[0])
            except ValueError as error:
                self.fail(name, str(error))
        return default

    def some(self, name: str, read: Callable[[str], str]) -> frozenset[str]:
        """The values of a parameter that may be given more than once."""
        try:
            return frozenset(read(text.strip()) for text in self.parameters.getlist(name)[:MAX_FILTERS] if text.strip())
        except ValueError as error:
            self.fail(name, str(error))
            return frozenset()


def _facts(reader: _Reader) -> dict[str, frozenset[str]]:
    facts = {name: reader.some(name, read) for name, read in (*person.READERS.items(), ("residence", _comune))}
    for name, values in facts.items():
        if len(values) > 1 and name != "family":
            reader.fail(name, _("Give it once."))
    return {name: values for name, values in facts.items() if values}


def _filters(reader: _Reader, audience: Audience, territories: frozenset[str] | None) -> dict[str, frozenset[str]]:
    filters: dict[str, frozenset[str]] = {}
    readers = {name: _READERS.get(name, _READERS[facet.holds]) for name, facet in FACETS.items()}
    for name, read in (readers | _attribute_readers(reader, audience, territories)).items():
        given = {text.strip() for text in reader.parameters.getlist(name) if text.strip()}
        try:
            values = frozenset(read(text) for text in given)
        except ValueError as error:
            reader.fail(name, str(error))
            continue
        if values:
            filters[name] = values
    if sum(map(len, filters.values())) > MAX_FILTERS:
        most = max(filters, key=lambda name: len(filters[name]))
        reader.fail(most, _("At most %(most)d filters.") % {"most": MAX_FILTERS})
        return {}
    return filters


def _attribute_readers(
    reader: _Reader, audience: Audience, territories: frozenset[str] | None
) -> dict[str, Callable[[str], str]]:
    """For the filters by custom attributes that are given. Who gives none asks the database for none."""
    given = [name for name in reader.parameters if is_attribute(name)]
    known = filters_of(audience, territories) if given else {}
    for name in given:
        if name not in known:
            reader.refuse(name)
    return {name: _one_of(known[name]) for name in given if name in known}


def _near(reader: _Reader) -> Near | None:
    radius = reader.one("radius", _radius, None)
    point = reader.one("near", _point, None)
    if point is not None:
        return Near(*point, radius or DEFAULT_RADIUS_KM)
    if radius is not None and not reader.failed("near"):
        reader.fail("radius", _("A radius needs a point: give “near”."))
    return None


def _id(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError:
        raise ValueError(_("Not an id (UUID).")) from None


def _comune(text: str) -> str:
    code = text.upper()
    if len(code) == 4 and code.isascii() and code[0].isalpha() and code[1:].isdecimal():
        return code
    raise ValueError(_("Not the cadastral code of a comune, such as E281."))


def _word(text: str) -> str:
    if len(text) <= 64 and text.isascii() and text.replace("-", "").replace("_", "").isalnum():
        return text
    raise ValueError(_("Not a short name of letters, digits and dashes."))


def _one_of(choices: Collection[str]) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text in choices:
            return text
        raise ValueError(_("One of: %(choices)s.") % {"choices": ", ".join(choices)})

    return read


_READERS: dict[str, Callable[[str], str]] = {
    "id": _id,
    "comune": _comune,
    "word": _word,
    "status": _one_of(Status.values),
    "cost": _one_of(Price.values),
}


def _order(text: str) -> str:
    if text in ORDERS:
        return text
    raise ValueError(_("One of: %(choices)s.") % {"choices": ", ".join(ORDERS)})


def _said(text: str) -> bool:
    if text.strip() == "1":
        return True
    raise ValueError(_("Give 1, or leave it out."))


def _whole(text: str, least: int, most: int) -> int:
    if len(text) <= 9 and text.isascii() and text.isdecimal() and least <= int(text) <= most:
        return int(text)
    raise ValueError(_("A whole number from %(least)d to %(most)d.") % {"least": least, "most": most})


def _decimal(text: str, least: float, most: float) -> float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    # Python reads "1_000" and digits of any script; no other reader of this API would.
    if len(text) <= 32 and text.isascii() and "_" not in text and least <= number <= most:
        return number
    raise ValueError(_("A number from %(least)g to %(most)g.") % {"least": least, "most": most})


def _radius(text: str) -> float | None:
    return _decimal(text, 0.05, MAX_RADIUS_KM)


def _point(text: str) -> tuple[float, float] | None:
    latitude, comma, longitude = text.partition(",")
    if not comma:
        raise ValueError(_("A latitude and a longitude in degrees, such as 39.31,8.53."))
    return _decimal(latitude.strip(), -90, 90), _decimal(longitude.strip(), -180, 180)


def _moment(text: str, now: datetime) -> Moment | None:
    if text == "now":
        return now
    moment = _day_part(text.strip()) or _instant(text.strip())
    if moment is None:
        raise ValueError(_("“now”, a date and time such as 2026-11-23T22:30, or a day such as 2026-11-23.night."))
    try:
        starts = moment.interval()[0] if isinstance(moment, DayPart) else moment
        known = now - timedelta(days=1) <= starts <= now + OPEN_AHEAD
    except (OverflowError, ValueError):
        known = False  # the calendar ends, or the years whose holidays are known
    if not known:
        raise ValueError(_("Opening hours can be searched for the next %(days)d days.") % {"days": OPEN_AHEAD.days})
    return moment


def _day_part(text: str) -> DayPart | None:
    day, _dot, part = text.partition(".")
    try:
        return DayPart(date.fromisoformat(day), next(one for one in PARTS if one == (part or "day")))
    except (ValueError, StopIteration):
        return None


def _instant(text: str) -> datetime | None:
    try:
        # The plus of a time zone arrives as a space from links written by hand.
        instant = parse_datetime(text.replace(" ", "+") if "T" in text else text)
        return timezone.make_aware(instant) if instant and timezone.is_naive(instant) else instant
    except (ValueError, OverflowError):
        return None
