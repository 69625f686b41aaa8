"""The last guard of protected places: whatever somebody wrote, no body names what is sealed.

Leaving columns out is not enough when a volunteer writes the street into a description. A text that holds the street,
phone or e-mail of a sealed place is left out in every language, and the screen that saves it says so. Facts (an
address, a phone) have an audience of their own: texts alone are read.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import orjson

from services_catalog.choices import Audience
from services_catalog.languages import Prose
from services_catalog.publication.parts import Part
from services_catalog.publication.secrets import Secrets, digits_of

TEXTS = frozenset({"name", "alternate_name", "title", "source"})
"""Keys of the texts that are in one language: proper nouns. All others are `Prose`."""
FREE = frozenset({"attributes"})
"""Keys below which every string is a text."""
FACTS = frozenset({"comune", "comuni", "service_areas"})
"""Keys below which names are facts of something that the reader may see."""
REFERRAL = "referral_route"
"""How to ask may name the town where one asks, which is often the town of the refuge."""
NAMELESS = Prose(it="Servizio protetto", en="Protected service")


@dataclass
class Cut:
    """A body without the texts that tell: None where its very name did. `fields`: their keys; `texts`: as JSON."""

    body: Part | None
    fields: set[str] = field(default_factory=set)
    texts: set[str] = field(default_factory=set)


def without(body: Part | None, secrets: Secrets) -> Cut:
    """`body` with the texts that tell a secret left out. What it states openly itself is none."""
    cut = Cut(body)
    if not body or not secrets:
        return cut
    shown = replace(
        secrets,
        numbers=secrets.numbers - {digits_of(number) for number in _stated(body, "number")},
        emails=secrets.emails - {email.casefold() for email in _stated(body, "email")},
    )
    hunted = _Hunt(shown, cut)
    if body.get("audience") == Audience.SEALED and hunted.tells("name", body["name"]):
        body = body | {"name": NAMELESS}  # without a record nobody could refer anybody
    cut.body = hunted.territory(body) if body.get("kind") == "territory" else hunted.node(body)
    return cut


def _stated(node: Any, key: str) -> Iterator[str]:
    if isinstance(node, dict):
        for name, value in node.items():
            if name == key and isinstance(value, str):
                yield value
            yield from _stated(value, key)
    elif isinstance(node, list):
        for item in node:
            yield from _stated(item, key)


class _Hunt:
    """Walks a body. None stands for a part whose name tells: it goes with the part, or list item, that it is of."""

    def __init__(self, secrets: Secrets, cut: Cut) -> None:
        self.secrets = secrets
        self.cut = cut

    def node(self, node: Part) -> Part | None:
        kept: Part = {}
        for key, value in node.items():
            kept[key] = self.free(key, value) if key in FREE else self.value(key, value)
            nameless = key == "name" and kept[key] != value
            if nameless or (kept[key] is None and value is not None and key != "program"):
                return None
        return kept

    def territory(self, body: Part) -> Part:
        """A territory never vanishes: its name is a fact, as those of its comuni are."""
        return (self.node(body | {"name": None}) or {}) | {"name": body["name"]}

    def value(self, key: str, value: Any) -> Any:
        if key in FACTS:
            return value
        if isinstance(value, Prose) or (isinstance(value, str) and key in TEXTS):
            return type(value)() if self.tells(key, value) else value
        if isinstance(value, list):
            items = (self.node(item) if isinstance(item, dict) else item for item in value)
            return [item for item in items if item is not None]
        return self.node(value) if isinstance(value, dict) else value

    def free(self, key: str, value: Any) -> Any:
        if isinstance(value, dict):
            return {name: self.free(key, item) for name, item in value.items()}
        if isinstance(value, list):
            return [self.free(key, item) for item in value]
        return "" if isinstance(value, str) and self.tells(key, value) else value

    def tells(self, key: str, value: str | Prose) -> bool:
        """Whether a text, in any of its languages, tells a secret; then it is noted."""
        texts = list(value.values()) if isinstance(value, Prose) else [value]
        if not any(self._tells(key, text) for text in texts):
            return False
        self.cut.fields.add(key)
        self.cut.texts |= {orjson.dumps(text).decode()[1:-1] for text in texts}
        return True

    def _tells(self, key: str, text: str) -> bool:
        told = self.secrets.told_by(text)
        return bool(replace(told, comuni=frozenset()) if key == REFERRAL else told)
