"""Documents → rows of the tables, without asking the database. What a body does not show, no row says."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid5

from django.db import models as db
from django.utils.translation import gettext as _

from services_catalog import models
from services_catalog.choices import Audience, Role
from services_catalog.exchange.lines import Errors, Line
from services_catalog.exchange.store import texts
from services_catalog.publication import document as shape
from services_catalog.publication.bodies import PROSE, SERVICE_TERMS
from services_catalog.publication.inputs import Row

Quoted = shape.Organization | shape.Location | shape.Program


def sealed_and_blank(service: shape.Service) -> bool:
    """Whether this is the little that operators may know of a protected service: of the rest it says nothing."""
    return service.audience == Audience.SEALED and not (service.organizations or service.locations or service.phones)


class Rows:
    """Rows by table and id, the line that says each, and terms linked many to many."""

    def __init__(self, territory: UUID, slug: str, errors: Errors) -> None:
        self.territory = territory
        self.slug = slug
        self.errors = errors
        self.tables: dict[type[db.Model], dict[UUID, Row]] = defaultdict(dict)
        self.links: dict[tuple[type[db.Model], str], dict[UUID, tuple[UUID, ...]]] = defaultdict(dict)
        self.line_of: dict[UUID, int] = {}
        self.blank: set[UUID] = set()
        self.terms: dict[tuple[UUID, str], int] = {}
        """Terms used, with the taxonomy each must be of, and a line that uses it."""
        self._quoted: dict[UUID, tuple[Quoted, int]] = {}
        self._line = 0

    def add_all(self, lines: Iterable[Line]) -> None:
        """Rows of every line."""
        for line in lines:
            self._line = line.number
            match line.document:
                case shape.Service():
                    self.service(line.document)
                case shape.Organization():
                    self.organization(line.document)
                case shape.Location():
                    self.location(line.document, None)

    def service(self, body: shape.Service) -> None:
        """A service and all that its body shows."""
        self._belongs(body)
        if sealed_and_blank(body):
            self.blank.add(body.id)
        program = self._program(body.program)
        row = {
            "id": body.id,
            "territory_id": self.territory,
            **_own(body, "audience", "status", "valid_from", "valid_until", "url", "email", "assured_date"),
            "callers": _values(body.callers),
            "program_id": program,
            **_own(body.access, "appointment", "identity_document", "animals", "most_nights"),
            "quota_amount": body.access.quota.amount if body.access.quota else None,
            "quota_per": body.access.quota.per.value if body.access.quota else "",
            "attributes": body.attributes,
            "sources": _sources(body.sources),
            **_texts(body, *PROSE, "referral_route", "status_reason"),
        }
        self._add(models.Service, row)
        self._parts_of_service(body)
        for place, participation in enumerate(body.organizations):
            self.organization(participation.organization)
            own: Row = {"organization_id": participation.organization.id, "role": participation.role.value}
            key = _derived(body.id, "organization", *own.values())
            self._add(models.ServiceOrganization, {"id": key, "service_id": body.id, **own, "position": place})
        keeper = next((part.organization.id for part in body.organizations if part.role == Role.RUNS), None)
        for place, at in enumerate(body.locations):
            self.location(at.location, keeper)
            ids = {"service_id": body.id, "location_id": at.location.id}
            self._add(models.ServiceAtLocation, {"id": at.id, **ids, "position": place, **_texts(at, "description")})
            self._owned({"service_at_location_id": at.id}, at.phones, at.contacts, at.schedules)
        self._owned({"service_id": body.id}, body.phones, body.contacts, body.schedules)

    def organization(self, body: shape.Organization) -> None:
        """An organization, once however many lines quote it."""
        if self._quote(body):
            return
        own = _own(body, "name", "alternate_name", "legal_form", "founded", "dissolved", "url", "email", "assured_date")
        row = {"id": body.id, "territory_id": self.territory, **own, "sources": _sources(body.sources)}
        self._add(models.Organization, row | _texts(body, "description"))
        keys = _in_order(_derived(body.id, "identifier", str(place)) for place in range(len(body.identifiers)))
        for key, identifier in zip(keys, body.identifiers, strict=True):
            own = _own(identifier, "scheme", "value", "valid_from", "valid_until")
            self._add(models.OrganizationIdentifier, {"id": key, "organization_id": body.id, **own})
        self._owned({"organization_id": body.id}, body.phones, body.contacts, ())

    def location(self, body: shape.Location, keeper: UUID | None) -> None:
        """A place, once; if it is new, `keeper` is the organization that keeps it true."""
        if self._quote(body):
            return
        address = body.address or shape.Address(street="", postal_code="", locality="", note="")
        row = {
            "id": body.id,
            "territory_id": self.territory,
            "organization_id": keeper,
            **_own(body, "audience", "type", "url", "latitude", "longitude", "assured_date"),
            "callers": _values(body.callers),
            "comune_id": body.comune.code if body.comune else None,
            **_own(address, "street", "postal_code", "locality"),
            **texts("address_note", address.note),
            "sources": _sources(body.sources),
            **_texts(body, "name", "description", "transportation", "accessibility_note"),
        }
        self._add(models.Location, row)
        self.links[models.Location, "accessibility"][body.id] = self._terms("accessibility", *body.accessibility)
        self._owned({"location_id": body.id}, body.phones, body.contacts, body.schedules)

    def _program(self, body: shape.Program | None) -> UUID | None:
        if body is None:
            return None
        if self._quote(body):
            return body.id
        own = _own(body, "status", "valid_from", "valid_until", "act", "cup", "amount", "spent")
        row = {"id": body.id, "territory_id": self.territory, **own, "sources": _sources(body.sources)}
        self._add(models.Program, row | _texts(body, "name", "description"))
        for place, fund in enumerate(body.funds):
            self._part(models.ProgramFund, body.id, place, _own(fund, "name", "amount", "logo_owed"))
        for place, partner in enumerate(body.partners):
            said: Row = {"organization_id": partner.organization, "role": partner.role.value}
            self._part(models.ProgramPartner, body.id, place, said)
        for place, result in enumerate(body.results):
            said = _own(result, "value", "measured_on") | _texts(result, "description")
            self._part(models.ProgramResult, body.id, place, said)
        return body.id

    def _part(self, model: type[db.Model], program: UUID, place: int, said: Row) -> None:
        key = _derived(program, model._meta.label_lower, str(place))
        self._add(model, {"id": key, "program_id": program, "position": place, **said})

    def _parts_of_service(self, body: shape.Service) -> None:
        named = SERVICE_TERMS.items()
        terms = [term for name, slug in named for term in self._terms(slug, *getattr(body.terms, name))]
        for place, term in enumerate(dict.fromkeys(terms)):
            row = {
                "id": _derived(body.id, "term", str(term)),
                "service_id": body.id,
                "term_id": term,
                "position": place,
            }
            self._add(models.ServiceTerm, row)
        for place, figure in enumerate(body.terms.figures):
            key = _derived(body.id, "figure", str(place))
            said: Row = {"term_id": figure.term, "number": figure.number, "position": place}
            self._add(models.ServiceFigure, {"id": key, "service_id": body.id, **said})
            self.links[models.ServiceFigure, "languages"][key] = self._terms("language", *figure.languages)
            self._terms("figure", figure.term)
        for place, area in enumerate(body.service_areas):
            key = _derived(body.id, "area", str(place))
            said = {"comune_id": area.comune, "name": area.name, "position": place}
            self._add(models.ServiceArea, {"id": key, "service_id": body.id, **said})
        for capacity in body.capacities:
            self._terms("unit", capacity.unit)
            self._terms("target", *([capacity.population] if capacity.population else []))
        for model, parts in (
            (models.EligibilityRule, [_rule(part) for part in body.eligibility]),
            (models.AccessStep, [_step(part) for part in body.access.steps]),
            (models.RequiredDocument, [_required(part) for part in body.required_documents]),
            (models.CostOption, [_cost(part) for part in body.costs]),
            (models.Capacity, [_capacity(part) for part in body.capacities]),
        ):
            for place, row in enumerate(parts):
                self._add(model, {**row, "service_id": body.id, "position": place})

    def _owned(
        self,
        owner: Row,
        phones: Iterable[shape.Phone],
        contacts: Iterable[shape.Contact],
        schedules: Iterable[shape.Schedule],
    ) -> None:
        for place, phone in enumerate(phones):
            own = _own(phone, "id", "audience", "type", "number", "extension") | _texts(phone, "description")
            self._add(models.Phone, {**own, "callers": _values(phone.callers), "position": place, **owner})
            self.links[models.Phone, "languages"][phone.id] = self._terms("language", *phone.languages)
            self._schedules({"phone_id": phone.id}, phone.schedules)
        for place, contact in enumerate(contacts):
            own = _own(contact, "id", "audience", "name", "email") | _texts(contact, "title", "department")
            said = {"callers": _values(contact.callers), "figure_id": contact.figure, "position": place}
            self._add(models.Contact, {**own, **said, **owner})
            self.links[models.Contact, "languages"][contact.id] = self._terms("language", *contact.languages)
            self._terms("figure", *([contact.figure] if contact.figure else []))
        self._schedules(owner, schedules)

    def _schedules(self, owner: Row, schedules: Iterable[shape.Schedule]) -> None:
        for place, schedule in enumerate(schedules):
            own = _own(schedule, "id", "audience", "kind", "rule", "opening_hours", "valid_from", "valid_until")
            own["closes_on_comune_holidays"] = schedule.closes_on_comune_holidays
            said = {"callers": _values(schedule.callers), "position": place, **_texts(schedule, "description")}
            self._add(models.Schedule, {**own, **said, **owner})
            keys = _in_order(_derived(schedule.id, "exception", str(at)) for at in range(len(schedule.exceptions)))
            for key, exception in zip(keys, schedule.exceptions, strict=True):
                own = _own(exception, "starts", "ends", "opening_hours") | _texts(exception, "reason")
                self._add(models.ScheduleException, {"id": key, "schedule_id": schedule.id, **own})

    def _terms(self, taxonomy: str, *terms: UUID) -> tuple[UUID, ...]:
        for term in terms:
            self.terms.setdefault((term, taxonomy), self._line)
        return terms

    def _belongs(self, body: shape.Service | shape.Organization | shape.Location) -> None:
        if body.territory != self.slug:
            said = {"said": body.territory, "slug": self.slug}
            self.errors.add(self._line, _("the line is of the territory “%(said)s”, the import of “%(slug)s”") % said)

    def _quote(self, body: Quoted) -> bool:
        """Whether nothing is left to write: another line said it, or it is a guest from another territory."""
        if not isinstance(body, shape.Program) and body.territory != self.slug:
            return True
        earlier, line = self._quoted.setdefault(body.id, (body, self._line))
        if earlier != body:
            said = {"id": body.id, "line": line}
            self.errors.add(self._line, _("%(id)s is described otherwise in line %(line)d") % said)
        return earlier is not body

    def _add(self, model: type[db.Model], row: Row) -> None:
        key = row["id"]
        if key in self.line_of:
            said = {"id": key, "line": self.line_of[key]}
            self.errors.add(self._line, _("the id %(id)s is used twice, here and in line %(line)d") % said)
            return
        self.line_of[key] = self._line
        self.tables[model][key] = row


def _own(part: shape.Shape, *names: str) -> Row:
    """Columns named as the shape names them; a choice as its value."""
    return {name: getattr(value := getattr(part, name), "value", value) for name in names}


def _texts(part: shape.Shape, *names: str) -> Row:
    return {column: text for name in names for column, text in texts(name, getattr(part, name)).items()}


def _values(choices: Iterable[Any]) -> list[str]:
    return [choice.value for choice in choices]


def _sources(sources: Iterable[shape.Source]) -> list[Row]:
    return [
        {
            "title": source.title,
            "dated": source.dated.isoformat() if source.dated else None,
            "url": source.url,
            "note": source.note or {},
        }
        for source in sources
    ]


def _derived(owner: UUID, *names: object) -> UUID:
    """The id of a row whose body shows none: the same at every import."""
    return uuid5(owner, "/".join(str(name) for name in names))


def _in_order(keys: Iterable[UUID]) -> list[UUID]:
    """Ids that sort as the parts stand: where a table has no position, equal rows follow their ids."""
    return sorted(keys)


def _rule(part: shape.EligibilityRule) -> Row:
    names = ("id", "strength", "dimension", "subject", "minimum_age", "maximum_age")
    own = _own(part, *names, "isee_maximum", "isee_household", "isee_year")
    return own | {"values": _values(part.values), "comuni": list(part.comuni), **_texts(part, "note")}


def _step(part: shape.AccessStep) -> Row:
    own = _own(part, "id", "kind", "opens", "closes", "opening_hours", "waiting_days")
    return own | {"at_service_id": part.service, **_texts(part, "description")}


def _required(part: shape.RequiredDocument) -> Row:
    return _own(part, "id", "mandatory") | _texts(part, "document", "note")


def _cost(part: shape.CostOption) -> Row:
    return _own(part, "id", "amount", "isee_from", "isee_to", "valid_from", "valid_until") | _texts(part, "description")


def _capacity(part: shape.Capacity) -> Row:
    own = _own(part, "id", "maximum", "available", "reported_at", "expires_at") | _texts(part, "description")
    return own | {"unit_id": part.unit, "population_id": part.population}
