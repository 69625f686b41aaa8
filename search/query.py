"""The one function that pages and API call to search."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from uuid import UUID

from django.utils import timezone

from search.answer import Answer, Correction, Found, Instead, Relaxed
from search.engine import (
    RANKED,
    Hit,
    Near,
    Results,
    SearchEngine,
    SearchQuery,
    Wanted,
    get_engine,
    is_ranked,
)
from search.fit import Fit, fits
from search.gazetteer import Place, gazetteer
from search.instead import beyond, nearest_that_fits, nobody_fits
from search.lexicon import EMPTY, Lexicon, lexicon
from search.needs.meant import Meant, meant, wider
from search.opening import minute_of, start_of
from search.ranking import Scene, rank
from search.reopening import next_openings
from search.spelling import corrected, corrections_of
from search.understanding import Understood, understand
from search.walking import within_reach
from services_catalog.data.reference import term_id

MOST_CORRECTED, MOST_CORRECTED_SETTLED = 5, 2
"""Words of a question beyond which none is corrected: of a whole story the need is guessed, whatever its spelling; and
where it is sure and something is found, of two or more words already."""

AROUND_KM = 30.0
"""How far around a comune is "near" it, and where what is missing there is looked for."""

SECONDS_A_DAY = 86_400

BROUGHT = ("taxi", "trasportodis", "trasporto-pubblico", "mobili", "pastidom", "sad", "adi")


@dataclass(frozen=True, slots=True)
class _Attempt:
    """One way of asking: what is searched, what is wanted, and what has been let go for it."""

    query: SearchQuery
    wanted: Wanted
    relaxed: tuple[Relaxed, ...] = ()

    @property
    def keeps_what_is_wanted(self) -> bool:
        """Whether only where and when have been let go."""
        return not {"words", "need"}.intersection(self.relaxed)


def search(query: SearchQuery, now: datetime | None = None) -> Answer:
    """Services that answer the question as it is understood; what had to be corrected or let go is said.

    `now` (aware) is the real present if None. Raises EngineDown.
    """
    now = now or timezone.now()
    engine = get_engine(query.audience)
    words = lexicon() if query.text or query.facts else EMPTY
    needs = meant(query.text)
    understood = _understood(query, words, needs, now)
    attempt = _Attempt(_narrowed(query, understood), _wanted(understood, needs, now))
    found = engine.find(attempt.query, attempt.wanted)
    corrections: tuple[Correction, ...] = ()
    if _may_be_misspelt(query, understood, needs, settled=bool(found.total) and needs.sure):
        corrections = corrections_of(engine, understood.words, query)
        if corrections:
            meaning = replace(query, text=corrected(query.text, corrections))
            needs = needs if needs.sure else meant(meaning.text)
            understood = _understood(meaning, words, needs, now)
            attempt = _Attempt(_narrowed(query, understood), _wanted(understood, needs, now))
            found = engine.find(attempt.query, attempt.wanted)
    for looser in () if _answers(found, attempt, needs) else _looser(attempt, query, understood, needs):
        useful = _is_of_use(found, attempt)
        if useful and not looser.keeps_what_is_wanted:
            break
        anyhow = engine.find(looser.query, looser.wanted)
        if _answers(anyhow, looser, needs) or (not useful and (_is_of_use(anyhow, looser) or not found.total)):
            attempt, found = looser, anyhow
        if _answers(found, attempt, needs):
            break
    answer = _answer(query, attempt, found, understood, needs, corrections, words, now)
    if query.page == 1 and nobody_fits(answer.found):
        return replace(answer, instead=_instead(engine, answer, attempt.wanted))
    return answer


def _is_of_use(found: Results, attempt: _Attempt) -> bool:
    """Whether anything found is given now or is what was named: who finds a suspended canteen alone is still hungry.

    Only what is ranked is judged so, by the same hits whatever the page.
    """
    if not is_ranked(attempt.query, attempt.wanted):
        return bool(found.total)
    return any(hit.active or hit.named for hit in found.hits[:RANKED])


def _answers(found: Results, attempt: _Attempt, needs: Meant) -> bool:
    """Whether it is of use, and some of it is of the need, where that is sure: a shelter that has showers too is no
    answer to who asks for showers tomorrow, if others are closed then."""
    if not needs.sure or not is_ranked(attempt.query, attempt.wanted):
        return _is_of_use(found, attempt)
    return any(hit.named or (hit.active and hit.needs) for hit in found.hits[:RANKED])


def _may_be_misspelt(query: SearchQuery, understood: Understood, needs: Meant, *, settled: bool) -> bool:
    """Of what is answered already (`settled`), only a question so short that its words are all there is to it, and that
    nobody says just so: who cries "au secours" asks for no courses."""
    most = MOST_CORRECTED_SETTLED if settled else MOST_CORRECTED
    as_said = settled and needs.said
    return "spelling" not in query.literally and not as_said and 0 < len(understood.words) <= most


def _understood(query: SearchQuery, words: Lexicon, needs: Meant, now: datetime) -> Understood:
    if not query.text:
        return Understood()
    places, literally = gazetteer(query.audience), set(query.literally)
    # What a person has chosen is not guessed again.
    literally |= {"time"} if query.open_at else set()
    literally |= {"on_foot"} if next(iter(needs.likely), "") in _brought() else set()
    return understand(
        query.text,
        query.language,
        lexicon=words,
        places=places,
        now=now,
        literally=literally,
        at_a_point=query.near is not None,
        place_chosen=bool(query.filters.get("comune")),
    )


@cache
def _brought() -> frozenset[str]:
    """Needs that bring somebody or something: who says "I have no car" then wants to be brought, not to walk."""
    return frozenset(str(term_id("need", slug)) for slug in BROUGHT)


def _narrowed(query: SearchQuery, understood: Understood) -> SearchQuery:
    """The question with what was read out of its words."""
    place, filters, near = understood.place, dict(query.filters), query.near
    walked = (query.on_foot or understood.on_foot) and (place.is_point if place else near is not None)
    if place and place.ours and not understood.near and not walked:
        filters["comune"] = frozenset({place.code})
    elif place and near is None:
        near = _around(place)
    return replace(
        query,
        filters=filters,
        near=within_reach(near) if near and walked else near,
        on_foot=walked,
        open_at=query.open_at or understood.moment,
        facts={**understood.facts, **query.facts},
    )


def _around(place: Place) -> Near | None:
    """A place and what is near it, where its centre is known."""
    if place.latitude is None or place.longitude is None:
        return None
    return Near(place.latitude, place.longitude, AROUND_KM)


def _wanted(understood: Understood, needs: Meant, now: datetime) -> Wanted:
    targets = frozenset(str(term_id("target", slug)) for slug in understood.targets)
    return Wanted(understood.words, needs=needs.likely, targets=targets, open_at=now)


def _looser(attempt: _Attempt, query: SearchQuery, understood: Understood, needs: Meant) -> list[_Attempt]:
    """Ever looser ways of asking, each letting one thing more go; what a person chose by hand is never let go."""
    found = []
    if attempt.query.on_foot and not query.on_foot:
        anyhow = _narrowed(query, replace(understood, on_foot=False))
        attempt = replace(attempt, query=anyhow, relaxed=("on_foot",))
        found.append(attempt)
    if understood.place and understood.near and understood.place.ours and not attempt.query.on_foot:
        # What serves a comune may have no door near it, or none that is known.
        served = {**attempt.query.filters, "comune": frozenset({understood.place.code})}
        found.append(replace(attempt, query=replace(attempt.query, filters=served, near=query.near)))
    if understood.place and not attempt.query.on_foot:
        filters = {name: values for name, values in attempt.query.filters.items() if name != "comune"}
        filters |= {"comune": query.filters["comune"]} if "comune" in query.filters else {}
        for around in (query.near,) if query.near else dict.fromkeys((_around(understood.place), None)):
            looser = replace(attempt.query, filters=filters, near=around)
            attempt = replace(attempt, query=looser, relaxed=tuple(dict.fromkeys((*attempt.relaxed, "place"))))
            found.append(attempt)
    if understood.moment and not query.open_at:
        attempt = _Attempt(replace(attempt.query, open_at=None), attempt.wanted, (*attempt.relaxed, "time"))
        found.append(attempt)
    # Some of the words of a recipe are also words of a prescription: nothing is better than that.
    if len(attempt.wanted.words) > 1 and not needs.out_of_scope:
        attempt = replace(attempt, wanted=replace(attempt.wanted, every=False), relaxed=(*attempt.relaxed, "words"))
        found.append(attempt)
    if needs.likely:
        wanted = replace(attempt.wanted, needs=wider(needs.likely))
        found.append(_Attempt(attempt.query, wanted, (*attempt.relaxed, "need")))
    return found


def _answer(
    query: SearchQuery,
    attempt: _Attempt,
    found: Results,
    understood: Understood,
    needs: Meant,
    corrections: tuple[Correction, ...],
    words: Lexicon,
    now: datetime,
) -> Answer:
    asked = attempt.query
    known = _fits(found.hits, asked, understood)
    if is_ranked(asked, attempt.wanted):
        scene = Scene(
            today=int(now.timestamp() // SECONDS_A_DAY),
            minute=minute_of(start_of(query.open_at or understood.moment, now)),
            needs=attempt.wanted.needs,
            verdicts={service: fit.verdict for service, fit in known.items()},
            bets=words.bets_on(query.text),
            urgent=understood.urgent,
            words=len(attempt.wanted.words),
        )
        # The same hits are ranked whatever the page: what follows them keeps the engine's order.
        weights = words.weights_of(asked.filters.get("territory", frozenset()))
        ranked = rank(found.hits[:RANKED], scene, weights)
        page = (
            *(Found(one.hit, one.parts, known.get(one.hit.service)) for one in ranked),
            *(Found(hit, fit=known.get(hit.service)) for hit in found.hits[RANKED:]),
        )[query.offset :]
    else:
        page = tuple(Found(hit, fit=known.get(hit.service)) for hit in found.hits)
    page = page[: query.size]
    if understood.moment and "time" in attempt.relaxed:
        opens = next_openings([one.hit for one in page], understood.moment, query.audience, now)
        page = tuple(replace(one, opens=opens.get(one.hit.service)) for one in page)
    return Answer(
        query=asked,
        total=found.total,
        found=page,
        facets=found.facets,
        hours_unknown=found.hours_unknown,
        understood=understood,
        guesses=needs.guesses,
        corrections=corrections,
        relaxed=attempt.relaxed if found.total else (),
        confident=not query.text or needs.confident or _made_sense(found, attempt, needs),
    )


def _made_sense(found: Results, attempt: _Attempt, needs: Meant) -> bool:
    """Whether words found something, though no need was told; a greeting has none, and everything there is "found"."""
    greeted = needs.out_of_scope and not attempt.wanted.words
    return bool(found.total) and "words" not in attempt.relaxed and not greeted


def _fits(hits: Iterable[Hit], asked: SearchQuery, understood: Understood) -> dict[UUID, Fit]:
    present_in = understood.place.code or None if understood.place else None
    return fits((hit.service for hit in hits), asked.facts, asked.audience, present_in) if asked.facts else {}


def _instead(engine: SearchEngine, answer: Answer, wanted: Wanted) -> Instead | None:
    """The nearest that takes a person whom nobody of the page takes. One question more to the engine."""
    hits = engine.hits(beyond(answer.query, _centre(answer)), wanted)
    return nearest_that_fits(answer.found, hits, _fits(hits, answer.query, answer.understood))


def _centre(answer: Answer) -> Near | None:
    """Around what the question is asked for: its point, the place it names, the one comune chosen."""
    asked, place = answer.query, answer.understood.place
    if asked.near:
        return replace(asked.near, radius_km=AROUND_KM)
    comuni = asked.filters.get("comune", frozenset())
    if not place and len(comuni) == 1:
        place = gazetteer(asked.audience).of_code(next(iter(comuni)))
    return _around(place) if place else None
