"""The second layer: in the admin, who is not an administrator reaches the areas the product uses, and no others.

Reports, page search, the admin's own API, users, choosers and bulk actions of images and documents are written for
people who may see everything.
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import Resolver404, resolve, reverse

from portal.editor.words.policy import SPACES, may_edit
from services_catalog import access

EVERYBODYS = frozenset(
    {
        "wagtailadmin_home",
        "wagtailadmin_login",
        "wagtailadmin_logout",
        "wagtailadmin_account",
        "wagtailadmin_sprite",
        "wagtailadmin_javascript_catalog",
        "wagtailadmin_password_reset",
        "wagtailadmin_password_reset_done",
        "wagtailadmin_password_reset_confirm",
        "wagtailadmin_password_reset_complete",
        "wagtailadmin_dismissibles",
        "catalogue_facts",
        "catalogue_open",
        "catalogue_openings",
    }
)
CATALOGUE = frozenset(f"wagtailsnippets_services_catalog_{model._meta.model_name}" for model in access.MODELS)
BULK = "wagtail_bulk_action"
STAFFS_NAMES = frozenset(
    {
        "wagtailadmin_explore",
        "wagtailadmin_explore_root",
        "wagtailadmin_explore_results",
        "wagtailadmin_choose_page",
        "wagtailadmin_choose_page_child",
        "wagtailadmin_choose_page_external_link",
        "wagtailadmin_choose_page_email_link",
        "wagtailadmin_choose_page_phone_link",
        "wagtailadmin_choose_page_anchor_link",
        "wagtailadmin_choose_page_search",
        "wagtailadmin_choose_page_chosen_multiple",
        "wagtailadmin_block_preview",
        "wagtailadmin_userbar_frontend",
    }
)
STAFFS_SPACES = frozenset(
    {"wagtailadmin_pages", "wagtailadmin_editing_sessions", "wagtailimages", "wagtailimages_chooser"}
)

View = Callable[[HttpRequest], HttpResponse]


def only_the_areas_in_use(get_response: View) -> View:
    """Middleware: 404 for everything else under the admin's address. Anonymous requests go on, to the sign-in."""
    root = reverse("wagtailadmin_home")

    def middleware(request: HttpRequest) -> HttpResponse:
        user: Any = getattr(request, "user", None)
        narrowed = user is not None and user.is_authenticated and not user.is_superuser
        if narrowed and request.path.startswith(root) and not _is_in_use(request.path_info, user):
            raise Http404
        return get_response(request)

    return middleware


def _is_in_use(path: str, user: Any) -> bool:
    try:
        match = resolve(path)
    except Resolver404:
        return True  # Django answers with its own 404
    space, name = match.namespace, match.url_name or ""
    if not space and name in EVERYBODYS:
        return True
    if space in CATALOGUE:
        return True
    if name == BULK:
        return match.kwargs.get("app_label") == "services_catalog"
    if space == "wagtailadmin_editing_sessions" and match.kwargs.get("app_label") == "services_catalog":
        return _is_in_scope(match.kwargs, user)
    if space == "wagtailadmin_editing_sessions" and name == "release":
        return True
    if space in SPACES:
        return may_edit(user)
    if access.scope_of(user).edits.territories:
        return space in STAFFS_SPACES or (not space and name in STAFFS_NAMES)
    return False


def _is_in_scope(row: dict[str, Any], user: Any) -> bool:
    """Whether somebody else's presence on this row is the person's to know."""
    model = next((model for model in access.MODELS if model._meta.model_name == row["model_name"]), None)
    try:
        return (
            model is not None and access.in_scope(model._base_manager.all(), user).filter(pk=row["object_id"]).exists()
        )
    except ValidationError:
        return False
