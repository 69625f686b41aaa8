"""The port of search: what is asked, what is answered, and what an engine must be able to do.

Engines return ids, scores and counts, never text: cards are read from published records, so something hidden a moment
ago drops out even where the index lags. One index an audience; nothing of another audience is in it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple, Protocol
from uuid import UUID

from django.conf import settings

from search.analysis import Word
from search.document import Row
from search.opening import Moment
from search.person import Facts
from services_catalog.choices import Audience
from services_catalog.publication.feed import READERS, Cursor

WINDOW = 1000
"""Results beyond this many are counted but cannot be read: narrow the search instead."""

RANKED = 200
"""How many of an engine's first hits are ranked: what matters is among them, and more would be slow."""

NEED_WEIGHT = 100.0
"""What a certain need adds to an engine's score: more than the words of a question do, so that all candidates of a
likely need are ranked."""

Order = Literal["relevance", "name", "distance"]
Filters = Mapping[str, frozenset[str]]
"""Facet → values, which are alternatives; facets hold together."""


class EngineDown(Exception):  # noqa: N818  (a state of the engine, not a mistake of the caller)
    """The engine cannot answer now: pages say that search is resting, the follower tries again by itself."""


class IndexUnusable(EngineDown):
    """The index is missing, damaged or of another schema: it can only be rebuilt, which the follower does by itself."""


@dataclass(frozen=True, slots=True)
class Near:
    """A circle: WGS 84 degrees, radius in kilometres."""

    latitude: float
    longitude: float
    radius_km: float


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """A checked question. `filters`: values of one facet are alternatives, facets hold together.

    `open_at` asks for places where one gets in at that moment; those whose hours are not stated are counted apart.
    Without text, "relevance" is the order of names; in this, services that are not active come last. `page` counts from
    1; `page * size` is at most WINDOW. `on_foot` asks for what can be walked to; engines know of the circle alone.
    `facts` of whom the search is for rank, and are answered with a verdict.
    `literally`: kinds of things not to read out of the text.
    """

    audience: Audience = Audience.PUBLIC
    language: str = "it"
    text: str = ""
    filters: Filters = field(default_factory=dict)
    open_at: Moment | None = None
    near: Near | None = None
    on_foot: bool = False
    order: Order = "relevance"
    page: int = 1
    size: int = 20
    facts: Facts = field(default_factory=dict)
    literally: frozenset[str] = frozenset()

    @property
    def offset(self) -> int:
        """How many results come before this page."""
        return (self.page - 1) * self.size


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a row should say beside meeting the filters: all of `words` (or, not `every`, one of them), or one of
    `needs`, ids of terms with their probability, which outweigh words. Nothing wanted is met by every row.

    `targets`, ids of terms, and `open_at`, a minute: hits say whether they are for one of these people and open then,
    and are not filtered by it.
    """

    words: tuple[Word, ...] = ()
    every: bool = True
    needs: Mapping[str, float] = field(default_factory=dict)
    targets: frozenset[str] = frozenset()
    open_at: datetime | None = None

    def __bool__(self) -> bool:
        return bool(self.words or self.needs)


def is_ranked(query: SearchQuery, wanted: Wanted) -> bool:
    """Whether the first hits are to be ranked by who asks: in order of relevance, and by something."""
    return query.order == "relevance" and bool(wanted or query.facts)


def weights_of(wanted: Wanted) -> list[tuple[str, float]]:
    """What each need wanted adds to an engine's score."""
    return [(need, NEED_WEIGHT * probability) for need, probability in wanted.needs.items()]


class Hit(NamedTuple):
    """A service found. `place` is the service_at_location that meets what was asked of a place, or None if nothing
    was. (A tuple: hundreds are made for every question.)

    Where something was wanted: `needs` are those of the needs wanted that it has, `named` says that its name has every
    word, `suits` that it is for one of the people asked about, `active` that it is
    neither suspended nor planned nor ended, `open` that it is open at the minute asked about;
    `assured` is the day somebody last made sure, counted from 1970, or None; before the minutes `free_until` and
    `full_until`, so counted, something is known to be free, or nothing. `score` is the engine's for words alone.
    """

    service: UUID
    place: UUID | None
    score: float
    distance_km: float | None = None
    needs: frozenset[str] = frozenset()
    named: bool = False
    suits: bool = False
    active: bool = True
    open: bool = False
    assured: int | None = None
    free_until: int | None = None
    full_until: int | None = None


