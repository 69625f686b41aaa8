"""Which of a service's texts are searched, in which field, and as which words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
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
    """A term's name in every language, as words."""

    words: frozenset[str]
    spelling: frozenset[str]


def label_of(name: Text) -> Label:
    """The label of a term."""
    return Label(_words([name]), _spelling([name]))


def words_of(service: dict[str, Any], labels: Iterable[Label]) -> dict[str, frozenset[str]]:
    """The words of a service, by the fields of WEIGHTS."""
    return {
        "name": _words([service["name"], service["alternate_name"]]),
        "organizations": _words(_organizations(service)),
        "labels": frozenset().union(*(label.words for label in labels)),
        "summary": _words([service["summary"], *_surroundings(service)]),
        "prose": _words([service[name] for name in PROSE]),
    }


def spelling_of(service: dict[str, Any], labels: Iterable[Label]) -> frozenset[str]:
    """Words to suggest in place of a typo: all but the prose's."""
    own = (service["name"], service["alternate_name"], service["summary"])
    found = _spelling([*own, *_organizations(service), *_surroundings(service)])
    return found.union(*(label.spelling for label in labels))


def called(service: dict[str, Any]) -> frozenset[str]:
    """The words of a service's names and its organizations', as somebody begins to type them."""
    names = [service["name"], service["alternate_name"], *_organizations(service)]
    return frozenset().union(*(name_words(text) for name in names for text in name.values()))


def sort_name(name: Text) -> str:
    """By what services are put in alphabetical order, whatever the page's language: there is one order."""
    first = next((name[language] for language in LANGUAGES if name.get(language)), "")
    return " ".join(analysis.split(first))[:80]


def _organizations(service: dict[str, Any]) -> list[Text]:
    organizations = (part["organization"] for part in service["organizations"])
    return [{PROPER: f"{one['name']} {one['alternate_name']}"} for one in organizations]


def _surroundings(service: dict[str, Any]) -> list[Text]:
    """Texts that place a service: its program, its places and their comuni."""
    found: list[Text] = [service["program"]["name"]] if service["program"] else []
    for place in service["locations"]:
        location = place["location"]
        address, comune = location["address"], location["comune"]
        parts = ("locality", "street", "postal_code")
        proper = (comune and comune["name"], *(address[part] for part in parts if address))
        found += [location["name"], {PROPER: " ".join(part for part in proper if part)}]
    return found


def _words(found: Iterable[Text]) -> frozenset[str]:
    return frozenset().union(*(analysis.tokens(text, code) for one in found for code, text in one.items()))


def _spelling(found: Iterable[Text]) -> frozenset[str]:
    return frozenset().union(*(analysis.plain_words(text, code) for one in found for code, text in one.items()))
