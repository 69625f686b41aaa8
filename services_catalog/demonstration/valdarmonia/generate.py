"""The invented territory, put together from its parts. The same at every load: no chance, no clock."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SLUG = "valdarmonia"
LANGUAGES = ("it", "en", "fr", "ar")
FOLDER = Path(__file__).parent
KINDS = ("kinds.json", "more_kinds.json", "kinds_of_every_need.json")
CAP = "00000"
TEXTS = {
    *("name", "alternate_name", "summary", "description", "who_for", "how_to", "what_you_get", "times", "conditions"),
    *("referral_route", "status_reason", "note", "reason", "document", "title", "department", "transportation"),
    "accessibility_note",
}
OF_INSTANCE = {"at", "place", "name", "by", "hours", "entry", "exceptions", "appointment", "phone_hours"}
OF_INSTANCE |= {"stays_open_on_patron_day"}
ITALIAN_PREPOSITIONS = ("di ", "del ", "della ", "delle ", "dell'", "d'")

Part = dict[str, Any]


def written() -> Part:
    """The territory in the form that `Bundle` reads."""
    world = _read("world.json")
    special = _read("special.json")
    builder = Builder(world)
    services = {slug: service for name in KINDS for slug, service in builder.of_kinds(_read(name))}
    services |= {slug: builder.special(service) for slug, service in special["services"].items()}
    return {
        "territory": {**_spoken(world["territory"]), **_comuni(world["comuni"])},
        "elsewhere": [_comune(comune) for comune in world["elsewhere"]],
        "attributes": _spoken(world["attributes"]),
        "organizations": _spoken(world["organizations"]),
        "programs": _spoken(world["programs"]),
        "locations": {**builder.locations, **_spoken(special["locations"])},
        "services": services,
    }


class Builder:
    """Makes services of kinds, and on the way the places and phones they need."""

    def __init__(self, world: Part) -> None:
        self.places = world["places"]
        self.comuni = {comune["code"]: comune for comune in world["comuni"]}
        self.locations: dict[str, Part] = {}
        self.phones = 0

    def of_kinds(self, kinds: Part) -> Iterator[tuple[str, Part]]:
        """Slug and service for every place where a kind of service exists."""
        for kind, described in kinds.items():
            instances = described.pop("instances")
            for number, instance in enumerate(instances, start=1):
                slug = f"{kind}-{number}"
                yield slug, self._of_kind(slug, described, instance)

    def special(self, service: Part) -> Part:
        """A service written as it is, except for an ordinary place and its hours."""
        said = dict(_spoken(service))
        if place := said.pop("place", None):
            comune, name, hours = place
            schedules = [{"opening_hours": hours}] if hours else []
            said["locations"] = [{"location": self._location(comune, name), "schedules": schedules}]
        said.setdefault("phones", [self._phone(None)] if said.get("audience") is None else [])
        return said

    def _of_kind(self, slug: str, described: Part, instance: Part) -> Part:
        comune = self.comuni[instance["at"]]["name"]
        own = {name: value for name, value in instance.items() if name not in OF_INSTANCE}
        said = _filled(_spoken({**described, **own}), comune, instance["at"], instance.get("name", ""))
        local = "{comune}" in described["name"][0]
        said |= {
            "status": own.get("status", "active"),
            "organizations": [["runs", instance["by"]], *([["coordinates", "ufficio-piano"]] if local else [])],
            "service_areas": [instance["at"]] if local else ["*"],
            "phones": [self._phone(instance.get("phone_hours"))],
            "assured_date": f"2026-{_number(slug, 3) + 8:02d}-{_number(slug + 'day', 27) + 1:02d}",
        }
        schedules = _schedules(instance)
        if "place" in instance:
            at = {"location": self._location(instance["at"], instance["place"]), "schedules": schedules}
            return {**said, "locations": [at]}
        return {**said, "schedules": schedules}

    def _location(self, code: str, name: str) -> str:
        """The slug of the comune's place of this kind."""
        slug = f"{name}-{code.lower()}"
        place, comune = self.places[name], self.comuni[code]
        streets = place["streets"]
        said = {key: value for key, value in place.items() if key not in ("streets", "keeper")}
        self.locations.setdefault(
            slug,
            {
                **_filled(_spoken(said), comune["name"], code, ""),
                "comune": code,
                "address": {
                    "street": f"{streets[_number(slug, len(streets))]} {_number(slug + 'door', 60) + 1}",
                    "postal_code": CAP,
                    "locality": comune["name"],
                },
                "latitude": round(comune["latitude"] + (_number(slug + "lat", 120) - 60) / 10_000, 4),
                "longitude": round(comune["longitude"] + (_number(slug + "lon", 120) - 60) / 10_000, 4),
                "assured_date": "2026-09-15",
            },
        )
        return slug

    def _phone(self, hours: str | None) -> Part:
        self.phones += 1
        schedule = {"kind": "phone", "opening_hours": hours, "closes_on_comune_holidays": hours != "24/7"}
        return {"number": f"0000 {200_000 + 7 * self.phones}", "schedules": [schedule] if hours else []}


