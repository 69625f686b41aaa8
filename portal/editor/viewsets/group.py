"""The catalogue's menu."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from portal.editor.viewsets.frame import AttributeViewSet, ProgramViewSet, TermViewSet, TerritoryViewSet
from portal.editor.viewsets.places import LocationViewSet, OrganizationViewSet
from portal.editor.viewsets.services import ServiceViewSet


class CatalogueGroup(SnippetViewSetGroup):
    """What help there is."""

    items = (
        ServiceViewSet,
        LocationViewSet,
        OrganizationViewSet,
        ProgramViewSet,
        TerritoryViewSet,
        TermViewSet,
        AttributeViewSet,
    )
    menu_label = _("Catalogue")
    menu_icon = "list-ul"
    menu_order = 100
    add_to_admin_menu = True
