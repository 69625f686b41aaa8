"""docs/questions.md: fifty questions of the tuning half with their first three results, for people to read."""

import hashlib
from typing import Any

from services_catalog.data import reference
from tests.benchmarks.report import ROOT

SHOWN = 50
HEAD = """# Fifty questions, and what comes first

Of the tuning half of the judged questions, chosen by a hash; made by `make relevance`. The territory and its services
are invented. ✓: one of the first three services answers a need that was judged to be meant.

"""


def write_page(rows: list[dict[str, Any]]) -> None:
    """Write the page from what came of the tuning half."""
    names = {str(term.id): term.name["it"] for term in reference.taxonomies()["need"].terms}
    chosen = sorted(rows, key=lambda row: hashlib.sha256(row["text"].encode()).hexdigest())[:SHOWN]
    lines = [HEAD.rstrip("\n"), "", "| | question | judged | guessed | first three |", "|---|---|---|---|---|"]
    for row in sorted(chosen, key=lambda row: (row["language"], row["text"])):
        judged = ", ".join(names[need] for need in row["needs"]) or "no service helps"
        guessed = ", ".join(f"{names[need]} {probability:.2f}" for need, probability in row["guesses"][:3])
        mark = "✓" if row["success"] or (row["kind"] == "out" and not row["confident"]) else ""
        first = "<br>".join(row["first"])
        text = row["text"].replace("|", "\\|")
        lines.append(f"| {mark} | {row['language']}: {text} | {judged} | {guessed or '—'} | {first or '—'} |")
    (ROOT / "docs" / "questions.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
