"""`make bench`: reading beside a plain DRF ModelViewSet, publishing, indexing, and how soon a publication is found.

`python -m tests.benchmarks [SERVICES]` (10,000 unless said). The data is made once and kept in build/bench.
"""

import os
import sys
from pathlib import Path

from tests.benchmarks import load, scale
from tests.benchmarks.inside import inside
from tests.benchmarks.installation import Installation, resident
from tests.benchmarks.report import ROOT, Report

SECONDS = 6.0


def prepared(services: int, elasticsearch_url: str = "") -> Installation:
    """The installation with its data."""
    folder = ROOT / "build" / "bench" / str(services)
    folder.mkdir(parents=True, exist_ok=True)
    installation = Installation(folder, elasticsearch_url)
    made = folder / "made"
    if not made.exists():
        print(f"Making {services} services in {folder.relative_to(ROOT)} …", flush=True)
        (folder / "portolano.sqlite3").unlink(missing_ok=True)
    # What was made for an earlier version serves for this one too.
    installation.manage("migrate", "-v0")
    if not made.exists():
        inside(installation, "make", str(services))
        made.touch()
    return installation


def reading(report: Report, installation: Installation) -> None:
    """List, detail and filtered list, over HTTP with two workers, the product and the baseline in turn."""
    need, *ids = inside(installation, "sample", "50")
    pages = range(1, 51)
    asked = {
        "list of 20": ([f"services?page={page}" for page in pages], "&language=it"),
        "detail": ([f"services/{key}" for key in ids], "?language=it"),
        "filtered list of 20": ([f"services?need={need}&page={page}" for page in range(1, 9)], "&language=it"),
    }
    with installation.web() as (port, process):
        for name, (paths, language) in asked.items():
            baseline = load.run(port, [f"/baseline/{path}" for path in paths], SECONDS)
            product = load.run(port, [f"/api/v1/{path}{language}" for path in paths], SECONDS)
            report.add(f"API, {name}: requests a second", product.per_second, "1/s", baseline.per_second)
            report.add(f"API, {name}: p95", product.p95, "ms", baseline.p95)
        report.add("web worker, resident memory", resident(process), "MiB")


def searching(report: Report, installation: Installation, engine: str) -> None:
    """Index, memory, search over HTTP, and from a publication to its being found."""
    report.add(f"{engine}: index build", installation.manage("rebuild_index"), "s")
    with installation.web() as (port, process), installation.follower() as follower:
        words = ("mensa", "dormitorio+notte", "docce+quartiere", "aiuto+famiglia")
        found = load.run(port, [f"/api/v1/services?q={word}&language=it" for word in words], SECONDS)
        report.add(f"{engine}: search over HTTP, p95 with 4 clients", found.p95, "ms")
        for line in inside(installation, "visibility", str(port), "40"):
            name, value = line.split("=")
            report.add(f"{engine}: published in the admin, then {name.replace('_', ' ')}, p95", float(value), "ms")
        report.add(f"{engine}: web worker, resident memory", resident(process), "MiB")
        report.add(f"{engine}: follower, resident memory", resident(follower), "MiB")


def main(services: int) -> int:
    """Exit status 0 once all is measured."""
    report = Report()
    installation = prepared(services)
    reading(report, installation)
    for line in inside(installation, "publishing", "300"):
        name, value = line.split("=")
        report.add(f"publishing, {name.replace('_', ' ')}", float(value), "1/s")
    searching(report, installation, "embedded")
    if url := os.environ.get("ELASTICSEARCH_URL"):
        searching(report, prepared(services, url), "Elasticsearch")
    else:
        print("Elasticsearch was not measured: set ELASTICSEARCH_URL=http://…:9200")
    scale.measure_both(report)
    print(f"\nKept in {report.write().relative_to(Path.cwd())}")
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000))
