"""Where nobody of those found takes the person: the nearest service that does, and why it does."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from uuid import UUID

from search.answer import Found, Instead
from search.engine import Hit, Near, SearchQuery
from search.fit import Fit
from search.parameters import MAX_RADIUS_KM
from services_catalog.choices import Answer, Status
from services_catalog.data import reference
from services_catalog.eligibility import Verdict, acceptances


def nobody_fits(page: Iterable[Found]) -> bool:
    """Whether somebody of a page refuses the person, and nobody fits."""
    verdicts = {one.fit.verdict for one in page if one.fit}
    return Verdict.DOES_NOT in verdicts and Verdict.FITS not in verdicts


def beyond(asked: SearchQuery, around: Near | None) -> SearchQuery:
    """The same question without its comune: `around` a point where one is known, and as far as a territory goes where
    one is asked about. What is not given now helps nobody."""
    filters = {name: values for name, values in asked.filters.items() if name != "comune"}
    if around and "territory" in filters:
        around = replace(around, radius_km=MAX_RADIUS_KM)
    filters["status"] = frozenset({Status.ACTIVE})
    return replace(asked, filters=filters, near=around, on_foot=False, order="relevance", page=1)


def nearest_that_fits(page: Sequence[Found], hits: Iterable[Hit], known: Mapping[UUID, Fit]) -> Instead | None:
    """Of `hits`, the nearest that fits by what is `known`, and answers a need that somebody of `page` does."""
    refused = [one for one in page if one.fit and one.fit.verdict == Verdict.DOES_NOT]
    needs = {need for one in page for need in one.hit.needs}
    for hit in nearest_first(hits):
        fit = known.get(hit.service)
        if fit and fit.verdict == Verdict.FITS and (not needs or needs & hit.needs):
            return _instead(hit, fit, refused[0].fit)
    return None


def nearest_first(hits: Iterable[Hit]) -> list[Hit]:
    """`hits` by their distance; those of which none is known last, as they come."""
    return sorted(hits, key=lambda hit: (hit.distance_km is None, hit.distance_km or 0.0))


def _instead(hit: Hit, fits: Fit, refuses: Fit | None) -> Instead:
    failed = [reason.sentence for reason in refuses.match.because] if refuses else []
    animals = bool(refuses and refuses.animals == Answer.NO and fits.animals == Answer.YES)
    return Instead(hit, tuple(acceptances(failed, fits.said.rules, _names())), animals)


@cache
def _names() -> Mapping[str, str]:
    return {code: comune.name for code, comune in reference.comuni().items()}
