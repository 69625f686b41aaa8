"""`python -m tests.search.killed_at MOMENT KIND PLACE NAME`: one batch, or one rebuild, killed with -9 at that moment.

KIND is "embedded" (PLACE its folder) or "elasticsearch" (PLACE its URL, NAME the prefix).
"""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.testing")
django.setup()

from search.engine import SearchEngine  # noqa: E402
from search.engines import elasticsearch, embedded  # noqa: E402
from search.engines.folder import IndexFolder  # noqa: E402
from tests.search.cast import START, UNTIL, service  # noqa: E402


def die(*_arguments: Any, **_options: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class Writer:
    """An embedded index's writer that dies around its commit."""

    def __init__(self, writer: Any, moment: str) -> None:
        self.writer, self.moment = writer, moment

    def __getattr__(self, name: str) -> Any:
        return getattr(self.writer, name)

    def commit(self) -> None:
        if self.moment == "after the commit":
            self.writer.commit()
        die()


def embedded_engine(moment: str, folder: str) -> SearchEngine:
    engine: Any = embedded.EmbeddedEngine(Path(folder))
    open_writer = engine._writer

    @contextmanager
    def dying() -> Iterator[Writer]:
        with open_writer() as writer:
            yield Writer(writer, moment)

    engine._writer = dying
    if moment == "before the swap":
        IndexFolder.use = die  # type: ignore[method-assign]
    return engine  # type: ignore[no-any-return]


def elasticsearch_engine(moment: str, url: str, prefix: str) -> SearchEngine:
    write = elasticsearch._write

    def dying(client: Any, index: str, sources: Any, **options: Any) -> None:
        written = list(sources)
        if moment != "before the commit":
            write(client, index, written[:-1] if moment == "before the position" else written, **options)
        if moment != "before the swap":
            die()

    elasticsearch._write = dying
    elasticsearch.ElasticsearchEngine._swap = die  # type: ignore[method-assign]
    return elasticsearch.ElasticsearchEngine("public", url, prefix)


moment, kind, place, name = sys.argv[1:]
engine = embedded_engine(moment, place) if kind == "embedded" else elasticsearch_engine(moment, place, name)
rows = [*service(1, "Mensa di sera"), *service(2, "Emporio")]
if moment == "before the swap":
    engine.rebuild(rows, replace(START, seq=1), UNTIL)
else:
    engine.apply([], rows, replace(START, seq=1))
