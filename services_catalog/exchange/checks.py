"""What the database, and each table's own rules, must say of the rows before any is written."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models as db
from django.utils.translation import gettext as _

from services_catalog import models
from services_catalog.choices import Audience
from services_catalog.exchange.lines import Errors
from services_catalog.exchange.rows import Rows
from services_catalog.exchange.store import fetched
from services_catalog.exchange.tables import PARTS, TOP
from services_catalog.models.publishable import Translated
from services_catalog.publication.inputs import Row

Existing = Mapping[type[db.Model], Mapping[UUID, Row]]
WIDTH = {Audience.SEALED: 0, Audience.OPERATOR: 1, Audience.PUBLIC: 2}


def check(rows: Rows, existing: Existing, errors: Errors) -> None:
    """Gather every error of the rows, each with its line."""
    for step in (_own_rules, _terms, _comuni, _references, _territories, _audiences):
        for key, message in step(rows, existing):
            errors.add(key if isinstance(key, int) else rows.line_of[key], message)


def _own_rules(rows: Rows, _existing: Existing) -> Iterator[tuple[UUID, str]]:
    yield from own_problems(rows.tables)


def own_problems(tables: Existing) -> Iterator[tuple[UUID, str]]:
    """Lengths, addresses and hours, as the fields and `clean()` of the models rule them."""
    for model, table in tables.items():
        plain_names = model.translated_fields() if issubclass(model, Translated) else ()
        fields = [field for field in model._meta.concrete_fields if field.name not in plain_names]
        for key, row in table.items():
            yield from ((key, problem) for problem in _field_problems(fields, row))
            yield from ((key, problem) for problem in _clean_problems(model(**row)))
            yield from ((key, problem) for problem in _date_problems(row))


def _field_problems(fields: list[Any], row: Row) -> Iterator[str]:
    for field in fields:
        value = row.get(field.attname)
        if value not in (None, "", [], {}):
            try:
                field.run_validators(value)
            except ValidationError as error:
                yield f"{field.name}: {' '.join(error.messages)}"


def _clean_problems(instance: db.Model) -> Iterator[str]:
    try:
        instance.clean()
    except ValidationError as error:
        by_field = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        yield from (f"{name}: {' '.join(messages)}".removeprefix(": ") for name, messages in by_field.items())


def _date_problems(row: Row) -> Iterator[str]:
    for first, last in (("valid_from", "valid_until"), ("starts", "ends"), ("opens", "closes")):
        begins, ends = row.get(first), row.get(last)
        if isinstance(begins, date) and isinstance(ends, date) and begins > ends:
            yield _("%(last)s is before %(first)s") % {"first": first, "last": last}


def _terms(rows: Rows, _existing: Existing) -> Iterator[tuple[int, str]]:
    known = {
        row["id"]: row["taxonomy_id"] for row in fetched(models.TaxonomyTerm, "id", (term for term, _ in rows.terms))
    }
    for (term, taxonomy), line in rows.terms.items():
        if term not in known:
            yield (
                line,
                _("unknown term %(term)s, expected of the taxonomy “%(taxonomy)s”")
                % {"term": term, "taxonomy": taxonomy},
            )
        elif known[term] != taxonomy:
            said = {"term": term, "known": known[term], "taxonomy": taxonomy}
            yield line, _("the term %(term)s is of the taxonomy “%(known)s”, expected of “%(taxonomy)s”") % said


def _comuni(rows: Rows, _existing: Existing) -> Iterator[tuple[UUID, str]]:
    named = [
        (key, row["comune_id"])
        for model in (models.Location, models.ServiceArea)
        for key, row in rows.tables[model].items()
    ]
    named += [(key, code) for key, row in rows.tables[models.EligibilityRule].items() for code in row["comuni"]]
    known = {row["code"] for row in fetched(models.Comune, "code", (code for _, code in named))}
    for key, code in named:
        if code and code not in known:
            yield key, _("unknown comune %s") % code


def _references(rows: Rows, _existing: Existing) -> Iterator[tuple[UUID | int, str]]:
    """Organizations and services that a row names are in the file or in the database; guests are in the database."""
    for model, column, target in (
        (models.ServiceOrganization, "organization_id", models.Organization),
        (models.ProgramPartner, "organization_id", models.Organization),
        (models.ServiceAtLocation, "location_id", models.Location),
        (models.AccessStep, "at_service_id", models.Service),
    ):
        named = {key: row[column] for key, row in rows.tables[model].items() if row[column]}
        absent = set(named.values()) - rows.tables[target].keys()
        absent -= {row["id"] for row in fetched(target, "id", absent)}
        kind = target._meta.verbose_name
        for key, wanted in named.items():
            if wanted in absent:
                yield (
                    key,
                    _("%(kind)s %(id)s is neither in the file nor in the catalogue") % {"kind": kind, "id": wanted},
                )


def _territories(rows: Rows, existing: Existing) -> Iterator[tuple[UUID, str]]:
    """An id of another territory's thing, or of a part of another thing, is not taken over."""
    for model in TOP:
        for key, row in existing[model].items():
            if key in rows.tables[model] and row["territory_id"] != rows.territory:
                yield key, _("the id %s belongs to another territory") % key
    for model, owners in PARTS.items():
        for key, row in rows.tables[model].items():
            current = existing[model].get(key)
            if current and any(current[name] != row.get(name) for name in owners):
                yield key, _("the id %s belongs to a part of something else") % key


def _audiences(rows: Rows, existing: Existing) -> Iterator[tuple[UUID, str]]:
    """A file never shows to more people what the catalogue shows to fewer: that is decided on the screen."""
    for model, table in rows.tables.items():
        for key, row in table.items():
            current = existing[model].get(key)
            if current and "audience" in row and WIDTH[row["audience"]] > WIDTH[current["audience"]]:
                said = {"id": key, "now": current["audience"], "said": row["audience"]}
                yield key, _("%(id)s is for “%(now)s” here, and the file would show it to “%(said)s”") % said
