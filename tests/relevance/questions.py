"""The judged questions: half for tuning, which the product ships as held back, and half for the figure alone.

Written need by need before looking at results or phrases; a hash of its text says to which half a question belongs.
Judged by need: a service answers a question if one of its needs is one of the question's.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from search.shipped import FOLDER, need_id, rows

FIGURE = Path(__file__).with_name("figure_half.jsonl")


@dataclass(frozen=True, slots=True)
class Judged:
    """A question, in whose words, and ids of the needs that answer it, best first; none: no service does."""

    text: str
    language: str
    kind: str
    needs: tuple[str, ...]


def tuning_half() -> list[Judged]:
    """The half that may be looked at."""
    return [
        Judged(row["text"], row["language"], row["kind"], tuple(map(need_id, row["needs"].split())))
        for row in rows(FOLDER / "held_questions.csv")
    ]


def figure_half() -> list[Judged]:
    """The half that is looked at for its figure only."""
    lines = map(json.loads, FIGURE.read_text(encoding="utf-8").splitlines())
    return [Judged(line["text"], line["language"], line["kind"], tuple(map(need_id, line["needs"]))) for line in lines]
