"""The OpenAPI 3.0.3 document: made of the shapes of bodies, the resources and the one declaration of parameters.

What the Italian catalogue of APIs asks (italia/api-oas-checker-rules): summary, contact and terms in `info`, a
described server, `/status`, problem+json on every error, a format on every number.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from api import problem
from api.openapi import answers
from api.openapi.dialect import PREFIX, TEXT, Schema, to_openapi
from api.speech import spoken
from api.v1 import suggestions
from api.v1.listing import names_of
from api.v1.parameters import PARAMETERS, Parameter
from api.v1.resources import RESOURCES, Resource
from api.v1.root import VERSION

HEADERS = {
    "ETag": {"description": "Send it as If-None-Match: 304 if nothing changed", "schema": {"type": "string"}},
    "Content-Language": {"description": "Languages of the texts; `mul`: all", "schema": {"type": "string"}},
}
ALWAYS = (401, 405, 406, 500, 503)
"""Errors that any address may answer with."""


def document() -> Schema:
    """The whole document, in the active language. Made once a language (50 ms) and shared: not to be changed."""
    return _document(spoken(), settings.WAGTAILADMIN_BASE_URL)


@cache
def _document(_language: str, home: str) -> Schema:
    return {
        "openapi": "3.0.3",
        "info": _info(home),
        "servers": [{"url": home, "description": _("This installation")}],
        "tags": [{"name": tag, "description": str(text)} for tag, text in _tags().items()],
        "security": [{}, {"key": []}],
        "paths": {**_resource_paths(), **_other_paths()},
        "components": {
            "schemas": _schemas(),
            "responses": {str(status): _error(status) for status in sorted({k.status for k in problem.KINDS.values()})},
            "securitySchemes": {
                "key": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": _("A key shows what is meant for operators. What is public needs none."),
                }
            },
        },
    }


def _info(home: str) -> Schema:
    docs = f"{home}{reverse('api:docs')}"
    return {
        "title": "Portolano",
        "version": VERSION,
        "x-summary": _("The social services of a territory: who helps, where, when, and how to get in"),
        "description": _(
            "Reads the catalogue of a territory's social services, as it is published. Whatever can be read on the "
            "portal can be read here, in all its languages, and kept up to date by following the changes."
        ),
        "termsOfService": f"{docs}#terms",
        "contact": {"name": "Portolano", "url": home},
        "license": {"name": "EUPL-1.2", "url": "https://interoperable-europe.ec.europa.eu/collection/eupl"},
    }


def _tags() -> dict[str, str | Promise]:
    tags: dict[str, str | Promise] = {path: resource.summary for path, resource in RESOURCES.items()}
    return tags | {
        "suggestions": _("What a person may be about to ask, while they type"),
        "changes": _("The feed: what was published, updated, withdrawn"),
        "about": _("The installation itself"),
    }


def _resource_paths() -> dict[str, Any]:
    paths = {}
    for resource in RESOURCES.values():
        address = reverse(f"api:{resource.path}")
        parameters = [parameter(name, PARAMETERS[name]) for name in names_of(resource)]
        name = resource.kind
        paths[address] = _operation(
            resource.path,
            f"list_{resource.path.replace('-', '_')}",
            str(resource.summary),
            parameters,
            {"$ref": f"{PREFIX}{page_name(resource)}"},
            (400, 404),
            headers=True,
        )
        paths[f"{address}/{{id}}"] = _operation(
            resource.path,
            f"get_{name}",
            _("One of them, by its id"),
            [_id(), parameter("language", PARAMETERS["language"])],
            {"$ref": f"{PREFIX}{resource.shape.__name__}"},
            (400, 404, 410),
            headers=True,
        )
    return paths


def _other_paths() -> dict[str, Any]:
    after = Parameter(_("The `next` of the last answer; without it, from the beginning"), {"type": "string"})
    return {
        reverse("api:suggestions"): _operation(
            "suggestions",
            "list_suggestions",
            _("Needs, places and services whose names begin so"),
            [parameter(name, declared) for name, declared in suggestions.PARAMETERS.items()],
            _ref(answers.Suggestions),
            (400,),
        ),
        reverse("api:changes"): _operation(
            "changes",
            "list_changes",
            _("Changes after a cursor"),
            [parameter("after", after), parameter("limit", PARAMETERS["limit"])],
            _ref(answers.Changes),
            (400, 410),
        ),
        reverse("api:root"): _operation("about", "get_root", _("What there is"), [], _ref(answers.Root), ()),
        reverse("api:status"): _operation(
            "about", "get_status", _("Whether everything answers"), [], _ref(answers.Health), ()
        ),
    }


def _operation(
    tag: str,
    operation_id: str,
    summary: str,
    parameters: list[Schema],
    answer: Schema,
    errors: Iterable[int],
    *,
    headers: bool = False,
) -> Schema:
    responses: Schema = {"200": {"description": _("The answer"), "content": {"application/json": {"schema": answer}}}}
    if headers:
        responses["200"]["headers"] = HEADERS
        responses["304"] = {"description": _("Nothing changed since the answer whose ETag was sent")}
    for status in sorted({*errors, *ALWAYS}):
        responses[str(status)] = {"$ref": f"#/components/responses/{status}"}
    operation = {
        "tags": [tag],
        "operationId": operation_id,
        "summary": summary,
        "parameters": parameters,
        "responses": responses,
    }
    return {"get": operation}


def parameter(name: str, declared: Parameter) -> Schema:
    """A query parameter as OpenAPI says it. Those that may be repeated are alternatives."""
    schema = dict(declared.schema)
    if declared.many:
        schema = {"type": "array", "items": schema}
    return {"name": name, "in": "query", "description": str(declared.description), "schema": schema} | (
        {"style": "form", "explode": True} if declared.many else {}
    )


def _id() -> Schema:
    return {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "format": "uuid"}}


def _error(status: int) -> Schema:
    titles = [str(kind.title) for kind in problem.KINDS.values() if kind.status == status]
    content = {problem.MEDIA_TYPE: {"schema": _ref(answers.Problem)}}
    retry = {"Retry-After": {"description": _("Seconds to wait"), "schema": {"type": "integer", "format": "int32"}}}
    return {"description": " / ".join(titles), "content": content} | ({"headers": retry} if status == 503 else {})


def page_name(resource: Resource) -> str:
    """The name of the schema of a resource's page."""
    return f"{resource.shape.__name__}Page"


def _schemas() -> dict[str, Schema]:
    models: list[type[BaseModel]] = [
        *(resource.shape for resource in RESOURCES.values()),
        answers.Problem,
        answers.Suggestions,
        answers.Changes,
        answers.Health,
        answers.Root,
        answers.Page,
        answers.SearchPage,
    ]
    _keys, made = models_json_schema([(model, "serialization") for model in models], ref_template=PREFIX + "{model}")
    schemas = {name: to_openapi(schema) for name, schema in made["$defs"].items()}
    pages = {True: schemas.pop("SearchPage"), False: schemas.pop("Page")}
    for resource in RESOURCES.values():
        schemas[page_name(resource)] = _with_contents(pages[resource.searchable], resource)
    return {"Text": TEXT, **schemas}


def _with_contents(page: Mapping[str, Any], resource: Resource) -> Schema:
    contents = {"type": "array", "items": {"$ref": f"{PREFIX}{resource.shape.__name__}"}}
    return {
        **page,
        "properties": {**page["properties"], "contents": contents},
        "required": [*page["required"], "contents"],
    }


def _ref(model: type[BaseModel]) -> Schema:
    return {"$ref": f"{PREFIX}{model.__name__}"}