@dataclass(frozen=True, slots=True)
class Results:
    """A page of hits, and exact counts of services.

    `facets`: for every facet its values with the number of services the search would find with that value instead of
    the facet's own filter, most first. `hours_unknown`: with `open_at`, services that match all else and state no
    hours.
    """

    total: int
    hits: tuple[Hit, ...] = ()
    facets: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    hours_unknown: int = 0


@dataclass(frozen=True, slots=True)
class IndexState:
    """What an index is: the place in the feed it has reached, its rows, and until when it knows opening hours.

    `built`: the place at which it was last built anew. Its files still hold the words of what was dropped since.
    """

    position: Cursor
    rows: int
    open_until: datetime
    built: int

    def written(self) -> dict[str, Any]:
        """As the index keeps it, JSON; the rows are counted."""
        place = {"epoch": self.position.epoch, "seq": self.position.seq, "built": self.built}
        return place | {"open_until": self.open_until.isoformat()}

    @classmethod
    def read(cls, kept: Mapping[str, Any], rows: int) -> "IndexState":
        """What `written` gave."""
        open_until = datetime.fromisoformat(kept["open_until"])
        return cls(Cursor(kept["epoch"], kept["seq"]), rows, open_until, kept["built"])


class SearchEngine(Protocol):
    """One audience's index. Every method may raise EngineDown; only the one follower writes."""

    def find(self, query: SearchQuery, wanted: Wanted) -> Results:
        """Services that meet the filters and what is wanted, as a page of hits; in order of relevance, where something
        is wanted, the first RANKED hits or as many as the page needs, to be ranked and cut by who asks."""

    def hits(self, query: SearchQuery, wanted: Wanted) -> tuple[Hit, ...]:
        """The hits that `find` would answer, without its counts, which cost as much again."""

    def calling(self, tokens: Sequence[str], filters: Filters, most: int) -> list[UUID]:
        """Services, by name, whose names have a word for each of `tokens` (see naming.name_tokens), of which the last
        may be a beginning. A filter of place is met by any place."""

    def known(self, words: Sequence[Word], filters: Filters) -> list[bool]:
        """For each word, whether any row that meets the filters has it."""

    def vocabulary(self) -> Sequence[str]:
        """Words as written (folded, not stemmed) in names, labels and summaries: what a typo may have meant.

        Up to a minute old: what is to be said to somebody is asked of `spelled` first.
        """

    def spelled(self, words: Iterable[str], filters: Filters) -> set[str]:
        """Those of `words` that the vocabulary of the rows that meet the filters holds at this moment."""

    def state(self) -> IndexState:
        """Where the index stands; raises IndexUnusable where there is none of this schema."""

    def check(self) -> None:
        """Read through what is kept; raises IndexUnusable where something of it is damaged."""

    def checksums(self) -> dict[UUID, str]:
        """Every service in the index with the checksum of the body it was made from."""

    def using(self, keys: Iterable[str]) -> set[UUID]:
        """Services whose rows were made with one of these ids of terms or slugs of territories."""

    def apply(self, gone: Iterable[UUID], rows: Iterable[Row], position: Cursor) -> None:
        """Drop every row of the services `gone`, add `rows`, move to `position`. Doing it twice is doing it once."""

    def rebuild(self, rows: Iterable[Row], position: Cursor, open_until: datetime) -> int:
        """Build a new index beside the one in use, then swap; answers how many rows it has. Readers notice nothing."""


def get_engine(audience: str) -> SearchEngine:
    """The engine of an audience: Elasticsearch where ELASTICSEARCH_URL names one, the embedded index otherwise.

    Raises ValueError for an audience that nobody reads.
    """
    if audience not in READERS:
        raise ValueError(f"no index for {audience!r}")
    prefix = settings.ELASTICSEARCH_PREFIX
    return _engine(Audience(audience), settings.ELASTICSEARCH_URL, prefix, settings.INDEX_DIR)


@cache
def _engine(audience: Audience, url: str | None, prefix: str, folder: Path) -> SearchEngine:
    # Imported here: a process that searches with one engine does not pay for the other's library.
    if url:
        from search.engines.elasticsearch import ElasticsearchEngine

        return ElasticsearchEngine(audience, url, prefix)
    from search.engines.embedded import EmbeddedEngine

    return EmbeddedEngine(folder / audience)
