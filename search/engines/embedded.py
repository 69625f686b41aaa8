"""The embedded engine: tantivy, in the process, over files. Web processes read, the one follower writes.

A reader follows the folder's pointer, and reads the index anew where a commit has replaced `meta.json`, so that every
process sees it at its next question. What tantivy says of a damaged index comes as a panic, a ValueError or an OSError:
all become IndexUnusable.
"""

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from uuid import UUID

from tantivy import Index, IndexWriter

from search.analysis import Word
from search.document import SCHEMA_VERSION, Row
from search.engine import EngineDown, Filters, Hit, IndexState, IndexUnusable, Results, SearchQuery, Wanted
from search.engines.counting import count
from search.engines.embedded_files import META, whole
from search.engines.embedded_hits import by_name, hits_of, services_of
from search.engines.embedded_queries import Moment, both
from search.engines.embedded_schema import document_of, make_schema, state_document, state_of
from search.engines.folder import IndexFolder
from services_catalog.publication.feed import Cursor

WRITER_BYTES = 50_000_000
REBUILD_BYTES = 200_000_000
VOCABULARY_SECONDS = 60

Commit = tuple[Path, int, int]
"""A version's folder, and which file says what is committed in it: its inode and the nanosecond it was written."""


class EmbeddedEngine:
    """See `search.engine.SearchEngine`."""

    def __init__(self, path: Path) -> None:
        self.folder = IndexFolder(path, SCHEMA_VERSION)
        self._opened: tuple[Path, Index] | None = None
        self._newest: tuple[Commit, Moment] | None = None
        self._writing: tuple[Path, IndexWriter] | None = None
        self._vocabulary: tuple[float, list[str]] = (0.0, [])

    def find(self, query: SearchQuery, wanted: Wanted) -> Results:
        with self._reading() as moment:
            matching = moment.matching(wanted)
            counted = count(query, lambda tallies: moment.tally(tallies, matching))
            hits = hits_of(query, moment, wanted) if counted.total > query.offset else ()
        return Results(counted.total, hits, counted.facets, counted.hours_unknown)

    def hits(self, query: SearchQuery, wanted: Wanted) -> tuple[Hit, ...]:
        with self._reading() as moment:
            return hits_of(query, moment, wanted)

    def calling(self, tokens: Sequence[str], filters: Filters, most: int) -> list[UUID]:
        with self._reading() as moment:
            return by_name(moment, moment.calling(tokens, filters), most)

    def known(self, words: Sequence[Word], filters: Filters) -> list[bool]:
        with self._reading() as moment:
            return [moment.any(both([moment.having(word), moment.within(filters)])) for word in words]

    def vocabulary(self) -> Sequence[str]:
        read_at, words = self._vocabulary
        if not words or time.monotonic() - read_at > VOCABULARY_SECONDS:
            with self._reading() as moment:
                words = moment.vocabulary()
            self._vocabulary = (time.monotonic(), words)
        return words

    def spelled(self, words: Iterable[str], filters: Filters) -> set[str]:
        with self._reading() as moment:
            within = moment.within(filters)
            return {word for word in words if moment.any(both([moment.term("spelling", word), within]))}

    def state(self) -> IndexState:
        with self._reading() as moment:
            return _state(moment)

    def check(self) -> None:
        version = self._version()
        # What this process has mapped stays readable to it, whatever has become of the files.
        self._opened = self._newest = None
        self.state()
        if not whole(version):
            raise IndexUnusable(f"the index in {self.folder.path.name} is damaged")

    def checksums(self) -> dict[UUID, str]:
        with self._reading() as moment:
            rows = moment.searcher.search(moment.term("role", "first"), 1, count=True).count
            found = moment.searcher.search(moment.term("role", "first"), max(1, rows), count=False).hits
            documents = (moment.searcher.doc(address) for _score, address in found)
            return {UUID(one["service"][0]): one["checksum"][0] for one in documents}

    def using(self, keys: Iterable[str]) -> set[UUID]:
        with self._reading() as moment:
            return set(services_of(moment, moment.any_of("uses", sorted(keys))))

    def apply(self, gone: Iterable[UUID], rows: Iterable[Row], position: Cursor) -> None:
        rows = list(rows)
        state = self.state()
        with self._failing(), self._writer() as writer:
            for service in {*gone, *(row.service for row in rows)}:
                writer.delete_documents_by_term("service", str(service))
            writer.delete_documents_by_term("role", "state")
            schema = make_schema()
            for row in rows:
                writer.add_document(document_of(row, schema))
            writer.add_document(state_document(replace(state, position=position), schema))
            writer.commit()

    def rebuild(self, rows: Iterable[Row], position: Cursor, open_until: datetime) -> int:
        with self._failing():
            self._set_aside_if_damaged()
            with self.folder.making() as version:
                added = _write(version, rows, position, open_until)
                self._writing = None
                self.folder.use(version)
        return added

    def _set_aside_if_damaged(self) -> None:
        try:
            self.check()
        except IndexUnusable:
            self._writing = None
            self.folder.set_aside()
        else:
            self.folder.drop_set_aside()

    @contextmanager
    def _reading(self) -> Iterator[Moment]:
        """The newest committed moment. Whatever goes wrong inside is the index's fault: a query was checked before."""
        try:
            yield self._moment()
        except EngineDown:
            raise
        except BaseException as error:
            if not _of_engine(error):
                raise
            self._opened = self._newest = None
            raise IndexUnusable(f"the index in {self.folder.path.name} cannot be read") from error

    def _moment(self) -> Moment:
        """The newest commit of the version in use."""
        version = self._version()
        try:
            return self._open(version)
        except (ValueError, OSError):
            # The follower may have swapped versions since the pointer was read.
            if version == self.folder.current():
                raise
            return self._open(self._version())

    def _version(self) -> Path:
        version = self.folder.current()
        if version is None:
            raise IndexUnusable(f"there is no index in {self.folder.path.name} yet")
        return version

    def _open(self, version: Path) -> Moment:
        # The last thing of a commit is a new file under this name. Looked at before the index is read: at worst that
        # is done once too often.
        written = (version / META).stat()
        commit, newest = (version, written.st_ino, written.st_mtime_ns), self._newest
        if newest and newest[0] == commit:
            return newest[1]
        if self._opened and self._opened[0] == version:
            index = self._opened[1]
        else:
            index = Index.open(str(version))
            index.config_reader("manual")
        index.reload()
        moment = Moment(index.searcher(), make_schema())
        self._opened, self._newest = (version, index), (commit, moment)
        return moment

    @contextmanager
    def _writer(self) -> Iterator[IndexWriter]:
        """The writer of the version in use, kept open between changes; given up after any failure."""
        version = self._version()
        if not self._writing or self._writing[0] != version:
            self._writing = None
            writer = Index.open(str(version)).writer(WRITER_BYTES, 1)
            # Of a commit cut off a file may be left that the same changes, come again, would write under the same name.
            writer.garbage_collect_files()
            self._writing = version, writer
        try:
            yield self._writing[1]
        except BaseException:
            self._writing = None
            raise

    @contextmanager
    def _failing(self) -> Iterator[None]:
        """Failures to write: a full disk, another writer. Nothing is lost, the same changes come again."""
        try:
            yield
        except EngineDown:
            raise
        except BaseException as error:
            if not _of_engine(error):
                raise
            raise EngineDown(f"the index in {self.folder.path.name} cannot be written") from error


def _write(version: Path, rows: Iterable[Row], position: Cursor, open_until: datetime) -> int:
    """A whole index into an empty folder; answers how many rows it has."""
    schema, added = make_schema(), 0
    writer = Index(schema, str(version)).writer(REBUILD_BYTES, 1)
    try:
        for row in rows:
            writer.add_document(document_of(row, schema))
            added += 1
        writer.add_document(state_document(IndexState(position, added, open_until, position.seq), schema))
        writer.commit()
        writer.wait_merging_threads()
    finally:
        # An error would keep it, and its threads go on writing into a folder that is being removed.
        del writer
    return added


def _of_engine(error: BaseException) -> bool:
    """Errors of tantivy and of its files; panics of Rust are no Exception and have no importable class."""
    return isinstance(error, ValueError | OSError) or type(error).__name__ == "PanicException"


def _state(moment: Moment) -> IndexState:
    found = moment.searcher.search(moment.term("role", "state"), 1, count=False).hits
    if not found:
        raise IndexUnusable("the index does not say where it stands")
    rows = moment.searcher.search(moment.term("role", "row"), 1, count=True).count
    return state_of(moment.searcher.doc(found[0][1]).to_dict(), rows)
