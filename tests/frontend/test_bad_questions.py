"""What nobody means to ask: a useful page, or 400 with the name of what is wrong, and never long to wait for."""

import time
from datetime import date
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client

SECONDS = 1.0
"""Five times what is promised (200 ms on a quiet machine): a test must not depend on who else is working."""

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
}
WRONG = {
    "50 filters": ("need", "&".join(f"need=00000000-0000-4000-8000-{number:012}" for number in range(60))),
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
    """The answer, within the time."""
    began = time.perf_counter()
    answer = client.get(f"{address}?{query}")
    assert time.perf_counter() - began < SECONDS
    return answer


@pytest.mark.parametrize("address", ["/it/search/", "/ar/search/", "/api/v1/services"])
@pytest.mark.parametrize("name", TEXTS)
def test_any_text_gets_a_useful_page(client: Client, indexed: dict[str, Any], address: str, name: str) -> None:
    query = QueryDict(mutable=True)
    query["q"] = TEXTS[name].encode(errors="replace").decode() if name == "surrogate" else TEXTS[name]
    answer = asked(client, address, query.urlencode())
    assert answer.status_code == 200
    assert "UNKNOWN VARIABLE" not in answer.content.decode()


@pytest.mark.parametrize("address", ["/it/search/", "/api/v1/services"])
@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_parameter_is_named(client: Client, indexed: dict[str, Any], address: str, name: str) -> None:
    field, query = WRONG[name]
    answer = asked(client, address, query)
    assert answer.status_code == 400
    assert field in answer.content.decode()
