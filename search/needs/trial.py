"""What would come of learning other phrases, found out in a process of its own.

Learning keeps a processor busy for some seconds; the process that serves pages goes on serving meanwhile.
`python -m search.needs.trial` reads the phrases and questions from its input and writes the outcome.
"""

import fcntl
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings

from search.needs.embedding import embedder
from search.needs.learning import Phrase, Question, learn, success
from search.needs.model import NeedsModel

LONGEST_SECONDS = 120.0
ROOT = Path(__file__).resolve().parents[2]


class TrialBusy(Exception):  # noqa: N818  (a state of the world, not a mistake of the caller)
    """Somebody else's phrases are being tried out: two at once would take all there is."""


class TrialFailed(Exception):  # noqa: N818  (a state of the world, not a mistake of the caller)
    """It took too long, or the machine had no room."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a model answers questions: `success` as in training; `first` the likeliest need of each question, "" for "no
    service helps with this", None where nothing in it was ever seen."""

    success: float
    first: tuple[str | None, ...]


def judge(model: NeedsModel, questions: Sequence[Question]) -> Outcome:
    """What `model` makes of the questions."""
    guesses = (model.guesses(question.text, 1) for question in questions)
    return Outcome(success(model, questions), tuple(found[0].need if found else None for found in guesses))


def tried(phrases: Sequence[Phrase], questions: Sequence[Question], folder: Path) -> Outcome:
    """How a model of `phrases` would answer. Takes some seconds; `folder` holds the lock of the one trial at a time.

    Raises TrialBusy and TrialFailed.
    """
    asked = json.dumps(
        {
            "phrases": [(phrase.need, phrase.text) for phrase in phrases],
            "questions": [(question.text, sorted(question.needs)) for question in questions],
            "embedder": settings.NEEDS_EMBEDDER,
        }
    )
    command = [sys.executable, "-m", "search.needs.trial"]
    with _only_one(folder):
        try:
            done = subprocess.run(  # noqa: S603  (our own command)
                command, input=asked, capture_output=True, text=True, check=True, timeout=LONGEST_SECONDS, cwd=ROOT
            )
        except (subprocess.SubprocessError, OSError) as error:
            raise TrialFailed(type(error).__name__) from None
    found = json.loads(done.stdout)
    return Outcome(found["success"], tuple(found["first"]))


def main() -> None:
    """The process of its own."""
    asked = json.load(sys.stdin)
    questions = [Question(text, frozenset(needs)) for text, needs in asked["questions"]]
    phrases = (Phrase(need, text) for need, text in asked["phrases"])
    model = learn(phrases, questions, embedder(asked["embedder"]))
    json.dump(asdict(judge(model, questions)), sys.stdout)


@contextmanager
def _only_one(folder: Path) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "trial.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise TrialBusy from None
        yield


if __name__ == "__main__":
    main()
