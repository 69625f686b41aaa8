"""What a process that makes index rows runs. It imports nothing of the project before Django is set up in it."""

import gc
import os
from datetime import datetime
from multiprocessing import parent_process
from threading import Thread
from typing import TYPE_CHECKING, Any
from uuid import UUID

import django

if TYPE_CHECKING:
    from search.document import Row

_source: Any = None


def begin(audience: str) -> None:
    """First of all: a Django and a connection of its own. It ends with the index that it helps to build."""
    global _source
    # Rows have no cycles: looking for some among them takes a tenth of the time.
    gc.disable()
    Thread(target=_end_with_parent, daemon=True).start()
    django.setup()
    from search.rows import RowSource
    from services_catalog.choices import Audience

    _source = RowSource(Audience(audience))


def _end_with_parent() -> None:
    """Killed without warning, the parent cannot say that there is nothing to wait for any more."""
    if parent := parent_process():
        parent.join()
        os._exit(1)


def make(ids: list[UUID], now: datetime) -> "list[Row]":
    """Rows of a batch, in a process that has begun."""
    return list(_source.of(ids, now))
