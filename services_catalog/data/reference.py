"""Reads the shipped reference data: the gazetteer of comuni and the core taxonomies. No database here."""

import csv
import gzip
import io
import json
import sys
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from uuid import UUID

# Ids of core terms are uuid5(NAMESPACE, "<taxonomy>/<slug>"). Never change it: catalogues everywhere hold those ids.
NAMESPACE = UUID("6a7d3e5c-52b1-5c0e-9a43-0f6b1d2c8e74")
FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class IstatCode:
    """An ISTAT code and the days on which it holds; None is unknown or open."""

    code: str
    valid_from: date | None
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class Comune:
    """A comune of the gazetteer: WGS 84 degrees, the province's two letters."""

    cadastral_code: str
    name: str
    province: str
    region: str
    latitude: float
    longitude: float
    istat_codes: tuple[IstatCode, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """A core term; `name` and `description` by language."""

    id: UUID
    slug: str
    parent: UUID | None
    pictogram: str
    order: int
    name: dict[str, str]
    description: dict[str, str]


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """A core taxonomy, its terms in the order in which they are shown; parents come before their children."""

    slug: str
    name: dict[str, str]
    terms: tuple[Term, ...]


@cache
def comuni() -> dict[str, Comune]:
    """The comuni of Italy by cadastral code."""
    text = gzip.decompress((FOLDER / "comuni.csv.gz").read_bytes()).decode()
    return {row["cadastral_code"]: _comune(row) for row in csv.DictReader(io.StringIO(text))}


@cache
def patron_days() -> dict[str, tuple[int, int]]:
    """Month and day of the patron saint, by cadastral code, of the few comuni where somebody has checked it."""
    text = (FOLDER / "patron_saints.csv").read_text(encoding="utf-8")
    return {row["cadastral_code"]: (int(row["month"]), int(row["day"])) for row in csv.DictReader(io.StringIO(text))}


@cache
def taxonomies() -> dict[str, Taxonomy]:
    """The core taxonomies by slug."""
    files = sorted((FOLDER / "taxonomies").glob("*.json"))
    return {taxonomy.slug: taxonomy for taxonomy in map(_taxonomy, files)}


def term_id(taxonomy: str, slug: str) -> UUID:
    """The id of a core term. Raises KeyError for one that is not shipped, so that a slip is never stored."""
    return _ids()[taxonomy, slug]


@cache
def _ids() -> dict[tuple[str, str], UUID]:
    return {(taxonomy.slug, term.slug): term.id for taxonomy in taxonomies().values() for term in taxonomy.terms}


def _comune(row: dict[str, str]) -> Comune:
    return Comune(
        cadastral_code=row["cadastral_code"],
        name=row["name"],
        # A hundred provinces, eight thousand times over.
        province=sys.intern(row["province"]),
        region=sys.intern(row["region"]),
        latitude=float(row["latitude"]),
        longitude=float(row["longitude"]),
        istat_codes=tuple(_istat_code(text) for text in row["istat_codes"].split()),
    )


def _istat_code(text: str) -> IstatCode:
    code, starts, ends = text.split(":")
    return IstatCode(
        code,
        date.fromisoformat(starts) if starts else None,
        date.fromisoformat(ends) if ends else None,
    )


def _taxonomy(path: Path) -> Taxonomy:
    content = json.loads(path.read_text(encoding="utf-8"))
    ids = {term["slug"]: UUID(term["id"]) for term in content["terms"]}
    terms = tuple(
        Term(
            id=ids[term["slug"]],
            slug=term["slug"],
            parent=ids[term["parent"]] if "parent" in term else None,
            pictogram=term.get("pictogram", ""),
            order=order,
            name=term["name"],
            description=term["description"],
        )
        for order, term in enumerate(content["terms"])
    )
    return Taxonomy(content["taxonomy"], content["name"], terms)
