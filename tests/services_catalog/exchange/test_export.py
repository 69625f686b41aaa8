"""What an export holds, and above all what it does not."""

import pytest
from django.core.management import CommandError, call_command

from services_catalog import models
from services_catalog.demonstration.markers import OPERATOR, SEALED
from services_catalog.publication import records
from tests.services_catalog.exchange.conftest import exported, parsed

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_a_public_export_holds_no_trace_of_what_is_hidden(valdarmonia):
    text = exported("valdarmonia").decode()

    assert [marker for marker in SEALED + OPERATOR if marker in text] == []


def test_an_operators_export_holds_the_operators_part_and_nothing_sealed(valdarmonia):
    text = exported("valdarmonia", "operator").decode()

    assert [marker for marker in SEALED if marker in text] == []
    assert [marker for marker in OPERATOR if marker not in text] == []


def test_nobody_exports_for_the_sealed_audience(valdarmonia, tmp_path):
    with pytest.raises(CommandError, match="invalid choice"):
        call_command("export_catalogue", "--territory", "valdarmonia", "--audience", "sealed")


def test_a_line_is_the_very_body_of_the_record(iglesias):
    for line in exported("plus-iglesias").splitlines():
        body = parsed(line)[0]
        assert line == records.body(body["kind"], body["id"], "public", "all")


def test_the_territory_comes_first_then_services_one_a_line_then_what_no_service_shows(iglesias):
    bodies = parsed(exported("plus-iglesias"))
    kinds = [body["kind"] for body in bodies]
    names = {body["name"] for body in bodies if body["kind"] == "organization"}

    assert kinds == sorted(kinds, key=["territory", "service", "organization", "location"].index)
    assert kinds.count("territory") == 1
    assert kinds.count("service") == models.Service.objects.count()
    assert "Caritas Diocesana di Iglesias" in names
    assert "PLUS di Iglesias" not in names, "it stands in the services it leads"


def test_a_term_is_exported_that_somebody_added_and_none_that_is_shipped(iglesias):
    term = models.TaxonomyTerm.objects.create(taxonomy_id="need", slug="miniera", name_it="Dopo la miniera")

    terms = [body for body in parsed(exported("plus-iglesias")) if body["kind"] == "term"]

    assert [body["id"] for body in terms] == [str(term.pk)]


def test_a_draft_is_not_exported(iglesias):
    library = models.Service.objects.get(name_it="Biblioteca")
    assert str(library.pk) in exported("plus-iglesias").decode()

    library.unpublish()

    assert str(library.pk) not in exported("plus-iglesias").decode()


def test_the_command_writes_a_file_and_names_the_known_territories(iglesias, tmp_path):
    file = tmp_path / "plus.jsonl"
    call_command("export_catalogue", "--territory", "plus-iglesias", "--output", str(file), verbosity=0)

    assert file.read_bytes() == exported("plus-iglesias")
    with pytest.raises(CommandError, match="Known: plus-iglesias"):
        call_command("export_catalogue", "--territory", "atlantis")


def test_a_file_that_cannot_be_written_is_said_to_be_so(iglesias, tmp_path):
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("export_catalogue", "--territory", "plus-iglesias", "--output", str(tmp_path / "no" / "x.jsonl"))
