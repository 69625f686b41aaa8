"""JSON Lines → documents, each with the number of its line; or what is wrong with which line."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

import orjson
from django.utils.translation import gettext as _
from pydantic import ValidationError

from services_catalog.languages import LANGUAGES
from services_catalog.publication.document import (
    Attribute,
    Document,
    Location,
    Organization,
    Service,
    Shape,
    Term,
    Territory,
)

MOST_ERRORS = 50
SHAPES: dict[str, type[Document]] = {
    "territory": Territory,
    "term": Term,
    "attribute": Attribute,
    "service": Service,
    "organization": Organization,
    "location": Location,
}


class LineError(NamedTuple):
    """What is wrong with a line; lines count from 1."""

    line: int
    message: str

    def __str__(self) -> str:
        return _("line %(line)d: %(message)s") % self._asdict()


class ImportRefused(Exception):  # noqa: N818
    """Nothing was imported, and why: every error, line by line."""

    def __init__(self, errors: Iterable[LineError]) -> None:
        self.errors = sorted(set(errors))
        super().__init__("\n".join(str(error) for error in self.errors[:MOST_ERRORS]))


@dataclass
class Errors:
    """What was found wrong so far."""

    found: list[LineError] = field(default_factory=list)

    def add(self, line: int, message: str) -> None:
        self.found.append(LineError(line, message))

    def refuse_if_any(self) -> None:
        """Raises ImportRefused."""
        if self.found:
            raise ImportRefused(self.found)


@dataclass(frozen=True, slots=True)
class Line:
    """A document of a file and the number of its line."""

    number: int
    document: Document


def read(file: Iterable[bytes | str]) -> list[Line]:
    """The documents of a file, one a line; empty lines are passed over. Raises ImportRefused."""
    errors = Errors()
    found: list[Line] = []
    first: dict[UUID, int] = {}
    for number, text in enumerate(file, start=1):
        if text.strip() and (line := _line(number, text, errors)):
            earlier = first.setdefault(line.document.id, number)
            if earlier != number:
                errors.add(
                    number, _("the id %(id)s stands in line %(line)d too") % {"id": line.document.id, "line": earlier}
                )
            found.append(line)
    errors.refuse_if_any()
    return found


def _line(number: int, text: bytes | str, errors: Errors) -> Line | None:
    try:
        body = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        errors.add(number, _("this is not JSON: %s") % error)
        return None
    kind = body.get("kind") if isinstance(body, dict) else None
    if kind not in SHAPES:
        errors.add(number, _("“kind” must be one of: %s") % ", ".join(SHAPES))
        return None
    try:
        document = SHAPES[kind].model_validate(body)
    except ValidationError as error:
        for problem in error.errors(include_url=False, include_context=False):
            errors.add(number, f"{_path(problem['loc'])}: {problem['msg']}")
        return None
    for path, message in _misplaced_texts(document, ()):
        errors.add(number, f"{_path(path)}: {message}")
    return Line(number, document)


def _path(parts: Iterable[Any]) -> str:
    return ".".join(str(part) for part in parts)


def _misplaced_texts(node: Shape, path: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], str]]:
    """Translated texts given in one language, or in one that is not of the twelve."""
    for name, info in type(node).model_fields.items():
        value = getattr(node, name)
        if info.annotation == str | dict[str, str]:
            yield from (((*path, name), problem) for problem in _text_problems(value))
        elif isinstance(value, tuple):
            for place, item in enumerate(value):
                if isinstance(item, Shape):
                    yield from _misplaced_texts(item, (*path, name, place))
        elif isinstance(value, Shape):
            yield from _misplaced_texts(value, (*path, name))


def _text_problems(text: str | dict[str, str]) -> Iterator[str]:
    if isinstance(text, str):
        if text:
            yield _('a text is given by language, as {"it": "…"}')
    elif unknown := set(text) - set(LANGUAGES):
        yield _("unknown languages: %s") % ", ".join(sorted(unknown))
