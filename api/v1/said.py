"""What a search says beside what it found: how it understood the question, and what it had to let go."""

from collections.abc import Collection
from dataclasses import asdict
from typing import Any
from uuid import UUID

from api.v1.reading import Stored
from search.answer import Answer, Found, Instead
from search.attributes import filters_of
from search.facets import is_attribute
from search.fit import Fit
from search.opening import DayPart
from search.understanding import Understood
from search.walking import minutes_on_foot


def said_of(answer: Answer, found: dict[UUID, Stored], territories: frozenset[str] | None) -> dict[str, Any]:
    """For the envelope; of services that are not among `found`, which the reader may see, nothing is said, nor how many
    there are beyond the reader's `territories` (None: all)."""
    return {
        "understood": understood(answer.understood),
        "needs": [{"term": guess.need, **_rounded(asdict(guess))} for guess in answer.guesses],
        "on_foot": answer.query.on_foot,
        "confident": answer.confident,
        "relaxed": list(answer.relaxed),
        "corrections": [asdict(correction) for correction in answer.corrections],
        "instead": instead(answer.instead) if answer.instead and answer.instead.hit.service in found else None,
        "hours_unknown": answer.hours_unknown,
        "hits": [hit(one) for one in answer.found if one.hit.service in found],
        "facets": facets(answer, territories),
    }


def facets(answer: Answer, territories: frozenset[str] | None) -> dict[str, list[dict[str, Any]]]:
    """Values with their counts. Of custom attributes, those by which the reader may filter."""
    named = filters_of(answer.query.audience, territories) if any(map(is_attribute, answer.facets)) else {}
    known: dict[str, Collection[str]] = {**named, **({} if territories is None else {"territory": territories})}
    return {
        facet: [{"value": value, "count": count} for value, count in values if value in known.get(facet, (value,))]
        for facet, values in answer.facets.items()
        if facet in known or not is_attribute(facet)
    }


def understood(read: Understood) -> dict[str, Any]:
    """Where, when and of whom, and the words that said so."""
    return {
        "comune": read.place.code or None if read.place else None,
        "near": read.near,
        "open": (str(read.moment) if isinstance(read.moment, DayPart) else read.moment.isoformat())
        if read.moment
        else None,
        "urgent": read.urgent,
        "facts": {name: sorted(values) for name, values in read.facts.items()},
        "read": [asdict(one) for one in read.read],
    }


def hit(one: Found) -> dict[str, Any]:
    """A service in its place, with what put it there."""
    return {
        "service": one.hit.service,
        "place": one.hit.place,
        "score": round(sum(one.parts.values()), 4),
        "distance_km": _metres(one.hit.distance_km),
        "minutes_on_foot": minutes_on_foot(one.hit.distance_km),
        "opens": one.opens.isoformat() if one.opens else None,
        "fit": _fit(one.fit) if one.fit else None,
        "parts": one.parts,
    }


def instead(other: Instead) -> dict[str, Any]:
    """The nearest service that takes a person whom the first page does not."""
    return {
        "service": other.hit.service,
        "place": other.hit.place,
        "distance_km": _metres(other.hit.distance_km),
        "minutes_on_foot": minutes_on_foot(other.hit.distance_km),
        "because": other.because(),
    }


def _fit(fit: Fit) -> dict[str, Any]:
    return {
        "verdict": fit.verdict,
        "because": [str(reason.sentence) for reason in fit.match.because],
        "ask": [question.dimension for question in fit.match.ask],
    }


def _rounded(guess: dict[str, Any]) -> dict[str, Any]:
    return {"probability": round(guess["probability"], 3), "phrase": guess["phrase"]}


def _metres(distance_km: float | None) -> float | None:
    """Kilometres to the metre."""
    return None if distance_km is None else round(distance_km, 3)
