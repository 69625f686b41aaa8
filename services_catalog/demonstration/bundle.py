"""A territory as written here, with short names → the full documents that the exchange imports.

`territories/*.json` and `valdarmonia/` leave out what is not stated and name things by slug. Here every key gets its
place, every slug its id, and every record the document that states it:

- ids are uuid5(NAMESPACE, "<territory>/<kind>/<slug>"), of its parts uuid5(thing, "<field>/<place>"): always the same;
- terms are slugs of the core taxonomies, organizations `["role", "slug"]`, service areas comuni's codes or "*" for all;
- a record's `quote` is the passage of the source that states it; it follows what is noted of the whole source.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property
from types import UnionType
from typing import Any, Union, get_args, get_origin
from uuid import UUID, uuid5

from services_catalog.data.reference import comuni, term_id
from services_catalog.demonstration.emergency import EMERGENCY_NUMBERS
from services_catalog.publication import document as shape
from services_catalog.publication.bodies import SERVICE_TERMS

NAMESPACE = UUID("b0d3c1f4-9a57-5e2b-8f6d-27c1a4e9d305")
Part = dict[str, Any]
SAID_UNLESS_STATED: Mapping[type[shape.Shape], Part] = {
    shape.Service: {"audience": "public"},
    shape.Location: {"audience": "public", "type": "physical"},
    shape.Phone: {"audience": "public", "type": "voice"},
    shape.Contact: {"audience": "public"},
    shape.Schedule: {"audience": "public", "kind": "open", "rule": "hours", "closes_on_comune_holidays": False},
    shape.EligibilityRule: {"strength": "exclusive", "subject": "beneficiary"},
    shape.RequiredDocument: {"mandatory": True},
    shape.Program: {"status": "active"},
    shape.Attribute: {"audience": "public", "filterable": False},
}


def key(territory: str, kind: str, slug: str = "") -> UUID:
    """The id of a thing of a demonstration territory."""
    return uuid5(NAMESPACE, f"{territory}/{kind}/{slug}")


class Bundle:
    """The documents of one territory."""

    def __init__(self, slug: str, written: Mapping[str, Any]) -> None:
        self.slug = slug
        self.written = written

    def territory(self) -> shape.Territory:
        """The territory itself, its comuni from the gazetteer or, invented ones, as written."""
        said = dict(self.written["territory"])
        closures = said.pop("closures", {})
        offices = said.pop("offices", {})
        members = [_member(code) for code in said.pop("comuni")]
        for member in members:
            member["closures"] = closures.get(member["code"], [])
            member["office"] = offices.get(member["code"], {})
        own = {"id": key(self.slug, "territory"), "slug": self.slug, "demonstration": True, "comuni": members}
        own |= {"emergency_numbers": EMERGENCY_NUMBERS, "sources": self._sources({})}
        return shape.Territory.model_validate(_completed(shape.Territory, {**said, **own}))

    def attributes(self) -> Iterator[shape.Attribute]:
        """The territory's custom attributes, in their order."""
        for order, (slug, said) in enumerate(self.written.get("attributes", {}).items(), start=1):
            own = {"id": key(self.slug, "attribute", slug), "key": slug, "territory": self.slug, "order": order}
            yield shape.Attribute.model_validate(_completed(shape.Attribute, {**said, **own}))

    def elsewhere(self) -> list[shape.TerritoryComune]:
        """Invented comuni that are not of the territory, yet have places."""
        return [_member_shape(_member(comune)) for comune in self.written.get("elsewhere", ())]

    def documents(self) -> Iterator[shape.Service | shape.Organization | shape.Location]:
        """Services, then organizations and places that no service shows."""
        shown: set[str] = set()
        for slug, said in self.written["services"].items():
            yield shape.Service.model_validate(self._service(slug, said))
            shown |= {f"organizations/{name}" for _role, name in said.get("organizations", ())}
            shown |= {f"locations/{at['location']}" for at in said.get("locations", ())}
        for slug in self.written.get("organizations", {}):
            if f"organizations/{slug}" not in shown:
                yield shape.Organization.model_validate(self._organization(slug))
        for slug in self.written.get("locations", {}):
            if f"locations/{slug}" not in shown:
                yield shape.Location.model_validate(self._location(slug))

    def _service(self, slug: str, said: Part) -> Part:
        said = dict(said)
        terms: Part = {
            name: [term_id(slug, term) for term in said.pop(name, ())] for name, slug in SERVICE_TERMS.items()
        }
        terms["figures"] = [_figure(figure) for figure in said.pop("figures", ())]
        access = dict(said.pop("access", {}))
        access["steps"] = [self._step(step) for step in access.get("steps", ())]
        parts = {
            "organizations": [
                {"role": role, "organization": self._organization(name)} for role, name in said.pop("organizations", ())
            ],
            "program": self._program(said.pop("program")) if "program" in said else None,
            "terms": terms,
            "access": access,
            "capacities": [_capacity(part) for part in said.pop("capacities", ())],
            "service_areas": [self._area(code) for code in said.pop("service_areas", ())],
            "locations": [{**at, "location": self._location(at["location"])} for at in said.pop("locations", ())],
        }
        return self._record("service", slug, {**said, **parts}, shape.Service)

    def _organization(self, slug: str) -> Part:
        return self._record("organization", slug, dict(self.written["organizations"][slug]), shape.Organization)

    def _location(self, slug: str) -> Part:
        said = dict(self.written["locations"][slug])
        said["accessibility"] = [term_id("accessibility", term) for term in said.get("accessibility", ())]
        if code := said.pop("comune", None):
            closures = self.written["territory"].get("closures", {}).get(code, [])
            said["comune"] = {"code": code, "name": self._comune_name(code), "closures": closures}
        return self._record("location", slug, said, shape.Location)

    def _program(self, slug: str) -> Part:
        said = dict(self.written["programs"][slug])
        said["partners"] = [
            {
                "role": role,
                "organization": key(self.slug, "organization", name),
                "name": self.written["organizations"][name]["name"],
            }
            for role, name in said.get("partners", ())
        ]
        return self._record("program", slug, said, shape.Program)

    def _record(self, kind: str, slug: str, said: Part, model: type[shape.Shape]) -> Part:
        own: Part = {"id": key(self.slug, kind, slug), "sources": self._sources(said)}
        if "territory" in model.model_fields:
            own["territory"] = self.slug
        said.pop("quote", None)
        return _completed(model, {**said, **own}, own["id"])

    def _sources(self, said: Part) -> list[Part]:
        """The territory's document, with the passage quoted; an invented territory has none."""
        if "source" not in self.written:
            return []
        source = dict(self.written["source"])
        if quote := said.get("quote"):
            passage = {"it": f"«{quote}»", "en": f"In Italian: «{quote}»"}
            noted = source.get("note", {})
            source["note"] = {
                language: f"{noted.get(language, '')} {text}".strip() for language, text in passage.items()
            }
        return [_completed(shape.Source, source)]

    def _step(self, step: Part) -> Part:
        return {**step, "service": key(self.slug, "service", step["service"])} if "service" in step else step

    def _area(self, code: str) -> Part:
        return {"comune": None, "name": ""} if code == "*" else {"comune": code, "name": self._comune_name(code)}

    def _comune_name(self, code: str) -> str:
        return self._invented.get(code) or comuni()[code].name

    @cached_property
    def _invented(self) -> dict[str, str]:
        written = [*self.written["territory"]["comuni"], *self.written.get("elsewhere", ())]
        return {comune["code"]: comune["name"] for comune in written if isinstance(comune, dict)}


