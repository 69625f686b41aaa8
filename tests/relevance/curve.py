"""What a share of the phrases teaches, by the tuning half: `python -m tests.relevance.curve` prints JSON."""

import json
import random

import django

django.setup()

from search.needs.learning import learn, success  # noqa: E402
from search.needs.training import held_questions, learnt_phrases  # noqa: E402

SHARES = (0.25, 0.5, 0.75, 1.0)

if __name__ == "__main__":
    phrases, questions = learnt_phrases(), held_questions()
    random.Random(7).shuffle(phrases)
    print(
        json.dumps(
            {
                f"{share:.0%}": round(success(learn(phrases[: int(len(phrases) * share)], questions), questions), 3)
                for share in SHARES
            }
        )
    )
