"""JSON Schema as pydantic writes it → OpenAPI 3.0's dialect: no null type, no const, nothing beside a reference."""

from collections.abc import Mapping
from typing import Any

PREFIX = "#/components/schemas/"
TEXT = {
    "description": "A text: a string, or with `language=all` the texts by language.",
    "anyOf": [{"type": "string"}, {"type": "object", "additionalProperties": {"type": "string"}}],
}
"""Bodies are full of texts: one name for all of them."""
FORMATS = {"integer": "int32", "number": "double"}
_DROPPED = ("title", "$defs")

Schema = dict[str, Any]


def to_openapi(schema: Mapping[str, Any]) -> Schema:
    """The schema, and those within it, in the dialect."""
    node = {key: _value(key, value) for key, value in schema.items() if key not in _DROPPED}
    if node.get("additionalProperties") is False:
        del node["additionalProperties"]  # readers are to expect keys that come with a later version
    if node.get("anyOf") == TEXT["anyOf"]:
        node = {key: value for key, value in node.items() if key != "anyOf"} | {"$ref": f"{PREFIX}Text"}
    if "const" in node:
        node["enum"] = [node.pop("const")]
    if node.get("type") in FORMATS:
        node.setdefault("format", FORMATS[node["type"]])
    return _alone(_nullable(node))


def _value(key: str, value: Any) -> Any:
    """What stands under a keyword: `properties` maps names to schemas, others hold one, several or plain values."""
    if key == "properties":
        return {name: to_openapi(schema) for name, schema in value.items()}
    if isinstance(value, list):
        return [to_openapi(item) if isinstance(item, dict) else item for item in value]
    return to_openapi(value) if isinstance(value, dict) and key != "default" else value


def _nullable(node: Schema) -> Schema:
    choices = node.get("anyOf", [])
    real = [choice for choice in choices if choice.get("type") != "null"]
    if len(real) == len(choices):
        return node
    beside = {key: value for key, value in node.items() if key != "anyOf"}
    if len(real) > 1:
        return {**beside, "anyOf": real, "nullable": True}
    return {**real[0], **beside, "nullable": True}


def _alone(node: Schema) -> Schema:
    """A reference with something beside it, wrapped: beside a reference OpenAPI 3.0 reads nothing."""
    if "$ref" not in node or len(node) == 1:
        return node
    return {"allOf": [{"$ref": node.pop("$ref")}], **node}
