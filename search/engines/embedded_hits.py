"""A page of hits of the embedded engine: each service once, in an order that does not depend on segments.

The engine breaks ties by where a row happens to lie, so whole groups of equal scores are read, and ordered by id here.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray
from tantivy import DocAddress, Occur, Order, Query

from search.engine import RANKED, Hit, Near, SearchQuery, Wanted, is_ranked, weights_of
from search.engines.counting import Condition, condition_of
from search.engines.embedded_queries import Found, Moment, both
from search.engines.embedded_schema import NUMBERS
from search.geo import distance_km
from services_catalog.choices import Status

READ = 4096
"""Rows asked for at first: little more than a few hundred cost, and most groups of equal scores are smaller."""
FEWEST = 128
"""Of these, those looked at first, beyond the page."""
GROWTH = 8
WHOLE = GROWTH**2
"""Shares of the radius: ordering by distance looks into one of them first."""
MOST_ROWS = 10_000
"""Rows of the candidates that are looked at for one mark: more than RANKED services have."""

Ranked = tuple[list[Hit], bool]
"""Hits in order, and whether there are no more of them."""


def hits_of(query: SearchQuery, moment: Moment, wanted: Wanted) -> tuple[Hit, ...]:
    """The hits of the page that `query` asks; the first RANKED where they are to be ranked."""
    condition = condition_of(query)
    of_place = condition.of_place
    if not of_place:
        condition = replace(condition, rows="first")
    words, last = moment.matching(wanted), query.offset + query.size
    if is_ranked(query, wanted):
        most = max(RANKED, last)
        by_score = _by_score(moment, condition, words, most) if words else _by_name(moment, condition, None, most)
        page = list(_marked(moment, by_score[:most], wanted, of_place=of_place))
    elif query.order == "distance" and query.near:
        page = _by_distance(moment, condition, query.near, words, last)[query.offset : last]
    else:
        page = _by_name(moment, condition, words, last)[query.offset : last]
    return tuple(page) if of_place else tuple(hit._replace(place=None) if hit.place else hit for hit in page)


def _marked(moment: Moment, hits: Sequence[Hit], wanted: Wanted, *, of_place: bool) -> Iterator[Hit]:
    """`hits` with what the wanted says of each; their scores for words alone."""
    weights = weights_of(wanted)
    marks: dict[str, Query] = {need: moment.term("need", need) for need, _weight in weights}
    marks[ACTIVE] = moment.term("status", Status.ACTIVE)
    if wanted.words:
        marks[NAMED] = moment.named(wanted.words)
    if wanted.targets:
        marks[SUITS] = moment.any_of("target", sorted(wanted.targets))
    if wanted.open_at:
        marks[OPEN] = moment.open_at(wanted.open_at, anywhere=not of_place)
    borne = _borne(moment, hits, marks, of_place=of_place)
    of_needs = {bears: sum(weight for need, weight in weights if need in bears) for bears in set(borne.values())}
    for hit in hits:
        bears = borne.get((hit.service.int, hit.place.int if hit.place else 0), frozenset())
        yield hit._replace(
            score=round(hit.score - of_needs.get(bears, 0.0), 3),
            needs=bears - OTHER_MARKS,
            named=NAMED in bears,
            suits=SUITS in bears,
            active=ACTIVE in bears,
            open=OPEN in bears,
        )


NAMED, SUITS, ACTIVE, OPEN = "named", "suits", "active", "open"
OTHER_MARKS = frozenset({NAMED, SUITS, ACTIVE, OPEN})
"""What is borne beside the ids of needs."""


def _borne(
    moment: Moment, hits: Sequence[Hit], marks: Mapping[str, Query], *, of_place: bool
) -> dict[tuple[int, int], frozenset[str]]:
    """By service and place, as numbers, the marks whose queries its row meets.

    One pass: a mark met adds a power of two to the row's score, which a 32-bit float holds exactly for 24 marks.
    """
    names = list(marks)
    rows = [
        moment.term("role", "row" if of_place else "first"),
        moment.any_of("service", [str(hit.service) for hit in hits]),
    ]
    asked = Query.boolean_query(
        [
            (Occur.Must, Query.const_score_query(both(rows), 0.0)),
            *(
                (Occur.Should, Query.const_score_query(query, float(1 << number)))
                for number, query in enumerate(marks.values())
            ),
        ]
    )
    found = moment.searcher.search(asked, MOST_ROWS, count=False).hits
    sets = {
        score: frozenset(name for number, name in enumerate(names) if int(score) >> number & 1)
        for score in {score for score, _address in found}
    }
    keys = zip(moment.ids("service", found), moment.ids("place", found), strict=True)
    return {key: sets[score] for key, (score, _address) in zip(keys, found, strict=True)}


def by_name(moment: Moment, query: Query, most: int) -> list[UUID]:
    """The first services, by name, among the rows that `query` finds."""
    found = moment.searcher.search(query, most, count=False, order_by_field="sort", order=Order.Asc).hits
    return [hit.service for hit in _hits(moment, [(0.0, address) for _name, address in found], None)]


def services_of(moment: Moment, query: Query) -> list[UUID]:
    """The services of every row that `query` finds, as often as they have rows."""
    return [UUID(int=number) for number in moment.ids("service", moment.every(query))]


def _by_score(moment: Moment, condition: Condition, words: Query, last: int) -> list[Hit]:
    """The first `last` services by score, equal ones by id. Thousands may be equal: ids are compared as columns, and
    only those that are answered become hits."""
    asked, limit, enough = moment.asked(condition, words), max(READ, 4 * last), 2 * last + FEWEST
    found, complete = _best(moment, asked, limit)
    while True:
        # Of rows with the last score looked at none is left out: their order is not known yet.
        looked_at = found[: _through(found, min(enough, len(found)))]
        first = _first_different(moment, looked_at, last, one_row=condition.rows == "first")
        if len(first) == last or (complete and len(looked_at) == len(found)):
            return list(_hits(moment, [found[number] for number in first], condition.near))
        if len(looked_at) == len(found):
            limit *= GROWTH
            found, complete = _best(moment, asked, limit)
        enough *= GROWTH


def _best(moment: Moment, asked: Query, limit: int) -> tuple[Found, bool]:
    """The best `limit` rows, without those whose like may go on beyond them; and whether there are no more."""
    found: Found = moment.searcher.search(asked, limit, count=False).hits
    if len(found) < limit:
        return found, True
    return found[: bisect_left(found, -found[-1][0], key=_descending)], False


def _through(found: Found, rows: int) -> int:
    """How many rows the first `rows` are, with those of the last one's score."""
    return bisect_right(found, -found[rows - 1][0], key=_descending) if rows else 0


