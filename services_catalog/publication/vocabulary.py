"""Bodies of terms, custom attributes and territories: what the other bodies name by id, key or slug."""

from collections.abc import Iterable
from uuid import UUID

from services_catalog import models
from services_catalog.attributes import CHOOSING
from services_catalog.languages import prose
from services_catalog.publication.inputs import by, plain, rows
from services_catalog.publication.parts import Part, closure, sources


def terms(ids: Iterable[UUID]) -> dict[UUID, Part]:
    """Bodies of terms by id."""
    return {
        row["id"]: {
            "kind": "term",
            "id": row["id"],
            "taxonomy": row["taxonomy_id"],
            "slug": row["slug"],
            "parent": row["parent_id"],
            "name": prose(row, "name"),
            "description": prose(row, "description"),
            "pictogram": row["pictogram"],
            "order": row["order"],
            "untranslated": [],
        }
        for row in rows(models.TaxonomyTerm, id__in=list(ids))
    }


def attributes(ids: Iterable[UUID]) -> dict[UUID, Part]:
    """Bodies of the custom attributes in use, by id."""
    found = rows(models.Attribute, id__in=list(ids), active=True)
    choices = by(
        "attribute_id", plain(models.AttributeChoice).filter(attribute_id__in=[row["id"] for row in found]).values()
    )
    slugs = dict(plain(models.Territory).values_list("id", "slug"))
    return {
        row["id"]: {
            "kind": "attribute",
            "id": row["id"],
            "key": row["key"],
            "type": row["type"],
            "territory": slugs[row["territory_id"]] if row["territory_id"] else None,
            "audience": row["audience"],
            "name": prose(row, "name"),
            "choices": [{"key": choice["key"], "name": prose(choice, "name")} for choice in choices[row["id"]]]
            if row["type"] in CHOOSING
            else [],
            "filterable": row["filterable"],
            "order": row["order"],
            "untranslated": [],
        }
        for row in found
    }


def territories(ids: Iterable[UUID]) -> dict[UUID, Part]:
    """Bodies of territories by id, with their comuni."""
    found = rows(models.Territory, id__in=list(ids))
    keys = [row["id"] for row in found]
    members = rows(models.TerritoryComune, territory_id__in=keys)
    codes = [row["comune_id"] for row in members]
    comuni = {row["code"]: row for row in rows(models.Comune, code__in=codes)}
    closures = by("comune_id", rows(models.ComuneClosure, comune_id__in=codes))
    istat = by("comune_id", rows(models.IstatCode, comune_id__in=codes))
    numbers = by("territory_id", rows(models.EmergencyNumber, territory_id__in=keys))
    of_territory = by("territory_id", members)
    return {
        row["id"]: {
            "kind": "territory",
            "id": row["id"],
            "slug": row["slug"],
            "type": row["type"],
            "name": prose(row, "name"),
            "description": prose(row, "description"),
            "demonstration": row["demonstration"],
            "languages": row["languages"],
            "show_as_of": row["show_as_of"],
            "comuni": [
                {
                    "code": member["comune_id"],
                    **{key: comuni[member["comune_id"]][key] for key in ("name", "province", "latitude", "longitude")},
                    "istat_codes": [
                        {key: code[key] for key in ("code", "valid_from", "valid_until")}
                        for code in istat.get(member["comune_id"], ())
                    ],
                    "closures": [closure(day) for day in closures.get(member["comune_id"], ())],
                    "office": {"phone": member["office_phone"], "opening_hours": member["office_opening_hours"]},
                }
                for member in of_territory.get(row["id"], ())
            ],
            "emergency_numbers": [
                {
                    "number": number["number"],
                    "name": prose(number, "name"),
                    "source": number["source"],
                    "checked_on": number["checked_on"],
                }
                for number in numbers.get(row["id"], ())
            ],
            "sources": sources(row),
            "untranslated": [],
        }
        for row in found
    }
