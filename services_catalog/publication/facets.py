"""The values by which a record is found without a search engine."""

from collections.abc import Iterable, Iterator
from datetime import date

from services_catalog.attributes import facet_values
from services_catalog.choices import Price
from services_catalog.life import Life, status_on
from services_catalog.publication.bodies import SERVICE_TERMS
from services_catalog.publication.parts import Part

EVERYWHERE = "*"
"""The territory of what is of all of them."""


def facets_of(
    body: Part | None,
    shared_with: Iterable[str] = (),
    day: date | None = None,
    filterable: frozenset[str] = frozenset(),
) -> set[tuple[str, str]]:
    """Pairs of facet and value that `body` itself shows: what a reader can't see can't be filtered by.

    `day`: of a service, the one on which its status is told: outside its dates none is active. `filterable`: keys of
    its custom attributes that are facets.
    """
    if body is None:
        return set()
    found = {(facet, str(value)) for facet, value in _SAID[body["kind"]](body) if value}
    if day is not None:
        lives = [one for one in (body, body["program"]) if one]
        status = status_on(day, *(Life(one["status"], one["valid_from"], one["valid_until"]) for one in lives))
        found.add(("status", str(status)))
        found |= facet_values(body["attributes"], filterable)
    return found | {("territory", slug) for slug in shared_with}


def _of_service(body: Part) -> Iterator[tuple[str, object]]:
    yield "territory", body["territory"]
    for name, taxonomy in SERVICE_TERMS.items():
        yield from ((taxonomy, term) for term in body["terms"][name])
    for figure in body["terms"]["figures"]:
        yield "figure", figure["term"]
        yield from (("language", language) for language in figure["languages"])
    yield from (("organization", part["organization"]["id"]) for part in body["organizations"])
    yield from (("comune", area["comune"]) for area in body["service_areas"])
    yield from (("caller", caller) for caller in body["callers"])
    yield from (("cost", price) for price in prices(body["costs"]))
    if body["program"]:
        yield "program", body["program"]["id"]
    for place in body["locations"]:
        location = place["location"]
        yield "location", location["id"]
        yield "comune", location["comune"] and location["comune"]["code"]
        yield from (("accessibility", term) for term in location["accessibility"])


def prices(costs: Iterable[Part]) -> set[Price]:
    """Whether a service is free, or to be paid, or both for different people; neither where no amount is stated."""
    amounts = [float(cost["amount"]) for cost in costs if cost["amount"] is not None]
    return {Price.PAID if amount else Price.FREE for amount in amounts}


def _of_location(body: Part) -> Iterator[tuple[str, object]]:
    yield "territory", body["territory"]
    yield "comune", body["comune"] and body["comune"]["code"]
    yield "postal_code", body["address"] and body["address"]["postal_code"]
    yield from (("accessibility", term) for term in body["accessibility"])


def _of_organization(body: Part) -> Iterator[tuple[str, object]]:
    yield "territory", body["territory"]
    yield "legal_form", body["legal_form"]


def _of_term(body: Part) -> Iterator[tuple[str, object]]:
    yield "taxonomy", body["taxonomy"]
    yield "parent", body["parent"]


def _of_attribute(body: Part) -> Iterator[tuple[str, object]]:
    yield "territory", body["territory"] or EVERYWHERE


def _of_territory(body: Part) -> Iterator[tuple[str, object]]:
    yield "territory", body["slug"]
    yield from (("comune", comune["code"]) for comune in body["comuni"])


_SAID = {
    "service": _of_service,
    "location": _of_location,
    "organization": _of_organization,
    "term": _of_term,
    "attribute": _of_attribute,
    "territory": _of_territory,
}
