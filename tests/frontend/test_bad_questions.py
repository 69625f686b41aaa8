"""What nobody means to ask: a useful page, or 400 with the name of what is wrong, and never much to load."""

import time
from datetime import date
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client

from search.suggesting import MOST, suggest
from services_catalog.choices import Audience

MOST_BYTES = 150_000
"""Of a page, beside the question itself a few times: in each of its links it would make megabytes."""

TEXTS = {
    "long": "aiuto " * 666,
    "one long word": "a" * 4000,
    "stop words": "dove posso trovare il la lo per",
    "emoji": "😀🏳️‍🌈👨‍👩‍👧",
    "quotes": "\"mensa 'caritas",
    "surrogate": "mensa \ud83d",
    "SQL": "'; DROP TABLE services; --",
    "Lucene": "name:(mensa OR *) AND NOT _exists_:x~2^9",
    "right to left override": "\u202easnem\u202c mensa",
    "control": "mensa\x00\x07",
    "spaces": "   ",
    "arabic numbers": "٩٩٩٩٩٩",
    "long, of four bytes": "🛏" * 4000,
    "long, Chinese": "我饿了没有地方睡觉" * 444,
    "long, Arabic": "أنا جائع وأبحث عن مكان " * 173,
    "one letter each": " ".join("abcdefghij" * 200),
    "many places": "Iglesias Gonnesa Roma Napoli Cagliari " * 105,
    "misspelt": "dormitorioo notturnno guardarobaa mensaa doccee",
    "accents without end": "e" + "\u0301" * 3999,
    "ligatures": "\ufdfa" * 4000,
}
WRONG = {
    "60 filters": ("need", "&".join(f"need=00000000-0000-4000-8000-{number:012}" for number in range(60))),
    "radius": ("radius", "near=39.3,8.5&radius=-1"),
    "on foot": ("on_foot", "near=39.3,8.5&on_foot=2"),
    "far future": ("open", "open=9999-12-31"),
    "far future, a minute": ("open", "open=9999-12-31T23:59"),
    "before Christ": ("open", "open=-0044-03-15"),
    "no part of a day": ("open", f"open={date(2026, 11, 24)}.brunch"),
    "age": ("age", "age=999"),
    "two ages": ("age", "age=3&age=4"),
    "gender": ("gender", "gender=yes"),
    "isee": ("isee", "isee=-5"),
    "isee, not a number": ("isee", "isee=NaN"),
    "residence": ("residence", "residence=Roma"),
    "literally": ("literally", "literally=everything"),
    "too long": ("q", "q=" + "a" * 4001),
}


def asked(client: Client, address: str, query: str) -> Any:
    """The answer; how long it took is printed, and not held to: a test must not depend on who else is working."""
    began = time.perf_counter()
    answer = client.get(f"{address}?{query}")
    print(f"{1000 * (time.perf_counter() - began):.0f} ms, {len(answer.content)} bytes")
    return answer


@pytest.mark.parametrize("address", ["/it/search/", "/ar/search/", "/api/v1/services"])
def test_any_text_gets_a_useful_page(client: Client, indexed: dict[str, Any], address: str) -> None:
    for name, text in TEXTS.items():
        query = QueryDict(mutable=True)
        query["q"] = typed = text.encode(errors="replace").decode()
        answer = asked(client, address, query.urlencode())
        assert answer.status_code == 200, name
        assert "UNKNOWN VARIABLE" not in answer.text, name
        assert len(answer.content) < MOST_BYTES + 10 * len(typed.encode()), name


@pytest.mark.parametrize("address", ["/it/search/", "/api/v1/services"])
def test_a_wrong_parameter_is_named(client: Client, indexed: dict[str, Any], address: str) -> None:
    for name, (field, query) in WRONG.items():
        answer = asked(client, address, query)
        assert answer.status_code == 400, name
        assert field in answer.text, name


@pytest.mark.parametrize("address", ["/it/search/", "/api/v1/services"])
def test_more_parameters_than_anybody_gives_are_refused(client: Client, db: None, address: str) -> None:
    assert asked(client, address, "&".join(f"need={number}" for number in range(2500))).status_code == 400


@pytest.mark.parametrize("language", ["it", "ar"])
def test_any_text_gets_suggestions_or_none(indexed: dict[str, Any], language: str) -> None:
    for text in (*TEXTS.values(), "a " * 40, "二" * 80, "x" * 80):
        assert len(suggest(text, language, Audience.PUBLIC, {})) <= MOST
