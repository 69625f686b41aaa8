"""Every wrong line is named with its number and its reason, and nothing of the file is imported."""

from typing import Any
from uuid import uuid4

import orjson
import pytest
from django.core.management import CommandError, call_command

from services_catalog import models
from services_catalog.data.reference import term_id
from services_catalog.exchange.lines import ImportRefused
from tests.services_catalog.exchange.conftest import exported, imported, parsed

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def pis() -> dict[str, Any]:
    bodies = parsed(exported("plus-iglesias"))
    return next(body for body in bodies if body["kind"] == "service" and body["phones"])


def wrong_hours(body: dict[str, Any]) -> None:
    body["schedules"][0]["opening_hours"] = "lun-ven 9-12"


def unknown_term(body: dict[str, Any]) -> None:
    body["terms"]["needs"] = [str(uuid4())]


def term_of_another_taxonomy(body: dict[str, Any]) -> None:
    body["terms"]["needs"] = [str(term_id("figure", "tutor"))]


def unknown_comune(body: dict[str, Any]) -> None:
    body["service_areas"] = [{"comune": "Z999", "name": "Atlantide"}]


def another_territory(body: dict[str, Any]) -> None:
    body["territory"] = "atlantide"


def unknown_step(body: dict[str, Any]) -> None:
    body["access"]["steps"][0]["service"] = str(uuid4())


def unknown_partner(body: dict[str, Any]) -> None:
    body["program"]["id"] = str(uuid4())
    body["program"]["partners"][0]["organization"] = str(uuid4())


def backwards(body: dict[str, Any]) -> None:
    body["valid_from"], body["valid_until"] = "2023-02-01", "2023-01-01"


def too_long(body: dict[str, Any]) -> None:
    body["name"]["it"] = "P" * 201


def one_language(body: dict[str, Any]) -> None:
    body["summary"] = "Solo italiano"


def unknown_language(body: dict[str, Any]) -> None:
    body["summary"]["tlh"] = "nuqneH"


def not_a_uuid(body: dict[str, Any]) -> None:
    body["id"] = "42"


def unknown_key(body: dict[str, Any]) -> None:
    body["colour"] = "red"


def missing_key(body: dict[str, Any]) -> None:
    del body["eligibility"]


def values_of_another_dimension(body: dict[str, Any]) -> None:
    body["eligibility"][0]["values"] = ["undocumented"]


def sealed_without_a_route(body: dict[str, Any]) -> None:
    body["audience"] = "sealed"


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (wrong_hours, "opening_hours: .*not a day here"),
        (unknown_term, "unknown term .* of the taxonomy “need”"),
        (term_of_another_taxonomy, "is of the taxonomy “figure”, expected of “need”"),
        (unknown_comune, "unknown comune Z999"),
        (another_territory, "the line is of the territory “atlantide”"),
        (unknown_step, "service .* is neither in the file nor in the catalogue"),
        (unknown_partner, "organization .* is neither in the file nor in the catalogue"),
        (backwards, "valid_until is before valid_from"),
        (too_long, "name_it: .*200"),
        (one_language, "summary: a text is given by language"),
        (unknown_language, "summary: unknown languages: tlh"),
        (not_a_uuid, "id: .*UUID"),
        (unknown_key, "colour: "),
        (missing_key, "eligibility: Field required"),
        (values_of_another_dimension, "values: Values for this condition"),
        (sealed_without_a_route, "audience: A protected service"),
    ],
)
def test_a_wrong_line_is_named_and_nothing_is_imported(spoil, reason, iglesias):
    body, good = pis(), {**pis(), "status": "suspended"}
    spoil(body)
    others = [line for line in parsed(exported("plus-iglesias")) if line["id"] != good["id"]]
    before = exported("plus-iglesias")

    with pytest.raises(ImportRefused, match=f"line {len(others) + 1}: .*{reason}"):
        imported(iglesias, *others, body, publish=True)

    assert exported("plus-iglesias") == before


def test_lines_that_are_not_json_or_of_no_kind_are_all_told_at_once(iglesias):
    with pytest.raises(ImportRefused) as refused:
        imported(iglesias, b"{", b"[]", b'{"kind": "program"}', b"", orjson.dumps(pis()), publish=True)

    assert [error.line for error in refused.value.errors] == [1, 2, 3]


def test_an_id_twice_in_a_file_is_refused(iglesias):
    with pytest.raises(ImportRefused, match=r"line 2: the id .* stands in line 1 too"):
        imported(iglesias, pis(), pis(), publish=True)


def test_lines_that_describe_one_organization_otherwise_are_refused(iglesias):
    bodies = [body for body in parsed(exported("plus-iglesias")) if body.get("organizations")]
    bodies[1]["organizations"][0]["organization"]["email"] = "plus@example.invalid"

    with pytest.raises(ImportRefused, match=r"line 2: .* described otherwise in line 1"):
        imported(iglesias, *bodies, publish=True)


def test_an_id_of_another_territory_is_not_taken_over(iglesias, valdarmonia):
    body = pis() | {"territory": "valdarmonia", "organizations": [], "program": None}
    body["access"]["steps"] = []

    with pytest.raises(ImportRefused, match=r"line 1: the id .* belongs to another territory"):
        imported(valdarmonia, body, publish=True)

    assert models.Service.objects.get(pk=body["id"]).territory == iglesias


def test_a_part_of_another_service_is_not_taken_over(iglesias):
    body = pis() | {"id": str(uuid4())}

    with pytest.raises(ImportRefused, match="belongs to a part of something else"):
        imported(iglesias, body, publish=True)


def test_the_command_says_what_is_wrong_and_what_was_done(iglesias, tmp_path, capsys):
    file = tmp_path / "lines.jsonl"
    file.write_bytes(b"not json\n")
    with pytest.raises(CommandError, match=r"Nothing was imported.\nline 1: this is not JSON"):
        call_command("import_catalogue", str(file), "--territory", "plus-iglesias")
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_catalogue", str(tmp_path / "none.jsonl"), "--territory", "plus-iglesias")
    file.write_bytes(b"")
    with pytest.raises(CommandError, match="Known: plus-iglesias"):
        call_command("import_catalogue", str(file), "--territory", "atlantide")

    file.write_bytes(exported("plus-iglesias"))
    call_command("import_catalogue", str(file), "--territory", "plus-iglesias", "--publish")
    assert "new 0, changed 0" in capsys.readouterr().out
