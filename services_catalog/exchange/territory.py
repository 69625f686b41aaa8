"""A territory's document → its rows. Imports and loads make territories with it; staff do so on their screen."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid5

from django.db import models as db

from services_catalog import models
from services_catalog.exchange.store import fetched, store, texts
from services_catalog.publication import document as shape
from services_catalog.publication.inputs import Row, plain
from services_catalog.publication.transaction import Key, publishing

CLOSURES = UUID("0d9a4c5e-7f1b-5a36-9c8e-64b2f0a1d7c3")


def closure_id(code: str, month: int, day: int) -> UUID:
    """The id of a comune's patron saint's day: the same whoever states it."""
    return uuid5(CLOSURES, f"{code}/{month}/{day}")


def rows_of(body: shape.Territory) -> dict[type[db.Model], dict[UUID, Row]]:
    """The territory's own row, its comuni and its numbers, by id."""
    row = {
        "id": body.id,
        "slug": body.slug,
        "type": body.type.value,
        **texts("name", body.name),
        **texts("description", body.description),
        "languages": list(body.languages),
        "demonstration": body.demonstration,
        "show_as_of": body.show_as_of,
        "sources": [{**source.model_dump(mode="json"), "note": source.note or {}} for source in body.sources],
    }
    members = {uuid5(body.id, member.code): _member(body.id, place, member) for place, member in enumerate(body.comuni)}
    numbers = {
        uuid5(body.id, f"emergency/{place}"): _number(body.id, place, number)
        for place, number in enumerate(body.emergency_numbers)
    }
    return {models.Territory: {body.id: row}, models.TerritoryComune: members, models.EmergencyNumber: numbers}


def store_territory(body: shape.Territory) -> models.Territory:
    """Create the territory, or bring it to what `body` says. Comuni that the gazetteer lacks are stored as invented."""
    with publishing() as pending:
        tables = rows_of(body)
        row = tables[models.Territory][body.id]
        known = _by_id(models.Territory, [body.id])
        changed = store(models.Territory, {body.id: row}, known)
        if body.id not in known or any(known[body.id][name] != row[name] for name in ("languages", "show_as_of")):
            # A territory brings languages in which the terms' records have not been compiled, and a day of its own.
            pending.reissue.add(body.id)
        changed |= store_comuni(body.comuni)
        changed |= _replace(models.TerritoryComune, body.id, tables[models.TerritoryComune])
        changed |= _replace(models.EmergencyNumber, body.id, tables[models.EmergencyNumber])
        if changed:
            pending.touch([Key("territory", body.id), *(Key("comune", member.code) for member in body.comuni)])
    return models.Territory.objects.get(pk=body.id)


def _by_id(model: type[db.Model], keys: Iterable[Any]) -> dict[Any, Row]:
    return {row["id"]: row for row in fetched(model, "id", keys)}


def _replace(model: type[db.Model], territory: UUID, wanted: dict[UUID, Row]) -> set[Any]:
    """The territory's rows become the wanted ones."""
    existing = {row["id"]: row for row in fetched(model, "territory_id", [territory])}
    gone = existing.keys() - wanted.keys()
    plain(model).filter(pk__in=gone).delete()
    return store(model, {key: {"id": key, **row} for key, row in wanted.items()}, existing) | gone


def store_comuni(members: Iterable[shape.TerritoryComune]) -> set[Any]:
    """Invented comuni, and every comune's patron saint's day. Returns the keys of rows that were new or changed."""
    members = list(members)
    known = {row["code"]: row for row in fetched(models.Comune, "code", (member.code for member in members))}
    own = ("code", "name", "province", "latitude", "longitude")
    invented = {
        member.code: {**{name: getattr(member, name) for name in own}, "fictional": True}
        for member in members
        if member.code not in known or known[member.code]["fictional"]
    }
    changed = store(models.Comune, invented, known)
    days = {
        closure_id(member.code, day.month, day.day): {
            "comune_id": member.code,
            "month": day.month,
            "day": day.day,
            **texts("reason", day.reason),
        }
        for member in members
        for day in member.closures
    }
    wanted = {key: {"id": key, **row} for key, row in days.items()}
    return changed | store(models.ComuneClosure, wanted, _by_id(models.ComuneClosure, wanted))


def _member(territory: UUID, place: int, member: shape.TerritoryComune) -> Row:
    return {
        "territory_id": territory,
        "comune_id": member.code,
        "position": place,
        "office_phone": member.office.phone,
        "office_opening_hours": member.office.opening_hours,
    }


def _number(territory: UUID, place: int, number: shape.EmergencyNumber) -> Row:
    return {
        "territory_id": territory,
        "position": place,
        "number": number.number,
        "source": number.source,
        "checked_on": number.checked_on,
        **texts("name", number.name),
    }
