"""Rows → whole bodies, for one reader, in every language; and from those the body of one language."""

from typing import Any
from uuid import UUID

from services_catalog.choices import Audience
from services_catalog.languages import DEFAULT_LANGUAGE, Prose, prose
from services_catalog.publication.inputs import Row
from services_catalog.publication.parts import Part, Parts, money, sources

SERVICE_TERMS = {
    "needs": "need",
    "targets": "target",
    "life_events": "life_event",
    "languages": "language",
    "ways_of_access": "access",
}
"""Key of a service's terms → slug of their taxonomy."""

PROSE = ("name", "alternate_name", "summary", "description", "who_for", "how_to", "what_you_get", "times", "conditions")


def service(parts: Parts, row: Row) -> Part | None:
    """The body of a service, or None where the reader is to have none."""
    if not row["live"]:
        return None
    if row["audience"] == Audience.SEALED:
        return sealed_service(parts, row) if parts.reader == Audience.OPERATOR else None
    if row["audience"] not in parts.audiences:
        return None
    key = row["id"]
    inputs = parts.inputs
    return {
        **opening(parts, row),
        **{field: prose(row, field) for field in PROSE},
        "referral_route": prose(row, "referral_route"),
        "url": row["url"],
        "email": row["email"],
        "organizations": participations(parts, key),
        "program": parts.program(row["program_id"]),
        "terms": terms(parts, key),
        "eligibility": [eligibility_rule(rule) for rule in inputs.eligibility.get(key, ())],
        "access": access(parts, row),
        "required_documents": [
            {
                "id": document["id"],
                "document": prose(document, "document"),
                "mandatory": document["mandatory"],
                "note": prose(document, "note"),
            }
            for document in inputs.required_documents.get(key, ())
        ],
        "costs": [cost(option) for option in inputs.costs.get(key, ())],
        "service_areas": [
            {
                "comune": area["comune_id"],
                "name": area["name"] or (inputs.comuni[area["comune_id"]]["name"] if area["comune_id"] else ""),
            }
            for area in inputs.areas.get(key, ())
        ],
        "capacities": [capacity(place) for place in inputs.capacities.get(key, ())],
        "phones": parts.phones(key),
        "contacts": parts.contacts(key),
        "schedules": parts.schedules(key),
        "locations": places(parts, key),
        "attributes": parts.attributes(row),
        "sources": sources(row),
        "assured_date": row["assured_date"],
        "untranslated": [],
    }


def opening(parts: Parts, row: Row) -> Part:
    """The keys that every body of a service begins with."""
    return {
        "kind": "service",
        "id": row["id"],
        "territory": parts.inputs.territories[row["territory_id"]],
        "audience": row["audience"],
        "callers": row["callers"],
        "status": row["status"],
        "status_reason": prose(row, "status_reason"),
        "valid_from": row["valid_from"],
        "valid_until": row["valid_until"],
    }


def sealed_service(parts: Parts, row: Row) -> Part:
    """What operators may know of a protected service: how to refer. Built apart, so that nothing slips in."""
    return {
        **opening(parts, row),
        **{field: Prose() for field in PROSE},
        "name": prose(row, "name"),
        "summary": prose(row, "summary"),
        "referral_route": prose(row, "referral_route"),
        "url": "",
        "email": "",
        "organizations": [],
        "program": None,
        "terms": terms(parts, row["id"]) | {"figures": []},
        "eligibility": [],
        "access": {
            "appointment": "",
            "identity_document": "",
            "animals": "",
            "most_nights": None,
            "quota": None,
            "steps": [],
        },
        **{
            name: []
            for name in (
                "required_documents",
                "costs",
                "service_areas",
                "capacities",
                "phones",
                "contacts",
                "schedules",
                "locations",
            )
        },
        "attributes": {},
        "sources": [],
        "assured_date": row["assured_date"],
        "untranslated": [],
    }


