"""Keeping one audience's index equal to its records: reads the feed by cursor, applies batches, rebuilds.

What is indexed is always read from the records as they are now, never from the change: so a batch done twice, or
after more has happened, does no harm. What is `redacted` comes first; and as engines keep the words of dropped rows
in their files, the follower's next check, within a minute, builds the index anew.
"""

from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from search.engine import IndexUnusable, SearchEngine, get_engine
from search.opening import horizon
from search.rows import ROWS_DEPEND_ON, SERVICES, RowSource
from services_catalog.choices import Audience
from services_catalog.publication import feed
from services_catalog.publication.feed import Action, Change, Cursor

CHANGES = 500
"""Changes read at a time."""

HIDING = (Action.REDACTED, Action.UNPUBLISHED)


def _nothing() -> None:
    pass


@dataclass
class Indexer:
    """Writes the index of one audience. `alive` is called between batches, so that whoever watches sees work go on."""

    audience: Audience
    alive: Callable[[], None] = _nothing
    position: Cursor | None = field(default=None, init=False)
    source: RowSource = field(init=False)

    def __post_init__(self) -> None:
        self.source = RowSource(self.audience)

    @property
    def engine(self) -> SearchEngine:
        """The engine in force."""
        return get_engine(self.audience)

    def reason_to_rebuild(self, head: Cursor, now: datetime) -> str | None:
        """Why the index cannot simply be brought on to `head`, or None. Raises EngineDown."""
        self.position = None
        try:
            self.engine.check()
            state = self.engine.state()
        except IndexUnusable as unusable:
            return str(unusable)
        if state.position.epoch != head.epoch:
            return "the database has begun another life"
        if state.position.seq > head.seq:
            return "the index is ahead of the database"
        self.position = state.position
        if self._hid_something_since(state.built):
            return "hidden words are to leave its files"
        return "opening times are to be renewed" if state.open_until < horizon(now)[1] else None

    def _hid_something_since(self, built: int) -> bool:
        """Whether the files may hold what the audience must not see: engines keep dropped rows' words for long."""
        changes = Change.objects.filter(audience__in=feed.visible_to(self.audience), seq__gt=built)
        return changes.filter(action=Action.REDACTED).exists()

    def rebuild(self, meanwhile: Callable[[], None] = _nothing) -> int:
        """Build the index anew from the records; answers with how many rows. What changes during it is applied after.

        `meanwhile` is called between batches: to bring on the index that is still in use.
        """
        head, now = feed.head(), timezone.now()
        self.source.forget()
        with closing(self.source.everything(now, meanwhile)) as rows:
            added = self.engine.rebuild(rows, head, horizon(now)[1])
        self.position = head
        return added

    def catch_up(self, head: Cursor) -> int:
        """Apply the next changes up to `head`, at most CHANGES; answers with how many. Raises EngineDown."""
        position = self.position or self.engine.state().position
        if position.seq > head.seq:
            raise IndexUnusable("the index is ahead of the database")
        if position.seq == head.seq:
            self.position = position
            return 0
        changes = feed.changes_after(self.audience, position.seq, CHANGES)
        reached = replace(position, seq=changes[-1].seq if len(changes) == CHANGES else max(position.seq, head.seq))
        services = _hiding_first(change for change in changes if change.kind == "service")
        quoted = {str(change.uuid) for change in changes if change.kind in ROWS_DEPEND_ON}
        quoting = sorted(self._quoting(quoted) - set(services)) if quoted else []
        self._apply([*services, *quoting], position, reached)
        self.position = reached
        return max(1, len(changes))

    def _apply(self, services: list[UUID], position: Cursor, reached: Cursor) -> None:
        """In batches; only the last moves the position, so that a batch lost is done again."""
        batches = [services[start : start + SERVICES] for start in range(0, len(services), SERVICES)] or [[]]
        for number, batch in enumerate(batches, start=1):
            rows = list(self.source.of(batch, timezone.now())) if batch else []
            self.engine.apply(batch, rows, reached if number == len(batches) else position)
            self.alive()

    def _quoting(self, keys: set[str]) -> set[UUID]:
        """Services whose rows quote these terms and territories, as they were or as they are now."""
        slugs = self._slugs(keys)
        self.source.forget()
        return self.engine.using(keys | slugs | self._slugs(keys))

    def _slugs(self, keys: set[str]) -> set[str]:
        """Rows know a territory by its slug."""
        return {slug for slug, body in self.source.context(timezone.now()).territories.items() if body["id"] in keys}

    def differences(self) -> dict[str, list[UUID]]:
        """Services that the index lacks, has beyond the records, or has in another state; empty if it equals them."""
        indexed = self.engine.checksums()
        recorded = dict(self.source.services().values_list("uuid", "checksum"))
        found = {
            "missing": sorted(recorded.keys() - indexed.keys()),
            "surplus": sorted(indexed.keys() - recorded.keys()),
            "stale": sorted(key for key in indexed.keys() & recorded.keys() if indexed[key] != recorded[key]),
        }
        return {name: keys for name, keys in found.items() if keys}


def _hiding_first(changes: Iterable[Change]) -> list[UUID]:
    """The services changed, each once, in the feed's order but for those that must vanish: they come first."""
    changes = list(changes)
    hiding = [change.uuid for change in changes if change.action in HIDING]
    return list(dict.fromkeys([*hiding, *(change.uuid for change in changes)]))
