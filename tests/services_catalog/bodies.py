"""Published bodies of the tests' cast, with what a test says and nothing stated otherwise."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from services_catalog.opening_hours.clock import instant
from services_catalog.publication.document import (
    Closure,
    Comune,
    EligibilityRule,
    Location,
    Phone,
    Program,
    Schedule,
    ScheduleException,
    Service,
    ServiceAtLocation,
    SocialOffice,
    TerritoryComune,
)

NAMESPACE = UUID("6f3c2a52-6a0e-4b0e-9a53-0d1f6f0f9a11")
PATRON = Closure(month=8, day=11, reason="Santa Chiara")
IGLESIAS = Comune(code="E281", name="Iglesias", closures=(PATRON,))


def identifier(name: str) -> UUID:
    """The same id for the same name, in every run."""
    return uuid5(NAMESPACE, name)


def rome(*parts: int) -> datetime:
    """The instant of a wall-clock time in Italy."""
    return instant(datetime(*parts))  # type: ignore[arg-type]


def schedule(opening_hours: str = "", **stated: Any) -> Schedule:
    """Opening hours, at stated hours unless said otherwise."""
    blank = {
        "id": identifier(opening_hours),
        "audience": "public",
        "callers": (),
        "kind": "open",
        "rule": "hours",
        "opening_hours": opening_hours,
        "valid_from": None,
        "valid_until": None,
        "closes_on_comune_holidays": False,
        "description": "",
        "exceptions": (),
    }
    return Schedule(**blank | stated)


def exception(
    starts: date, ends: date | None = None, opening_hours: str = "off", reason: str = ""
) -> ScheduleException:
    """Other hours, or none, on a day or several."""
    return ScheduleException(starts=starts, ends=ends or starts, opening_hours=opening_hours, reason=reason)


def location(**stated: Any) -> Location:
    """A place in Iglesias."""
    blank = {
        "id": identifier("place"),
        "territory": "plus-iglesias",
        "audience": "public",
        "callers": (),
        "type": "physical",
        "name": "Emmaus",
        "description": "",
        "transportation": "",
        "url": "",
        "comune": IGLESIAS,
        "address": None,
        "latitude": None,
        "longitude": None,
        "accessibility": (),
        "accessibility_note": "",
        "phones": (),
        "contacts": (),
        "schedules": (),
        "sources": (),
        "assured_date": None,
    }
    return Location(**blank | stated)


def at_location(place: Location | None = None, **stated: Any) -> ServiceAtLocation:
    """The service at that place."""
    blank = {
        "id": identifier("door"),
        "location": place or location(),
        "description": "",
        "phones": (),
        "contacts": (),
        "schedules": (),
    }
    return ServiceAtLocation(**blank | stated)


def phone(number: str = "0781 000", **stated: Any) -> Phone:
    """A number that cannot ring."""
    blank = {
        "id": identifier(number),
        "audience": "public",
        "callers": (),
        "type": "voice",
        "number": number,
        "extension": "",
        "description": "",
        "languages": (),
        "schedules": (),
    }
    return Phone(**blank | stated)


def program(**stated: Any) -> Program:
    """A project without anything stated but its name."""
    blank: dict[str, Any] = dict.fromkeys(("valid_from", "valid_until", "amount", "spent"))
    blank |= {"id": identifier("program"), "name": "ImplementAzione", "description": "", "status": "active"}
    blank |= {"act": "", "cup": "", "funds": (), "partners": (), "results": (), "sources": ()}
    return Program(**blank | stated)


def service(**stated: Any) -> Service:
    """An active service of Caritas."""
    lists = (
        *("callers", "organizations", "eligibility", "required_documents", "costs", "service_areas", "capacities"),
        *("phones", "contacts", "schedules", "locations", "sources"),
    )
    texts = (
        *("status_reason", "alternate_name", "summary", "description", "who_for", "how_to", "what_you_get"),
        *("times", "conditions", "referral_route", "url", "email"),
    )
    blank: dict[str, Any] = dict.fromkeys(lists, ()) | dict.fromkeys(texts, "")
    blank |= dict.fromkeys(("valid_from", "valid_until", "program", "assured_date"))
    terms: dict[str, Any] = dict.fromkeys(
        ("needs", "targets", "life_events", "languages", "ways_of_access", "figures"), ()
    )
    access = {
        "appointment": "",
        "identity_document": "",
        "animals": "",
        "most_nights": None,
        "quota": None,
        "steps": (),
    }
    blank |= {
        "id": identifier("service"),
        "territory": "plus-iglesias",
        "audience": "public",
        "status": "active",
        "name": "Dormitorio",
        "terms": terms,
        "access": access,
        "attributes": {},
    }
    return Service(**blank | stated)


def territory_comune(code: str, name: str, hours: str = "", number: str = "") -> TerritoryComune:
    """A comune with its social office."""
    return TerritoryComune(
        code=code,
        name=name,
        province="CI",
        latitude=None,
        longitude=None,
        istat_codes=(),
        closures=(PATRON,) if code == "E281" else (),
        office=SocialOffice(phone=number, opening_hours=hours),
    )


def rule(dimension: str, **stated: Any) -> EligibilityRule:
    """A rule that decides ("only"), on the person helped."""
    blank: dict[str, Any] = dict.fromkeys(
        ("minimum_age", "maximum_age", "isee_maximum", "isee_household", "isee_year"),
    )
    blank |= {"strength": "exclusive", "subject": "beneficiary", "values": (), "comuni": (), "note": ""}
    blank |= stated
    return EligibilityRule(id=identifier(f"{dimension}{stated}"), dimension=dimension, **blank)
