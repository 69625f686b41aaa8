"""`python -m tests.benchmarks.million ROWS…`: Elasticsearch with ever more rows, measured by hand, not by `make bench`.

Rows are those of the demonstration's services, each copy with an id, a name, a place and hours of its own; prints JSON.
"""

import json
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.utils import timezone  # noqa: E402

from search.analysis import words  # noqa: E402
from search.document import Row  # noqa: E402
from search.engine import Near, SearchQuery, Wanted  # noqa: E402
from search.engines.elasticsearch import ElasticsearchEngine  # noqa: E402
from search.opening import horizon  # noqa: E402
from search.rows import RowSource  # noqa: E402
from services_catalog.choices import Audience  # noqa: E402
from services_catalog.publication.feed import Cursor  # noqa: E402
from tests.benchmarks.asking import TERRITORY, TYPED, p95  # noqa: E402


def copies(count: int) -> Iterator[Row]:
    """So many rows, one a service."""
    chance, now = random.Random(7), timezone.now()
    source = RowSource(Audience.PUBLIC)
    ids = source.services().values_list("uuid", flat=True)
    templates = [row for row in source.of(ids, now) if row.first and row.latitude is not None]
    for number in range(count):
        row, other = chance.choice(templates), chance.choice(templates)
        key = UUID(int=chance.getrandbits(128), version=4)
        yield replace(
            row,
            id=str(key),
            service=key,
            place=UUID(int=chance.getrandbits(128), version=4),
            single=True,
            sort=f"{row.sort.partition(chr(9))[0]} {number}\t{key}",
            words={**row.words, "name": row.words["name"] | {str(number)}},
            latitude=45 + chance.random(),
            longitude=9 + chance.random(),
            open_blocks=other.open_blocks,
            unknown_blocks=other.unknown_blocks,
            open_elsewhere=(),
        )


def measured(count: int) -> dict[str, float]:
    """Build an index of so many rows and ask it; it is deleted at the end."""
    engine = ElasticsearchEngine("public", str(settings.ELASTICSEARCH_URL), prefix="portolano-million")
    now, chance = timezone.now(), random.Random(7)
    began = time.perf_counter()
    engine.rebuild(copies(count), Cursor("bench", 1), horizon(now)[1])
    built = time.perf_counter() - began
    plain = [SearchQuery(text=text, filters=TERRITORY) for text in TYPED * 10]
    near = [
        SearchQuery(
            text="mensa", filters=TERRITORY, near=Near(45 + chance.random(), 9 + chance.random(), 5), open_at=now
        )
        for _ in range(50)
    ]
    found = {
        "rows": count,
        "build, s": round(built, 1),
        "words, filters, all facets, p95 ms": round(
            p95(lambda q=q: engine.find(q, Wanted(words(q.text, "it"))) for q in plain),  # type: ignore[misc]
            1,
        ),
        "near, open now, all facets, p95 ms": round(
            p95(lambda q=q: engine.find(q, Wanted(words(q.text, "it"))) for q in near),  # type: ignore[misc]
            1,
        ),
        "autocomplete, p95 ms": round(
            p95(lambda t=t: engine.calling([t.split()[0]], {}, 4) for t in TYPED * 10),  # type: ignore[misc]
            1,
        ),
    }
    engine.client.indices.delete(index=list(engine.client.indices.get(index=f"{engine.family}-v*")))
    return found


if __name__ == "__main__":
    json.dump([measured(int(text)) for text in sys.argv[1:]], sys.stdout, indent=1)
