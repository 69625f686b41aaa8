"""An export imported into an empty installation gives equal records."""

from uuid import UUID, uuid4

import orjson
import pytest
from django.core.management import call_command

from services_catalog import models
from services_catalog.demonstration.load import TERRITORIES
from services_catalog.exchange.file import import_file
from services_catalog.exchange.lines import ImportRefused, read
from tests.services_catalog.exchange.conftest import exported, imported, parsed

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def records(reader: str) -> dict[tuple[str, UUID, str], str]:
    found = models.PublishedRecord.objects.filter(**{f"for_{reader}": True})
    return {(record.kind, record.uuid, record.language): record.body for record in found}


@pytest.mark.parametrize("reader", ["public", "operator"])
@pytest.mark.parametrize("slug", TERRITORIES)
def test_every_territory_comes_back_byte_for_byte_by_the_commands_alone(slug, reader, reference, emptied, tmp_path):
    call_command("load_demonstration", "--territory", slug, verbosity=0)
    file = tmp_path / "lines.jsonl"
    call_command("export_catalogue", "--territory", slug, "--audience", reader, "--output", file, verbosity=0)
    before, content = records(reader), file.read_bytes()

    emptied()
    call_command("import_catalogue", file, "--territory", slug, "--publish")

    assert records(reader) == before
    assert exported(slug, reader) == content


def test_terms_that_somebody_added_come_before_what_they_classify(iglesias, emptied):
    mining = models.TaxonomyTerm.objects.create(taxonomy_id="need", slug="miniera", name_it="Dopo la miniera")
    dust = models.TaxonomyTerm.objects.create(taxonomy_id="need", slug="silicosi", name_it="Silicosi", parent=mining)
    models.ServiceTerm.objects.create(service=models.Service.objects.get(name_it="Biblioteca"), term=dust)
    content = exported("plus-iglesias")

    emptied()
    import_file(read(content.splitlines()), "plus-iglesias", publish=True)

    assert exported("plus-iglesias") == content
    assert models.TaxonomyTerm.objects.get(pk=dust.pk).parent == mining


def test_a_territory_and_a_term_that_are_here_are_left_alone_unless_asked_for(iglesias):
    term = models.TaxonomyTerm.objects.create(taxonomy_id="need", slug="miniera", name_it="Dopo la miniera")
    content = exported("plus-iglesias").splitlines()
    models.Territory.objects.filter(pk=iglesias.pk).update(name_it="PLUS nuovo")
    models.EmergencyNumber.objects.filter(territory=iglesias, number="1522").delete()
    models.TaxonomyTerm.objects.filter(pk=term.pk).update(name_it="Miniere")

    import_file(read(content), "plus-iglesias", publish=True)
    assert str(models.Territory.objects.get()) == "PLUS nuovo"
    assert str(models.TaxonomyTerm.objects.get(pk=term.pk)) == "Miniere"

    import_file(read(content), "plus-iglesias", publish=True, territory_too=True)
    assert exported("plus-iglesias").splitlines() == content


def test_a_dry_run_makes_no_territory(iglesias, emptied):
    content = exported("plus-iglesias").splitlines()
    emptied()

    summary = import_file(read(content), "plus-iglesias", publish=True, dry_run=True)

    assert summary.new > 0
    assert not models.Territory.objects.exists()
    assert not models.PublishedRecord.objects.exclude(kind="term").exists()


def test_a_territorys_line_takes_no_other_territory_over(iglesias, valdarmonia):
    line = parsed(exported("plus-iglesias"))[0]
    for wrong, reason in (
        ({"slug": "atlantide"}, "the id .* belongs to another territory"),
        ({"slug": "atlantide", "id": str(uuid4()), "languages": ["en"]}, "line 1: languages: Italian"),
    ):
        with pytest.raises(ImportRefused, match=reason):
            import_file(read([orjson.dumps(line | wrong)]), "atlantide", publish=True)
    with pytest.raises(ImportRefused, match="line 1: the line is of the territory “plus-iglesias”"):
        import_file(read([orjson.dumps(line)]), "valdarmonia", publish=True)
    lines = read([orjson.dumps(line | {"id": str(uuid4())})])
    with pytest.raises(ImportRefused, match="has the id"):
        import_file(lines, "plus-iglesias", publish=True, territory_too=True)


def test_a_term_without_a_place_is_refused(iglesias):
    models.TaxonomyTerm.objects.create(taxonomy_id="need", slug="miniera", name_it="Dopo la miniera")
    line = next(body for body in parsed(exported("plus-iglesias")) if body["kind"] == "term")
    for wrong, reason in (
        ({"taxonomy": "minerals", "slug": "gold"}, "unknown taxonomy “minerals”"),
        ({"parent": str(uuid4()), "slug": "gold"}, "unknown term"),
        ({}, "another term is called “miniera” here"),
    ):
        with pytest.raises(ImportRefused, match=f"line 1: {reason}"):
            import_file(read([orjson.dumps(line | {"id": str(uuid4())} | wrong)]), "plus-iglesias", publish=True)


def test_importing_an_export_where_it_came_from_changes_nothing(valdarmonia):
    before = models.Change.objects.count()
    revisions = models.Service.objects.values_list("latest_revision_id", flat=True)
    held = list(revisions.order_by("pk"))

    for reader in ("public", "operator"):
        summary = imported(valdarmonia, *exported("valdarmonia", reader).splitlines(), publish=True)
        assert summary.new == summary.changed == 0

    assert models.Change.objects.count() == before
    assert list(revisions.order_by("pk")) == held
