"""The screen of questions that search did not understand, most asked first: each group gets its need with a click."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Max, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View
from wagtail.admin import messages
from wagtail.admin.viewsets.base import ViewSet

from portal.editor.words.choices import NO_NEED, need_name, needs
from portal.editor.words.policy import OfStaff, StaffMenuItem
from search import asked
from search.models import AskedQuestion
from search.needs import store
from services_catalog.models import Comune, TaxonomyTerm

PER_PAGE = 20
LIKELY = 3
"""Needs offered as buttons."""
NONE, IGNORE = "none", "ignore"


class AskedView(OfStaff, View):
    """The groups that wait, and what is decided of one."""

    def get(self, request: HttpRequest) -> HttpResponse:
        known = {str(need.pk): need for need in needs()}
        waiting = asked.waiting().values("group").annotate(Sum("count"), Max("last_hour"))
        page = Paginator(waiting.order_by("-count__sum", "group"), PER_PAGE).get_page(request.GET.get("p"))
        return TemplateResponse(
            request,
            "editor/words/asked.html",
            {
                "groups": _groups(list(page.object_list), known),
                "page": page,
                "rare": AskedQuestion.objects.filter(text="").count(),
                "shared": asked.SHARED,
                "needs": [(key, need_name(need)) for key, need in known.items()],
                "no_need": NO_NEED,
                "breadcrumbs_items": [
                    {"url": reverse("wagtailadmin_home"), "label": _("Home")},
                    {"url": "", "label": _("Questions not understood")},
                ],
            },
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        group, decided = request.POST.get("group", ""), request.POST.get("need", "")
        if not decided:
            messages.warning(request, _("Choose a need first."))
        elif decided == IGNORE:
            asked.ignore(group)
            messages.success(request, _("Ignored: also what is asked alike later."))
        else:
            self._assign(group, None if decided == NONE else _need(decided))
        return redirect(request.get_full_path())

    def _assign(self, group: str, need: TaxonomyTerm | None) -> None:
        if not asked.waiting().filter(group=group).exists():
            messages.warning(self.request, _("Somebody has decided on this already."))
            return
        count, name = asked.assign(group, need), need_name(need)
        if asked.is_held_back(group):
            said = ngettext(
                "%(count)d question held back for “%(need)s”: one group in four judges what is learnt.",
                "%(count)d questions held back for “%(need)s”: one group in four judges what is learnt.",
                count,
            )
        else:
            said = ngettext(
                "%(count)d phrase added to “%(need)s”: search learns it within a minute or so.",
                "%(count)d phrases added to “%(need)s”: search learns them within a minute or so.",
                count,
            )
        messages.success(self.request, said % {"count": count, "need": name})


def _groups(found: list[dict[str, Any]], known: dict[str, TaxonomyTerm]) -> list[dict[str, Any]]:
    """What the page shows of each group. Two queries."""
    keys = [group["group"] for group in found]
    rows: dict[str, list[AskedQuestion]] = {}
    for row in asked.waiting().filter(group__in=keys).order_by("-count", "text"):
        rows.setdefault(row.group, []).append(row)
    codes = {row.comune for group in rows.values() for row in group if row.comune}
    names = dict(Comune.objects.filter(code__in=codes).values_list("code", "name"))
    return [
        {
            "key": group["group"],
            "texts": [row.text for row in rows[group["group"]]],
            "count": group["count__sum"],
            "last": group["last_hour__max"],
            "comuni": sorted({names.get(row.comune, row.comune) for row in rows[group["group"]] if row.comune}),
            "likely": _likely(rows[group["group"]][0].text, known),
        }
        for group in found
        if group["group"] in rows
    ]


def _likely(text: str, known: dict[str, TaxonomyTerm]) -> list[tuple[str, str]]:
    model = store.model_in_force()
    guesses = model.guesses(text, LIKELY + 1) if model else []
    named = [guess.need for guess in guesses if guess.need in known]
    return [(need, str(known[need])) for need in named[:LIKELY]]


def _need(key: str) -> TaxonomyTerm:
    found = next((need for need in needs() if str(need.pk) == key), None)
    if found is None:
        raise Http404
    return found


class AskedViewSet(ViewSet):
    """The address of the screen, and its place in the menu."""

    name = "search_asked"
    icon = "help"
    menu_label = gettext_lazy("Questions not understood")
    menu_item_class = StaffMenuItem

    def get_urlpatterns(self) -> list[Any]:
        return [path("", AskedView.as_view(), name="index")]
