"""Compiling: what was touched becomes records, facets and changes, in the transaction that touched it."""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from services_catalog import models
from services_catalog.choices import Audience
from services_catalog.publication import bodies, sealed, vocabulary, writer
from services_catalog.publication.dependencies import of_territories, resolve
from services_catalog.publication.feed import READERS, FeedHead, visible_to
from services_catalog.publication.inputs import Inputs, Row
from services_catalog.publication.parts import Part, Parts
from services_catalog.publication.queue import StaleRecord
from services_catalog.publication.secrets import Near, Secrets
from services_catalog.publication.secrets_of_all import OfAll
from services_catalog.publication.statistics import MANY, refresh_statistics
from services_catalog.publication.transaction import Key, Pending, publishing

BATCH = 200
logger = logging.getLogger("portolano.publication")


@dataclass
class Compiled:
    """What one thing's readers are to have: a body in every language or none, and why something is missing from it.

    `withheld`: ids of parts, and texts as JSON, that the reader's body must not hold.
    """

    languages: tuple[str, ...]
    by_reader: dict[Audience, Part | None] = field(default_factory=dict)
    withheld: dict[Audience, set[UUID | str]] = field(default_factory=lambda: defaultdict(set))
    narrowed: set[Audience] = field(default_factory=set)
    shared_with: tuple[str, ...] = ()
    day: date | None = None
    """Of a service, the day that it is where it is given."""
    filterable: frozenset[str] = frozenset()
    """Keys of the custom attributes that are facets."""


def write(head: FeedHead, pending: Pending) -> None:
    """Compile all that `pending` touched, under the locked `head`."""
    now, later = resolve(pending)
    later |= of_territories(pending.reissue) - now
    if later:
        stale = [StaleRecord(kind=kind, uuid=key) for kind, key in sorted(later)]
        StaleRecord.objects.bulk_create(stale, ignore_conflicts=True)
    compile_keys(head, now)


def compile_keys(head: FeedHead, keys: Iterable[Key]) -> None:
    """Compile records, in batches in the order of their kind and id."""
    by_kind: dict[str, list[Any]] = {}
    for kind, key in sorted(keys, key=lambda key: (key.kind, str(key.id))):
        by_kind.setdefault(kind, []).append(key)
    languages = dict(models.Territory.objects.order_by().values_list("pk", "languages"))
    for kind, ids in by_kind.items():
        for batch in _batches(ids):
            writer.write(head, kind, batch, COMPILERS[kind](batch, languages))


def compile_all() -> int:
    """Compile every record again, for a new schema version, in transactions of a batch. Returns how many."""
    keys = of_territories(models.Territory.objects.values_list("pk", flat=True))
    keys |= {Key("territory", key) for key in models.Territory.objects.values_list("pk", flat=True)}
    for batch in _batches(sorted(keys)):
        with publishing() as pending:
            pending.touch(batch)
    if len(keys) >= MANY:
        refresh_statistics()
    return len(keys)


def compile_stale() -> int:
    """Compile one batch of the records left over from wide fan-outs. Returns how many there were."""
    if not StaleRecord.objects.exists():
        return 0
    with publishing() as pending:
        rows = list(StaleRecord.objects.order_by("pk")[:BATCH])
        pending.touch(Key(row.kind, row.uuid) for row in rows)
        StaleRecord.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return len(rows)


def _batches(keys: list[Any]) -> Iterator[list[Any]]:
    return (keys[start : start + BATCH] for start in range(0, len(keys), BATCH))


def _services(ids: list[UUID], languages: dict[UUID, list[str]]) -> dict[UUID, Compiled]:
    inputs = Inputs(services=ids)
    found = _for_readers(inputs, inputs.services, bodies.service, languages)
    filterable = frozenset(one.key for one in inputs.attributes if one.filterable)
    for key, compiled in found.items():
        compiled.filterable = filterable
        compiled.day = inputs.days[inputs.services[key]["territory_id"]]
        compiled.shared_with = tuple(inputs.territories[share["territory_id"]] for share in inputs.shares.get(key, ()))
    return _guarded("service", found, Near(inputs).of_service)