def _descending(row: tuple[Any, DocAddress]) -> float:
    return -float(row[0])


def _first_different(moment: Moment, found: Found, last: int, *, one_row: bool) -> list[int]:
    """The places in `found` of the best row of each of the first `last` services, in order. `one_row`: each service has
    one row alone."""
    if not found:
        return []
    addresses = [address for _score, address in found]

    def column(name: str) -> NDArray[np.uint64]:
        return np.array([value or 0 for value in moment.searcher.fast_field_values(name, addresses)], np.uint64)

    low, high = column("service_low"), column("service_high")
    scores = np.fromiter((score for score, _address in found), np.float64)
    if one_row:
        return [int(number) for number in np.lexsort((low, high, -scores))[:last]]
    order = np.lexsort((column("place_low"), column("place_high"), low, high, -scores))
    first: dict[tuple[int, int], int] = {}
    for number in order.tolist():
        first.setdefault((int(high[number]), int(low[number])), number)
        if len(first) == last:
            break
    return list(first.values())


def _by_name(moment: Moment, condition: Condition, words: Query | None, last: int) -> list[Hit]:
    asked = moment.asked(condition, words)

    def read(limit: int) -> Ranked:
        found = moment.searcher.search(asked, limit, count=False, order_by_field="sort", order=Order.Asc).hits
        unscored = [(0.0, address) for _name, address in found]
        return list(_hits(moment, unscored, condition.near)), len(found) < limit

    return _enough(read, last, start=last if condition.rows == "first" else 2 * last)


def _by_distance(moment: Moment, condition: Condition, near: Near, words: Query | None, last: int) -> list[Hit]:
    def read(share: int) -> Ranked:
        circle = replace(near, radius_km=near.radius_km * share / WHOLE)
        found = moment.every(moment.asked(replace(condition, near=circle), words))
        return sorted(_hits(moment, found, near), key=lambda hit: (hit.distance_km, *_ids(hit))), share >= WHOLE

    return _enough(read, last, start=1)


def _enough(read: Callable[[int], Ranked], last: int, start: int) -> list[Hit]:
    """The different services of what `read` gives; ever more is read until `last` have come, or all."""
    limit = start
    while True:
        ranked, complete = read(limit)
        different: dict[UUID, Hit] = {}
        for hit in ranked:
            different.setdefault(hit.service, hit)
        if complete or len(different) >= last:
            return list(different.values())
        limit *= GROWTH


def _hits(moment: Moment, found: Found, near: Near | None) -> Iterator[Hit]:
    addresses = [address for _score, address in found]
    column = moment.searcher.fast_field_values
    services, places = moment.ids("service", found), moment.ids("place", found)
    distances = _distances(column, addresses, near)
    numbers = {name: column(name, addresses) for name in NUMBERS}
    for number, (score, _address) in enumerate(found):
        place = UUID(int=places[number]) if places[number] else None
        yield Hit(
            UUID(int=services[number]),
            place,
            float(score),
            distances[number],
            **{name: numbers[name][number] for name in numbers},
        )


def _distances(
    column: Callable[[str, list[DocAddress]], list[Any]], addresses: list[DocAddress], near: Near | None
) -> list[float | None]:
    if near is None:
        return [None] * len(addresses)
    points = zip(column("latitude", addresses), column("longitude", addresses), strict=True)
    return [distance_km(near.latitude, near.longitude, *point) for point in points]


def _ids(hit: Hit) -> tuple[str, str]:
    return str(hit.service), str(hit.place or "")
