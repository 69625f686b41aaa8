"""`make relevance`: how well search answers questions in people's own words, on both engines.

Writes build/relevance.json and docs/questions.md. The catalogue is the invented territory's. The learning curve says
what more phrases would buy.
"""

import json
import os
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

from tests.benchmarks.installation import Installation
from tests.benchmarks.report import ROOT
from tests.relevance.measures import Measures, mean
from tests.relevance.page import write_page

Rows = list[dict[str, Any]]
FOLDER = ROOT / "build" / "relevance"
LANGUAGES = ["it", "en", "fr", "es", "ro", "sq", "ar", "zh-hans", "uk", "ru", "bn", "ur"]


def inside(installation: Installation, module: str, *arguments: str) -> Any:
    """What a module prints as JSON with the installation's settings."""
    done = subprocess.run(
        [sys.executable, "-m", f"tests.relevance.{module}", *arguments],
        cwd=ROOT,
        env=installation.environment | {"DEMONSTRATION": "true"},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def prepared(elasticsearch_url: str = "") -> Installation:
    """An installation with the demonstration, its index and what was learnt from the shipped phrases."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    installation = Installation(FOLDER, elasticsearch_url)
    installation.environment["DEMONSTRATION"] = "true"
    for command in (["migrate", "-v0"], ["load_reference"], ["load_demonstration"], ["learn_needs"], ["rebuild_index"]):
        installation.manage(*command)
    return installation


def measures_of(rows: Rows) -> Measures:
    """The mean over the questions that a service answers."""
    return mean([Measures(row["success"], row["reciprocal_rank"], row["ndcg"]) for row in rows if row["kind"] != "out"])


def told(title: str, rows: Rows) -> dict[str, Any]:
    """Print and return what came of one way of asking: in all, by language and by kind."""
    groups: dict[str, Rows] = {"all": rows}
    by: dict[str, Rows] = defaultdict(list)
    for row in rows:
        by[row["language"]].append(row)
        by[row["kind"]].append(row)
    groups |= {name: by[name] for name in (*LANGUAGES, *sorted(set(by) - {*LANGUAGES, "out"})) if by[name]}
    print(f"\n{title}\n{'':<14}{'questions':>10}{'success@3':>11}{'MRR':>7}{'nDCG@10':>9}")
    found = {}
    for name, members in groups.items():
        answered = [row for row in members if row["kind"] != "out"]
        measures = measures_of(members)
        found[name] = {"questions": len(answered), **{key: round(getattr(measures, key), 3) for key in KEYS}}
        print(
            f"{name:<14}{len(answered):>10}{measures.success:>11.3f}{measures.reciprocal_rank:>7.3f}{measures.ndcg:>9.3f}"
        )
    out = [row for row in rows if row["kind"] == "out"]
    abstained = sum(not row["confident"] for row in out)
    found["out_of_scope"] = {"questions": len(out), "abstained": abstained}
    print(f"out of scope: {abstained} of {len(out)} said not to be understood")
    return found


KEYS = ("success", "reciprocal_rank", "ndcg")


def main() -> int:
    """Exit status 0 once all is measured."""
    found: dict[str, Any] = {}
    engines = {"embedded": ""} | ({"Elasticsearch": url} if (url := os.environ.get("ELASTICSEARCH_URL")) else {})
    for engine, address in engines.items():
        installation = prepared(address)
        for way in ("with", "without"):
            halves = inside(installation, "asking", *([way] if way == "without" else []))
            for half, rows in halves.items():
                found[f"{engine}, {half} half, {way} phrases"] = told(
                    f"{engine}, {half} half, {way} the phrases people say", rows
                )
            if engine == "embedded" and way == "with":
                (FOLDER / "tuning.json").write_text(json.dumps(halves["tuning"], ensure_ascii=False, indent=1))
    found["learning curve"] = inside(prepared(), "curve")
    print("\nLearning curve, needs among the first three, tuning half:")
    for share, success in found["learning curve"].items():
        print(f"  {share:>4} of the phrases  {success:.3f}")
    write_page(json.loads((FOLDER / "tuning.json").read_text()))
    path = ROOT / "build" / "relevance.json"
    path.write_text(json.dumps(found, indent=1) + "\n")
    print(f"\nKept in {path.relative_to(Path.cwd())}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
