"""Asks every judged question of one installation and prints what came as JSON: `python -m tests.relevance.asking`.

With the word `without`, nothing is learnt from what people say: words alone answer.
"""

import json
import sys
import time
from collections import Counter, defaultdict
from contextlib import nullcontext
from typing import Any
from unittest.mock import patch

import django
import orjson

django.setup()

from search.engine import SearchQuery  # noqa: E402
from search.needs import meant  # noqa: E402
from search.query import search  # noqa: E402
from services_catalog.publication.records import PublishedRecord, RecordFacet  # noqa: E402
from tests.relevance.measures import DEPTH, measure  # noqa: E402
from tests.relevance.questions import Judged, figure_half, tuning_half  # noqa: E402

TERRITORY = "valdarmonia"


class Catalogue:
    """Which needs each published service answers, and how many services there are for each need."""

    def __init__(self) -> None:
        self.needs: dict[str, set[str]] = defaultdict(set)
        facets = RecordFacet.objects.filter(reader="public", kind="service")
        ours = set(facets.filter(facet="territory", value=TERRITORY).values_list("uuid", flat=True))
        for service, need in facets.filter(facet="need", uuid__in=ours).values_list("uuid", "value"):
            self.needs[str(service)].add(need)
        self.names = {
            str(key): orjson.loads(body)["name"]
            for key, body in PublishedRecord.objects.of("service", "public", "it").values_list("uuid", "body")
        }
        self.services = Counter(need for needs in self.needs.values() for need in needs)

    def asked(self, question: Judged) -> dict[str, Any]:
        """What came of a question."""
        query = SearchQuery(
            text=question.text,
            language=question.language,
            filters={"territory": frozenset({TERRITORY})},
            size=DEPTH,
        )
        began = time.perf_counter()
        answer = search(query)
        elapsed = 1000 * (time.perf_counter() - began)
        services = [str(key) for key in answer.services]
        results = [frozenset(self.needs[service]) for service in services]
        found = measure(question.needs, results, [self.services[need] for need in question.needs])
        return {
            "text": question.text,
            "language": question.language,
            "kind": question.kind,
            "needs": list(question.needs),
            "success": found.success,
            "reciprocal_rank": found.reciprocal_rank,
            "ndcg": found.ndcg,
            "confident": answer.confident,
            "guesses": [[guess.need, round(guess.probability, 3)] for guess in answer.guesses],
            "first": [self.names[service] for service in services[:3]],
            "milliseconds": round(elapsed, 2),
        }


if __name__ == "__main__":
    catalogue = Catalogue()
    without = "without" in sys.argv[1:]
    with patch.object(meant, "model_in_force", return_value=None) if without else nullcontext():
        print(
            json.dumps(
                {
                    "tuning": [catalogue.asked(question) for question in tuning_half()],
                    "figure": [catalogue.asked(question) for question in figure_half()],
                }
            )
        )
