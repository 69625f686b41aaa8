"""Services in the admin."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import Column, DateColumn

from portal.editor.forms import ServiceForm
from portal.editor.panels import tabs
from portal.editor.viewsets.base import CatalogueViewSet, ServiceFilters
from portal.editor.viewsets.columns import standing_column
from services_catalog.models import Service

HELP = {
    "name": _("As people call it. “Canteen of via Roma”, not “Service for food distress”."),
    "summary": _("One line, in plain words: what one finds here."),
    "description": _("Two or three short sentences. Leave hours, phones and costs out: they have their own form."),
    "who_for": _("In words. The conditions themselves go into the facts, under “who may come”."),
    "how_to": _("What to do, step by step. Speak to the reader: “come”, “call”."),
    "what_you_get": _("What one goes home with."),
    "times": _("How long it takes, and by when to apply."),
    "conditions": _("Rules to know before coming."),
    "referral_route": _(
        "For professionals only: how they refer a person. A protected service needs it. Never an address."
    ),
}


class ServiceViewSet(CatalogueViewSet):
    """Drafts, revisions and approval of a service's texts."""

    model = Service
    icon = "help"
    menu_label = _("Services")
    search_fields = ("name_it",)
    filterset_class = ServiceFilters
    ordering = ("name_it", "id")
    edit_handler = tabs(
        Service,
        HELP,
        first=[FieldPanel("territory", required_on_save=True), FieldPanel("organization", required_on_save=True)],
        base_form_class=ServiceForm,
    )
    list_display = (
        "__str__",
        Column("status", label=_("State"), accessor="get_status_display", sort_key="status", width="10%"),
        Column("audience", label=_("Who sees it"), accessor="get_audience_display", width="14%"),
        DateColumn("assured_date", label=_("Last checked"), sort_key="assured_date", width="12%"),
        standing_column(),
    )

    def listed(self) -> QuerySet[Any]:
        return Service.objects.listed()
