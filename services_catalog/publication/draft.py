"""The body a draft would have, were it published now: for previews, and written nowhere."""

from typing import Any

from services_catalog.choices import Audience
from services_catalog.publication import bodies, sealed
from services_catalog.publication.bodies import in_language
from services_catalog.publication.inputs import Inputs, Row
from services_catalog.publication.parts import Part, Parts


class NamesAProtectedPlace(Exception):  # noqa: N818  # it reads so where it is caught
    """The texts hold the address or phone of a sealed place: published, the record would be withheld."""


def draft_body(instance: Any, reader: Audience, language: str) -> Part | None:
    """The body, in one language, that `reader` would have of `instance`; None where the reader would have none.

    Facts are the database's, as on publication; the row's own columns are the instance's. Raises NamesAProtectedPlace.
    """
    kind, row = instance.kind, _row(instance)
    inputs = Inputs(**{f"{kind}s": [instance.pk]})
    rows: dict[Any, Row] = getattr(inputs, f"{kind}s")
    if kind == "location" and instance.pk in rows:
        row["audience"] = rows[instance.pk]["audience"]  # what it shelters may have sealed it
    rows[instance.pk] = row
    parts = Parts(inputs, reader)
    body = _build(kind, parts, row)
    if kind == "service" and sealed.leaking(inputs, instance.pk, {reader: body}):
        raise NamesAProtectedPlace
    cut: Part | None = in_language(body, language) if body else None
    return cut


def _row(instance: Any) -> Row:
    row = {field.attname: getattr(instance, field.attname) for field in instance._meta.concrete_fields}
    return row | {"live": True}


def _build(kind: str, parts: Parts, row: Row) -> Part | None:
    if kind == "service":
        return bodies.service(parts, row)
    if kind == "organization":
        return parts.organization(row)
    return parts.location(row) if row["audience"] in parts.audiences else None
