"""The page of results: cards, what narrows them, and the way on."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from frontend.public import attributes, catalogue
from frontend.public.cards import Card, card
from frontend.public.carried import carried
from frontend.public.catalogue import Reference
from frontend.public.explained import Part, explained
from frontend.public.fit import FitLine, fit_line
from frontend.public.hours import opens
from frontend.public.instead import Elsewhere, elsewhere
from frontend.public.understood import Chip, Said, fact_names, said, within_a_walk
from search import person
from search.answer import Answer
from search.engine import SearchQuery
from services_catalog.choices import Price, Status
from services_catalog.texts import text_of

SHOWN_FACETS: Mapping[str, Callable[[], str]] = {
    "need": lambda: _("Need"),
    "target": lambda: _("For whom"),
    "comune": lambda: _("Comune"),
    "language_spoken": lambda: _("Language spoken"),
    "access": lambda: _("How you reach it"),
    "accessibility": lambda: _("Accessibility"),
    "cost": lambda: _("Cost"),
}
MOST_VALUES = 40


@dataclass(frozen=True)
class Choice:
    """A value of a facet, and the address that puts it on or takes it off."""

    name: str
    count: int
    url: str
    chosen: bool


@dataclass(frozen=True)
class FacetBox:
    """A facet with its values, most frequent first."""

    title: str
    choices: tuple[Choice, ...]
    chosen: bool


WIDER_KM = (10, 30, 100)


@dataclass(frozen=True)
class Result:
    """A card, whether the service is for the person asked for, when it opens after a time asked at which it is closed,
    and for staff that asks, why it stands where it does."""

    card: Card
    fit: FitLine | None
    opens: str = ""
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True)
class ResultsPage:
    """What the page of results shows. Addresses are "" where there is nothing to go to."""

    heading: str
    text: str
    results: tuple[Result, ...]
    facets: tuple[FacetBox, ...]
    chips: tuple[Chip, ...]
    said: Said
    instead: Elsewhere | None
    open_now: bool
    open_url: str
    on_foot: bool
    on_foot_url: str
    on_foot_name: str
    farther_url: str
    farther_name: str
    hours_unknown: int
    previous: str
    next: str


def results_page(
    asked: QueryDict, query: SearchQuery, found: Answer, known: Reference, language: str, *, explain: bool = False
) -> ResultsPage:
    """The page for what a person `asked`; `query` is how it was understood, with the site's own territory. `explain`:
    each result with its parts of the order."""
    shorter = carried(asked)
    understood = said(shorter, found, known)
    farther = _farther(query, found)
    return ResultsPage(
        heading=_heading(query, found, known),
        text=query.text,
        results=tuple(results(found, known, language, explain=explain)),
        facets=tuple(_facets(shorter, query, found, known)),
        chips=(*_chips(shorter, known), *understood.chips),
        said=understood,
        instead=elsewhere(found.instead, language) if found.instead else None,
        open_now=bool(asked.get("open")),
        open_url=_address(shorter, "open", "" if asked.get("open") else "now"),
        on_foot=bool(asked.get("on_foot")),
        on_foot_url=_on_foot_url(shorter, found),
        on_foot_name=within_a_walk(),
        farther_url=_address(shorter, "radius", str(farther)) if farther else "",
        farther_name=_("Look within %(distance)d km") % {"distance": farther} if farther else "",
        hours_unknown=found.hours_unknown,
        previous=_address(asked, "page", str(query.page - 1)) if query.page > 1 else "",
        next=_address(asked, "page", str(query.page + 1)) if query.page * query.size < found.total else "",
    )


def _on_foot_url(asked: QueryDict, found: Answer) -> str:
    """To choose to walk, or not to any more; "" without anywhere to set out from, and where the words say so."""
    place = found.understood.place
    if found.understood.on_foot or not (place.is_point if place else found.query.near):
        return ""
    return _address(asked, "on_foot", "" if asked.get("on_foot") else "1")


def _farther(query: SearchQuery, found: Answer) -> int:
    """Kilometres of the next wider circle, where nothing is in the one that was chosen; 0 where none is offered."""
    if found.total or not query.near or query.on_foot:
        return 0
    return next((radius for radius in WIDER_KM if radius > query.near.radius_km), 0)


def _heading(query: SearchQuery, found: Answer, known: Reference) -> str:
    counted = ngettext("%(count)d service", "%(count)d services", found.total) % {"count": found.total}
    if query.text:
        return _("%(services)s for “%(text)s”") % {"services": counted, "text": query.text}
    needs = known.labels(UUID(term) for term in query.filters.get("need", ()))
    return f"{', '.join(needs)}: {counted}" if needs else counted


def results(found: Answer, known: Reference, language: str, *, explain: bool = False) -> Iterable[Result]:
    """Cards in their order. A hit whose record is gone has no card: the index lags, the records do not."""
    comuni = found.query.filters.get("comune", frozenset())
    comune = next(iter(comuni)) if len(comuni) == 1 else None
    services = catalogue.services(found.services, language)
    for one in found.found:
        if read := services.get(one.hit.service):
            shown = card(
                read.thing,
                known,
                place=one.hit.place,
                distance_km=one.hit.distance_km,
                own_language=read.own_language,
                comune=comune,
            )
            yield Result(
                shown,
                fit_line(one.fit),
                opens(one.opens, timezone.localtime()) if one.opens else "",
                explained(one) if explain else (),
            )


def _facets(asked: QueryDict, query: SearchQuery, found: Answer, known: Reference) -> Iterable[FacetBox]:
    names = _names(known)
    for facet, title in SHOWN_FACETS.items():
        choices = tuple(_choices(facet, names, asked, query, found))
        if len(choices) > 1 or facet in query.filters:
            yield FacetBox(title(), choices, facet in query.filters)
    for facet, attribute in attributes.filters(known):
        choices = tuple(_choices(facet, attributes.value_names(attribute), asked, query, found))
        # Few services state an attribute: one value alone narrows too.
        if any(choice.chosen or choice.count < found.total for choice in choices):
            yield FacetBox(text_of(attribute.name), choices, facet in query.filters)


def _choices(
    facet: str, names: Mapping[str, str], asked: QueryDict, query: SearchQuery, found: Answer
) -> Iterable[Choice]:
    chosen = query.filters.get(facet, frozenset())
    shown = [(value, count) for value, count in found.facets.get(facet, ()) if value in names]
    for value, count in shown[:MOST_VALUES]:
        yield Choice(names[value], count, _toggled(asked, facet, value), value in chosen)


def _chips(asked: QueryDict, known: Reference) -> Iterable[Chip]:
    names = _names(known)
    for facet in (*SHOWN_FACETS, "life_event", "figure", "organization", "program", "territory", "status"):
        for value in asked.getlist(facet):
            if value.strip():
                yield Chip(
                    names.get(value.lower(), names.get(value, _("another filter"))), _toggled(asked, facet, value)
                )
    yield from _attribute_chips(asked, known)
    for name in person.NAMES:
        for value in asked.getlist(name):
            if value.strip():
                names_of_fact = fact_names({name: frozenset({value})}) or [names.get(value, value)]
                yield Chip(capfirst(names_of_fact[0]), _toggled(asked, name, value))
    if asked.get("near"):
        yield Chip(_("near you"), _address(_without(asked, "radius", "on_foot", "order"), "near", ""))


def _attribute_chips(asked: QueryDict, known: Reference) -> Iterable[Chip]:
    for facet, attribute in attributes.filters(known):
        for value in asked.getlist(facet):
            if name := attributes.value_names(attribute).get(value.strip()):
                yield Chip(f"{text_of(attribute.name)}: {name}", _toggled(asked, facet, value))


def _names(known: Reference) -> Mapping[str, str]:
    """Value of a facet → what people call it."""
    return {
        **{str(key): text_of(term.name) for key, term in known.terms.items()},
        **{slug: text_of(territory.name) for slug, territory in known.territories.items()},
        **known.comuni(),
        **{value: capfirst(str(label)) for value, label in Price.choices},
        **{value: str(label) for value, label in Status.choices},
    }


def _toggled(asked: QueryDict, name: str, value: str) -> str:
    """This search with one value of a facet put on, or taken off; from its first page."""
    values = [given for given in asked.getlist(name) if given != value]
    if len(values) == len(asked.getlist(name)):
        values.append(value)
    changed = _without(asked, "page")
    changed.setlist(name, values)
    return _search(changed)


def _address(asked: QueryDict, name: str, value: str) -> str:
    """This search with one parameter set, or taken off where `value` is ""."""
    changed = _without(asked, "page", name)
    if value:
        changed[name] = value
    return _search(changed)


def _without(asked: QueryDict, *names: str) -> QueryDict:
    changed = asked.copy()
    for name in names:
        changed.pop(name, None)
    return changed


def _search(parameters: QueryDict) -> str:
    query = parameters.urlencode()
    return reverse("frontend:search") + (f"?{query}" if query else "")
