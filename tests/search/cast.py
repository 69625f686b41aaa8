"""Index rows for the tests: a few services of a small ambito, made by hand."""

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from search import analysis
from search.document import Row, place_columns
from search.naming import name_words
from search.needs.learning import Phrase, learn
from search.needs.model import NeedsModel
from search.opening import blocks_of
from services_catalog.publication.feed import Cursor

IGLESIAS, GONNESA, MUSEI = "E281", "E086", "F822"
EAT, SLEEP, WASH = (str(UUID(int=number)) for number in (101, 102, 103))
WOMEN = str(UUID(int=111))
STEP_FREE = str(UUID(int=121))
NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
EVENING = datetime(2026, 11, 23, 19, 0, tzinfo=UTC)
UNTIL = NOON + timedelta(days=28)
START = Cursor("epoch1", 0)


def service(number: int, name: str = "", *places: dict[str, Any], prose: str = "", **columns: Any) -> list[Row]:
    """The rows of service `number`, one for each of `places` (see `place`), or one without a place."""
    key = UUID(int=number)
    of_places = [{column: one[column] for column in PLACE_COLUMNS} for one in places or (place(0),)]
    elsewhere = tuple(span for one in places[1:] for span in one["opens"])
    rows = []
    for at, one in enumerate(places or (place(0),)):
        rows.append(
            Row(
                id=f"{key}:{one['id']}",
                service=key,
                place=one["id"] if places else None,
                checksum=f"{number:032x}",
                first=at == 0,
                single=len(places) < 2,
                sort=f"{name.lower()}\t{key}:{one['id']}",
                columns={
                    **{column: (value,) if isinstance(value, str) else value for column, value in columns.items()},
                    **place_columns(str(key), of_places, at),
                },
                uses=tuple(value for value in columns.values() if isinstance(value, str)),
                words={
                    "name": frozenset(analysis.tokens(name, "it")) | name_words(name),
                    "organizations": frozenset(),
                    "labels": frozenset(),
                    "summary": frozenset(),
                    "prose": frozenset(analysis.tokens(prose, "it")),
                },
                spelling=frozenset(analysis.plain_words(name, "it")),
                latitude=one["point"][0] if one["point"] else None,
                longitude=one["point"][1] if one["point"] else None,
                called=name_words(name) if at == 0 else frozenset(),
                open_blocks=blocks_of(one["opens"]),
                open_elsewhere=blocks_of(elsewhere) if at == 0 else (),
                unknown_blocks=blocks_of(one["unknown"]),
            )
        )
    return rows


@cache
def small_model() -> NeedsModel:
    """What a few phrases teach of three needs."""
    said = {
        EAT: ["ho fame", "dove si mangia", "mensa", "un pasto caldo", "أنا جائع", "I am hungry"],
        SLEEP: ["non so dove dormire", "un letto per stanotte", "dormitorio", "dormo in stazione"],
        WASH: ["fare la doccia", "docce", "lavarmi", "lavare i vestiti"],
        "": ["che tempo fa domani", "orario dei treni", "ricetta della carbonara"],
    }
    return learn(Phrase(need, text) for need, texts in said.items() for text in texts)


PLACE_COLUMNS = ("comune", "accessibility")


def place(
    number: int,
    comune: str = "",
    point: tuple[float, float] | None = None,
    opens: tuple[tuple[datetime, datetime], ...] = (),
    accessibility: str = "",
    *,
    unknown: bool = False,
) -> dict[str, Any]:
    """A door: its comune, point (degrees), open intervals, or hours that nobody states."""
    return {
        "id": UUID(int=900_000 + number),
        "comune": (comune,) if comune else (),
        "accessibility": (accessibility,) if accessibility else (),
        "point": point,
        "opens": opens,
        "unknown": ((NOON - timedelta(days=1), UNTIL),) if unknown else (),
    }


def lunch() -> tuple[tuple[datetime, datetime], ...]:
    """Open from an hour before noon to an hour after."""
    return ((NOON - timedelta(hours=1), NOON + timedelta(hours=1)),)


def dinner() -> tuple[tuple[datetime, datetime], ...]:
    """Open around the evening's hour."""
    return ((EVENING - timedelta(minutes=30), EVENING + timedelta(minutes=30)),)
