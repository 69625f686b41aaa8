"""The screens of needs and their phrases: how many there are, which, new ones, and what they would change."""

import json
from collections import Counter
from typing import Any

from django import forms
from django.conf import settings
from django.db import transaction
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View
from wagtail.admin import messages
from wagtail.admin.viewsets.base import ViewSet

from portal.editor.words import incoming
from portal.editor.words.changes import readings, trial
from portal.editor.words.choices import NO_NEED, need_name, needs
from portal.editor.words.incoming import Incoming, Line
from portal.editor.words.policy import OfStaff, StaffMenuItem
from portal.editor.words.state import learnt
from search.models import LexiconHead, Phrase, Source
from search.needs.trial import TrialBusy, TrialFailed
from services_catalog.languages import DEFAULT_LANGUAGE
from services_catalog.models import TaxonomyTerm

NONE = "none"
FEWEST = 25
"""Phrases in Italian below which a need is easily missed."""


class NewPhrasesForm(forms.Form):
    """Phrases of one language, pasted, or a file of several."""

    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=settings.LANGUAGES, initial=DEFAULT_LANGUAGE)
    text = forms.CharField(
        label=gettext_lazy("What people say, a phrase a line"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        help_text=gettext_lazy("As they say it, also with slips: “ho fame”, “nn so dove dormire”."),
    )
    file = forms.FileField(
        label=gettext_lazy("Or a CSV file"),
        required=False,
        help_text=gettext_lazy("First line: language,text. Then a phrase a line, such as: it,ho fame"),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
    )

    def lines(self) -> list[Line]:
        """What came in. Raises ValueError where the file cannot be read."""
        if file := self.cleaned_data["file"]:
            return incoming.in_csv(file.read())
        return incoming.pasted(self.cleaned_data["text"], self.cleaned_data["language"])


class NeedsView(OfStaff, View):
    """All needs with the number of their phrases."""

    def get(self, request: HttpRequest) -> HttpResponse:
        rows = Phrase.objects.filter(switched_on=True).order_by().values_list("need", "language")
        counts: dict[Any, Counter[str]] = {}
        for key, language, count in rows.annotate(Count("pk")):
            counts.setdefault(key, Counter())[language] = count
        listed = [_counted(need, counts.get(need.pk, Counter())) for need in needs()]
        return TemplateResponse(
            request,
            "editor/words/needs.html",
            {
                "needs": [*listed, _counted(None, counts.get(None, Counter()))],
                "fewest": FEWEST,
                "learnt": learnt(),
                "breadcrumbs_items": _way(_("Needs and their phrases")),
            },
        )


def _counted(need: TaxonomyTerm | None, count: Counter[str]) -> dict[str, Any]:
    italian = count[DEFAULT_LANGUAGE]
    return {
        "name": str(need or NO_NEED),
        "parent": need.parent if need else "",
        "url": reverse("search_needs:need", args=[need.pk if need else NONE]),
        "italian": italian,
        "others": count.total() - italian,
        "few": italian < FEWEST,
    }


class NeedView(OfStaff, View):
    """The phrases of a need. Of new ones it shows first how they are understood; what learning them would do is found
    out only when asked for, and saved is what was shown."""

    def get(self, request: HttpRequest, need: str) -> HttpResponse:
        return self._page(NewPhrasesForm())

    def post(self, request: HttpRequest, need: str) -> HttpResponse:
        if "phrases" not in request.POST:
            return self._read()
        found = incoming.checked(_carried(request.POST["phrases"]), self.need)
        if found.wrong or not found.fresh:
            return self._page(NewPhrasesForm(), found=found)
        return self._save(found.fresh) if "save" in request.POST else self._try(found)

    @cached_property
    def need(self) -> TaxonomyTerm | None:
        """The need, None for "no service helps with this"; raises Http404."""
        key = self.kwargs["need"]
        if key == NONE:
            return None
        found = {str(need.pk): need for need in needs()}
        if key not in found:
            raise Http404
        return found[key]

    def _read(self) -> HttpResponse:
        form = NewPhrasesForm(self.request.POST, self.request.FILES)
        if not form.is_valid():
            return self._page(form)
        try:
            found = incoming.checked(form.lines(), self.need)
        except ValueError as error:
            found = Incoming(wrong=[str(error)])
        if not any((found.fresh, found.known, found.wrong)):
            form.add_error("text", _("Write some phrases, or choose a file."))
        return self._page(form, found=found)

    def _try(self, found: Incoming) -> HttpResponse:
        try:
            return self._page(NewPhrasesForm(), found=found, tried=trial(found.fresh, self.need))
        except TrialBusy:
            messages.warning(self.request, _("Somebody else is trying phrases out: try again in half a minute."))
        except TrialFailed:
            messages.error(self.request, _("The trial took too long or had no room. You can save all the same."))
        return self._page(NewPhrasesForm(), found=found)

    def _save(self, lines: list[Line]) -> HttpResponse:
        with transaction.atomic():
            # Another editor may have saved some of them since they were shown.
            Phrase.objects.bulk_create(
                [
                    Phrase(need=self.need, language=line.language, text=line.text, source=Source.EDITOR)
                    for line in lines
                ],
                ignore_conflicts=True,
            )
            LexiconHead.move(Phrase.moves)
        said = ngettext("%d phrase saved.", "%d phrases saved.", len(lines)) % len(lines)
        messages.success(self.request, said + " " + _("Search learns them by itself within a minute or so."))
        return redirect(self.request.path)

    def _page(self, form: NewPhrasesForm, found: Incoming | None = None, tried: Any = None) -> HttpResponse:
        phrases: dict[str, list[Phrase]] = {}
        for phrase in Phrase.objects.filter(need=self.need).order_by("language", "text"):
            phrases.setdefault(phrase.language, []).append(phrase)
        found = found or Incoming()
        ready = found.fresh if not found.wrong else []
        return TemplateResponse(
            self.request,
            "editor/words/need.html",
            {
                "name": need_name(self.need),
                "form": form,
                "found": found,
                "readings": readings(ready, self.need) if ready else [],
                "carried": json.dumps([line[1:] for line in ready], ensure_ascii=False),
                "more": max(0, len(ready) - 200),
                "tried": tried,
                "learnt": learnt(),
                "phrases": [(name, code, phrases[code]) for code, name in settings.LANGUAGES if code in phrases],
                "breadcrumbs_items": _way(_("Needs and their phrases"), need_name(self.need)),
            },
        )


def _carried(text: str) -> list[Line]:
    """The phrases that the page before has shown. Raises Http404 for what no page of ours has sent."""
    try:
        return [Line(number, str(language), str(said)) for number, (language, said) in enumerate(json.loads(text), 1)]
    except (ValueError, TypeError):
        raise Http404 from None


def _way(*names: Any) -> list[dict[str, Any]]:
    addresses = [reverse("wagtailadmin_home"), reverse("search_needs:index")][: len(names)]
    return [{"url": url, "label": name} for url, name in zip([*addresses, ""], [_("Home"), *names], strict=True)]


class NeedsViewSet(ViewSet):
    """The addresses of these screens, and their place in the menu."""

    name = "search_needs"
    icon = "comment"
    menu_label = gettext_lazy("Needs and their phrases")
    menu_item_class = StaffMenuItem

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", NeedsView.as_view(), name="index"),
            path("<str:need>/", NeedView.as_view(), name="need"),
        ]
