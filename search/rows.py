"""Index rows of published records, a batch at a time; of a whole catalogue in several processes.

Reading a record, its words and its hours takes most of a millisecond of one processor: a large catalogue's index is
built by as many processes as the machine has, and by one where starting them would take longer.
"""

import gc
import logging
import os
import sys
from collections import defaultdict, deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from multiprocessing import get_context
from typing import Any
from uuid import UUID

from django.db.models import Q

from search.document import Context, Row, rows_of
from search.engine import EngineDown
from search.facets import held
from search.row_process import begin, make
from services_catalog.attributes import FACET
from services_catalog.choices import Audience
from services_catalog.languages import ALL_LANGUAGES
from services_catalog.publication.records import PublishedRecord, RecordFacet

logger = logging.getLogger("portolano.search")

SERVICES = 200
"""Services in a batch: what is visible late, at worst, is as late as one batch takes."""
MANY = 5_000
"""From so many services on, starting processes pays."""
AHEAD = 4
"""Batches a process may be ahead of the engine, so that rows do not pile up in memory."""
ALIKE = ("need", "territory")
"""Facets in whose values services that are alike agree."""
ROWS_DEPEND_ON = ("term", "territory")
"""Kinds whose records rows quote: labels, comuni. Organizations and places are quoted by the service's own record."""

Batches = Generator[list[Row], None, None]


@dataclass
class RowSource:
    """Rows of one audience's services. Labels and territories are read once, until `forget`."""

    audience: Audience
    _context: Context | None = field(default=None, init=False)

    def services(self) -> Any:
        """The audience's records of services, in all languages, by id."""
        return PublishedRecord.objects.of("service", self.audience, ALL_LANGUAGES)

    def context(self, now: datetime) -> Context:
        """Labels and territories as they were when first asked for, at the minute `now`."""
        if self._context is None:
            terms, territories = (self._bodies(kind) for kind in ROWS_DEPEND_ON)
            self._context = Context.of(terms, territories, now)
        return replace(self._context, now=now)

    def forget(self) -> None:
        """Read labels and territories again: one of them has changed."""
        self._context = None

    def of(self, ids: Iterable[UUID], now: datetime) -> Iterator[Row]:
        """Rows of those of `ids` that the audience has a record of, in their order."""
        ids = list(ids)
        context = self.context(now)
        shared, attributes = self._found_by(ids)
        records = self.services().filter(uuid__in=ids).values_list("uuid", "body", "checksum")
        found = {key: (body, checksum) for key, body, checksum in records}
        for key, (body, checksum) in ((key, found[key]) for key in ids if key in found):
            try:
                rows = list(rows_of(body, checksum, context, sorted(shared[key]), sorted(attributes[key])))
            except (ValueError, LookupError, TypeError) as error:
                # One record that nobody can read must not keep all the others from being found.
                logger.error("service %s cannot be indexed: %s", key, type(error).__name__)
                continue
            yield from rows

    def _found_by(self, ids: list[UUID]) -> tuple[dict[UUID, list[str]], dict[UUID, list[str]]]:
        """What bodies do not say by themselves: territories that share a service, and its attributes that are filters.
        One query."""
        shared: dict[UUID, list[str]] = defaultdict(list)
        attributes: dict[UUID, list[str]] = defaultdict(list)
        facets = RecordFacet.objects.filter(kind="service", uuid__in=ids)
        asked = facets.filter(Q(facet="territory") | Q(facet__startswith=FACET))
        for reader, key, facet, value in asked.values_list("reader", "uuid", "facet", "value"):
            # Asked for one reader, SQLite would walk the facets of every service (160 ms of 100,000): the index that
            # begins with the reader seems to it the better one.
            if reader != self.audience:
                continue
            if facet == "territory":
                shared[key].append(value)
            else:
                attributes[key] += held(facet, [value])
        return shared, attributes

    def everything(self, now: datetime, meanwhile: Callable[[], None]) -> Generator[Row, None, None]:
        """Rows of every service; `meanwhile` is called between batches."""
        batches = self._batches()
        processes = os.cpu_count() or 1
        several = processes > 1 and self.services().count() >= MANY
        made = self._in_processes(batches, now, processes) if several else (list(self.of(ids, now)) for ids in batches)
        # Closed even where what is read here is given up halfway: processes are not left behind.
        with closing(made):
            for rows in made:
                yield from rows
                meanwhile()

    def _batches(self) -> Iterator[list[UUID]]:
        """Every service. Those of one need and territory follow each other: an engine keeps and reads what rows side by
        side have in common in half the space."""
        facets = RecordFacet.objects.filter(reader=self.audience, kind="service", facet__in=ALIKE)
        alike: dict[UUID, list[str]] = defaultdict(list)
        for key, facet, value in facets.order_by("facet", "value").values_list("uuid", "facet", "value"):
            alike[key].append(sys.intern(f"{facet} {value}"))
        ids = sorted(self.services().values_list("uuid", flat=True), key=lambda key: (alike[key], key))
        return (ids[start : start + SERVICES] for start in range(0, len(ids), SERVICES))

    def _in_processes(self, batches: Iterator[list[UUID]], now: datetime, processes: int) -> Batches:
        # Spawned, not forked: a forked child would share this process's connection to the database.
        with ProcessPoolExecutor(processes, get_context("spawn"), begin, (str(self.audience),)) as pool:
            # As in the processes that make them: rows have no cycles, and unpickling them is most of what is done here.
            gc.disable()
            try:
                waiting = deque(pool.submit(make, ids, now) for ids in islice(batches, processes * AHEAD))
                while waiting:
                    made = waiting.popleft().result()
                    waiting.extend(pool.submit(make, ids, now) for ids in islice(batches, 1))
                    yield made
            except BrokenProcessPool:
                raise EngineDown("a process that made rows was ended") from None
            finally:
                pool.shutdown(cancel_futures=True)
                gc.enable()

    def _bodies(self, kind: str) -> list[str]:
        return list(PublishedRecord.objects.of(kind, self.audience, ALL_LANGUAGES).values_list("body", flat=True))
