"""The parameters of lists, declared once: for reading them (`listing.py`) and for the documentation (`openapi`).

What pages and API ask alike is read by search's parser; `read` is of what the API alone knows.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from search import parameters as shared
from search import person
from search.understanding import KINDS
from services_catalog.choices import Caller, LegalForm, Price, Status
from services_catalog.languages import ALL_LANGUAGES, DEFAULT_LANGUAGE, LANGUAGES

PER_PAGE = 20
MOST_PER_PAGE = 100
LAST_PAGE = 999_999
MOST_CHANGES = 1000


@dataclass(frozen=True)
class Parameter:
    """A query parameter. `read` makes a value of a text or raises ValueError; without it search's parser reads."""

    description: str | Promise
    schema: Mapping[str, Any]
    many: bool = False
    read: Callable[[str], str] | None = None


def language(text: str) -> str:
    if text in (*LANGUAGES, ALL_LANGUAGES):
        return text
    raise ValueError(_("One of: %(choices)s.") % {"choices": ", ".join((*LANGUAGES, ALL_LANGUAGES))})


def choice(choices: list[str]) -> Callable[[str], str]:
    """A reader of one of `choices`, told by name where it is none of them."""

    def read(text: str) -> str:
        if text in choices:
            return text
        raise ValueError(_("One of: %(choices)s.") % {"choices": ", ".join(choices)})

    return read


