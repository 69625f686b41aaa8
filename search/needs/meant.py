"""The needs that a question means, as search uses them: sure, likely, or none that anybody could tell."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from search import analysis
from search.needs.model import Guess
from search.needs.store import model_in_force
from search.ranking import LIKELY, SURE
from services_catalog.data import reference

UNSURE = 0.1
"""Below this probability of the likeliest need nobody can tell, and search abstains from guessing."""
NEAR = 0.25
"""Below this closeness of every need's nearest phrase nobody has said anything like it: letters alone were met. Of some
3,000 questions with a need two were, and both guessed wrong; random letters are."""
MOST = 5
OUT_OF_SCOPE = 0.6
"""From this probability of "no service helps with this" on, needs are left out of the order."""


@dataclass(frozen=True, slots=True)
class Meant:
    """`guesses` to show, likeliest first; `likely`: term → probability, for the order; `sure`: one is enough;
    `confident`: what was asked made sense, or there was nothing to make sense of; `out_of_scope`: no service helps with
    what was asked."""

    guesses: tuple[Guess, ...] = ()
    likely: Mapping[str, float] = field(default_factory=dict)
    sure: bool = False
    confident: bool = True
    out_of_scope: bool = False
    said: bool = False


def meant(text: str) -> Meant:
    """What `text` means, by the model in force; nothing where there is no model or no text."""
    model = model_in_force() if text else None
    if model is None:
        return Meant()
    guesses = model.guesses(text, MOST + 1)
    out = next((guess.probability for guess in guesses if not guess.need), 0.0)
    named = [guess for guess in guesses if guess.need][:MOST]
    nobody_can_tell = not named or named[0].probability < UNSURE or max(guess.closeness for guess in named) < NEAR
    if nobody_can_tell or out >= OUT_OF_SCOPE:
        return Meant(confident=False, out_of_scope=out >= OUT_OF_SCOPE)
    likely = tuple(guess for guess in named if guess.probability >= LIKELY)
    sure = likely[0].probability >= SURE
    shown = likely[:1] if sure else likely
    said = analysis.split(likely[0].phrase) == analysis.split(text)
    return Meant(shown, {one.need: one.probability for one in likely}, sure, said=said)


def is_said(word: str) -> bool:
    """Whether a folded word is one that people say, though perhaps no service does."""
    model = model_in_force()
    return model is not None and model.speaks(word)


def wider(needs: Mapping[str, float]) -> dict[str, float]:
    """The needs beside these, under the same parents, less likely by half."""
    found: dict[str, float] = {}
    for need, probability in needs.items():
        for sister in _sisters().get(need, ()):
            found.setdefault(sister, probability / 2)
    return found


@cache
def _sisters() -> Mapping[str, tuple[str, ...]]:
    terms = reference.taxonomies()["need"].terms
    under: dict[str, list[str]] = {}
    for term in terms:
        if term.parent:
            under.setdefault(str(term.parent), []).append(str(term.id))
    return {need: (parent, *needs) for parent, needs in under.items() for need in needs}
