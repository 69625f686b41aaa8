"""What the catalogue adds to Wagtail's admin."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.views.home import WorkflowObjectsToModeratePanel
from wagtail.log_actions import LogFormatter

from portal.editor import menus
from portal.editor.bulk import ScopedDelete
from portal.editor.dashboard import WaitingPanel
from portal.editor.facts.views import LOG_ACTION, FactsView
from portal.editor.sealed import OpeningView
from portal.editor.viewsets.group import CatalogueGroup
from portal.editor.words.group import SearchGroup

hooks.register("construct_snippet_action_menu", menus.narrow)
hooks.register("construct_main_menu", menus.trim)
hooks.register("construct_search", menus.search_services)
hooks.register("register_bulk_action", ScopedDelete, order=100)


@hooks.register("register_admin_viewset")
def catalogue() -> CatalogueGroup:
    return CatalogueGroup()


@hooks.register("register_admin_viewset")
def words_of_search() -> SearchGroup:
    return SearchGroup()


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    return [
        path("facts/<slug:kind>/<uuid:pk>/<slug:section>/", FactsView.as_view(), name="catalogue_facts"),
        path("open/<slug:kind>/<uuid:pk>/", OpeningView.as_view(), name="catalogue_open"),
    ]


@hooks.register("insert_global_admin_css")
def colours() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("editor/admin.css"))


@hooks.register("construct_homepage_panels")
def waiting(request: HttpRequest, panels: list[Any]) -> None:
    panels[:] = [WaitingPanel(request), *(p for p in panels if not isinstance(p, WorkflowObjectsToModeratePanel))]


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    @actions.register_action(LOG_ACTION)
    class FactsFormatter(LogFormatter):
        label = _("Change the facts")

        def format_message(self, log_entry: Any) -> str:
            fields = ", ".join(log_entry.data.get("fields", []))
            return str(_("Facts changed: %(fields)s")) % {"fields": fields}