def participations(parts: Parts, key: UUID) -> list[Part]:
    """The organizations that are published, each in its role."""
    found = []
    for row in parts.inputs.participations.get(key, ()):
        organization = parts.inputs.organizations[row["organization_id"]]
        if organization["live"]:
            found.append({"role": row["role"], "organization": parts.organization(organization)})
    return found


def places(parts: Parts, key: UUID) -> list[Part]:
    """The service's doors that the reader may know of."""
    found = []
    for row in parts.inputs.places.get(key, ()):
        location = parts.inputs.locations[row["location_id"]]
        if location["audience"] not in parts.audiences:
            parts.withheld.add(location["id"])
        elif location["live"]:
            found.append(
                {
                    "id": row["id"],
                    "location": parts.location(location),
                    "description": prose(row, "description"),
                    "phones": parts.phones(row["id"]),
                    "contacts": parts.contacts(row["id"]),
                    "schedules": parts.schedules(row["id"]),
                }
            )
    return found


def terms(parts: Parts, key: UUID) -> Part:
    """What the service is classified by."""
    found = parts.inputs.terms.get(key, [])
    return {
        **{name: [term for taxonomy, term in found if taxonomy == slug] for name, slug in SERVICE_TERMS.items()},
        "figures": [
            {
                "term": figure["term_id"],
                "number": figure["number"],
                "languages": parts.inputs.figure_languages.get(figure["id"], []),
            }
            for figure in parts.inputs.figures.get(key, ())
        ],
    }


def eligibility_rule(row: Row) -> Part:
    """A rule on who may come."""
    return {
        "id": row["id"],
        **{name: row[name] for name in ("strength", "dimension", "subject", "values", "minimum_age", "maximum_age")},
        "comuni": row["comuni"],
        "isee_maximum": money(row["isee_maximum"]),
        "isee_household": row["isee_household"],
        "isee_year": row["isee_year"],
        "note": prose(row, "note"),
    }


def access(parts: Parts, row: Row) -> Part:
    """How to get in. A step leads to another service only where the reader has that one too."""
    return {
        **{name: row[name] for name in ("appointment", "identity_document", "animals", "most_nights")},
        "quota": {"amount": row["quota_amount"], "per": row["quota_per"]}
        if row["quota_amount"] and row["quota_per"]
        else None,
        "steps": [
            {
                "id": step["id"],
                "kind": step["kind"],
                "description": prose(step, "description"),
                "service": parts.known(step["at_service_id"]),
                **{name: step[name] for name in ("opens", "closes", "opening_hours", "waiting_days")},
            }
            for step in parts.inputs.steps.get(row["id"], ())
        ],
    }


def cost(row: Row) -> Part:
    """A price."""
    return {
        "id": row["id"],
        "amount": money(row["amount"]),
        "description": prose(row, "description"),
        "isee_from": money(row["isee_from"]),
        "isee_to": money(row["isee_to"]),
        "valid_from": row["valid_from"],
        "valid_until": row["valid_until"],
    }


def capacity(row: Row) -> Part:
    """Places, and those reported free."""
    return {
        "id": row["id"],
        "unit": row["unit_id"],
        "population": row["population_id"],
        **{name: row[name] for name in ("maximum", "available", "reported_at", "expires_at")},
        "description": prose(row, "description"),
    }


def in_language(node: Any, language: str) -> Any:
    """`node` with every text as one string: in `language`, else in Italian, else empty.

    A part with the key `untranslated` gets there the names of its texts shown in Italian for want of `language`.
    """
    if isinstance(node, Prose):
        return node.get(language) or node.get(DEFAULT_LANGUAGE, "")
    if isinstance(node, dict):
        cut = {key: in_language(value, language) for key, value in node.items()}
        if "untranslated" in node:
            cut["untranslated"] = [
                key
                for key, value in node.items()
                if isinstance(value, Prose) and language not in value and DEFAULT_LANGUAGE in value
            ]
        return cut
    if isinstance(node, list):
        return [in_language(item, language) for item in node]
    return node
