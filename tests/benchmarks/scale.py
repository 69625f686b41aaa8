"""Search with 100,000 services in four languages, inside one process and over HTTP, beside looking through the records.

What is published is multiplied from the demonstration: records alone, as search reads nothing else.
"""

import csv
import json
import os
from urllib.parse import quote

from tests.benchmarks import load
from tests.benchmarks.inside import inside
from tests.benchmarks.installation import Installation, resident, share
from tests.benchmarks.report import ROOT, Report

SERVICES = 100_000
# Read here as a file: this process has no settings, it starts those that do.
QUESTIONS = ROOT / "search" / "data" / "held_questions.csv"
SECONDS = 6.0
COMMANDS = (["migrate", "-v0"], ["load_reference"], ["load_demonstration"], ["learn_needs"])


def prepared(elasticsearch_url: str = "") -> Installation:
    """The installation with its records, made once, and what is learnt of the phrases that there are now."""
    folder = ROOT / "build" / "bench" / f"records-{SERVICES}"
    folder.mkdir(parents=True, exist_ok=True)
    installation = Installation(folder, elasticsearch_url)
    installation.environment["DEMONSTRATION"] = "true"
    made = folder / "made"
    if not made.exists():
        print(f"Making {SERVICES} services' records in {folder.relative_to(ROOT)} …", flush=True)
        (folder / "portolano.sqlite3").unlink(missing_ok=True)
    for command in COMMANDS:
        installation.manage(*command)
    if not made.exists():
        inside(installation, "multiply", str(SERVICES))
        made.touch()
    return installation


def measure(report: Report, engine: str, elasticsearch_url: str = "") -> None:
    """Index, answers by kind of question, and whole questions over HTTP."""
    installation = prepared(elasticsearch_url)
    title = f"{engine}, {SERVICES:,} services"
    report.add(f"{title}: index build", installation.manage("rebuild_index"), "s")
    if not elasticsearch_url:
        used = sum(path.stat().st_size for path in (installation.folder / "index").rglob("*") if path.is_file())
        report.add(f"{title}: index on disk", used / 1e6, "MB")
    found = json.loads(" ".join(inside(installation, "asking")))
    baseline = found.pop("looking through the records")
    for name, value in found.items():
        report.add(f"{title}: {name}, p95", value, "ms", baseline)
    with QUESTIONS.open(encoding="utf-8", newline="") as file:
        texts = [row["text"] for row in csv.DictReader(file)][:60]
    asked = [f"/api/v1/services?language=it&q={quote(text)}" for text in texts]
    with installation.web() as (port, process):
        before, before_shared = resident(process), share(process)
        load.run(port, asked, SECONDS / 2)  # each process reads its model at its first question
        answered = load.run(port, asked, SECONDS)
        report.add(f"{title}: a whole question over HTTP, p95 with 4 clients", answered.p95, "ms")
        report.add(f"{title}: more resident in a web process", resident(process) - before, "MiB")
        report.add(f"{title}: of that, its share", share(process) - before_shared, "MiB")
        if elasticsearch_url:
            beside = json.loads(" ".join(inside(installation, "raw", str(port))))
            report.add(f"{title}: a question over HTTP, p95 with 1 client", beside["product"], "ms", beside["raw"])
        with installation.follower(), load.asking(port, asked):
            for line in inside(installation, "visibility", str(port), "60"):
                name, value = line.split("=")
                report.add(f"{title}: published, then {name.replace('_', ' ')}, 4 clients, p95", float(value), "ms")


def measure_wagtail(report: Report) -> None:
    """What one would otherwise pick: Wagtail's search in the database, over a tenth of the services' Italian texts."""
    for line in inside(prepared(), "wagtail_search"):
        name, value = line.split("=")
        report.add(f"Wagtail's database search, {name.replace('_', ' ')}, at most", float(value), "ms")


def measure_both(report: Report) -> None:
    """The embedded engine, and Elasticsearch where there is one."""
    measure_wagtail(report)
    measure(report, "embedded")
    if url := os.environ.get("ELASTICSEARCH_URL"):
        measure(report, "Elasticsearch", url)
