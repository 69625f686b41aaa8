"""A whole file → the catalogue: its territory, the terms somebody added to the shipped ones and the custom attributes,
then everything else.

These three know no draft. Those that are not here are made at once, so that the rest has where to stand;
those that are here are left alone, unless the territory is asked for too.
"""

from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from services_catalog import models
from services_catalog.exchange.attributes import store_attributes
from services_catalog.exchange.checks import own_problems
from services_catalog.exchange.importing import Summary, import_lines
from services_catalog.exchange.lines import Errors, Line
from services_catalog.exchange.store import fetched, store, texts
from services_catalog.exchange.territory import rows_of, store_territory
from services_catalog.publication import document as shape
from services_catalog.publication.inputs import Row
from services_catalog.publication.transaction import Key, publishing


class _Rehearsed(Exception):  # noqa: N818
    """Ends the transaction of a dry run without a trace."""


def import_file(
    lines: Sequence[Line], slug: str, *, publish: bool = False, dry_run: bool = False, territory_too: bool = False
) -> Summary:
    """Import the file into the territory `slug`, in one transaction.

    Raises ImportRefused, or Territory.DoesNotExist where neither catalogue nor file has it; with nothing written.
    """
    summary = Summary(0, 0, 0)
    try:
        with publishing():
            territory = _territory(lines, slug, territory_too)
            _store_terms(lines, territory_too)
            store_attributes(_attributes(lines), renew=territory_too)
            summary = import_lines(lines, territory, publish=publish)
            if dry_run:
                raise _Rehearsed
    except _Rehearsed:
        pass
    return summary


def _territory(lines: Iterable[Line], slug: str, renew: bool) -> models.Territory:
    """The territory, made if it is not here."""
    errors = Errors()
    said = [(line.number, line.document) for line in lines if isinstance(line.document, shape.Territory)]
    for number, body in said:
        if body.slug != slug:
            names = {"said": body.slug, "slug": slug}
            errors.add(number, _("the line is of the territory “%(said)s”, the import of “%(slug)s”") % names)
    there = models.Territory.objects.filter(slug=slug).first()
    if there is not None and not (said and renew):
        errors.refuse_if_any()
        return there
    if not said:
        raise models.Territory.DoesNotExist
    number, body = said[0]
    for problem in _territory_problems(body):
        errors.add(number, problem)
    errors.refuse_if_any()
    return store_territory(body)


def _territory_problems(body: shape.Territory) -> Iterator[str]:
    for other in models.Territory.objects.filter(pk=body.id).exclude(slug=body.slug):
        yield _("the id %s belongs to another territory") % other.pk
    for other in models.Territory.objects.filter(slug=body.slug).exclude(pk=body.id):
        yield _("“%(slug)s” has the id %(id)s here") % {"slug": body.slug, "id": other.pk}
    yield from (problem for _key, problem in own_problems(rows_of(body)))


def _attributes(lines: Iterable[Line]) -> Iterator[tuple[int, shape.Attribute]]:
    yield from ((line.number, line.document) for line in lines if isinstance(line.document, shape.Attribute))


def _store_terms(lines: Iterable[Line], renew: bool) -> None:
    """Make the terms that are not here."""
    said = [(line.number, line.document) for line in lines if isinstance(line.document, shape.Term)]
    existing = {row["id"]: row for row in fetched(models.TaxonomyTerm, "id", (body.id for _number, body in said))}
    wanted = {body.id: _term(body) for _number, body in said if renew or body.id not in existing}
    errors = Errors()
    number_of = {body.id: number for number, body in said}
    for key, problem in (*own_problems({models.TaxonomyTerm: wanted}), *_misplaced(wanted)):
        errors.add(number_of[key], problem)
    errors.refuse_if_any()
    with publishing() as pending:
        pending.touch(Key("term", key) for key in store(models.TaxonomyTerm, wanted, existing))


def _misplaced(wanted: dict[UUID, Row]) -> Iterator[tuple[UUID, str]]:
    """Terms without a place: of an unknown taxonomy, under an unknown term, under another's short name."""
    taxonomies = set(models.Taxonomy.objects.values_list("slug", flat=True))
    parents = [row["parent_id"] for row in wanted.values()]
    known = {row["id"] for row in fetched(models.TaxonomyTerm, "id", parents)} | wanted.keys() | {None}
    taken = {
        (row["taxonomy_id"], row["slug"]): row["id"]
        for row in fetched(models.TaxonomyTerm, "slug", (row["slug"] for row in wanted.values()))
    }
    for key, row in wanted.items():
        if row["taxonomy_id"] not in taxonomies:
            yield key, _("unknown taxonomy “%s”") % row["taxonomy_id"]
        if row["parent_id"] not in known:
            yield key, _("unknown term %s") % row["parent_id"]
        if taken.get((row["taxonomy_id"], row["slug"]), key) != key:
            yield key, _("another term is called “%s” here") % row["slug"]


def _term(body: shape.Term) -> Row:
    return {
        "id": body.id,
        "taxonomy_id": body.taxonomy,
        "slug": body.slug,
        "parent_id": body.parent,
        "pictogram": body.pictogram,
        "order": body.order,
        **texts("name", body.name),
        **texts("description", body.description),
    }