def _member_shape(member: Part) -> shape.TerritoryComune:
    return shape.TerritoryComune.model_validate(_completed(shape.TerritoryComune, member))


def _member(comune: str | Part) -> Part:
    """A comune of the territory: a cadastral code, or an invented one as it is."""
    if isinstance(comune, dict):
        return dict(comune)
    found = comuni()[comune]
    return {
        "code": comune,
        "name": found.name,
        "province": found.province,
        "latitude": found.latitude,
        "longitude": found.longitude,
        "istat_codes": [
            {"code": code.code, "valid_from": code.valid_from, "valid_until": code.valid_until}
            for code in found.istat_codes
        ],
    }


def _figure(figure: Part) -> Part:
    languages = [term_id("language", code) for code in figure.get("languages", ())]
    return {**figure, "term": term_id("figure", figure["term"]), "languages": languages}


def _capacity(part: Part) -> Part:
    population = term_id("target", part["population"]) if "population" in part else None
    return {**part, "unit": term_id("unit", part["unit"]), "population": population}


def _completed(model: type[shape.Shape], said: Part, owner: UUID | None = None) -> Part:
    """`said` with every key of the shape: absent is not stated, and parts without an id get one from their owner."""
    full = {**SAID_UNLESS_STATED.get(model, {}), **said}
    if isinstance(full.get("figure"), str):
        full["figure"] = term_id("figure", full["figure"])
    mine = full.get("id", owner)
    for name, field in model.model_fields.items():
        if name in full:
            full[name] = _completed_value(field.annotation, full[name], mine, name)
        elif field.is_required():
            full[name] = _not_stated(field.annotation, mine)
    return full


def _completed_value(annotation: Any, value: Any, owner: UUID | None, name: str) -> Any:
    model = _shape_in(annotation)
    if model is None:
        return [_term(term) for term in value] if annotation == shape.Terms else value
    if isinstance(value, list):
        return [
            _completed(model, _identified(model, part, owner, f"{name}/{place}"), owner)
            for place, part in enumerate(value)
        ]
    return None if value is None else _completed(model, value, owner)


def _term(term: str | UUID) -> UUID:
    """A spoken language by its code; a term already looked up as it is."""
    return term if isinstance(term, UUID) else term_id("language", term)


def _identified(model: type[shape.Shape], part: Part, owner: UUID | None, place: str) -> Part:
    if "id" in part or "id" not in model.model_fields or owner is None:
        return part
    return {**part, "id": uuid5(owner, place)}


def _shape_in(annotation: Any) -> type[shape.Shape] | None:
    """The shape that a field holds, alone, as a list or as an option."""
    if isinstance(annotation, type) and issubclass(annotation, shape.Shape):
        return annotation
    if get_origin(annotation) in (tuple, Union, UnionType):
        return next(filter(None, map(_shape_in, get_args(annotation))), None)
    return None


def _not_stated(annotation: Any, owner: UUID | None) -> Any:
    if get_origin(annotation) in (Union, UnionType) and type(None) in get_args(annotation):
        return None
    if (model := _shape_in(annotation)) and get_origin(annotation) is not tuple:
        return _completed(model, {}, owner)
    return {tuple: [], dict: {}}.get(get_origin(annotation), "")
