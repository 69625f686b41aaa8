"""Programs, territories, terms and custom attributes in the admin: no drafts, what is saved holds."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import BooleanColumn, Column

from portal.editor.forms import AttributeForm, NewForm, ProseForm
from portal.editor.panels import tabs
from portal.editor.viewsets.base import CatalogueViewSet, TerritoryFilters
from services_catalog.models import Attribute, Program, TaxonomyTerm, Territory


class ProgramViewSet(CatalogueViewSet):
    """Funded projects."""

    model = Program
    icon = "folder-open-inverse"
    menu_label = _("Programs")
    search_fields = ("name_it", "cup")
    filterset_class = TerritoryFilters
    edit_handler = tabs(
        Program,
        {"name": _("As the act calls it.")},
        first=[FieldPanel("territory", required_on_save=True)],
        base_form_class=NewForm,
    )
    list_display = ("__str__", Column("status", label=_("State"), accessor="get_status_display"), "cup")


class TerritoryViewSet(CatalogueViewSet):
    """Territories; only administrators begin one."""

    model = Territory
    icon = "globe"
    menu_label = _("Territories")
    search_fields = ("name_it", "slug")
    edit_handler = tabs(
        Territory,
        {"name": _("As people of the place call it.")},
        first=[FieldPanel("slug", required_on_save=True)],
        base_form_class=type("TerritoryForm", (ProseForm,), {}),
    )
    list_display = ("__str__", "slug", Column("type", label=_("Kind"), accessor="get_type_display"))


class TermViewSet(CatalogueViewSet):
    """Terms of the taxonomies: administrators alone, for every territory shares them."""

    model = TaxonomyTerm
    icon = "tag"
    menu_label = _("Terms")
    search_fields = ("name_it", "slug")
    list_filter = ("taxonomy",)
    edit_handler = tabs(
        TaxonomyTerm,
        {"name": _("Short, lower case, as people say it.")},
        first=[
            FieldPanel("taxonomy", required_on_save=True),
            FieldPanel("slug", required_on_save=True),
            FieldPanel("parent"),
            FieldPanel("pictogram"),
            FieldPanel("order"),
        ],
        base_form_class=ProseForm,
    )
    list_display = ("__str__", "taxonomy", "order")


class AttributeViewSet(CatalogueViewSet):
    """Custom attributes: a territory's staff define its own, administrators those of every territory."""

    model = Attribute
    icon = "tasks"
    menu_label = _("Attributes")
    search_fields = ("name_it", "key")
    filterset_class = TerritoryFilters
    edit_handler = tabs(
        Attribute,
        {"name": _("Short, as one asks for it: “Lockers for luggage”.")},
        last=[
            FieldPanel("key", help_text=_("In addresses and exports, as “lockers”. It stays once a service uses it.")),
            FieldPanel("type", help_text=_("Save, then write the choices, if it has any.")),
            FieldPanel("territory", help_text=_("Empty: of every territory.")),
            FieldPanel("audience", help_text=_("What is not for everybody is on no public page, index or export.")),
            FieldPanel("filterable", help_text=_("Only for yes or no, and for choices.")),
            FieldPanel("active", help_text=_("Switched off it is on no page; services keep their values.")),
            FieldPanel("order"),
        ],
        base_form_class=AttributeForm,
    )
    list_display = (
        "__str__",
        "key",
        Column("type", label=_("Kind"), accessor="get_type_display"),
        Column("audience", label=_("Who sees it"), accessor="get_audience_display"),
        "territory",
        BooleanColumn("active", label=_("In use")),
    )

    def listed(self) -> QuerySet[Any]:
        return Attribute.objects.select_related("territory")
