"""The documentation as a page: the OpenAPI document, told to people. No script, nothing from elsewhere, no query."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views import View

from api import problem
from api.openapi.dialect import PREFIX, Schema
from api.openapi.document import document
from api.speech import spoken

EXAMPLES: Mapping[str, str] = {
    "list_services": "?need=eat&language=en",
    "list_organizations": "?territory=valdarmonia",
    "list_locations": "?comune=E281",
    "list_taxonomy_terms": "?taxonomy=need&language=ar",
    "list_attributes": "?territory=valdarmonia",
    "list_territories": "",
    "list_suggestions": "?q=ma&language=en",
    "list_changes": "?limit=100",
    "get_root": "",
    "get_status": "",
}
"""Queries worth trying, by operation."""


@dataclass(frozen=True)
class Line:
    """A parameter of an operation, or a key of a shape. `shape` names the shape it leads to."""

    name: str
    type: str
    shape: str
    text: SafeString


@dataclass(frozen=True)
class Operation:
    """An address that can be read. `query` makes an example of it, where one can be made without an id."""

    id: str
    path: str
    summary: str
    parameters: tuple[Line, ...]
    answer: str
    errors: tuple[str, ...]
    query: str | None


class Docs(View):
    """The page, in the language of Accept-Language."""

    def get(self, request: HttpRequest) -> HttpResponse:
        made = document()
        context = {
            "language": spoken(),
            "made": made,
            "summary": made["info"]["x-summary"],
            "home": request.build_absolute_uri("/").rstrip("/"),
            "groups": [(tag, list(_operations(made, tag["name"]))) for tag in made["tags"]],
            "shapes": [_shape(name, schema) for name, schema in sorted(made["components"]["schemas"].items())],
            "demonstration": settings.DEMONSTRATION,
            "problems": [(code, kind, _marked(str(kind.advice))) for code, kind in problem.KINDS.items()],
        }
        response = render(request, "api/docs.html", context)
        if settings.DEMONSTRATION:
            response.headers["X-Robots-Tag"] = "noindex"
        return response


def _operations(made: Schema, tag: str) -> Iterator[Operation]:
    for path, methods in made["paths"].items():
        said = methods["get"]
        if tag in said["tags"]:
            answer = said["responses"]["200"]["content"]["application/json"]["schema"]
            yield Operation(
                id=said["operationId"],
                path=path,
                summary=said["summary"],
                parameters=tuple(
                    _line(parameter["name"], parameter["schema"] | {"description": parameter.get("description", "")})
                    for parameter in said["parameters"]
                ),
                answer=answer["$ref"].removeprefix(PREFIX),
                errors=tuple(status for status in said["responses"] if status >= "400"),
                query=EXAMPLES.get(said["operationId"]),
            )


def _shape(name: str, schema: Schema) -> tuple[str, SafeString, list[Line]]:
    lines = [_line(key, part) for key, part in schema.get("properties", {}).items()]
    if not lines:
        lines = [_line("", {key: value for key, value in schema.items() if key != "description"})]
    return name, _marked(" ".join(schema.get("description", "").split())), lines


def _line(name: str, schema: Schema) -> Line:
    label, shape = _type(schema)
    return Line(name, label, shape, _marked(schema.get("description", "")))


def _type(schema: Schema) -> tuple[str, str]:
    """How a type is called, and the shape that it leads to."""
    empty = _(" or null") if schema.get("nullable") else ""
    if "allOf" in schema:
        return f"{_type(schema['allOf'][0])[0]}{empty}", _type(schema["allOf"][0])[1]
    if "$ref" in schema:
        name = schema["$ref"].removeprefix(PREFIX)
        return name, name
    if "anyOf" in schema:
        return " | ".join(_type(choice)[0] for choice in schema["anyOf"]) + empty, ""
    if schema.get("type") == "array":
        label, shape = _type(schema["items"])
        return f"{label} […]", shape
    if "enum" in schema:
        return " · ".join(str(value) or "“”" for value in schema["enum"]) + empty, ""
    detail = schema.get("format") or schema.get("pattern", "")
    return f"{schema.get('type', '')}{f' ({detail})' if detail else ''}{empty}", ""


def _marked(text: str) -> SafeString:
    """`text` with what stands between backticks as code."""
    return mark_safe(re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text)))  # noqa: S308  escaped before
