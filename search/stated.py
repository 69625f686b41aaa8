"""What services' records state of who may come.

A process keeps what it has read of them, and asks the feed what has changed since: no record is read twice, and none
that has changed is believed.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

import orjson
from pydantic import TypeAdapter

from services_catalog.choices import Answer
from services_catalog.eligibility import Deciding, deciding
from services_catalog.languages import DEFAULT_LANGUAGE
from services_catalog.publication import records
from services_catalog.publication.document import EligibilityRule
from services_catalog.publication.feed import Cursor, changes_after, head

MOST_KEPT = 20_000
"""Services of which a process keeps what they state, half a kilobyte each: read anew, a question's cost it 13 ms."""
MOST_ALIKE = 4096
"""Different sets of rules that are kept ready to decide: many services state the same."""
MOST_CHANGES = 1000
"""Changes beyond which everything is read again."""


class Stated(NamedTuple):
    """Rules, as JSON since few are ever shown; those of them that decide; and whether animals may come."""

    written: str
    deciding: Deciding
    animals: Answer

    @property
    def rules(self) -> tuple[EligibilityRule, ...]:
        """The rules. Read at every call."""
        return _RULES.validate_json(self.written)

    @property
    def has_rules(self) -> bool:
        """Whether there is any rule."""
        return self.written != NO_RULES


@dataclass(frozen=True, slots=True)
class _Kept:
    """What was read at a place of the feed or after it. Never moved: threads may still be adding to it."""

    position: Cursor
    services: dict[UUID, Stated] = field(default_factory=dict)

    def moved_to(self, position: Cursor, audience: str) -> "_Kept":
        """What of it is still so at `position`. One query, if any."""
        if position == self.position:
            return self
        if position.epoch != self.position.epoch or position.seq < self.position.seq:
            return _Kept(position)
        changes = changes_after(audience, self.position.seq, MOST_CHANGES)
        if len(changes) == MOST_CHANGES:
            return _Kept(position)
        changed = {change.uuid for change in changes}
        return _Kept(position, {key: said for key, said in list(self.services.items()) if key not in changed})


NO_RULES = "[]"
_NOBODYS = {"id": str(UUID(int=0)), "note": ""}
"""What a rule has that decides nothing: rules that differ in these alone are kept once."""
_RULES: TypeAdapter[tuple[EligibilityRule, ...]] = TypeAdapter(tuple[EligibilityRule, ...])
_kept: dict[str, _Kept] = {}


def stated(services: Iterable[UUID], audience: str) -> dict[UUID, Stated]:
    """By service, what its record states now; those without a record are left out.

    One query; another where something was published since the last question, and one for records not read before.
    """
    kept, wanted = _kept_now(audience).services, list(services)
    found = {key: said for key in wanted if (said := kept.get(key))}
    if missing := [key for key in wanted if key not in found]:
        read = _read(missing, audience)
        found |= read
        kept |= read
        # Out of a list: other threads may be adding to it.
        for key in list(kept)[: max(0, len(kept) - MOST_KEPT)]:
            kept.pop(key, None)
    return found


def forget() -> None:
    """Keep nothing of what was read."""
    _kept.clear()


def _kept_now(audience: str) -> _Kept:
    position = head()
    kept = _kept.get(audience)
    kept = kept.moved_to(position, audience) if kept else _Kept(position)
    _kept[audience] = kept
    return kept


def _read(services: Iterable[UUID], audience: str) -> dict[UUID, Stated]:
    texts = records.bodies("service", services, audience, DEFAULT_LANGUAGE)
    # One after another: hundreds of bodies taken apart at once are megabytes that the process then keeps.
    return {key: _of(orjson.loads(text)) for key, text in texts.items()}


def _of(body: dict[str, Any]) -> Stated:
    rules = body["eligibility"]
    alike = orjson.dumps([rule | _NOBODYS for rule in rules])
    # Decoded, it is as long as it is; orjson's bytes keep the five kilobytes that they were written in.
    return Stated(orjson.dumps(rules).decode(), _deciding(alike), Answer(body["access"]["animals"]))


@lru_cache(maxsize=MOST_ALIKE)
def _deciding(rules: bytes) -> Deciding:
    return deciding(_RULES.validate_json(rules))
