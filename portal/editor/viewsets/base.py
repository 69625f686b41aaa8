"""What the catalogue's screens share: the guard before every view, lists of the person's scope, no choosers."""

from typing import Any

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn
from wagtail.admin.utils import get_latest_str
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import CreateView, EditView, IndexView, SnippetViewSet

from portal.editor.facts.registry import way_to_facts
from portal.editor.guard import Guarded
from portal.editor.veil import veiled
from portal.editor.viewsets.columns import mark_waiting
from portal.editor.withheld import say_what_is_left_out
from services_catalog import access, models
from services_catalog.choices import Audience, Status


def territories_of(request: HttpRequest | None) -> QuerySet[Any]:
    """The territories whose things the person sees: for the filter."""
    rows = models.Territory.objects.all()
    if request is None:
        return rows.none()
    scope = access.scope_of(request.user)
    return rows if scope.everywhere else rows.filter(pk__in=scope.edits.territories | scope.custody.territories)


class TerritoryFilters(WagtailFilterSet):
    """By territory: offered only to who works in one."""

    territory = django_filters.ModelChoiceFilter(queryset=territories_of, label=_("Territory"))


class LiveFilters(TerritoryFilters):
    """By territory, and whether it is public."""

    live = django_filters.BooleanFilter(
        label=_("Published"), widget=django_filters.widgets.BooleanWidget(), field_name="live"
    )


class ServiceFilters(TerritoryFilters):
    """By territory, state and audience."""

    status = django_filters.ChoiceFilter(choices=Status, label=_("State"))
    audience = django_filters.ChoiceFilter(choices=Audience, label=_("Who sees it"))
    live = django_filters.ChoiceFilter(choices=[("True", _("published")), ("False", _("draft"))], label=_("Published"))


class CatalogueIndexView(IndexView):
    """A list whose rows lead to the texts, and by a button to the facts."""

    def paginate_queryset(self, queryset: QuerySet[Any], page_size: int) -> Any:
        paginator, page, rows, has_others = super().paginate_queryset(queryset, page_size)
        mark_waiting(rows)
        if self.model is models.Location:
            _veil_places(rows)
        return paginator, page, rows, has_others

    def _get_title_column(self, *args: Any, **kwargs: Any) -> Any:
        return super()._get_title_column(*args, **kwargs | {"accessor": _title})

    def get_list_more_buttons(self, instance: Any) -> list[Any]:
        buttons = super().get_list_more_buttons(instance)
        if way := way_to_facts(instance):
            buttons.insert(0, Button(way[0], url=way[1], icon_name="list-ul", priority=5))
        return list(buttons)

    @cached_property
    def columns(self) -> list[Any]:
        return [column for column in super().columns if self.with_bulk_actions or not _is_bulk(column)]

    def get_filterset_kwargs(self) -> dict[str, Any]:
        options: dict[str, Any] = super().get_filterset_kwargs()
        return options | {"queryset": self.get_base_queryset()}

    @property
    def with_bulk_actions(self) -> bool:
        return access.may(self.request.user, "delete", self.model)


def _veil_places(rows: Any) -> None:
    """A list is not an opening: no name and no comune of a sealed place, also of one that only shelters."""
    shown = [row.pk for row in rows]
    hidden = models.Location.objects.filter(access.sealed(models.Location), pk__in=shown).values_list("pk", flat=True)
    keys = set(hidden)
    for row in rows:
        if row.pk in keys:
            row.audience, row.name_it, row.comune = Audience.SEALED, veiled(row), None


def _title(row: Any) -> str:
    """The newest draft's title; of what is sealed the row's, for the draft's is veiled."""
    sealed = getattr(row, "audience", "") == Audience.SEALED
    return str(row) if sealed else str(get_latest_str(row))


def _is_bulk(column: Any) -> bool:
    return isinstance(column, BulkActionsCheckboxColumn)


class DecidedHere:
    """Publishing is asked of the thing itself: who decides in one territory may be a partner in another. Where there
    are no drafts, saving publishes."""

    object: Any
    request: HttpRequest
    draftstate_enabled: bool

    def publish_action(self) -> Any:
        if not access.may_with(self.request.user, "publish", self.object):
            raise PermissionDenied
        published = super().publish_action()  # type: ignore[misc]
        say_what_is_left_out(self.request, self.object)
        return published

    def save_action(self) -> Any:
        saved = super().save_action()  # type: ignore[misc]
        if not self.draftstate_enabled:
            say_what_is_left_out(self.request, self.object)
        return saved


class CatalogueCreateView(DecidedHere, CreateView):
    """A new thing, with the question whose it is."""


class CatalogueEditView(DecidedHere, EditView):
    """The texts, with the way to the facts in the header."""

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        buttons = list(super().header_more_buttons)
        if way := way_to_facts(self.object):
            buttons.insert(0, Button(way[0], url=way[1], icon_name="list-ul", priority=1))
        return buttons


class CatalogueViewSet(SnippetViewSet):
    """A viewset of the catalogue."""

    index_view_class = CatalogueIndexView
    add_view_class = CatalogueCreateView
    edit_view_class = CatalogueEditView
    copy_view_enabled = False
    add_to_reference_index = (
        False  # "usage" lists would name what the reader must not see, and every save would pay for them
    )
    list_per_page = 30

    def construct_view(self, view_class: Any, **kwargs: Any) -> Any:
        guarded = type(view_class.__name__, (Guarded, view_class), {"__module__": view_class.__module__})
        return super().construct_view(guarded, **kwargs)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return access.in_scope(self.listed(), request.user)

    def listed(self) -> QuerySet[Any]:
        """The rows of the list, before the scope."""
        rows: QuerySet[Any] = self.model._default_manager.all()
        return rows

    def register_chooser_viewset(self) -> None:
        """None: a chooser lists every row there is. Forms offer narrowed lists instead."""
