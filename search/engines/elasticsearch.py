"""The Elasticsearch engine, through elasticsearch.dsl: what it indexes are our tokens, in fields split at spaces.

An alias names the schema's version and points to the index in use. Nothing is refreshed by the clock: a batch of
changes becomes visible whole, at its end.
"""

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from elastic_transport import ConnectionTimeout, TransportError
from elasticsearch import ApiError, Elasticsearch, NotFoundError, helpers
from elasticsearch.dsl import A, Q, Search
from elasticsearch.dsl.query import Query

from search.analysis import Word
from search.document import SCHEMA_VERSION, Row
from search.engine import (
    RANKED,
    EngineDown,
    Filters,
    Hit,
    IndexState,
    IndexUnusable,
    Results,
    SearchQuery,
    Wanted,
    is_ranked,
    weights_of,
)
from search.engines.counting import Condition, Counts, Tally, condition_of, count
from search.engines.elasticsearch_schema import SETTINGS, STATE, make_mapping, source_of, state_source
from search.facets import columns_of, held
from search.geo import distance_km
from search.opening import blocks_at
from search.texts import NAMES, WEIGHTS
from services_catalog.choices import Status
from services_catalog.publication.feed import Cursor

ALL_VALUES = 65_000
"""Buckets of an aggregation: more than any column holds, and under the server's own limit of 65,536."""
TIE_BREAKER = 0.1
NEED, NAMED, SUITS, ACTIVE, OPEN = "need:", "named", "suits", "active", "open"
"""Names of clauses, by which a hit says what of the wanted it has."""
SEARCH_SECONDS = 5
LATE_SECONDS = 5
WRITE_SECONDS = 60
BULK_TRIES = 6
VOCABULARY_SECONDS = 60


