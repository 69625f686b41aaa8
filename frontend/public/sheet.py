"""The page of a service: its answers first, then the sheet in the order of the Italian model of municipal sites."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from frontend.public import attributes, doors, phones, way_in
from frontend.public.catalogue import Reference
from frontend.public.hours import Opening, Week, caller, overall, weeks
from frontend.public.prose import Prose, prose
from services_catalog.choices import Role
from services_catalog.eligibility import describe
from services_catalog.publication.document import Capacity, Service, Source
from services_catalog.texts import text_of


@dataclass(frozen=True)
class Body:
    """An organization in its role."""

    role: str
    name: str
    url: str
    email: str


@dataclass(frozen=True)
class Email:
    """Whom to write to. `callers`: who alone may, where citizens may not."""

    name: str
    address: str
    callers: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """Everything the page of a service shows, in words."""

    id: str
    name: Prose
    alternate_name: Prose
    summary: Prose
    description: Prose
    who_for: Prose
    how_to: Prose
    what_you_get: Prose
    times: Prose
    conditions: Prose
    stopped: str
    opening: Opening
    weeks: list[Week]
    partly_untranslated: bool
    topics: list[str]
    targets: list[str]
    languages: list[str]
    ways_of_access: list[str]
    figures: list[str]
    callers: tuple[str, ...]
    offices: list[tuple[str, str]]
    who: list[str]
    areas: list[str]
    doors: list[doors.Door]
    phones: list[phones.PhoneLine]
    call: str
    directions: str
    steps: list[way_in.Step]
    rules: list[str]
    documents: list[str]
    costs: list[str]
    capacities: list[str]
    attributes: list[str]
    bodies: list[Body]
    program: str
    url: str
    email: str
    emails: list[Email]
    sources: tuple[Source, ...]
    assured_date: date | None

    @property
    def responsible(self) -> Body | None:
        """The organization that runs it, for the sheet's area and its JSON-LD."""
        return self.bodies[0] if self.bodies else None


def sheet(service: Service, language_is_own: bool, known: Reference, now: datetime, comune: str | None = None) -> Sheet:
    """What the page shows of `service` at `now`. `language_is_own`: the record is in the page's language. `comune`: the
    cadastral code of the reader's, if they said it."""

    def own(field: str) -> Prose:
        return prose(service, field, language_is_own)

    asks = caller(service, known, comune)
    found = doors.doors(service, known, asks, now)
    numbers = phones.lines_of_service(service, known, asks, now)
    open_now = overall(service, asks, now)
    return Sheet(
        id=str(service.id),
        name=own("name"),
        alternate_name=own("alternate_name"),
        summary=own("summary"),
        description=own("description"),
        who_for=own("who_for"),
        how_to=own("how_to"),
        what_you_get=own("what_you_get"),
        times=own("times"),
        conditions=own("conditions"),
        stopped=open_now.why,
        opening=open_now,
        weeks=weeks(service, asks, now),
        partly_untranslated=not language_is_own or bool(service.untranslated),
        topics=known.labels(service.terms.needs),
        targets=known.labels(service.terms.targets),
        languages=known.labels(service.terms.languages),
        ways_of_access=known.labels(service.terms.ways_of_access),
        figures=known.labels(figure.term for figure in service.terms.figures),
        callers=phones.others_than_citizens(service.callers),
        offices=[(comune, number) for number, comune in open_now.numbers if comune],
        who=[str(sentence) for sentence in describe(service.eligibility, known.comuni())],
        areas=[area.name or _("the whole territory") for area in service.service_areas],
        doors=found,
        phones=numbers,
        call=phones.first_to_call(numbers) or phones.first_to_call(_of_bodies(service, known, now)),
        directions="" if open_now.why else next((door.directions for door in found if door.directions), ""),
        steps=way_in.steps(service.access, now),
        rules=way_in.rules(service.access),
        documents=way_in.documents(service.required_documents),
        costs=way_in.costs(service.costs),
        capacities=[_capacity(capacity, known, now) for capacity in service.capacities],
        attributes=attributes.stated(service, known),
        bodies=_bodies(service),
        program=text_of(service.program.name) if service.program else "",
        url=service.url,
        email=service.email,
        emails=_emails(service),
        sources=service.sources,
        assured_date=service.assured_date,
    )


def _of_bodies(service: Service, known: Reference, now: datetime) -> list[phones.PhoneLine]:
    found = ((phone, None) for part in service.organizations for phone in part.organization.phones)
    return phones.lines(found, known, now)


def _emails(service: Service) -> list[Email]:
    contacts = [*service.contacts, *(contact for at in service.locations for contact in at.contacts)]
    return [
        Email(one.name or text_of(one.title), one.email, phones.others_than_citizens(one.callers))
        for one in contacts
        if one.email
    ]


def _bodies(service: Service) -> list[Body]:
    """Organizations, who runs the service first."""
    order = list(Role)
    parts = sorted(service.organizations, key=lambda part: order.index(Role(part.role)))
    return [
        Body(str(Role(part.role).label), part.organization.name, part.organization.url, part.organization.email)
        for part in parts
    ]


def _capacity(capacity: Capacity, known: Reference, now: datetime) -> str:
    """Places in all, and those free where somebody has lately said so."""
    unit = " · ".join(filter(None, [known.label(capacity.unit), known.label(capacity.population)]))
    said = [text_of(capacity.description)]
    if capacity.maximum is not None:
        said.append(_("%(count)d in all") % {"count": capacity.maximum})
    fresh = capacity.expires_at is None or capacity.expires_at > now
    if capacity.available is not None and capacity.reported_at and fresh:
        said.append(
            _("%(count)d free, as reported on %(when)s")
            % {"count": capacity.available, "when": date_format(capacity.reported_at, "SHORT_DATETIME_FORMAT")}
        )
    return f"{unit}: {', '.join(filter(None, said))}".removesuffix(": ")
