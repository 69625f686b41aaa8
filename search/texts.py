"""Which of a service's texts are searched, in which field, and as which words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from search import analysis
from search.naming import name_words
from services_catalog.languages import LANGUAGES

WEIGHTS: Mapping[str, float] = {"name": 4.0, "organizations": 3.0, "labels": 3.0, "summary": 2.0, "prose": 1.0}
"""Fields of words, and how much a word found there counts."""

NAMES = ("name", "organizations")
"""Fields of names: a question of which every word stands there names what it wants."""

PROSE = ("description", "who_for", "how_to", "what_you_get", "times", "conditions", "referral_route")
PROPER = "it"
"""Proper nouns have no language of their own: they are analysed as Italian."""

Text = Mapping[str, str]
"""Language → text."""


@dataclass(frozen=True)
class Label:
    """A name that many services quote, in every language it has, as words to find, to spell and to begin."""

    words: frozenset[str]
    spelling: frozenset[str]
    called: frozenset[str]


def label_of(name: Text) -> Label:
    """The label of a term."""
    return Label(_words([name]), _spelling([name]), _called([name]))


@lru_cache(maxsize=8192)
def _proper(text: str) -> Label:
    """The label of an organization or a comune."""
    return label_of({PROPER: text})


def words_of(service: dict[str, Any], labels: Iterable[Label]) -> dict[str, frozenset[str]]:
    """The words of a service, by the fields of WEIGHTS; those of names also as they are written."""
    names = [service["name"], service["alternate_name"]]
    return {
        "name": _words(names) | _called(names),
        "organizations": frozenset().union(*(one.words | one.called for one in _organizations(service))),
        "labels": frozenset().union(*(label.words for label in labels)),
        "summary": _words([service["summary"], *_surroundings(service)]).union(
            *(comune.words for comune in _comuni(service))
        ),
        "prose": _words([service[name] for name in PROSE]),
    }


def spelling_of(service: dict[str, Any], labels: Iterable[Label]) -> frozenset[str]:
    """Words to suggest in place of a typo: all but the prose's."""
    own = (service["name"], service["alternate_name"], service["summary"])
    quoted = (*labels, *_organizations(service), *_comuni(service))
    return _spelling([*own, *_surroundings(service)]).union(*(label.spelling for label in quoted))


def called(service: dict[str, Any]) -> frozenset[str]:
    """The words of a service's names and its organizations', as somebody begins to type them."""
    own = _called([service["name"], service["alternate_name"]])
    return own.union(*(one.called for one in _organizations(service)))


def sort_name(name: Text) -> str:
    """By what services are put in alphabetical order, whatever the page's language: there is one order."""
    first = next((name[language] for language in LANGUAGES if name.get(language)), "")
    return " ".join(analysis.split(first))[:80]


def _organizations(service: dict[str, Any]) -> list[Label]:
    organizations = (part["organization"] for part in service["organizations"])
    return [_proper(f"{one['name']} {one['alternate_name']}") for one in organizations]


def _comuni(service: dict[str, Any]) -> list[Label]:
    comuni = (place["location"]["comune"] for place in service["locations"])
    return [_proper(comune["name"]) for comune in comuni if comune]


def _surroundings(service: dict[str, Any]) -> list[Text]:
    """Texts that place a service: its program, its places and their addresses."""
    found: list[Text] = [service["program"]["name"]] if service["program"] else []
    for place in service["locations"]:
        location = place["location"]
        address = location["address"] or {}
        proper = (address.get(part) for part in ("locality", "street", "postal_code"))
        found += [location["name"], {PROPER: " ".join(part for part in proper if part)}]
    return found


def _words(found: Iterable[Text]) -> frozenset[str]:
    return frozenset().union(*(analysis.tokens(text, code) for one in found for code, text in one.items()))


def _called(found: Iterable[Text]) -> frozenset[str]:
    return frozenset().union(*(name_words(text) for one in found for text in one.values()))


def _spelling(found: Iterable[Text]) -> frozenset[str]:
    return frozenset().union(*(analysis.plain_words(text, code) for one in found for code, text in one.items()))
