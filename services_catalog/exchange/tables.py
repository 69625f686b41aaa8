"""The tables of the exchange, in the order in which rows need one another, and whose part each row is."""

from django.db import models as db

from services_catalog import models

TOP: tuple[type[db.Model], ...] = (models.Organization, models.Program, models.Location, models.Service)
"""Things with a territory. Everything else is a part of one of them."""

OWNED = ("organization_id", "service_id", "location_id", "service_at_location_id")
PARTS: dict[type[db.Model], tuple[str, ...]] = {
    models.OrganizationIdentifier: ("organization_id",),
    models.ProgramFund: ("program_id",),
    models.ProgramPartner: ("program_id",),
    models.ProgramResult: ("program_id",),
    models.ServiceOrganization: ("service_id",),
    models.ServiceTerm: ("service_id",),
    models.ServiceFigure: ("service_id",),
    models.ServiceArea: ("service_id",),
    models.EligibilityRule: ("service_id",),
    models.AccessStep: ("service_id",),
    models.RequiredDocument: ("service_id",),
    models.CostOption: ("service_id",),
    models.Capacity: ("service_id",),
    models.ServiceAtLocation: ("service_id",),
    models.Phone: OWNED,
    models.Contact: OWNED,
    models.Schedule: ("service_id", "location_id", "service_at_location_id", "phone_id"),
    models.ScheduleException: ("schedule_id",),
}
"""Table of parts → columns of its owners, of which a row has exactly one."""

OWNERS: dict[str, type[db.Model]] = {
    "organization_id": models.Organization,
    "program_id": models.Program,
    "service_id": models.Service,
    "location_id": models.Location,
    "service_at_location_id": models.ServiceAtLocation,
    "phone_id": models.Phone,
    "schedule_id": models.Schedule,
}
