"""Who reads: everybody, or somebody with a key or an account that shows more."""

from dataclasses import dataclass

from rest_framework.request import Request

from services_catalog.choices import Audience


@dataclass(frozen=True)
class Reader:
    """The audience whose records are read, and the territories (slugs) beyond which nothing is; None: all of them.

    No territory at all is nothing at all: a key whose territory is gone opens nothing.
    """

    audience: Audience = Audience.PUBLIC
    territories: frozenset[str] | None = None


EVERYBODY = Reader()


def reader_of(request: Request) -> Reader:
    """The reader that authentication found, or everybody."""
    return request.auth if isinstance(request.auth, Reader) else EVERYBODY