def _id(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError:
        raise ValueError(_("Not an id (UUID).")) from None


def _short_name(text: str) -> str:
    if len(text) <= 64 and text.isascii() and text.replace("-", "").replace("_", "").isalnum():
        return text
    raise ValueError(_("Not a short name of letters, digits and dashes."))


def whole(most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if len(text) <= 9 and text.isascii() and text.isdecimal() and 1 <= int(text) <= most:
            return int(text)
        raise ValueError(_("A whole number from %(least)d to %(most)d.") % {"least": 1, "most": most})

    return read


_ID = {"type": "string", "format": "uuid"}
_WORD = {"type": "string", "maxLength": 64}
_TERM = {"type": "string", "maxLength": 64}
_COMUNE = {"type": "string", "pattern": "^[A-Z][0-9]{3}$"}
_CALLERS = [str(value) for value in Caller.values]
_LEGAL_FORMS = [str(value) for value in LegalForm.values if value]

_OF_PERSON = {
    "gender": gettext_lazy("Gender of the person; facts of the person order the results and are answered with `fit`"),
    "family": gettext_lazy("Family of the person"),
    "legal_status": gettext_lazy("Legal status of the person"),
    "homeless": gettext_lazy("Whether the person is homeless"),
    "disability": gettext_lazy("Whether the person has a disability"),
    "non_self_sufficient": gettext_lazy("Whether the person needs care"),
    "violence": gettext_lazy("Whether the person has suffered violence"),
    "animals": gettext_lazy("The person comes with an animal"),
    "asks_for": gettext_lazy("Whether somebody asks for themselves or for another"),
}

PARAMETERS: Mapping[str, Parameter] = {
    "language": Parameter(
        gettext_lazy(
            "Language of the texts; `all` gives every text in every language. What is not published in it comes in "
            "Italian: `Content-Language` and `fallbacks` say so."
        ),
        {"type": "string", "enum": [*LANGUAGES, ALL_LANGUAGES], "default": DEFAULT_LANGUAGE},
        read=language,
    ),
    "page": Parameter(
        gettext_lazy("Page, from 1"),
        {"type": "integer", "format": "int32", "minimum": 1, "maximum": LAST_PAGE, "default": 1},
    ),
    "per_page": Parameter(
        gettext_lazy("Things on a page"),
        {"type": "integer", "format": "int32", "minimum": 1, "maximum": MOST_PER_PAGE, "default": PER_PAGE},
    ),
    "q": Parameter(
        gettext_lazy("What a person types: words in any of the languages"),
        {"type": "string", "maxLength": shared.MAX_TEXT},
    ),
    "literally": Parameter(
        gettext_lazy("What not to read out of the words of `q`: places, times, who it is for, misspellings"),
        {"type": "string", "enum": list(KINDS)},
        many=True,
    ),
    "open": Parameter(
        gettext_lazy(
            "Only what is open at a date and time, or `now`, or some time on a day (`2026-11-23`) or in a part of it: "
            "`2026-11-23.morning`, `.afternoon`, `.evening`, `.night`, `.weekend` (it and the day after)"
        ),
        {"type": "string", "maxLength": 40},
    ),
    **{
        name: Parameter(text, {"type": "string", "enum": list(person.CHOICES[name])}, many=name == "family")
        for name, text in _OF_PERSON.items()
    },
    "age": Parameter(
        gettext_lazy("Age of the person, in years"),
        {"type": "integer", "format": "int32", "minimum": 0, "maximum": person.OLDEST},
    ),
    "household": Parameter(
        gettext_lazy("People in the household"),
        {"type": "integer", "format": "int32", "minimum": 0, "maximum": person.LARGEST},
    ),
    "isee": Parameter(
        gettext_lazy("The household's ISEE, in euros"),
        {"type": "number", "format": "double", "minimum": 0, "maximum": person.RICHEST},
    ),
    "residence": Parameter(gettext_lazy("Comune where the person is resident, by cadastral code"), _COMUNE),
    "near": Parameter(
        gettext_lazy("Only places near a point: latitude,longitude in degrees (WGS 84)"),
        {"type": "string", "maxLength": 40},
    ),
    "radius": Parameter(
        gettext_lazy("Kilometres around `near`"),
        {
            "type": "number",
            "format": "double",
            "minimum": 0.05,
            "maximum": shared.MAX_RADIUS_KM,
            "default": shared.DEFAULT_RADIUS_KM,
        },
    ),
    "on_foot": Parameter(
        gettext_lazy(
            "Only what can be walked to, in half an hour, from the point or from the place named in `q`: up to 1.73 km "
            "in a straight line. Without either it changes nothing"
        ),
        {"type": "string", "enum": ["1"]},
    ),
    "order": Parameter(
        gettext_lazy("Order of what is found"),
        {"type": "string", "enum": list(shared.ORDERS), "default": shared.ORDERS[0]},
    ),
    "need": Parameter(gettext_lazy("Needs, by id or short name"), _TERM, many=True),
    "target": Parameter(gettext_lazy("Target groups, by id or short name"), _TERM, many=True),
    "life_event": Parameter(gettext_lazy("Life events, by id or short name"), _TERM, many=True),
    "language_spoken": Parameter(gettext_lazy("Languages spoken there, by id or short name"), _TERM, many=True),
    "access": Parameter(gettext_lazy("Ways of access, by id or short name"), _TERM, many=True),
    "figure": Parameter(gettext_lazy("Professional figures met there, by id or short name"), _TERM, many=True),
    "accessibility": Parameter(gettext_lazy("Accessibility of the place, by id or short name"), _TERM, many=True),
    "organization": Parameter(gettext_lazy("Organizations, in any role"), _ID, many=True),
    "location": Parameter(gettext_lazy("Places where the service is given"), _ID, many=True, read=_id),
    "program": Parameter(gettext_lazy("Programs that the service belongs to"), _ID, many=True, read=_id),
    "comune": Parameter(gettext_lazy("Comuni, by cadastral code: of the place, or served"), _COMUNE, many=True),
    "territory": Parameter(gettext_lazy("Territories, by short name"), _WORD, many=True),
    "status": Parameter(
        gettext_lazy("Statuses, as of today: outside its dates no service is active"),
        {"type": "string", "enum": [str(value) for value in Status.values]},
        many=True,
    ),
    "cost": Parameter(
        gettext_lazy("Free, or to be paid, where it is stated; free up to an ISEE is both"),
        {"type": "string", "enum": [str(value) for value in Price.values]},
        many=True,
    ),
    "attribute": Parameter(
        gettext_lazy(
            "Custom attributes, each under its own name: `attribute.<key>=<value>`, the value being `yes`, `no` or the "
            "key of a choice, and repeated for alternatives. `attributes` lists them: those that are `filterable`"
        ),
        {"type": "object", "additionalProperties": {"type": "array", "items": _TERM}},
    ),
    "caller": Parameter(
        gettext_lazy("Callers that the service names as admitted; one that names none admits all"),
        {"type": "string", "enum": _CALLERS},
        many=True,
        read=choice(_CALLERS),
    ),
    "legal_form": Parameter(
        gettext_lazy("Legal forms"), {"type": "string", "enum": _LEGAL_FORMS}, many=True, read=choice(_LEGAL_FORMS)
    ),
    "taxonomy": Parameter(gettext_lazy("Taxonomies, by short name"), _WORD, many=True, read=_short_name),
    "limit": Parameter(
        gettext_lazy("Changes at most"),
        {"type": "integer", "format": "int32", "minimum": 1, "maximum": MOST_CHANGES, "default": MOST_CHANGES},
    ),
    "parent": Parameter(gettext_lazy("Terms right under these"), _ID, many=True, read=_id),
}