class ElasticsearchEngine:
    """See `search.engine.SearchEngine`. `prefix` begins the names of everything it keeps on the server."""

    def __init__(self, audience: str, url: str, prefix: str = "portolano") -> None:
        self.family = f"{prefix}-{audience}"
        self.alias = f"{self.family}-v{SCHEMA_VERSION}"
        self.client = Elasticsearch(url, request_timeout=SEARCH_SECONDS, max_retries=0, retry_on_timeout=False)
        self.writer = self.client.options(request_timeout=WRITE_SECONDS)
        self._vocabulary: tuple[float, list[str]] = (0.0, [])
        self._late_until = 0.0
        """Until when nobody waits for it, by the monotonic clock; 0 while it answers in time."""
        self._all_seen = False
        """Whether everything this process wrote was made visible: only the follower writes."""

    def find(self, query: SearchQuery, wanted: Wanted) -> Results:
        matching = _matching(wanted, of_place=condition_of(query).of_place)
        hits: list[tuple[Hit, ...]] = []

        def run(tallies: Sequence[Tally]) -> list[Counts]:
            search = _tallied(self._search().query(_asked(tallies, matching)), tallies, matching)
            # The first round brings the page of hits too: most questions then cost one request.
            search = search[0:0] if hits else _page(search, query, wanted)
            response = search.extra(track_total_hits=False).execute()
            hits.append(tuple(_hit(found, query, wanted) for found in response.to_dict()["hits"]["hits"]))
            return [_counts(response, tallies, number) for number in range(len(tallies))]

        with self._answering():
            counted = count(query, run)
        return Results(counted.total, hits[0], counted.facets, counted.hours_unknown)

    def hits(self, query: SearchQuery, wanted: Wanted) -> tuple[Hit, ...]:
        matching = _matching(wanted, of_place=condition_of(query).of_place)
        with self._answering():
            search = _page(self._search().query(_asked((), matching)), query, wanted)
            response = search.extra(track_total_hits=False).execute()
        return tuple(_hit(found, query, wanted) for found in response.to_dict()["hits"]["hits"])

    def calling(self, tokens: Sequence[str], filters: Filters, most: int) -> list[UUID]:
        *whole, begun = tokens
        words = [*(Q("term", called=token) for token in whole), Q("prefix", called=begun)]
        condition = Condition(tuple(sorted(filters.items())), rows="first")
        with self._answering():
            search = self._search().query(Q("bool", filter=[*words, _meeting(condition)]))
            response = search.sort("sort").source(["service"]).extra(track_total_hits=False)[:most].execute()
        return [UUID(found.service) for found in response]

    def known(self, words: Sequence[Word], filters: Filters) -> list[bool]:
        return self._met([_word(word) for word in words], filters)

    def _met(self, queries: Sequence[Query], filters: Filters) -> list[bool]:
        """For each query, whether a row that meets the filters meets it."""
        with self._answering():
            search = self._search().query(_meeting(Condition(tuple(sorted(filters.items())))))[0:0]
            for number, query in enumerate(queries):
                search.aggs.bucket(f"q{number}", A("filter", filter=query))
            response = search.execute()
        return [response.aggregations[f"q{number}"].doc_count > 0 for number in range(len(queries))]

    def vocabulary(self) -> Sequence[str]:
        read_at, words = self._vocabulary
        if not words or time.monotonic() - read_at > VOCABULARY_SECONDS:
            with self._answering():
                search = self._search()[0:0]
                search.aggs.bucket("words", A("terms", field="spelling", size=ALL_VALUES))
                words = [bucket.key for bucket in search.execute().aggregations.words.buckets]
            self._vocabulary = (time.monotonic(), words)
        return words

    def spelled(self, words: Iterable[str], filters: Filters) -> set[str]:
        words = list(words)
        found = self._met([Q("term", spelling=word) for word in words], filters)
        return {word for word, spelt in zip(words, found, strict=True) if spelt}

    def state(self) -> IndexState:
        with self._answering():
            return IndexState.read(self._state_seen(), self._search().filter("term", role="row").count())

    def _state_seen(self) -> Any:
        """As searches see it: what was written and not yet made visible has not been reached."""
        return self.client.get(index=self.alias, id=STATE, realtime=False)["_source"]["state"]

    def check(self) -> None:
        self.state()
        self.find(SearchQuery(), Wanted())

    def checksums(self) -> dict[UUID, str]:
        with self._answering():
            search = self._search().filter("term", role="first").source(["service", "checksum"])
            return {UUID(found.service): found.checksum for found in search.scan()}

    def using(self, keys: Iterable[str]) -> set[UUID]:
        with self._answering():
            search = self._search().filter("terms", uses=sorted(keys)).source(["service"])
            return {UUID(found.service) for found in search.scan()}

    def apply(self, gone: Iterable[UUID], rows: Iterable[Row], position: Cursor) -> None:
        rows = list(rows)
        services = sorted({str(key) for key in gone} | {str(row.service) for row in rows})
        with self._answering():
            # How many rows there are is asked by nobody here, and costs a request more.
            state = IndexState.read(self._state_seen(), rows=0)
            if not self._all_seen:
                # What an interrupted batch left unseen must be seen, or it would not be deleted.
                self.writer.indices.refresh(index=self.alias)
            self._all_seen = False
            self.writer.delete_by_query(
                index=self.alias, query={"terms": {"service": services}}, conflicts="proceed", refresh=False
            )
            sources = (*map(source_of, rows), state_source(replace(state, position=position)))
            _write(self.writer, self.alias, sources, alias=True)
            self.writer.indices.refresh(index=self.alias)
            self._all_seen = True

    def rebuild(self, rows: Iterable[Row], position: Cursor, open_until: datetime) -> int:
        name = f"{self.alias}-{datetime.now(UTC):%Y%m%dt%H%M%S%f}"
        added = 0

        def sources() -> Iterator[dict[str, Any]]:
            nonlocal added
            for row in rows:
                added += 1
                yield source_of(row)
            yield state_source(IndexState(position, added, open_until, position.seq))

        with self._answering():
            # Also one that somebody made under the alias's own name, which would keep the alias from being made.
            self._delete(self._named(f"{self.alias},{self.alias}-*") - self._in_use())
            self.writer.indices.create(index=name, settings=SETTINGS, mappings=make_mapping().to_dict())
            try:
                _write(self.writer, name, sources())
                self.writer.indices.refresh(index=name)
                self._swap(name)
            except BaseException:
                self._give_up(name)
                raise
        return added

    def _swap(self, name: str) -> None:
        """Point the alias to `name` in one step, then delete the family's other indices."""
        remove = [{"remove": {"index": old, "alias": self.alias}} for old in sorted(self._in_use())]
        self.writer.indices.update_aliases(actions=[*remove, {"add": {"index": name, "alias": self.alias}}])
        self._delete(self._named(f"{self.family}-v*") - {name})

    def _give_up(self, name: str) -> None:
        """Delete a half-built index, if the server lets us: the next rebuild does it else."""
        with suppress(ApiError, TransportError):
            self._delete({name} - self._in_use())

    def _named(self, pattern: str) -> set[str]:
        """The indices that there are of such names."""
        return set(self.writer.indices.get(index=pattern, ignore_unavailable=True))

    def _in_use(self) -> set[str]:
        """The index that the alias points to, if there is one."""
        pointed = self.writer.indices.exists_alias(name=self.alias)
        return set(self.writer.indices.get_alias(name=self.alias)) if pointed else set()

    def _delete(self, names: Iterable[str]) -> None:
        if names := sorted(names):
            self.writer.indices.delete(index=names)

    def _search(self) -> Search[Any]:
        return Search(using=self.client, index=self.alias)

    @contextmanager
    def _answering(self) -> Iterator[None]:
        """The client's errors as ours, without their text: it may quote what a person typed.

        A server that does not answer in time is waited for by one question at a time, while all others are told at
        once: threads that wait would be missing for pages that need no search.
        """
        now = time.monotonic()
        if now < self._late_until:
            raise EngineDown("Elasticsearch does not answer: it is late")
        if self._late_until:
            self._late_until = now + LATE_SECONDS
        try:
            yield
        except NotFoundError:
            self._late_until = 0.0
            raise IndexUnusable("Elasticsearch has no index of this schema") from None
        except ConnectionTimeout:
            self._late_until = time.monotonic() + LATE_SECONDS
            raise EngineDown("Elasticsearch does not answer: it is late") from None
        except (ApiError, TransportError, helpers.BulkIndexError) as error:
            raise EngineDown(f"Elasticsearch does not answer: {type(error).__name__}") from None
        self._late_until = 0.0


