"""Help points and organizations in the admin."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import Column

from portal.editor.forms import NewForm, OwnedForm
from portal.editor.panels import tabs
from portal.editor.viewsets.base import CatalogueViewSet, LiveFilters
from portal.editor.viewsets.columns import standing_column
from services_catalog.models import Location, Organization

LOCATION_HELP = {
    "name": _("As it is written on the door."),
    "description": _("What it looks like, so that somebody who has never been there recognizes it."),
    "transportation": _("Bus lines and stops, and how far on foot."),
    "address_note": _("Second courtyard, side door, which bell to ring."),
    "accessibility_note": _("Steps, lifts, toilets: what one meets. “Not known” is better than nothing."),
}
ORGANIZATION_HELP = {"description": _("Two sentences: who they are and what they do.")}


class LocationViewSet(CatalogueViewSet):
    """Texts of help points."""

    model = Location
    icon = "home"
    menu_label = _("Help points")
    search_fields = ("name_it",)
    filterset_class = LiveFilters
    ordering = ("name_it", "id")
    edit_handler = tabs(
        Location,
        LOCATION_HELP,
        first=[FieldPanel("territory", required_on_save=True), FieldPanel("organization", required_on_save=True)],
        base_form_class=OwnedForm,
    )
    list_display = (
        "__str__",
        Column("comune", label=_("Comune"), sort_key="comune__name", width="20%"),
        standing_column(),
    )

    def listed(self) -> QuerySet[Any]:
        return Location.objects.select_related("comune", "latest_revision")


class NewOrganizationForm(NewForm):
    """A new organization has a name: afterwards it is a fact like the others."""

    only_when_new = ("territory", "name")


class OrganizationViewSet(CatalogueViewSet):
    """Texts of organizations."""

    model = Organization
    icon = "group"
    menu_label = _("Organizations")
    search_fields = ("name", "alternate_name")
    filterset_class = LiveFilters
    ordering = ("name", "id")
    edit_handler = tabs(
        Organization,
        ORGANIZATION_HELP,
        first=[FieldPanel("territory", required_on_save=True), FieldPanel("name", required_on_save=True)],
        base_form_class=NewOrganizationForm,
    )
    list_display = (
        "__str__",
        Column("legal_form", label=_("Legal form"), accessor="get_legal_form_display", width="25%"),
        standing_column(),
    )

    def listed(self) -> QuerySet[Any]:
        return Organization.objects.select_related("latest_revision")
