"""Conditions and words as queries of the embedded engine, over one moment of the index."""

import math
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, Literal
from uuid import UUID

import numpy as np
from tantivy import DocAddress, Occur, Query, Schema, Searcher

from search.analysis import Word
from search.cells import covering
from search.engine import Filters, Near, Wanted, weights_of
from search.engines.counting import Condition, Counts, Tally
from search.facets import columns_of, held
from search.geo import distances_km
from search.opening import blocks_at
from search.texts import NAMES, WEIGHTS

ALL_VALUES = 65_000
"""More than any column holds, and the most the engine allows: counts are exact only if no value is left out."""

MANY = 1000
ROWS = {"value_count": {"field": "service_low"}}
"""Counts rows: every row has this one."""

SERVICE = "service"

TIE_BREAKER = 0.1
"""How much a word's other matches add to its best."""


Found = Sequence[tuple[Any, DocAddress]]
"""Rows with their scores."""


class Moment:
    """One searcher: what it answers does not move under a question, whatever the follower writes meanwhile."""

    def __init__(self, searcher: Searcher, schema: Schema) -> None:
        self.searcher = searcher
        self.schema = schema
        self.around = lru_cache(maxsize=4)(self._around)

    def term(self, field: str, value: str) -> Query:
        """Rows that have `value` in `field`."""
        return Query.term_query(self.schema, field, value, index_option="basic")

    def any_of(self, field: str, values: Sequence[str]) -> Query:
        """Rows that have one of `values` in `field`."""
        if len(values) > MANY:
            return Query.term_set_query(self.schema, field, values)
        # Up to here looking up term by term is three times as fast as walking the dictionary.
        return _either([self.term(field, value) for value in values])

    def meeting(self, condition: Condition) -> Query:
        """Rows that meet `condition`, all with score 0."""
        parts = [self.term("role", condition.rows)]
        for facet, values in condition.filters:
            columns = columns_of(facet, anywhere=condition.rows == "first")
            parts.append(_either([self.any_of(column, held(facet, values)) for column in columns]))
        if condition.open_at:
            parts.append(self.any_of("open", blocks_at(condition.open_at)))
        if condition.unknown_at:
            parts.append(self.any_of("unknown", blocks_at(condition.unknown_at)))
        if condition.near:
            parts.append(self.around(condition.near))
        if condition.services is not None:
            parts.append(self.any_of("service", sorted(condition.services)))
        return Query.const_score_query(both(parts), 0.0)

    def matching(self, wanted: Wanted) -> Query | None:
        """Rows that say what is wanted, scored by rarity of the word and weight of the field, and by the likelihood of
        the need. None: nothing is wanted."""
        words = [self._word(word) for word in wanted.words]
        if not wanted.needs:
            return (both(words) if wanted.every else _either(words)) if words else None
        needs = [Query.const_score_query(self.term("need", need), weight) for need, weight in weights_of(wanted)]
        meets = [both(words) if wanted.every else _either(words)] if words else []
        return Query.boolean_query(
            [
                (Occur.Must, Query.const_score_query(_either([*meets, *needs]), 0.0)),
                *((Occur.Should, query) for query in (*words, *needs)),
            ]
        )

    def calling(self, tokens: Sequence[str], filters: Filters) -> Query:
        """First rows of services whose names have these words, the last of which may be a beginning."""
        *whole, begun = tokens
        begins = [word for word, _rows in self.searcher.terms_with_prefix("called", begun)]
        words = [self.term("called", token) for token in whole]
        condition = Condition(tuple(sorted(filters.items())), rows="first")
        return both([*words, self.any_of("called", begins), self.meeting(condition)])

    def named(self, words: Sequence[Word]) -> Query:
        """Rows with every one of `words` in a name."""
        return both([_either([self.any_of(field, word.in_names) for field in NAMES]) for word in words])

    def open_at(self, when: datetime, *, anywhere: bool) -> Query:
        """Rows of places open at an instant; first rows where any place of the service is."""
        fields = ("open", "open_elsewhere") if anywhere else ("open",)
        return _either([self.any_of(field, blocks_at(when)) for field in fields])

    def asked(self, condition: Condition, words: Query | None) -> Query:
        """Both together."""
        meeting = self.meeting(condition)
        return both([words, meeting]) if words is not None else meeting

    def tally(self, tallies: Sequence[Tally], words: Query | None) -> list[Counts]:
        """The counts that `counting` asks for; one pass over the rows for each condition."""
        asked: dict[tuple[Condition, bool], dict[str, object]] = {}
        for tally in tallies:
            if tally.column == SERVICE:
                continue
            columns = asked.setdefault((tally.condition, tally.words), {"rows": ROWS})
            if tally.column:
                columns[tally.column] = {"terms": {"field": tally.column, "size": ALL_VALUES}}
        answers = {
            (condition, with_words): self.searcher.aggregate(
                self.asked(condition, words if with_words else None), columns
            )
            for (condition, with_words), columns in asked.items()
        }
        return [
            self._services(self.asked(tally.condition, words if tally.words else None))
            if tally.column == SERVICE
            else _read(answers[tally.condition, tally.words], tally)
            for tally in tallies
        ]

    def every(self, query: Query) -> Found:
        """All rows that meet `query`."""
        found = self.searcher.search(query, MANY, count=True)
        if found.count > MANY:
            found = self.searcher.search(query, found.count, count=False)
        hits: Found = found.hits
        return hits

    def ids(self, name: Literal["service", "place"], found: Found) -> list[int]:
        """The ids of rows, as numbers; 0 where there is none."""
        rows = [address for _score, address in found]
        high, low = (self.searcher.fast_field_values(f"{name}_{half}", rows) for half in ("high", "low"))
        return [(above or 0) << 64 | (below or 0) for above, below in zip(high, low, strict=True)]

    def _services(self, query: Query) -> Counts:
        """How many rows each service has. Read as numbers: ids counted as words cost 10 µs each."""
        return {str(UUID(int=number)): rows for number, rows in Counter(self.ids("service", self.every(query))).items()}

    def having(self, word: Word) -> Query:
        """Rows that have the word."""
        return _either([self.term(field, form) for field in WEIGHTS for form in word.forms])

    def within(self, filters: Filters) -> Query:
        """Rows that meet the filters."""
        return self.meeting(Condition(tuple(sorted(filters.items()))))

    def any(self, query: Query) -> bool:
        """Whether there is a row that meets `query`. (Frequencies count dropped rows until segments are merged.)"""
        return bool(self.searcher.search(query, 1, count=False).hits)

    def vocabulary(self) -> list[str]:
        """The words that rows spell, those of dropped rows left out: a word is looked for where all of its rows may
        have been dropped. To look through all rows of all words would bring 10 MB of the index into memory."""
        state = 1
        dropped = self.searcher.doc_freq("role", "row") + state - self.searcher.num_docs
        found = self.searcher.terms_with_prefix("spelling", "")
        return [word for word, rows in found if rows > dropped or self.any(self.term("spelling", word))]

    def _word(self, word: Word) -> Query:
        found = []
        for field, weight in WEIGHTS.items():
            for form in word.forms:
                if rows := self.searcher.doc_freq(field, form):
                    score = weight * self._rarity(rows)
                    found.append(Query.const_score_query(self.term(field, form), score))
        return Query.disjunction_max_query(found, TIE_BREAKER) if found else Query.empty_query()

    def _rarity(self, rows: int) -> float:
        """BM25's idf. Lengths are left out on purpose: a service told in twelve languages has as clear a name."""
        return math.log(1 + max(0.0, self.searcher.num_docs - rows + 0.5) / (rows + 0.5))

    def _around(self, near: Near) -> Query:
        """Rows inside the circle: those of the squares in it, and of the points on its edge those that are inside."""
        inside, crossed = covering(near)
        on_edge = {"points": {"terms": {"field": "point", "size": ALL_VALUES}}}
        found = self.searcher.aggregate(self.any_of("cells", crossed), on_edge)
        keys = [bucket["key"] for bucket in found["points"]["buckets"]]
        points = np.array([key.split(",") for key in keys], np.float64).reshape(-1, 2)
        reached = distances_km(near.latitude, near.longitude, points) <= near.radius_km
        edge = [key for key, within in zip(keys, reached.tolist(), strict=True) if within]
        return _either([self.any_of("cells", inside), self.any_of("point", edge)])


def both(queries: Sequence[Query]) -> Query:
    return Query.boolean_query([(Occur.Must, query) for query in queries])


def _either(queries: Sequence[Query]) -> Query:
    return Query.boolean_query([(Occur.Should, query) for query in queries])


def _read(answer: dict[str, Any], tally: Tally) -> Counts:
    if tally.column is None:
        return {"": int(answer["rows"]["value"])}
    return {bucket["key"]: bucket["doc_count"] for bucket in answer[tally.column]["buckets"]}