def _write(client: Elasticsearch, index: str, sources: Iterable[dict[str, Any]], *, alias: bool = False) -> None:
    """`alias`: `index` is one; the server would make an index of that name if it were gone."""
    actions = ({"_op_type": "index", "_index": index, **source} for source in sources)
    # A server that has its hands full says 429: it is asked again, later and later.
    options: dict[str, Any] = {"chunk_size": 500, "max_retries": BULK_TRIES, "initial_backoff": 0.5}
    for _ok, _item in helpers.streaming_bulk(client, actions, require_alias=alias, **options):
        pass


def _matching(wanted: Wanted, *, of_place: bool) -> Query | None:
    """What is wanted, with what each hit is to say of it as clauses that add nothing to its score."""
    if not wanted:
        return None
    words = [_word(word) for word in wanted.words]
    meets = (
        [Q("bool", must=words) if wanted.every else Q("bool", should=words, minimum_should_match=1)] if words else []
    )
    needs = [
        Q("constant_score", filter=Q("term", need=need), boost=weight, _name=f"{NEED}{need}")
        for need, weight in weights_of(wanted)
    ]
    marks = [_marking(NAMED, *(_in_names(word) for word in wanted.words))] if words else []
    marks.append(_marking(ACTIVE, Q("term", status=Status.ACTIVE)))
    if wanted.targets:
        marks.append(_marking(SUITS, Q("terms", target=sorted(wanted.targets))))
    if wanted.open_at:
        fields = ("open",) if of_place else ("open", "open_elsewhere")
        blocks = blocks_at(wanted.open_at)
        marks.append(_marking(OPEN, Q("bool", should=[Q("terms", **{field: blocks}) for field in fields])))
    return Q(
        "bool", filter=[Q("bool", should=[*meets, *needs], minimum_should_match=1)], should=[*words, *needs, *marks]
    )


def _in_names(word: Word) -> Query:
    return Q("bool", should=[Q("terms", **{field: word.in_names}) for field in NAMES])


def _marking(name: str, *queries: Query) -> Query:
    return Q("constant_score", filter=Q("bool", filter=list(queries)), boost=0, _name=name)


def _word(word: Word) -> Query:
    """One of the word's forms in one of the fields: the best match counts, the others a little."""
    queries = [
        Q("term", **{field: {"value": form, "boost": weight}})
        for field, weight in WEIGHTS.items()
        for form in word.forms
    ]
    return Q("dis_max", queries=queries, tie_breaker=TIE_BREAKER)


