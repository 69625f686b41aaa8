"""`python -m tests.benchmarks.asking`: how long search takes inside one process, by kind of question; prints JSON."""

import json
import random
import sys
import time
from collections.abc import Callable, Iterable
from datetime import timedelta

import django

django.setup()

from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from search.analysis import words  # noqa: E402
from search.engine import Near, SearchQuery, Wanted, get_engine  # noqa: E402
from search.query import search  # noqa: E402
from search.suggesting import suggest  # noqa: E402
from services_catalog.choices import Audience  # noqa: E402
from services_catalog.publication.records import PublishedRecord  # noqa: E402
from tests.bad_questions import TEXTS, query_of  # noqa: E402
from tests.benchmarks.load import percentile  # noqa: E402
from tests.relevance.questions import tuning_half  # noqa: E402

TERRITORY = {"territory": frozenset({"valdarmonia"})}
TYPED = (
    "mensa caritas",
    "dormitorio notte",
    "avvocato gratis",
    "aiuto famiglia",
    "docce",
    "canteen",
    "sportello lavoro",
)


def milliseconds(ask: Callable[[], object]) -> float:
    """How long one answer took."""
    began = time.perf_counter()
    ask()
    return 1000 * (time.perf_counter() - began)


def p95(asks: Iterable[Callable[[], object]]) -> float:
    """The 95th percentile of one half, in a process that has answered the other half: none of them is asked twice."""
    listed = list(asks)
    for ask in listed[::2]:
        ask()
    return percentile([milliseconds(ask) for ask in listed[1::2]], 0.95)


def queries(**asked: object) -> list[SearchQuery]:
    """The tuning half's questions, with filters that people choose."""
    return [
        SearchQuery(text=question.text, language=question.language, filters=TERRITORY, **asked)  # type: ignore[arg-type]
        for question in tuning_half()
    ]


def typed() -> list[str]:
    """What stands in the box at each letter."""
    return [text[:length] for text in TYPED for length in range(2, len(text) + 1)]


if __name__ == "__main__":
    engine, now, chance = get_engine(Audience.PUBLIC), timezone.now(), random.Random(7)
    in_two_days = now + timedelta(days=2)
    client = Client(headers={"host": "localhost"})
    client.get("/api/v1/services?language=it&q=mensa")  # the first request of a process loads what answers
    bad = [f"/api/v1/services?language=it&{query_of(text)}" for text in TEXTS.values()]
    near = [Near(45 + chance.random(), 9 + chance.random(), 5.0) for _ in range(100)]
    facts = {"age": frozenset({"34"}), "legal_status": frozenset({"undocumented"})}
    plain = [SearchQuery(text=text, filters=TERRITORY) for text in TYPED * 20]
    rare = [SearchQuery(text="mensa", filters=TERRITORY, near=one, open_at=now) for one in near]
    found = {
        "words, filters, all facets": p95(
            lambda q=q: engine.find(q, Wanted(words(q.text, "it")))  # type: ignore[misc]
            for q in plain
        ),
        "near, open now, all facets": p95(lambda q=q: engine.find(q, Wanted(words(q.text, "it"))) for q in rare),  # type: ignore[misc]
        "a whole question": p95(lambda q=q: search(q) for q in queries()),  # type: ignore[misc]
        "with eligibility and open at": p95(lambda q=q: search(q) for q in queries(facts=facts, open_at=in_two_days)),  # type: ignore[misc]
        "a bad question, the slowest": max(milliseconds(lambda q=q: client.get(q)) for q in bad),  # type: ignore[misc]
        "autocomplete": p95(lambda t=t: suggest(t, "it", Audience.PUBLIC, TERRITORY) for t in typed()),  # type: ignore[misc]
    }
    # What one would write first: the words, looked for in every record's text.
    records = PublishedRecord.objects.of("service", Audience.PUBLIC, "it")
    found["looking through the records"] = p95(
        lambda t=t: list(records.filter(body__icontains=t).values_list("uuid")[:20])  # type: ignore[misc]
        for t in ("refettorio", "zzzz", "dormitorio di notte")
    )
    json.dump({name: round(value, 2) for name, value in found.items()}, sys.stdout)
