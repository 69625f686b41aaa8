"""What the public pages read: published records, as the public's audience holds them, and nothing else.

Terms and territories are few and on every page, so each process keeps them until the feed moves: one query then tells
that they still hold.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from django.conf import settings

from frontend.public.prose import text
from services_catalog.choices import Audience
from services_catalog.languages import DEFAULT_LANGUAGE
from services_catalog.publication import records
from services_catalog.publication.document import Location, Service, Term, Territory
from services_catalog.publication.feed import head

READER = Audience.PUBLIC.value
LANGUAGE_NAMES = dict(settings.LANGUAGES)
"""Languages by their own name: who needs one may not read another."""


@dataclass(frozen=True)
class Reference:
    """Terms and territories at one place of the feed, in one language."""

    terms: Mapping[UUID, Term]
    territories: Mapping[str, Territory]

    def label(self, term: UUID | None) -> str:
        """The term's name; "" for none, and for one that is no longer published."""
        found = self.terms.get(term) if term else None
        return text(found.name) if found else ""

    def labels(self, terms: Iterable[UUID]) -> list[str]:
        return [label for term in terms if (label := self.label(term))]

    def taxonomy(self, slug: str) -> list[Term]:
        """The terms of a taxonomy, in its order."""
        return sorted((term for term in self.terms.values() if term.taxonomy == slug), key=lambda term: term.order)

    def comuni(self) -> dict[str, str]:
        """Cadastral code → name, of every territory."""
        return {comune.code: comune.name for territory in self.territories.values() for comune in territory.comuni}


def reference(language: str) -> Reference:
    """Terms and territories in `language`, as of now. One query when nothing has been published since the last call."""
    return _reference(str(head()), language)


@lru_cache(maxsize=2 * len(LANGUAGE_NAMES))
def _reference(_position: str, language: str) -> Reference:
    terms = [Term.model_validate_json(body) for body in _all("term", language)]
    territories = [Territory.model_validate_json(body) for body in _all("territory", language)]
    return Reference({term.id: term for term in terms}, {territory.slug: territory for territory in territories})


def _all(kind: str, language: str) -> Iterable[str]:
    """Bodies of a kind in `language`, or where a thing has none in it, in the default language."""
    found: dict[UUID, str] = {}
    for choice in (DEFAULT_LANGUAGE, language):
        found.update(records.PublishedRecord.objects.of(kind, READER, choice).values_list("uuid", "body"))
    return found.values()


def service(key: UUID, language: str) -> Service | None:
    """A service as the public may read it; in the default language where it has no record in `language`."""
    body = _body("service", key, language)
    return Service.model_validate_json(body) if body else None


def place(key: UUID, language: str) -> Location | None:
    """A place as the public may read it."""
    body = _body("location", key, language)
    return Location.model_validate_json(body) if body else None


def services(keys: Iterable[UUID], language: str) -> dict[UUID, Service]:
    """Services by id; those the public may not read, or not any more, are left out. One query."""
    found = records.bodies("service", keys, READER, language)
    return {key: Service.model_validate_json(body) for key, body in found.items()}


def services_at(key: UUID, language: str) -> list[Service]:
    """The services given at a place, by name. One query."""
    rows = records.PublishedRecord.objects.of("service", READER, language).having(
        READER, "service", {"location": [str(key)]}
    )
    found = [Service.model_validate_json(body) for body in rows.values_list("body", flat=True)]
    return sorted(found, key=lambda service: text(service.name))


def _body(kind: str, key: UUID, language: str) -> bytes | None:
    return records.body(kind, key, READER, language) or (
        records.body(kind, key, READER, DEFAULT_LANGUAGE) if language != DEFAULT_LANGUAGE else None
    )