def _meeting(condition: Condition) -> Query:
    filters = [Q("term", role=condition.rows)]
    for facet, values in condition.filters:
        columns = columns_of(facet, anywhere=condition.rows == "first")
        filters.append(Q("bool", should=[Q("terms", **{column: held(facet, values)}) for column in columns]))
    if condition.open_at:
        filters.append(Q("terms", open=blocks_at(condition.open_at)))
    if condition.unknown_at:
        filters.append(Q("terms", unknown=blocks_at(condition.unknown_at)))
    if near := condition.near:
        point = {"lat": near.latitude, "lon": near.longitude}
        filters.append(Q("geo_distance", distance=f"{near.radius_km}km", point=point))
    if condition.services is not None:
        filters.append(Q("terms", service=sorted(condition.services)))
    return Q("bool", filter=filters)


def _asked(tallies: Sequence[Tally], matching: Query | None) -> Query:
    return matching if matching is not None and all(tally.words for tally in tallies) else Q("match_all")


def _tallied(search: Search[Any], tallies: Sequence[Tally], matching: Query | None) -> Search[Any]:
    """`search` with every tally as an aggregation, tallies of one condition under one filter."""
    conditions = list(dict.fromkeys((tally.condition, tally.words) for tally in tallies))
    for number, (condition, _with_words) in enumerate(conditions):
        search.aggs.bucket(f"c{number}", A("filter", filter=_meeting(condition)))
    for number, tally in enumerate(tallies):
        if tally.column is None:
            continue
        under = search.aggs[f"c{conditions.index((tally.condition, tally.words))}"]
        under.bucket(f"t{number}", A("terms", field=tally.column, size=ALL_VALUES))
    return search


def _counts(response: Any, tallies: Sequence[Tally], number: int) -> Counts:
    tally = tallies[number]
    conditions = list(dict.fromkeys((one.condition, one.words) for one in tallies))
    under = response.aggregations[f"c{conditions.index((tally.condition, tally.words))}"]
    if tally.column is None:
        return {"": under.doc_count}
    return {bucket.key: bucket.doc_count for bucket in under[f"t{number}"].buckets}


def _page(search: Search[Any], query: SearchQuery, wanted: Wanted) -> Search[Any]:
    """The page of hits beside the counts: the question's filters come after the aggregations, each service once."""
    condition = condition_of(query)
    search = search.post_filter(_meeting(condition if condition.of_place else _first(condition)))
    if query.order == "distance" and query.near:
        point = {"lat": query.near.latitude, "lon": query.near.longitude}
        order: list[Any] = [{"_geo_distance": {"point": point, "unit": "km", "order": "asc"}}]
    else:
        order = ["_score"] if wanted and query.order == "relevance" else ["sort"]
    search = search.sort(*order, "service", {"place": {"order": "asc", "missing": "_first"}})
    if condition.of_place:
        search = search.extra(collapse={"field": "service"})
    if wanted:
        search = search.extra(track_scores=True)
    search = search.source(["service", "place", "point", "assured", "free_until", "full_until"])
    if is_ranked(query, wanted):
        return search[: max(RANKED, query.offset + query.size)]
    return search[query.offset : query.offset + query.size]


def _first(condition: Condition) -> Condition:
    return replace(condition, rows="first")


def _hit(found: dict[str, Any], query: SearchQuery, wanted: Wanted) -> Hit:
    source, near = found["_source"], query.near
    place = source["place"] if condition_of(query).of_place else None
    point = source.get("point")
    marks = frozenset(found.get("matched_queries", ()))
    needs = frozenset(need for need in wanted.needs if f"{NEED}{need}" in marks)
    return Hit(
        UUID(source["service"]),
        UUID(place) if place else None,
        round((found["_score"] or 0.0) - sum(weight for need, weight in weights_of(wanted) if need in needs), 3),
        distance_km(near.latitude, near.longitude, point["lat"], point["lon"]) if near and point else None,
        needs=needs,
        named=NAMED in marks,
        suits=SUITS in marks,
        active=not wanted or ACTIVE in marks,
        open=OPEN in marks,
        assured=source.get("assured"),
        free_until=source.get("free_until"),
        full_until=source.get("full_until"),
    )
