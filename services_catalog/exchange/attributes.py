"""Definitions of custom attributes → their tables; and what a file says of services by them.

Like terms, definitions know no draft: those that are not here are made at once, the others are left alone unless asked.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from services_catalog import models
from services_catalog.attributes import Definition, Value, is_cut
from services_catalog.exchange.checks import WIDTH, own_problems
from services_catalog.exchange.lines import Errors
from services_catalog.exchange.store import fetched, store, texts
from services_catalog.publication import document as shape
from services_catalog.publication.inputs import Row, plain
from services_catalog.publication.transaction import Key, publishing

Known = Mapping[UUID, Row]


def store_attributes(said: Iterable[tuple[int, shape.Attribute]], renew: bool = False) -> None:
    """Make the definitions that are not here; `renew`: bring the others to what is said. `said`: with their lines.

    Raises ImportRefused.
    """
    bodies = {body.id: (line, body) for line, body in said}
    existing = {row["id"]: row for row in fetched(models.Attribute, "id", bodies)}
    due = {key: body for key, (_line, body) in bodies.items() if renew or key not in existing}
    errors = Errors()
    territories = dict(models.Territory.objects.values_list("slug", "pk"))
    rows = {key: _row(body, territories) for key, body in due.items()}
    choices = {row["id"]: row for body in due.values() for row in _choices(body)}
    for key, problem in (*own_problems({models.Attribute: rows}), *_misplaced(due, rows, existing)):
        errors.add(bodies[key][0], problem)
    for key, problem in own_problems({models.AttributeChoice: choices}):
        errors.add(bodies[choices[key]["attribute_id"]][0], problem)
    errors.refuse_if_any()
    with publishing() as pending:
        pending.touch((Key("attribute", key) for key in _write(rows, choices, existing)), hides=True)


def _write(rows: dict[UUID, Row], choices: dict[UUID, Row], existing: Known) -> set[UUID]:
    """Returns the ids of the attributes that were new or changed."""
    changed = store(models.Attribute, rows, existing)
    offered = {row["id"]: row for row in fetched(models.AttributeChoice, "attribute_id", rows)}
    gone = offered.keys() - choices.keys()
    plain(models.AttributeChoice).filter(pk__in=gone).delete()
    others = store(models.AttributeChoice, choices, offered) | gone
    return changed | {(choices.get(key) or offered[key])["attribute_id"] for key in others}


def _row(body: shape.Attribute, territories: Mapping[str, UUID]) -> Row:
    own = {name: getattr(body, name) for name in ("id", "key", "filterable", "order")}
    said = {"type": body.type.value, "audience": body.audience.value, "active": True}
    return own | said | {"territory_id": territories.get(body.territory or ""), **texts("name", body.name)}


def _choices(body: shape.Attribute) -> Iterator[Row]:
    """Ids are made of the keys: the same whoever states them."""
    kept = models.AttributeChoice.objects.filter(attribute=body.id).values_list("key", "pk")
    ids: dict[str, Any] = dict(kept)
    for place, choice in enumerate(body.choices):
        key = ids.get(choice.key) or uuid5(body.id, choice.key)
        own = {"attribute_id": body.id, "key": choice.key, "position": place}
        yield {"id": key, **own, **texts("name", choice.name)}


def _misplaced(due: Mapping[UUID, shape.Attribute], rows: Known, existing: Known) -> Iterator[tuple[UUID, str]]:
    """Definitions of an unknown territory, under another's key, or for more readers than here."""
    taken = {row["key"]: row["id"] for row in fetched(models.Attribute, "key", (body.key for body in due.values()))}
    for key, body in due.items():
        if body.territory and rows[key]["territory_id"] is None:
            yield key, _("unknown territory “%s”") % body.territory
        if taken.setdefault(body.key, key) != key:
            yield key, _("another attribute is called “%s” here") % body.key
        now = existing[key]["audience"] if key in existing else body.audience
        if WIDTH[body.audience] > WIDTH[now]:
            said = {"id": key, "now": now, "said": body.audience.value}
            yield key, _("%(id)s is for “%(now)s” here, and the file would show it to “%(said)s”") % said


def unfit(services: Known, present: Known, known: Iterable[Definition]) -> Iterator[tuple[UUID, str]]:
    """Values in a file that no definition has; what a service has already may be said again."""
    by_key = {one.key: one for one in known}
    for service, row in services.items():
        held = present[service]["attributes"] if service in present else {}
        for key, value in row["attributes"].items():
            one = by_key.get(key)
            if is_cut(value) or (key in held and held[key] == value):
                continue
            if one is None or not one.is_of(row["territory_id"]):
                yield service, _("unknown attribute “%s”") % key
            elif not _same(one.reads(value), value):
                yield service, _("“%(value)s” is no value of the attribute “%(key)s”") % {"value": value, "key": key}


def with_what_is_kept(values: Row, held: Row, shown: Iterable[Definition]) -> Row:
    """`values` of a file, and those held that it would not have shown, which it does not take away."""
    told = {one.key for one in shown if one.reads(held.get(one.key)) is not None}
    told -= {key for key, value in values.items() if is_cut(value)}
    said = {key: value for key, value in values.items() if not is_cut(value)}
    return {**{key: value for key, value in held.items() if key not in told}, **said}


def _same(read: Value | None, said: Any) -> bool:
    """Whether a value is what was said: several choices in any order, a text with its spaces."""
    if isinstance(read, list) and isinstance(said, list):
        return len(read) == len(said) and set(read) == set(said)
    return read == (said.strip() if isinstance(said, str) else said)
