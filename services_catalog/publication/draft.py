"""The body a draft would have, were it published now: for previews, and written nowhere."""

from typing import Any

from services_catalog import models
from services_catalog.choices import Audience
from services_catalog.publication import bodies, sealed, vocabulary
from services_catalog.publication.bodies import in_language
from services_catalog.publication.feed import READERS
from services_catalog.publication.inputs import Inputs, Row
from services_catalog.publication.parts import Part, Parts
from services_catalog.publication.secrets import Near, Secrets
from services_catalog.publication.secrets_of_all import OfAll

OF_ALL = {
    models.Attribute: vocabulary.attributes,
    models.TaxonomyTerm: vocabulary.terms,
    models.Territory: vocabulary.territories,
}
"""What has no drafts, and how its bodies are made of the database's rows."""


class NamesAProtectedPlace(Exception):  # noqa: N818  # it reads so where it is caught
    """The texts hold the address or phone of a sealed place: published, they would be withheld."""


def draft_body(instance: Any, reader: Audience, language: str) -> Part | None:
    """The body, in one language, that `reader` would have of `instance`; None where the reader would have none.

    Facts are the database's, as on publication; the row's own columns are the instance's. Raises NamesAProtectedPlace.
    """
    body, secrets = _body_and_secrets(instance, reader)
    if _told(body, secrets):
        raise NamesAProtectedPlace
    shown = sealed.without(body, secrets).body
    cut: Part | None = in_language(shown, language) if shown else None
    return cut


def texts_left_out(instance: Any) -> set[str]:
    """Keys of the texts that no reader gets, were it published now, for they name a protected place."""
    if build := OF_ALL.get(type(instance)):
        hidden = OfAll()
        return set().union(*(_told(body, hidden.of(body)) for body in build([instance.pk]).values()))
    return set().union(*(_told(*_body_and_secrets(instance, reader)) for reader in READERS))


def _told(body: Part | None, secrets: Secrets) -> set[str]:
    """Keys of its own texts that tell: an organization's are said of the organization."""
    own = {key: value for key, value in (body or {}).items() if key not in {"organizations", "program"}}
    return sealed.without(own, secrets).fields


def _body_and_secrets(instance: Any, reader: Audience) -> tuple[Part | None, Secrets]:
    kind, row = instance.kind, _row(instance)
    inputs = Inputs(**{f"{kind}s": [instance.pk]})
    rows: dict[Any, Row] = getattr(inputs, f"{kind}s")
    if kind == "location" and instance.pk in rows:
        row["audience"] = rows[instance.pk]["audience"]  # what it shelters may have sealed it
    rows[instance.pk] = row
    return _build(kind, Parts(inputs, reader), row), getattr(Near(inputs), f"of_{kind}")(instance.pk)


def _row(instance: Any) -> Row:
    row = {field.attname: getattr(instance, field.attname) for field in instance._meta.concrete_fields}
    return row | {"live": True}


def _build(kind: str, parts: Parts, row: Row) -> Part | None:
    if kind == "service":
        return bodies.service(parts, row)
    if kind == "organization":
        return parts.organization(row)
    return parts.location(row) if row["audience"] in parts.audiences else None
