"""Reads of published records: one query for a thing, two or three for a page of a list. Bodies are never parsed."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, QuerySet, Subquery
from django.db.models.functions import Coalesce

from api.reader import Reader
from api.v1.resources import Resource
from services_catalog.languages import ALL_LANGUAGES, DEFAULT_LANGUAGE, LANGUAGES
from services_catalog.publication.facets import EVERYWHERE
from services_catalog.publication.feed import Change, Cursor, FeedHead, visible_to
from services_catalog.publication.records import PublishedRecord, RecordQuerySet

MANY_LANGUAGES = "mul"
"""ISO 639-2's code for a content in many languages."""


class Stored(NamedTuple):
    """A body as it is stored: JSON text."""

    id: UUID
    language: str
    checksum: str
    body: str


COLUMNS = ("uuid", "language", "checksum", "body")
"""Of the records, those that it holds."""


def readable(resource: Resource, reader: Reader) -> RecordQuerySet:
    """The records of a resource that `reader` is to see, in every language."""
    found = PublishedRecord.objects.readable_by(reader.audience).filter(kind=resource.kind)
    if reader.territories is None or not resource.has_territory:
        return found
    return found.having(reader.audience, resource.kind, _and_everywhere({"territory": reader.territories}))


def listed(
    resource: Resource, reader: Reader, language: str, filters: Mapping[str, Iterable[str]]
) -> QuerySet[PublishedRecord]:
    """One record of each thing that carries the filters, in the order of ids.

    Of a thing that isn't published in `language` it is the one in the default language, which all things have.
    """
    every = language if language == ALL_LANGUAGES else DEFAULT_LANGUAGE
    found = readable(resource, reader).filter(language=every)
    return found.having(reader.audience, resource.kind, _and_everywhere(filters)).order_by("uuid")


def _and_everywhere(filters: Mapping[str, Iterable[str]]) -> dict[str, Iterable[str]]:
    """What is of every territory is of those asked for; where none is asked for, nothing is."""
    territories = set(filters.get("territory", ()))
    return dict(filters) | ({"territory": territories | {EVERYWHERE}} if territories else {})


def position_and_total(records: QuerySet[PublishedRecord]) -> tuple[Cursor, int]:
    """How many `records` are, and the place of the feed of which that is told. One query."""
    total = records.order_by().values("kind").annotate(total=Count("pk")).values("total")
    epoch, seq, count = FeedHead.objects.values_list("epoch", "seq", Coalesce(Subquery(total), 0)).get(pk=1)
    return Cursor(epoch, seq), count


def page(resource: Resource, reader: Reader, language: str, records: QuerySet[PublishedRecord]) -> dict[UUID, Stored]:
    """The bodies of a page of `listed` records, in its order. One query; another for those in a translation.

    That one is given ids, not the query that finds them: PostgreSQL, wrong about its size, has run it once a record.
    """
    if language in {ALL_LANGUAGES, DEFAULT_LANGUAGE}:
        return {row.id: row for row in map(Stored._make, records.values_list(*COLUMNS))}
    return stored(resource, reader, language, list(records.values_list("uuid", flat=True)))


def stored(resource: Resource, reader: Reader, language: str, keys: Iterable[UUID]) -> dict[UUID, Stored]:
    """The bodies of `keys` in `language`, or in the default one; what `reader` isn't to see is left out. One query."""
    languages = {language} if language == ALL_LANGUAGES else {language, DEFAULT_LANGUAGE}
    rows = (
        readable(resource, reader).filter(language__in=languages, uuid__in=keys).order_by("uuid").values_list(*COLUMNS)
    )
    found: dict[UUID, Stored] = {}
    for row in map(Stored._make, rows):
        if row.id not in found or row.language == language:
            found[row.id] = row
    return found


def was_published(resource: Resource, reader: Reader, key: UUID) -> bool:
    """Whether something that `reader` may have seen was ever under this id. One query, asked after a miss."""
    changes = Change.objects.filter(audience__in=visible_to(reader.audience), kind=resource.kind, uuid=key)
    return reader.territories is None and changes.exists()


def content_language(language: str, found: Iterable[Stored]) -> str:
    """What to say in Content-Language of an answer asked for in `language`."""
    if language == ALL_LANGUAGES:
        return MANY_LANGUAGES
    said = {row.language for row in found} or {language}
    return ", ".join(sorted(said, key=lambda code: (code != language, LANGUAGES.index(code))))
