"""What stands around every page: the territory, its languages and numbers, whether it is a demonstration."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from frontend.public import catalogue
from frontend.public.carried import MOST_CARRIED, carried
from frontend.public.catalogue import LANGUAGE_NAMES, Reference
from services_catalog.languages import DEFAULT_LANGUAGE
from services_catalog.publication.document import Territory
from services_catalog.texts import text_of

RIGHT_TO_LEFT = {"ar", "ur"}
LATIN = {"it", "en", "fr", "es", "ro", "sq"}


@dataclass(frozen=True)
class LanguageChoice:
    """A language switched on, by its own name, and this page's address in it."""

    code: str
    name: str
    url: str
    direction: str


@dataclass(frozen=True)
class Number:
    """A number to call, and what for."""

    number: str
    name: str


@dataclass(frozen=True)
class Frame:
    """What the base template shows."""

    language: str
    languages: tuple[LanguageChoice, ...]
    territory: Territory | None
    demonstration: bool
    emergency_numbers: tuple[Number, ...]

    @property
    def name(self) -> str:
        return self.territory_name or "Portolano"

    @property
    def territory_name(self) -> str:
        return text_of(self.territory.name) if self.territory else ""

    @property
    def home(self) -> str:
        return f"/{self.language}/"

    @property
    def language_name(self) -> str:
        return LANGUAGE_NAMES[self.language]

    @property
    def direction(self) -> str:
        return direction(self.language)

    @property
    def is_latin(self) -> bool:
        return self.language in LATIN

    @property
    def stylesheet(self) -> str:
        return "dist/portolano.rtl.css" if self.direction == "rtl" else "dist/portolano.css"


def frame(request: HttpRequest) -> Frame:
    """The frame of the page that `request` asks for. A view of a thing of one territory sets `request.territory`."""
    language = language_of_page()
    known = reference_of(request)
    territory = territory_of(request, known)
    return Frame(
        language=language,
        languages=tuple(_choices(request, territory, known)),
        territory=territory,
        demonstration=settings.DEMONSTRATION or bool(territory and territory.demonstration),
        emergency_numbers=tuple(emergency_numbers(territory, known)),
    )


def reference_of(request: HttpRequest) -> Reference:
    """Terms and territories in the page's language, looked up once a request."""
    if not hasattr(request, "portal_reference"):
        request.portal_reference = catalogue.reference(language_of_page())  # type: ignore[attr-defined]
    return request.portal_reference  # type: ignore[attr-defined, no-any-return]


def language_of_page() -> str:
    """The active language if it is one of the catalogue's, the default one otherwise."""
    active = get_language() or DEFAULT_LANGUAGE
    return active if active in LANGUAGE_NAMES else DEFAULT_LANGUAGE


def direction(language: str) -> str:
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def territory_of(request: HttpRequest, known: Reference) -> Territory | None:
    """The territory of the page, or of its site; None where one site shows them all.

    A site's territory is `request.territory_slug`, where the portal says so, or the first label of the host's name, or
    the only one there is.
    """
    shown: Territory | None = getattr(request, "territory", None)
    if shown:
        return shown
    if len(known.territories) == 1:
        return next(iter(known.territories.values()))
    slug = str(getattr(request, "territory_slug", "")) or request.get_host().partition(".")[0]
    return known.territories.get(slug)


def emergency_numbers(territory: Territory | None, known: Reference) -> list[Number]:
    """The territory's numbers; without one, those that every territory shows."""
    everywhere = [territory] if territory else list(known.territories.values())
    if not everywhere:
        return []
    shared = set.intersection(*({entry.number for entry in each.emergency_numbers} for each in everywhere))
    return [
        Number(entry.number, text_of(entry.name)) for entry in everywhere[0].emergency_numbers if entry.number in shared
    ]


def now_in(territory: Territory | None) -> datetime:
    """The present minute, local; of a demonstration, the same time on the day it is shown as of."""
    now = timezone.localtime()
    if territory and territory.show_as_of:
        shown = datetime.combine(territory.show_as_of, now.time().replace(tzinfo=None))
        return timezone.make_aware(shown)
    return now


def _choices(request: HttpRequest, territory: Territory | None, known: Reference) -> list[LanguageChoice]:
    places = [territory] if territory else list(known.territories.values())
    switched_on = {language for place in places for language in place.languages} or {DEFAULT_LANGUAGE}
    return [
        LanguageChoice(code, name, address_in(request, code), direction(code))
        for code, name in LANGUAGE_NAMES.items()
        if code in switched_on
    ]


def address_in(request: HttpRequest, language: str) -> str:
    """This page's address in another language: the prefix changes, nothing else does; a long question is cut."""
    address = request.get_full_path()
    if len(address) > MOST_CARRIED:
        address = f"{request.path}?{carried(request.GET).urlencode()}"
    prefix, _slash, rest = address.removeprefix("/").partition("/")
    return f"/{language}/{rest}" if prefix in LANGUAGE_NAMES else f"/{language}/"