def _schedules(instance: Part) -> list[Part]:
    rests = not (instance.get("stays_open_on_patron_day") or instance["hours"] == "24/7")
    common = {"closes_on_comune_holidays": rests, "exceptions": _spoken(instance.get("exceptions", []))}
    rule = "by_appointment" if instance.get("appointment") else "hours"
    found: list[Part] = [{"rule": rule, "opening_hours": instance["hours"], **common}]
    if "entry" in instance:
        found.append({"kind": "entry", "opening_hours": instance["entry"], **common})
    return found


def _comuni(comuni: list[Part]) -> Part:
    """The members, their patron saints' days and their social offices."""
    return {
        "comuni": [_comune(comune) for comune in comuni],
        "closures": {
            comune["code"]: [{"month": month, "day": day, "reason": {"it": saint, "en": f"Patron saint: {saint}"}}]
            for comune in comuni
            if "patron" in comune
            for month, day, saint in [comune["patron"]]
        },
        "offices": {
            comune["code"]: {"phone": f"0000 {100_000 + place}", "opening_hours": comune["office"]}
            for place, comune in enumerate(comuni, start=1)
        },
    }


def _comune(comune: Part) -> Part:
    own = {name: comune[name] for name in ("code", "name", "latitude", "longitude")}
    return {**own, "province": "XX", "istat_codes": []}


def _read(name: str) -> Part:
    content: Part = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    return content


def _spoken(node: Any, key: str = "") -> Any:
    """Lists of texts → texts by language."""
    if isinstance(node, dict):
        return {name: _spoken(value, name) for name, value in node.items()}
    if isinstance(node, list) and key in TEXTS:
        return dict(zip(LANGUAGES, node, strict=False))
    if isinstance(node, list):
        return [_spoken(item) for item in node]
    return node


def _filled(node: Any, comune: str, code: str, name: Any, language: str = "it") -> Any:
    """Names of the comune and of the place put where the texts leave room for them."""
    if isinstance(node, dict):
        return {
            key: _filled(value, comune, code, name, key if key in LANGUAGES else language)
            for key, value in node.items()
        }
    if isinstance(node, list):
        return [_filled(item, comune, code, name, language) for item in node]
    if isinstance(node, str):
        text = node.replace("{comune}", comune).replace("{at}", code).replace("{name}", _name_in(name, language))
        return text.replace(" de A", " d'A") if language == "fr" else text
    return node


def _name_in(name: str | list[str], language: str) -> str:
    """The place's own name; other languages leave out the Italian preposition that leads to it."""
    if isinstance(name, list):
        return dict(zip(LANGUAGES, name, strict=False)).get(language, name[0])
    if language == "it":
        return name
    for preposition in ITALIAN_PREPOSITIONS:
        name = name.removeprefix(preposition)
    return name


def _number(seed: str, below: int) -> int:
    """A number below `below`, always the same for a seed."""
    return int.from_bytes(hashlib.blake2b(seed.encode(), digest_size=4).digest(), "big") % below
