"""What the public pages read: published records, as the public's audience holds them, and nothing else.

Terms, custom attributes and territories are few and on every page, so each process keeps them until the feed moves: one
query then tells that they still hold.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar
from uuid import UUID

from django.conf import settings

from services_catalog.choices import Audience
from services_catalog.languages import DEFAULT_LANGUAGE
from services_catalog.publication import records
from services_catalog.publication.document import Attribute, Location, Service, Term, Territory
from services_catalog.publication.feed import head
from services_catalog.texts import text_of

Thing = TypeVar("Thing", Service, Location)
READER = Audience.PUBLIC.value
LANGUAGE_NAMES = dict(settings.LANGUAGES)
"""Languages by their own name: who needs one may not read another."""


@dataclass(frozen=True)
class Reference:
    """Terms, territories and, by key, custom attributes at one place of the feed, in one language."""

    terms: Mapping[UUID, Term]
    territories: Mapping[str, Territory]
    attributes: Mapping[str, Attribute]

    def label(self, term: UUID | None) -> str:
        """The term's name; "" for none, and for one that is no longer published."""
        found = self.terms.get(term) if term else None
        return text_of(found.name) if found else ""

    def label_of_id(self, term: str) -> str:
        """The same by the id as text."""
        return self.label(UUID(term)) if term else ""

    def labels(self, terms: Iterable[UUID]) -> list[str]:
        return [label for term in terms if (label := self.label(term))]

    def taxonomy(self, slug: str) -> list[Term]:
        """The terms of a taxonomy, in its order."""
        return sorted((term for term in self.terms.values() if term.taxonomy == slug), key=lambda term: term.order)

    def comuni(self) -> dict[str, str]:
        """Cadastral code → name, of every territory."""
        return {comune.code: comune.name for territory in self.territories.values() for comune in territory.comuni}


def reference(language: str) -> Reference:
    """Terms, territories and attributes in `language`, as of now. One query when nothing has been published since the
    last call."""
    return _reference(str(head()), language)


@lru_cache(maxsize=2 * len(LANGUAGE_NAMES))
def _reference(_position: str, language: str) -> Reference:
    terms = [Term.model_validate_json(body) for body in _all("term", language)]
    territories = [Territory.model_validate_json(body) for body in _all("territory", language)]
    attributes = sorted(map(Attribute.model_validate_json, _all("attribute", language)), key=lambda one: one.order)
    return Reference(
        {term.id: term for term in terms},
        {territory.slug: territory for territory in territories},
        {attribute.key: attribute for attribute in attributes},
    )


def _all(kind: str, language: str) -> Iterable[str]:
    """Bodies of a kind in `language`, or where a thing has none in it, in the default language."""
    found: dict[UUID, str] = {}
    for choice in (DEFAULT_LANGUAGE, language):
        found.update(records.PublishedRecord.objects.of(kind, READER, choice).values_list("uuid", "body"))
    return found.values()


@dataclass(frozen=True)
class Read(Generic[Thing]):
    """A record read. `own_language` is False where it has none in the page's language and the default's is shown."""

    thing: Thing
    own_language: bool


def service(key: UUID, language: str) -> Read[Service] | None:
    """A service as the public may read it. One query; another where it has no record in `language`."""
    return _read("service", key, language, Service)


def place(key: UUID, language: str) -> Read[Location] | None:
    """A place as the public may read it. One query; another where it has no record in `language`."""
    return _read("location", key, language, Location)


def services(keys: Iterable[UUID], language: str) -> dict[UUID, Read[Service]]:
    """Services by id; those the public may not read, or not any more, are left out.

    One query; another where some have no record in `language`.
    """
    wanted = list(keys)
    found = _services(wanted, language, own_language=True)
    missing = [key for key in wanted if key not in found]
    if missing and language != DEFAULT_LANGUAGE:
        found |= _services(missing, DEFAULT_LANGUAGE, own_language=False)
    return found


def services_at(key: UUID, language: str) -> list[Service]:
    """The services given at a place, by name. One query."""
    rows = records.PublishedRecord.objects.of("service", READER, language)
    bodies = rows.having(READER, "service", {"location": [str(key)]}).values_list("body", flat=True)
    return sorted(map(Service.model_validate_json, bodies), key=lambda service: text_of(service.name))


def _services(keys: Iterable[UUID], language: str, *, own_language: bool) -> dict[UUID, Read[Service]]:
    bodies = records.bodies("service", keys, READER, language)
    return {key: Read(Service.model_validate_json(body), own_language) for key, body in bodies.items()}


def _read(kind: str, key: UUID, language: str, shape: type[Thing]) -> Read[Thing] | None:
    for choice in dict.fromkeys((language, DEFAULT_LANGUAGE)):
        if body := records.body(kind, key, READER, choice):
            return Read(shape.model_validate_json(body), choice == language)
    return None
