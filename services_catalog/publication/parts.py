"""Rows → parts of bodies, for one reader. What the reader must not see is left out here, and nowhere else."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import orjson

from services_catalog.choices import Audience
from services_catalog.languages import Prose, prose
from services_catalog.publication.feed import READERS, visible_to
from services_catalog.publication.inputs import Inputs, Row

Part = dict[str, Any]


def money(amount: Any) -> str | None:
    """Euros as a string with two decimals: JSON has no decimal number."""
    return None if amount is None else f"{amount:.2f}"


def sources(row: Row) -> list[Part]:
    """Where the row's statements come from. Notes are texts in languages, kept as they are given."""
    return [
        {
            "title": source["title"],
            "dated": source.get("dated"),
            "url": source.get("url", ""),
            "note": Prose(source.get("note") or {}),
        }
        for source in row["sources"]
    ]


def readers_of(live: bool, audience: str) -> frozenset[Audience]:
    """Who has a record of a service: of a sealed one, operators, to refer."""
    least = Audience.OPERATOR if audience == Audience.SEALED else audience
    return frozenset(reader for reader in READERS if live and least in visible_to(reader))


class Parts:
    """Builds the parts that services, places and organizations share, as `reader` may see them."""

    def __init__(self, inputs: Inputs, reader: Audience) -> None:
        self.inputs = inputs
        self.reader = reader
        self.audiences = frozenset(visible_to(reader))
        self.withheld: set[UUID | str] = set()

    def seen(self, found: Iterable[Row]) -> list[Row]:
        """The rows meant for the reader; the others are noted as withheld."""
        shown = []
        for row in found:
            if row["audience"] in self.audiences:
                shown.append(row)
            else:
                self.withheld.add(row["id"])
        return shown

    def attributes(self, row: Row) -> Part:
        """The service's values of custom attributes, those that fit a definition meant for the reader."""
        shown: Part = {}
        for one in self.inputs.attributes:
            value = one.reads(row["attributes"].get(one.key)) if one.is_of(row["territory_id"]) else None
            if value is None:
                continue
            if one.audience in self.audiences:
                shown[one.key] = value
            else:
                self.withheld.add(orjson.dumps({one.key: value}).decode()[1:-1])
        return shown

    def known(self, service: UUID | None) -> UUID | None:
        """The id of another service, if the reader has a record of it."""
        if service is None or self.reader in readers_of(**self.inputs.targets[service]):
            return service
        self.withheld.add(service)
        return None

    def schedules(self, owner: UUID) -> list[Part]:
        return [
            {
                "id": row["id"],
                "audience": row["audience"],
                "callers": row["callers"],
                "kind": row["kind"],
                "rule": row["rule"],
                "opening_hours": row["opening_hours"],
                "valid_from": row["valid_from"],
                "valid_until": row["valid_until"],
                "closes_on_comune_holidays": row["closes_on_comune_holidays"],
                "description": prose(row, "description"),
                "exceptions": [
                    {
                        "starts": exception["starts"],
                        "ends": exception["ends"],
                        "opening_hours": exception["opening_hours"],
                        "reason": prose(exception, "reason"),
                    }
                    for exception in self.inputs.exceptions.get(row["id"], ())
                ],
            }
            for row in self.seen(self.inputs.schedules.get(owner, ()))
        ]

    def phones(self, owner: UUID) -> list[Part]:
        return [
            {
                "id": row["id"],
                "audience": row["audience"],
                "callers": row["callers"],
                "type": row["type"],
                "number": row["number"],
                "extension": row["extension"],
                "description": prose(row, "description"),
                "languages": self.inputs.phone_languages.get(row["id"], []),
                "schedules": self.schedules(row["id"]),
            }
            for row in self.seen(self.inputs.phones.get(owner, ()))
        ]

    def contacts(self, owner: UUID) -> list[Part]:
        return [
            {
                "id": row["id"],
                "audience": row["audience"],
                "callers": row["callers"],
                "name": row["name"],
                "title": prose(row, "title"),
                "department": prose(row, "department"),
                "email": row["email"],
                "figure": row["figure_id"],
                "languages": self.inputs.contact_languages.get(row["id"], []),
            }
            for row in self.seen(self.inputs.contacts.get(owner, ()))
        ]

    def comune(self, code: str | None) -> Part | None:
        if code is None:
            return None
        return {
            "code": code,
            "name": self.inputs.comuni[code]["name"],
            "closures": [closure(row) for row in self.inputs.closures.get(code, ())],
        }

    def location(self, row: Row) -> Part:
        """A place the reader may see (the caller has made sure)."""
        address = {
            "street": row["street"],
            "postal_code": row["postal_code"],
            "locality": row["locality"],
            "note": prose(row, "address_note"),
        }
        return {
            "kind": "location",
            "id": row["id"],
            "territory": self.inputs.territories[row["territory_id"]],
            "audience": row["audience"],
            "callers": row["callers"],
            "type": row["type"],
            "name": prose(row, "name"),
            "description": prose(row, "description"),
            "transportation": prose(row, "transportation"),
            "url": row["url"],
            "comune": self.comune(row["comune_id"]),
            "address": address if any(address.values()) else None,
            "latitude": row["latitude"],
            "longitude": row["longitude"],
            "accessibility": self.inputs.accessibility.get(row["id"], []),
            "accessibility_note": prose(row, "accessibility_note"),
            "phones": self.phones(row["id"]),
            "contacts": self.contacts(row["id"]),
            "schedules": self.schedules(row["id"]),
            "sources": sources(row),
            "assured_date": row["assured_date"],
            "untranslated": [],
        }

    def organization(self, row: Row) -> Part:
        return {
            "kind": "organization",
            "id": row["id"],
            "territory": self.inputs.territories[row["territory_id"]],
            "name": row["name"],
            "alternate_name": row["alternate_name"],
            "description": prose(row, "description"),
            "legal_form": row["legal_form"],
            "identifiers": [
                {key: identifier[key] for key in ("scheme", "value", "valid_from", "valid_until")}
                for identifier in self.inputs.identifiers.get(row["id"], ())
            ],
            "founded": row["founded"],
            "dissolved": row["dissolved"],
            "url": row["url"],
            "email": row["email"],
            "phones": self.phones(row["id"]),
            "contacts": self.contacts(row["id"]),
            "sources": sources(row),
            "assured_date": row["assured_date"],
            "untranslated": [],
        }

    def program(self, key: UUID | None) -> Part | None:
        if key is None:
            return None
        row = self.inputs.programs[key]
        return {
            "id": key,
            "name": prose(row, "name"),
            "description": prose(row, "description"),
            **{name: row[name] for name in ("status", "valid_from", "valid_until", "act", "cup")},
            "amount": money(row["amount"]),
            "spent": money(row["spent"]),
            "funds": [
                {"name": fund["name"], "amount": money(fund["amount"]), "logo_owed": fund["logo_owed"]}
                for fund in self.inputs.funds.get(key, ())
            ],
            "partners": [
                {"role": partner["role"], "organization": partner["organization_id"], "name": partner["name"]}
                for partner in self.inputs.partners.get(key, ())
                if partner["live"]
            ],
            "results": [
                {
                    "description": prose(result, "description"),
                    "value": result["value"],
                    "measured_on": result["measured_on"],
                }
                for result in self.inputs.results.get(key, ())
            ],
            "sources": sources(row),
        }


def closure(row: Row) -> Part:
    """A comune's day of rest."""
    return {"month": row["month"], "day": row["day"], "reason": prose(row, "reason")}
