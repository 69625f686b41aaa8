"""What one would write otherwise: a plain DRF ModelViewSet over the same tables, with select and prefetch.

It serves what `/api/v1/services?language=it` serves, nesting by nesting: the two do the same work for the reader.
"""

from typing import Any

from django.db.models import Prefetch
from rest_framework import serializers, viewsets
from rest_framework.pagination import PageNumberPagination

from services_catalog import models


def serializer(model: type, fields: tuple[str, ...], **nested: Any) -> type[serializers.ModelSerializer[Any]]:
    """A ModelSerializer class of `model` with these columns and nested serializers."""
    meta = type("Meta", (), {"model": model, "fields": (*fields, *nested)})
    return type(f"{model.__name__}Baseline", (serializers.ModelSerializer,), {"Meta": meta, **nested})


ScheduleS = serializer(
    models.Schedule,
    ("id", "audience", "callers", "kind", "rule", "opening_hours", "valid_from", "valid_until", "description_it"),
    exceptions=serializer(models.ScheduleException, ("starts", "ends", "opening_hours", "reason_it"))(many=True),
)
PhoneS = serializer(
    models.Phone,
    ("id", "audience", "callers", "type", "number", "extension", "description_it", "languages"),
    schedules=ScheduleS(many=True),
)
ContactS = serializer(
    models.Contact, ("id", "audience", "callers", "name", "title_it", "department_it", "email", "figure", "languages")
)
ComuneS = serializer(
    models.Comune,
    ("code", "name"),
    closures=serializer(models.ComuneClosure, ("month", "day", "reason_it"))(many=True),
)
LocationS = serializer(
    models.Location,
    (
        *("id", "audience", "callers", "type", "name_it", "description_it", "street", "postal_code", "latitude"),
        *("longitude", "transportation_it", "url", "locality", "address_note_it", "accessibility", "sources"),
        "assured_date",
    ),
    comune=ComuneS(),
    phones=PhoneS(many=True),
    contacts=ContactS(many=True),
    schedules=ScheduleS(many=True),
)
PlaceS = serializer(
    models.ServiceAtLocation,
    ("id", "description_it"),
    location=LocationS(),
    phones=PhoneS(many=True),
    contacts=ContactS(many=True),
    schedules=ScheduleS(many=True),
)
OrganizationS = serializer(
    models.Organization,
    ("id", "name", "alternate_name", "description_it", "legal_form", "founded", "dissolved", "url", "email", "sources"),
    identifiers=serializer(models.OrganizationIdentifier, ("scheme", "value", "valid_from", "valid_until"))(many=True),
    phones=PhoneS(many=True),
    contacts=ContactS(many=True),
)
SERVICE_FIELDS = (
    *("id", "audience", "callers", "status", "status_reason_it", "valid_from", "valid_until", "name_it", "summary_it"),
    *("alternate_name_it", "description_it", "who_for_it", "how_to_it", "what_you_get_it", "times_it"),
    *("conditions_it", "referral_route_it", "url", "email", "appointment", "identity_document", "animals"),
    *("most_nights", "quota_amount", "quota_per", "attributes", "sources", "assured_date"),
)
ServiceS = serializer(
    models.Service,
    SERVICE_FIELDS,
    organizations=serializer(models.ServiceOrganization, ("role",), organization=OrganizationS())(many=True),
    terms=serializer(models.ServiceTerm, ("term",))(many=True),
    figures=serializer(models.ServiceFigure, ("term", "number", "languages"))(many=True),
    eligibility=serializer(
        models.EligibilityRule,
        ("id", "strength", "dimension", "subject", "values", "minimum_age", "maximum_age", "comuni", "note_it"),
    )(many=True),
    access_steps=serializer(models.AccessStep, ("id", "kind", "description_it", "at_service", "waiting_days"))(
        many=True
    ),
    required_documents=serializer(models.RequiredDocument, ("id", "document_it", "mandatory", "note_it"))(many=True),
    costs=serializer(models.CostOption, ("id", "amount", "description_it", "isee_from", "isee_to"))(many=True),
    service_areas=serializer(models.ServiceArea, ("comune", "name"))(many=True),
    capacities=serializer(models.Capacity, ("id", "unit", "population", "maximum", "available"))(many=True),
    phones=PhoneS(many=True),
    contacts=ContactS(many=True),
    schedules=ScheduleS(many=True),
    locations=PlaceS(many=True),
)


def _owned(prefix: str) -> list[str]:
    """Prefetches of the phones, contacts and schedules of an owner."""
    return [
        f"{prefix}phones__languages",
        f"{prefix}phones__schedules__exceptions",
        f"{prefix}contacts__languages",
        f"{prefix}schedules__exceptions",
    ]


class Pages(PageNumberPagination):
    """Pages as the product's API has them."""

    page_size = 20


class BaselineServices(viewsets.ModelViewSet[Any]):
    """The baseline: `GET /baseline/services[?need=…]` and `/baseline/services/<id>`."""

    serializer_class = ServiceS
    pagination_class = Pages
    queryset = (
        models.Service.objects.filter(live=True, audience="public")
        .order_by("pk")
        .select_related("territory", "program")
        .prefetch_related(
            Prefetch("organizations", models.ServiceOrganization.objects.select_related("organization")),
            "organizations__organization__identifiers",
            "organizations__organization__phones__languages",
            "organizations__organization__phones__schedules__exceptions",
            "organizations__organization__contacts__languages",
            "terms",
            "figures__languages",
            "eligibility",
            "access_steps",
            "required_documents",
            "costs",
            "service_areas",
            "capacities",
            *_owned(""),
            Prefetch("locations", models.ServiceAtLocation.objects.select_related("location__comune")),
            *_owned("locations__"),
            *_owned("locations__location__"),
            "locations__location__accessibility",
            "locations__location__comune__closures",
        )
    )

    def get_queryset(self) -> Any:
        found = super().get_queryset()
        need = self.request.query_params.get("need")
        return found.filter(terms__term_id=need) if need else found
