"""The one transaction in which the catalogue changes: lock the head, save, re-read, compile, write, number.

The head is locked before the first save, not after it: writers then hold no row another waits for, so they can't
deadlock, and what compiling reads is all that was committed before (locked last, 2–22 of 200 records stayed stale).
"""

import fcntl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple
from uuid import UUID

from django.db import connection, transaction

from services_catalog.publication.feed import FeedHead


class Key(NamedTuple):
    """A thing that a record is made of, or for: kind (of a record, or `program`, `comune`) and id."""

    kind: str
    id: UUID | str


SEALED = Key("sealed", "")
"""Touched with whatever is sealed, or was before the change: texts that concern everybody may name it."""


class Pending:
    """What the open transaction has touched, to be compiled at its end."""

    def __init__(self) -> None:
        self.touched: set[Key] = set()
        self.hiding: set[Key] = set()
        self.reissue: set[UUID] = set()
        """Territories of which the follower is to compile every record: languages, or the day shown, are others."""

    def touch(self, keys: Iterable[Key], *, hides: bool = False) -> None:
        """Have the records that depend on `keys` compiled; those that may hide something never later than now."""
        keys = set(keys)
        self.touched |= keys
        if hides:
            self.hiding |= keys


_open: ContextVar[Pending | None] = ContextVar("publishing", default=None)


@contextmanager
def _in_turn() -> Iterator[None]:
    """First come, first served among writers to SQLite, whose own waiting is a lottery: one of eight waited 20 s.

    PostgreSQL queues on the head's row. Who is in a transaction already holds SQLite's lock and must not queue for it.
    """
    database = str(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite" or connection.in_atomic_block or "memory" in database:
        yield
        return
    with open(f"{database}.queue", "w") as queue:
        fcntl.flock(queue, fcntl.LOCK_EX)
        yield


@contextmanager
def publishing() -> Iterator[Pending]:
    """The transaction that changes the catalogue; nested in another, that one. Nothing slow belongs inside."""
    if (outer := _open.get()) is not None:
        yield outer
        return
    from services_catalog.publication import compiler  # the compiler reads the models, which save through here

    with _in_turn(), transaction.atomic():
        head = FeedHead.lock()
        pending = Pending()
        token = _open.set(pending)
        try:
            yield pending
            compiler.write(head, pending)
        finally:
            _open.reset(token)
