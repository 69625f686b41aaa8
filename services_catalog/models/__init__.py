"""The tables of the catalogue, and those of what is published from them."""

from services_catalog.models.attribute import Attribute, AttributeChoice
from services_catalog.models.availability import Capacity
from services_catalog.models.contact import Contact, Phone
from services_catalog.models.eligibility import AccessStep, CostOption, EligibilityRule, RequiredDocument
from services_catalog.models.location import Location
from services_catalog.models.membership import Membership, MembershipRole, SealedOpening
from services_catalog.models.organization import Organization, OrganizationIdentifier
from services_catalog.models.program import Program, ProgramFund, ProgramPartner, ProgramResult
from services_catalog.models.schedule import Schedule, ScheduleException
from services_catalog.models.service import (
    Service,
    ServiceArea,
    ServiceAtLocation,
    ServiceFigure,
    ServiceOrganization,
    ServiceShare,
    ServiceTerm,
)
from services_catalog.models.shipped import ShippedRow
from services_catalog.models.taxonomy import Taxonomy, TaxonomyTerm
from services_catalog.models.territory import (
    Comune,
    ComuneClosure,
    EmergencyNumber,
    IstatCode,
    Territory,
    TerritoryComune,
)
from services_catalog.publication.feed import Change, FeedHead
from services_catalog.publication.queue import StaleRecord
from services_catalog.publication.records import PublishedRecord, RecordFacet

__all__ = [
    "AccessStep",
    "Attribute",
    "AttributeChoice",
    "Capacity",
    "Change",
    "Comune",
    "ComuneClosure",
    "Contact",
    "CostOption",
    "EligibilityRule",
    "EmergencyNumber",
    "FeedHead",
    "IstatCode",
    "Location",
    "Membership",
    "MembershipRole",
    "Organization",
    "OrganizationIdentifier",
    "Phone",
    "Program",
    "ProgramFund",
    "ProgramPartner",
    "ProgramResult",
    "PublishedRecord",
    "RecordFacet",
    "RequiredDocument",
    "Schedule",
    "ScheduleException",
    "SealedOpening",
    "Service",
    "ServiceArea",
    "ServiceAtLocation",
    "ServiceFigure",
    "ServiceOrganization",
    "ServiceShare",
    "ServiceTerm",
    "ShippedRow",
    "StaleRecord",
    "Taxonomy",
    "TaxonomyTerm",
    "Territory",
    "TerritoryComune",
]
