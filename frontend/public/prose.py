"""Texts of a body of one language, each with the language it is really in."""

from dataclasses import dataclass

from services_catalog.languages import DEFAULT_LANGUAGE
from services_catalog.publication.document import Service
from services_catalog.texts import text_of


@dataclass(frozen=True)
class Prose:
    """A text to show. `language` is "" for the page's own; otherwise the page says so with `lang`."""

    text: str
    language: str = ""

    def __bool__(self) -> bool:
        return bool(self.text)


def prose(service: Service, field: str, own_language: bool) -> Prose:
    """A top-level text of `service`; marked as the default language's where the record fell back to it.

    `own_language` is False where the whole record is of the default language, for want of one in the page's.
    """
    fell_back = not own_language or field in service.untranslated
    return Prose(text_of(getattr(service, field)), DEFAULT_LANGUAGE if fell_back else "")
