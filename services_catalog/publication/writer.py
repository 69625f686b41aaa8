"""Compiled bodies → records, facets and changes: only what differs is written, in the order of the ids."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

import orjson

from services_catalog.choices import Audience
from services_catalog.languages import ALL_LANGUAGES
from services_catalog.publication import feed
from services_catalog.publication.bodies import in_language
from services_catalog.publication.document import SCHEMA_VERSION
from services_catalog.publication.facets import facets_of
from services_catalog.publication.feed import Action, FeedHead
from services_catalog.publication.records import PublishedRecord, RecordFacet

if TYPE_CHECKING:
    from services_catalog.publication.compiler import Compiled


class Row(NamedTuple):
    """What a record holds besides its key."""

    body: str
    checksum: str
    for_public: bool
    for_operator: bool


Wanted = dict[tuple[UUID, str, str], Row]
Existing = dict[tuple[UUID, str, str], PublishedRecord]


def write(head: FeedHead, kind: str, ids: list[UUID], compiled: dict[UUID, Compiled]) -> None:
    """Bring the records of `ids` to what was compiled (gone where nothing was), and tell the feed."""
    wanted: Wanted = {}
    for key, result in compiled.items():
        wanted.update(rows_of(key, result))
    existing = {
        (record.uuid, record.audience, record.language): record
        for record in PublishedRecord.objects.filter(kind=kind, uuid__in=ids).defer("body")
    }
    refound = _write_facets(kind, ids, compiled)
    entries = _entries(kind, ids, compiled, wanted, existing, refound)
    seqs = {
        (key, audience): head.seq + place
        for place, (_kind, key, audience, _action, _checksum) in enumerate(entries, start=1)
    }
    _store(kind, wanted, existing, seqs, head.seq)
    feed.append(head, entries)


def rows_of(key: UUID, result: Compiled) -> Wanted:
    """The records of one thing: the public's, and the operators' where theirs differs."""
    public, operator = (result.by_reader.get(reader) for reader in feed.READERS)
    same = public == operator
    rows: Wanted = {}
    for audience, body, flags in (
        (Audience.PUBLIC, public, (True, same)),
        (Audience.OPERATOR, None if same else operator, (False, True)),
    ):
        if body is None:
            continue
        for language in (ALL_LANGUAGES, *result.languages):
            text = orjson.dumps(body if language == ALL_LANGUAGES else in_language(body, language))
            rows[key, audience, language] = Row(text.decode(), checksum(text), *flags)
    return rows


def checksum(body: bytes) -> str:
    """32 hexadecimal digits of a body's content."""
    return hashlib.blake2b(body, digest_size=16).hexdigest()


def _entries(
    kind: str,
    ids: list[UUID],
    compiled: dict[UUID, Compiled],
    wanted: Wanted,
    existing: Existing,
    refound: set[tuple[UUID, str]],
) -> list[tuple[str, UUID, str, str, str]]:
    before, after = _by_audience(existing), _by_audience(wanted)
    entries = []
    for key in sorted(ids):
        for audience in feed.READERS:
            old, new = before.get((key, audience), {}), after.get((key, audience), {})
            action = _action(key, audience, compiled.get(key), old, new, existing)
            if not action and new and (key, str(audience)) in refound:
                action = Action.UPDATED  # found by other values than before, though its body is the same: shared
            if action:
                entries.append((kind, key, str(audience), str(action), new.get(ALL_LANGUAGES, "")))
    return entries


def _by_audience(rows: Wanted | Existing) -> dict[tuple[UUID, str], dict[str, str]]:
    grouped: dict[tuple[UUID, str], dict[str, str]] = defaultdict(dict)
    for (key, audience, language), row in rows.items():
        grouped[key, audience][language] = row.checksum
    return grouped


def _action(
    key: UUID,
    audience: Audience,
    result: Compiled | None,
    old: dict[str, str],
    new: dict[str, str],
    existing: Existing,
) -> Action | None:
    if old == new:
        return None
    if not old:
        return Action.PUBLISHED
    if not new:
        if result is not None and audience != Audience.PUBLIC and result.by_reader.get(audience) is not None:
            return Action.UPDATED  # the operators read the public's record from now on
        return Action.REDACTED if result is not None and audience in result.narrowed else Action.UNPUBLISHED
    record = existing.get((key, audience, ALL_LANGUAGES))
    return Action.REDACTED if record and result and _tells_too_much(record, audience, result) else Action.UPDATED


SEALED_SAID = f'"audience":"{Audience.SEALED}"'


def _tells_too_much(record: PublishedRecord, audience: Audience, result: Compiled) -> bool:
    """Whether the record, as it still stands, says what its reader must not know any more."""
    withheld, narrowed = result.withheld.get(audience), audience in result.narrowed
    if not withheld and not narrowed:
        return False
    shown = record.body  # read only here: most changes hide nothing
    return any(str(part) in shown for part in withheld or ()) or (narrowed and SEALED_SAID not in shown)


def _store(kind: str, wanted: Wanted, existing: Existing, seqs: dict[tuple[UUID, str], int], otherwise: int) -> None:
    changed = [
        PublishedRecord(
            kind=kind,
            uuid=key,
            audience=audience,
            language=language,
            seq=seqs.get((key, audience), otherwise),
            schema_version=SCHEMA_VERSION,
            **row._asdict(),
        )
        for (key, audience, language), row in sorted(wanted.items())
        if _differs(existing.get((key, audience, language)), row)
    ]
    gone = [record.pk for place, record in sorted(existing.items()) if place not in wanted]
    if gone:
        PublishedRecord.objects.filter(pk__in=gone).delete()
    if changed:
        PublishedRecord.objects.bulk_create(
            changed,
            update_conflicts=True,
            unique_fields=["kind", "uuid", "audience", "language"],
            update_fields=["body", "checksum", "for_public", "for_operator", "seq", "schema_version", "modified_at"],
        )


def _differs(record: PublishedRecord | None, row: Row) -> bool:
    return record is None or (record.checksum, record.for_public, record.for_operator, record.schema_version) != (
        row.checksum,
        row.for_public,
        row.for_operator,
        SCHEMA_VERSION,
    )


def _write_facets(kind: str, ids: list[UUID], compiled: dict[UUID, Compiled]) -> set[tuple[UUID, str]]:
    """Bring the facets to what was compiled; the ids of the things whose facets changed, each with the reader."""
    wanted: set[tuple[Any, ...]] = set()
    for key, result in compiled.items():
        for reader, body in result.by_reader.items():
            found = facets_of(body, result.shared_with, result.day, result.filterable)
            wanted |= {(str(reader), key, facet, value) for facet, value in found}
    existing = {
        (row.reader, row.uuid, row.facet, row.value): row.pk
        for row in RecordFacet.objects.filter(kind=kind, uuid__in=ids)
    }
    gone = [pk for place, pk in existing.items() if place not in wanted]
    if gone:
        RecordFacet.objects.filter(pk__in=gone).delete()
    RecordFacet.objects.bulk_create(
        RecordFacet(kind=kind, reader=reader, uuid=key, facet=facet, value=value)
        for reader, key, facet, value in sorted(wanted - existing.keys(), key=str)
    )
    return {(place[1], place[0]) for place in wanted ^ existing.keys()}
