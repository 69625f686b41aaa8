"""The port of search: what is asked, what is answered, and what an engine must be able to do.

Engines return ids, scores and counts, never text: cards are read from published records, so something hidden a moment
ago drops out even where the index lags. One index an audience; nothing of another audience is in it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal, Protocol
from uuid import UUID

from django.conf import settings

from search.analysis import Word
from search.document import Row
from services_catalog.choices import Audience
from services_catalog.publication.feed import READERS, Cursor

WINDOW = 1000
"""Results beyond this many are counted but cannot be read: narrow the search instead."""

Order = Literal["relevance", "name", "distance"]


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

    `open_at` (aware) asks for places open at that minute; those whose hours are not stated are counted apart. Without
    text, "relevance" is the order of names. `page` counts from 1; `page * size` is at most WINDOW.
    """

    audience: Audience = Audience.PUBLIC
    language: str = "it"
    text: str = ""
    filters: Mapping[str, frozenset[str]] = field(default_factory=dict)
    open_at: datetime | None = None
    near: Near | None = None
    order: Order = "relevance"
    page: int = 1
    size: int = 20

    @property
    def offset(self) -> int:
        """How many results come before this page."""
        return (self.page - 1) * self.size


@dataclass(frozen=True, slots=True)
class Hit:
    """A service found. `place` is the service_at_location that meets what was asked of a place, or None if nothing
    was."""

    service: UUID
    place: UUID | None
    score: float
    distance_km: float | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """A word nobody uses here, and the known one searched in its place."""

    typed: str
    searched: str


@dataclass(frozen=True, slots=True)
class Results:
    """A page of hits, and exact counts of services.

    `facets`: for every facet its values with the number of services the search would find with that value instead of
    the facet's own filter, most first. `hours_unknown`: with `open_at`, services that match all else and state no
    hours. `relaxed`: not every word could be matched, results match some. `corrections`: what was searched instead of
    what was typed.
    """

    total: int
    hits: tuple[Hit, ...] = ()
    facets: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    hours_unknown: int = 0
    relaxed: bool = False
    corrections: tuple[Correction, ...] = ()


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

    def find(self, query: SearchQuery, words: Sequence[Word], *, every: bool) -> Results:
        """Rows that meet the filters and every word (or, not `every`, at least one). No words: the filters alone."""

    def known(self, words: Sequence[Word]) -> list[bool]:
        """For each word, whether any row has it."""

    def vocabulary(self) -> Sequence[str]:
        """Words as written (folded, not stemmed) in names, labels and summaries: what a typo may have meant.

        Up to a minute old: what is to be said to somebody is asked of `spelled` first.
        """

    def spelled(self, words: Iterable[str]) -> set[str]:
        """Those of `words` that the vocabulary holds at this moment."""

    def state(self) -> IndexState:
        """Where the index stands; raises IndexUnusable where there is none of this schema."""

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
