"""The OpenAPI document: valid, what the Italian catalogue of APIs asks, and true to what is answered."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import jsonschema
import pytest
from django.test import Client
from openapi_spec_validator import OpenAPIV30SpecValidator

from api.openapi.dialect import to_openapi
from api.openapi.document import document
from api.problem import MEDIA_TYPE
from api.v1.parameters import PARAMETERS
from tests.api.conftest import Read, World

CONTENT = {
    "services": ("list_services", "get_service", "service"),
    "organizations": ("list_organizations", "get_organization", "organization"),
    "locations": ("list_locations", "get_location", "location"),
    "taxonomy-terms": ("list_taxonomy_terms", "get_term", "term"),
    "attributes": ("list_attributes", "get_attribute", "attribute"),
    "territories": ("list_territories", "get_territory", "territory"),
}


@pytest.fixture(scope="module")
def made() -> dict[str, Any]:
    return document()


def operations(made: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    return ((path, methods["get"]) for path, methods in made["paths"].items())


def every_schema(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from every_schema(value)
    if isinstance(node, list):
        for item in node:
            yield from every_schema(item)


def test_it_is_valid(made: dict[str, Any]):
    assert [str(error) for error in OpenAPIV30SpecValidator(made).iter_errors()] == []


def test_it_says_what_the_italian_catalogue_asks(made: dict[str, Any]):
    info = made["info"]
    assert info["x-summary"]
    assert info["contact"]["url"].startswith("http")
    assert info["termsOfService"].startswith("http")
    assert re.fullmatch(r"\d+\.\d+\.\d+", info["version"])
    assert all(server["description"] for server in made["servers"])
    assert "/status" in made["paths"]


def test_the_server_is_the_address_that_people_see(settings: Any):
    settings.WAGTAILADMIN_BASE_URL = "https://aiuto.example.org"

    assert document()["servers"][0]["url"] == "https://aiuto.example.org"


def test_every_number_has_a_format(made: dict[str, Any]):
    for schema in every_schema(made):
        if schema.get("type") in ("integer", "number"):
            assert schema.get("format"), schema


def test_every_error_is_problem_json(made: dict[str, Any]):
    for _path, operation in operations(made):
        errors = [status for status in operation["responses"] if status >= "400"]
        assert {"500", "503"} <= set(errors)
        for status in errors:
            assert operation["responses"][status] == {"$ref": f"#/components/responses/{status}"}
    for status, response in made["components"]["responses"].items():
        assert list(response["content"]) == [MEDIA_TYPE], status


def test_no_key_travels_in_an_address(made: dict[str, Any]):
    assert [scheme["type"] for scheme in made["components"]["securitySchemes"].values()] == ["http"]


def test_operations_are_named_once_and_tagged(made: dict[str, Any]):
    names = [operation["operationId"] for _path, operation in operations(made)]
    tags = {tag["name"] for tag in made["tags"]}

    assert len(names) == len(set(names))
    assert all(set(operation["tags"]) <= tags for _path, operation in operations(made))


def test_every_parameter_is_used_and_told(made: dict[str, Any]):
    told = {parameter["name"] for _path, operation in operations(made) for parameter in operation["parameters"]}

    assert set(PARAMETERS) == told - {"id", "after"}
    assert all(str(parameter.description) for parameter in PARAMETERS.values())


@pytest.mark.django_db
def test_what_is_answered_has_the_shape_that_is_told(world: World, read: Callable[..., Read], made: dict[str, Any]):
    told = {operation["operationId"]: operation for _path, operation in operations(made)}
    urls = {"get_root": "/api/v1", "get_status": "/status", "list_changes": "/api/v1/changes"}
    urls["list_suggestions"] = "/api/v1/suggestions?q=ma"
    for path, (list_, get, name) in CONTENT.items():
        urls |= {list_: f"/api/v1/{path}?language=all", get: f"/api/v1/{path}/{world.names[name]}"}

    assert set(urls) == set(told)
    for operation, url in urls.items():
        schema = told[operation]["responses"]["200"]["content"]["application/json"]["schema"]
        check(read(url).json, schema, made)
    check(read("/api/v1/services?page=0").json, {"$ref": "#/components/schemas/Problem"}, made)


@pytest.mark.django_db
def test_a_search_has_the_shape_that_is_told(
    world: World, read: Callable[..., Read], index: Callable[[], None], made: dict[str, Any]
):
    index()

    for query in ("q=mensa", "near=39.31,8.53&on_foot=1", "q=zzzz", "open=now", "q=mensa&gender=male"):
        check(read(f"/api/v1/services?{query}").json, {"$ref": "#/components/schemas/ServicePage"}, made)


@pytest.mark.django_db
def test_the_documentation_names_every_address_and_leads_nowhere_else(client: Client, made: dict[str, Any]):
    page = client.get("/api/docs").content.decode()

    assert all(path in page for path in made["paths"])
    assert all(f'id="shape-{name}"' in page for name in made["components"]["schemas"])
    assert "<script" not in page
    assert "UNKNOWN VARIABLE" not in page
    assert set(re.findall(r'(?:src|href)="(https?://[^"]+)"', page)) == set()
    targets = set(re.findall(r'href="#([^"]+)"', page))
    assert targets <= set(re.findall(r'id="([^"]+)"', page))


@pytest.mark.parametrize("address", ["/api", "/api/docs"])
def test_the_documentation_of_a_demonstration_says_so_and_is_not_indexed(client: Client, settings: Any, address: str):
    settings.DEMONSTRATION = True
    answer = client.get(address, headers={"accept-language": "en"})
    assert answer["X-Robots-Tag"] == "noindex"
    assert "Do not rely on what you read here" in answer.content.decode()

    settings.DEMONSTRATION = False
    answer = client.get(address)
    assert "X-Robots-Tag" not in answer
    assert 'class="demonstration"' not in answer.content.decode()


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"anyOf": [{"type": "string"}, {"type": "null"}], "title": "X"}, {"type": "string", "nullable": True}),
        ({"type": "integer"}, {"type": "integer", "format": "int32"}),
        ({"const": "service", "type": "string"}, {"enum": ["service"], "type": "string"}),
        ({"$ref": "#/a", "default": ""}, {"allOf": [{"$ref": "#/a"}], "default": ""}),
        (
            {"anyOf": [{"$ref": "#/a"}, {"type": "null"}]},
            {"allOf": [{"$ref": "#/a"}], "nullable": True},
        ),
        (
            {
                "type": "object",
                "additionalProperties": False,
                "properties": {"title": {"type": "string", "title": "T"}},
            },
            {"type": "object", "properties": {"title": {"type": "string"}}},
        ),
    ],
)
def test_json_schema_is_told_in_openapis_dialect(schema: dict[str, Any], expected: dict[str, Any]):
    assert to_openapi(schema) == expected


def check(answer: Any, schema: dict[str, Any], made: dict[str, Any]) -> None:
    """Raises ValidationError unless the answer has the shape, with no key that isn't told of."""
    strict = _as_json_schema({"components": made["components"], **schema})
    jsonschema.Draft202012Validator(strict, format_checker=jsonschema.FormatChecker()).validate(answer)


def _as_json_schema(node: Any) -> Any:
    """OpenAPI's dialect told back to JSON Schema, and closed: a key that nobody told of is an error."""
    if isinstance(node, list):
        return [_as_json_schema(item) for item in node]
    if not isinstance(node, dict):
        return node
    told = {key: _as_json_schema(value) for key, value in node.items() if key != "nullable"}
    if isinstance(told.get("properties"), dict) and told.get("type") == "object":
        told.setdefault("additionalProperties", False)
    return {"anyOf": [told, {"type": "null"}]} if node.get("nullable") is True else told