def _locations(ids: list[UUID], languages: dict[UUID, list[str]]) -> dict[UUID, Compiled]:
    inputs = Inputs(locations=ids)

    def location(parts: Parts, row: Row) -> Part | None:
        return parts.location(row) if row["live"] and row["audience"] in parts.audiences else None

    found = _for_readers(inputs, inputs.locations, location, languages)
    return _guarded("location", found, Near(inputs).of_location)


def _organizations(ids: list[UUID], languages: dict[UUID, list[str]]) -> dict[UUID, Compiled]:
    inputs = Inputs(organizations=ids)

    def organization(parts: Parts, row: Row) -> Part | None:
        return parts.organization(row) if row["live"] else None

    found = _for_readers(inputs, inputs.organizations, organization, languages)
    return _guarded("organization", found, Near(inputs).of_organization)


def _guarded(kind: str, found: dict[UUID, Compiled], secrets_of: Callable[[UUID], Secrets]) -> dict[UUID, Compiled]:
    """Take the texts that name what is sealed out of every body."""
    for key, compiled in found.items():
        secrets = secrets_of(key)
        cuts = {id(body): sealed.without(body, secrets) for body in compiled.by_reader.values()}
        for reader, body in compiled.by_reader.items():
            cut = cuts[id(body)]
            if cut.fields:
                named = ", ".join(sorted(cut.fields))
                logger.error("%s %s names a protected place (%s): withheld from %s", kind, key, named, reader)
                compiled.withheld[reader] |= cut.texts
            if cut.body is None and body is not None:
                compiled.narrowed.add(reader)
            compiled.by_reader[reader] = cut.body
    return found


def _for_readers(
    inputs: Inputs, rows: dict[UUID, Row], build: Any, languages: dict[UUID, list[str]]
) -> dict[UUID, Compiled]:
    found = {}
    for key, row in rows.items():
        compiled = Compiled(languages=tuple(languages[row["territory_id"]]))
        for reader in READERS:
            parts = Parts(inputs, reader)
            compiled.by_reader[reader] = build(parts, row)
            compiled.withheld[reader] = parts.withheld
            if row["live"] and "audience" in row and row["audience"] not in parts.audiences:
                compiled.narrowed.add(reader)
        found[key] = compiled
    return found


def _terms(ids: list[UUID], languages: dict[UUID, list[str]]) -> dict[UUID, Compiled]:
    bodies = vocabulary.terms(ids)
    return _guarded_of_all("term", bodies, _for_everybody(bodies, _everywhere(languages)))


def _attributes(ids: list[UUID], languages: dict[UUID, list[str]]) -> dict[UUID, Compiled]:
    found, bodies = {}, vocabulary.attributes(ids)
    for key, body in bodies.items():
        by_reader = {reader: body if body["audience"] in visible_to(reader) else None for reader in READERS}
        narrowed = {reader for reader, shown in by_reader.items() if shown is None}
        found[key] = Compiled(_everywhere(languages), by_reader, narrowed=narrowed)
    return _guarded_of_all("attribute", bodies, found)


def _territories(ids: list[UUID], languages: dict[UUID, list[str]]) -> dict[UUID, Compiled]:
    bodies = vocabulary.territories(ids)
    found = {
        key: compiled
        for key, body in bodies.items()
        for compiled in _for_everybody({key: body}, tuple(languages[key])).values()
    }
    return _guarded_of_all("territory", bodies, found)


def _guarded_of_all(kind: str, bodies: dict[UUID, Part], found: dict[UUID, Compiled]) -> dict[UUID, Compiled]:
    hidden = OfAll()
    return _guarded(kind, found, lambda key: hidden.of(bodies[key]))


def _everywhere(languages: dict[UUID, list[str]]) -> tuple[str, ...]:
    """The languages switched on in any territory."""
    return tuple(sorted({language for group in languages.values() for language in group} or {"it"}))


def _for_everybody(found: dict[UUID, Part], languages: tuple[str, ...]) -> dict[UUID, Compiled]:
    return {key: Compiled(languages=languages, by_reader=dict.fromkeys(READERS, body)) for key, body in found.items()}


COMPILERS = {
    "service": _services,
    "location": _locations,
    "organization": _organizations,
    "term": _terms,
    "attribute": _attributes,
    "territory": _territories,
}
