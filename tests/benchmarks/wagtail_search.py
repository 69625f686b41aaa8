"""`python -m tests.benchmarks.wagtail_search`: how long Wagtail's own search in the database takes, at most."""

import time
from collections.abc import Iterator

import django

django.setup()

import orjson  # noqa: E402
from django.db import connection  # noqa: E402
from wagtail.search.backends import get_search_backend  # noqa: E402

from services_catalog.choices import Audience  # noqa: E402
from services_catalog.publication.records import PublishedRecord  # noqa: E402
from tests.benchmarks.plain.models import PlainService  # noqa: E402

SERVICES = 10_000
"""A tenth of the data: with all of it a word of 2,000 services took 93 seconds on SQLite, and indexing five minutes."""
BATCH = 2000
PAGE = 20
# Words that many services say, some do, and none does.
TYPED = ("docce", "avvocato gratis", "refettorio")


def strings(body: object) -> Iterator[str]:
    """Every text of a body."""
    if isinstance(body, str):
        yield body
    elif isinstance(body, dict):
        for value in body.values():
            yield from strings(value)
    elif isinstance(body, list):
        for value in body:
            yield from strings(value)


def fill() -> None:
    """The table of plain services, and Wagtail's index of them."""
    with connection.schema_editor() as editor:
        editor.create_model(PlainService)
    index = get_search_backend().get_index_for_model(PlainService)
    records = PublishedRecord.objects.of("service", Audience.PUBLIC, "it").values_list("body", flat=True)
    batch = []
    for body in records[:SERVICES].iterator(BATCH):
        known = orjson.loads(body)
        batch.append(PlainService(name=known["name"][:255], text=" ".join(strings(known))))
        if len(batch) == BATCH:
            index.add_items(PlainService, PlainService.objects.bulk_create(batch))
            batch = []
    index.add_items(PlainService, PlainService.objects.bulk_create(batch))


def asked(text: str) -> float:
    """Milliseconds for the first page and the total."""
    began = time.perf_counter()
    found = get_search_backend().search(text, PlainService)
    list(found[:PAGE])
    found.count()
    return 1000 * (time.perf_counter() - began)


if __name__ == "__main__":
    if PlainService._meta.db_table not in connection.introspection.table_names():
        fill()
    slowest = max(asked(text) for text in TYPED)
    print(f"a_page_and_its_total,_of_{SERVICES}={slowest:.2f}")
