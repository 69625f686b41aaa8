"""Query parameters → a checked question to a list, or every error found, by name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from api.reader import Reader
from api.v1 import parameters as own
from api.v1.parameters import PARAMETERS, PER_PAGE
from api.v1.resources import Resource
from api.v1.terms import TAXONOMY_OF, Terms, known_terms
from search import parameters as shared
from search import person
from search.engine import SearchQuery
from search.facets import ATTRIBUTE, is_attribute, is_facet
from search.parameters import FieldError, InvalidParameters
from services_catalog.languages import ALL_LANGUAGES, DEFAULT_LANGUAGE

SEARCHING = ("q", "literally", "open", "near", "radius", "on_foot", "order", *person.NAMES)
"""With one of these a search engine answers, without them the database."""
CARRIED_AS = {"language_spoken": "language"}
"""Filter → facet of the records, where the names differ."""
NOWHERE = frozenset({""})
"""A filter by territory that nothing meets; none at all would be met by everything."""

NO_TERMS = Terms({}, {})

Given = Mapping[str, list[str]]
Filters = Mapping[str, frozenset[str]]
Value = TypeVar("Value")


@dataclass(frozen=True)
class Listing:
    """A checked question to a list. `search` is None where the database answers it."""

    language: str = DEFAULT_LANGUAGE
    page: int = 1
    per_page: int = PER_PAGE
    filters: Filters = field(default_factory=dict)
    search: SearchQuery | None = None


def names_of(resource: Resource) -> tuple[str, ...]:
    """The parameters that the list of a resource takes, in the order of the documentation.

    ATTRIBUTE stands for the custom attributes, whose names people have made: see `_given_names`.
    """
    return ("language", "page", "per_page", *(SEARCHING if resource.searchable else ()), *resource.filters)


def parse_listing(parameters: QueryDict, resource: Resource, reader: Reader, now: datetime) -> Listing:
    """The question that `parameters` ask of a resource's list. Raises InvalidParameters with every error found."""
    names = _given_names(parameters, resource)
    errors = unknown(parameters, names)
    texts = {name: [text for text in parameters.getlist(name) if text.strip()] for name in names}
    terms = known_terms() if any(texts.get(name) for name in TAXONOMY_OF) else NO_TERMS
    given = _with_ids(texts, terms, errors)
    searching = any(given.get(name) for name in SEARCHING)
    listing = Listing(
        language=one(given, "language", own.language, DEFAULT_LANGUAGE, errors),
        page=1 if searching else one(given, "page", own.whole(own.LAST_PAGE), 1, errors),
        per_page=PER_PAGE if searching else one(given, "per_page", own.whole(own.MOST_PER_PAGE), PER_PAGE, errors),
        filters=_own_filters(given, errors),
    )
    if searching and listing.filters:
        errors += [FieldError(name, _("It can't be combined with a search.")) for name in listing.filters]
    query = shared_query(given, searching, listing.language, reader, now, errors)
    if errors or query is None:
        raise InvalidParameters(tuple(errors))
    query = replace(query, filters=_with_all_below(query.filters, terms))
    if searching:
        return replace(listing, page=query.page, per_page=query.size, search=within(query, reader))
    carried = {CARRIED_AS.get(name, name): values for name, values in query.filters.items()}
    return replace(listing, filters=carried | dict(listing.filters))


def _given_names(parameters: QueryDict, resource: Resource) -> tuple[str, ...]:
    """The parameters that the list takes, custom attributes by the names under which they are asked for."""
    names = names_of(resource)
    if ATTRIBUTE not in names:
        return names
    return (*(name for name in names if name != ATTRIBUTE), *filter(is_attribute, parameters))


def parse_language(parameters: QueryDict) -> str:
    """The language in which one thing is asked for: the only parameter of its address."""
    errors = unknown(parameters, ("language",))
    language = one({"language": parameters.getlist("language")}, "language", own.language, DEFAULT_LANGUAGE, errors)
    if errors:
        raise InvalidParameters(tuple(errors))
    return language


def unknown(parameters: QueryDict, known: tuple[str, ...]) -> list[FieldError]:
    """An error for every parameter that isn't known: a misspelt filter must not answer with everything."""
    names = (shared.clean_text(name[:64]) for name in parameters if name not in known)
    return [FieldError(name, _("There is no such parameter.")) for name in names]


def one(given: Given, name: str, read: Callable[[str], Value], default: Value, errors: list[FieldError]) -> Value:
    """The value of a parameter that may be given once; empty is as not given."""
    texts = [text for text in given.get(name, ()) if text.strip()]
    if len(texts) > 1:
        errors.append(FieldError(name, _("Give it once.")))
    elif texts:
        try:
            return read(texts[0].strip())
        except ValueError as error:
            errors.append(FieldError(name, str(error)))
    return default


def _with_ids(given: Given, terms: Terms, errors: list[FieldError]) -> Given:
    """`given` with the short names of terms replaced by their ids."""
    found = dict(given)
    for name, taxonomy in TAXONOMY_OF.items():
        texts = [text.strip() for text in given.get(name, ())]
        ids = [text if _is_id(text) else terms.ids.get((taxonomy, text), "") for text in texts]
        if not all(ids):
            errors.append(FieldError(name, _("No term has this short name.")))
        found[name] = [term for term in ids if term]
    return found


def _with_all_below(filters: Filters, terms: Terms) -> Filters:
    return {name: terms.with_all_below(ids) if name in TAXONOMY_OF else ids for name, ids in filters.items()}


def _is_id(text: str) -> bool:
    try:
        return bool(UUID(text.strip()))
    except ValueError:
        return False


def _own_filters(given: Given, errors: list[FieldError]) -> dict[str, frozenset[str]]:
    filters = {}
    for name, texts in given.items():
        if not texts or is_facet(name):
            continue
        parameter = PARAMETERS[name]
        if not parameter.many or parameter.read is None:
            continue
        if len(texts) > shared.MAX_FILTERS:
            errors.append(FieldError(name, _("At most %(most)d filters.") % {"most": shared.MAX_FILTERS}))
            continue
        try:
            filters[name] = frozenset(parameter.read(text.strip()) for text in texts)
        except ValueError as error:
            errors.append(FieldError(name, str(error)))
    return filters


def shared_query(
    given: Given,
    searching: bool,
    language: str,
    reader: Reader,
    now: datetime,
    errors: list[FieldError],
) -> SearchQuery | None:
    """What search's parser makes of the parameters that it knows; without a search, of the filters alone."""
    paging = ("page", "per_page") if searching else ()
    asked = QueryDict(mutable=True)
    for name, texts in given.items():
        if texts and (is_facet(name) or name in (*SEARCHING, *paging)):
            asked.setlist(name, texts)
    try:
        return shared.parse(
            asked,
            audience=reader.audience,
            language=DEFAULT_LANGUAGE if language == ALL_LANGUAGES else language,
            now=now,
            page_size=PER_PAGE,
            territories=reader.territories,
        )
    except InvalidParameters as invalid:
        errors += invalid.errors
        return None


def within(query: SearchQuery, reader: Reader) -> SearchQuery:
    """The search, in the territories of the reader alone."""
    if reader.territories is None:
        return query
    asked = query.filters.get("territory", reader.territories)
    return replace(query, filters=dict(query.filters) | {"territory": reader.territories & asked or NOWHERE})
