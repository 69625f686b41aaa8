"""Lines of services, organizations and places → the catalogue: all of them, or nothing and every reason why.

- A file says what its audience may see. What is hidden from that audience (an operators' phone, a sealed place) is not
  in the file and is left as it is; whatever else the file leaves out of a thing it describes is deleted.
- Things are met by their id. Nothing is shown to more people than before: such a line is refused.
- Without `publish` no reader sees any change: new things are drafts, changed prose of published ones is a draft, and
  their facts, which know no draft, are left alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from services_catalog import models
from services_catalog.choices import Audience
from services_catalog.exchange import drafts
from services_catalog.exchange.attributes import unfit
from services_catalog.exchange.checks import check
from services_catalog.exchange.lines import Errors, Line
from services_catalog.exchange.present import Present, audience_of
from services_catalog.exchange.rows import Rows
from services_catalog.exchange.store import relink, store
from services_catalog.exchange.tables import PARTS, TOP
from services_catalog.languages import columns
from services_catalog.models.publishable import Publishable
from services_catalog.publication.inputs import Row, plain
from services_catalog.publication.statistics import MANY, refresh_statistics
from services_catalog.publication.transaction import Key, publishing

SHOWN_OF_SEALED = {
    *("id", "audience", "callers", "status", "valid_from", "valid_until", "assured_date"),
    *(column for name in ("name", "summary", "referral_route", "status_reason") for column in columns(name).values()),
}
"""Columns of which an operators' file knows of a protected service; the others are not for it to change."""


@dataclass(frozen=True)
class Summary:
    """How many services, organizations and places were new, changed, or already as the file says."""

    new: int
    changed: int
    unchanged: int


def import_lines(
    lines: Iterable[Line],
    territory: models.Territory,
    *,
    publish: bool = False,
    speaks_for: Audience | None = None,
) -> Summary:
    """Import the lines in one transaction. `speaks_for` is the audience the file was made for; else it is inferred.

    Raises ImportRefused, with nothing written.
    """
    errors = Errors()
    rows = Rows(territory.pk, territory.slug, errors)
    rows.add_all(lines)
    errors.refuse_if_any()
    if speaks_for == Audience.SEALED:
        rows.blank.clear()
    with publishing() as pending:
        merge = Merge(rows, publish, speaks_for or audience_of(rows))
        merge.check(errors)
        changed = merge.write()
        if changed:
            pending.touch(merge.touched(), hides=True)
    if len(changed) >= MANY:
        refresh_statistics()
    return merge.summary(changed)


class Merge:
    """The rows of a file and those of the catalogue, brought together under the head's lock."""

    def __init__(self, rows: Rows, publish: bool, speaks_for: Audience) -> None:
        self.rows = rows
        self.publish = publish
        self.present = Present(rows, speaks_for)
        self.owner = {
            key: next(owner for name in owners if (owner := row.get(name)))
            for model, owners in PARTS.items()
            for table in (self.present.tables[model], rows.tables[model])
            for key, row in table.items()
        }

    def check(self, errors: Errors) -> None:
        """Raises ImportRefused."""
        check(self.rows, self.present.tables, errors)
        services = models.Service
        for key, message in unfit(self.rows.tables[services], self.present.tables[services], self.present.attributes):
            errors.add(self.rows.line_of[key], message)
        for model in drafts.PUBLISHABLE:
            for key, message in drafts.pending(self.rows.tables[model], self.present.tables[model], model):
                errors.add(self.rows.line_of[key], message)
        errors.refuse_if_any()

    def write(self) -> set[UUID]:
        """Write what differs. Returns the ids of the rows that were created, changed or deleted."""
        left = self._leave_alone()
        changed = self._delete()
        self.present.keep_hidden_attributes(self.rows.tables[models.Service])
        for model in TOP:
            if issubclass(model, Publishable):
                changed |= self._store_with_prose(model)
            else:
                kept = {key: row for key, row in self.rows.tables[model].items() if key not in left}
                changed |= store(model, kept, self.present.tables[model])
        self.present.keep_hidden_steps(self.rows.tables[models.AccessStep])
        for model in PARTS:
            changed |= store(model, self.rows.tables[model], self.present.tables[model])
        for (model, field), wanted in self.rows.links.items():
            linked = {key: terms for key, terms in wanted.items() if key in self.rows.tables[model].keys() - left}
            changed |= relink(model, field, linked)
        return changed

    def touched(self) -> set[Key]:
        """Every thing of the file: what quotes it is compiled too, and only bodies that differ are written."""
        things = {Key(model.kind, key) for model in drafts.PUBLISHABLE for key in self.rows.tables[model]}
        return things | {Key("program", key) for key in self.rows.tables[models.Program]}

    def summary(self, changed: set[UUID]) -> Summary:
        """What happened to the things of the file."""
        things = {key: model for model in drafts.PUBLISHABLE for key in self.rows.tables[model]}
        new = {key for key, model in things.items() if key not in self.present.tables[model]}
        others = {self._thing(key) for key in changed} & things.keys() - new
        return Summary(len(new), len(others), len(things) - len(new) - len(others))

    def _thing(self, key: UUID) -> UUID:
        while key in self.owner:
            key = self.owner[key]
        return key

    def _leave_alone(self) -> set[UUID]:
        """Take the parts of what this import must not touch out of both sides. Returns whose facts those are."""
        left: set[UUID] = set()
        if not self.publish:
            left = {
                key for model in drafts.PUBLISHABLE for key, row in self.present.tables[model].items() if row["live"]
            }
            left |= self.present.tables[models.Program].keys()
        for model in PARTS:
            blank = set() if model is models.ServiceTerm else self.rows.blank
            for table in (self.rows.tables[model], self.present.tables[model]):
                for key in [key for key in table if self.owner[key] in left or self.owner[key] in blank]:
                    left.add(key)
                    del table[key]
        return left

    def _delete(self) -> set[UUID]:
        """Delete the parts that the file leaves out of the things it describes. Returns their ids."""
        deleted: set[UUID] = set()
        for model in reversed(PARTS):
            table = self.present.tables[model]
            gone = [
                key for key in table.keys() - self.rows.tables[model].keys() if self.present.shows(model, table[key])
            ]
            if gone:
                plain(model).filter(pk__in=gone).delete()
                deleted.update(gone)
        return deleted

    def _store_with_prose(self, model: type[Publishable]) -> set[UUID]:
        """Rows that have drafts: what is published is written with a revision of its prose, a draft as one."""
        existing = self.present.tables[model]
        rows, revised = {}, {}
        for key, wanted in self.rows.tables[model].items():
            current = existing.get(key)
            row = wanted if current is None else self._of_existing(wanted)
            if not drafts.says_the_same(row, current, model, live=self.publish):
                rows[key] = drafts.published(row, current) if self.publish else drafts.drafted(row, current)
                revised[key] = {**(current or {}), **row, **rows[key]}
            elif self.publish or (current and not current["live"]):
                rows[key] = row
        changed = store(model, rows, existing)
        drafts.revise(model, revised, live=self.publish)
        return changed | revised.keys()

    def _of_existing(self, row: Row) -> Row:
        """Who keeps a place is decided once; of a protected service an operators' file says little."""
        shown = SHOWN_OF_SEALED if row["id"] in self.rows.blank else row.keys() - {"organization_id"}
        return {name: value for name, value in row.items() if name in shown}
