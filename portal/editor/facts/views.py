"""The form of facts: one section a page, one save a transaction, one line in the log."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views import View
from wagtail.admin import messages
from wagtail.log_actions import log

from portal.editor import veil
from portal.editor.facts.registry import MODELS, SECTIONS
from portal.editor.facts.sections import Section, Table
from portal.editor.facts.subject import Subject
from portal.editor.guard import found_in_scope, must_open, to_opening
from portal.editor.withheld import say_what_is_left_out
from services_catalog import access
from services_catalog.publication.transaction import publishing

LOG_ACTION = "portolano.facts"


class FactsView(View):
    """A section of a thing's facts. What it says holds at once, in every language, whatever drafts are waiting."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        model = MODELS.get(kwargs["kind"])
        if model is None:
            raise Http404
        self.subject = Subject(found_in_scope(model, request.user, kwargs["pk"]), request.user)
        self.sections = [section for section in SECTIONS[model] if section.is_for(self.subject)]
        found = [section for section in self.sections if section.slug == kwargs["section"]]
        if not found:
            raise Http404
        self.section: Section = found[0]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not access.may_with(request.user, "change", self.subject.row):
            raise PermissionDenied
        if must_open(request.user, self.subject.row):
            return to_opening(request, self.subject.row)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        form, formsets = self.section.build(self.subject)
        return self._page(form, formsets, self.section.fingerprint(self.subject))

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        seen = request.POST.get("seen", "")
        with publishing():
            # Read again under the lock: whoever saved since this page was opened is not written over.
            row = found_in_scope(type(self.subject.row), request.user, self.subject.row.pk)
            self.subject = Subject(row, request.user)
            now = self.section.fingerprint(self.subject)
            form, formsets = self.section.build(self.subject, request.POST)
            valid = all([form is None or form.is_valid(), *(rows.is_valid() for _table, rows in formsets)])
            if valid and seen == now:
                changed = self._save(form, formsets)
                veil.draw_over_sealed(self.subject.row)
                self._log(changed)
        if not valid:
            messages.error(request, _("Nothing has been saved: look at what is marked in red."))
            return self._page(form, formsets, seen)
        if seen != now:
            messages.error(
                request,
                _("Somebody has changed this page since you opened it. Nothing of yours is lost: check, save again."),
            )
            return self._page(form, formsets, now)
        messages.success(request, _("Saved: it holds from this moment, in every language."))
        say_what_is_left_out(request, self.subject.row)
        return redirect(request.get_full_path() if self._is_still_theirs() else self._list())

    def _save(self, form: Any, formsets: list[tuple[Table, Any]]) -> list[str]:
        """Write all rows; names of what changed, never values."""
        changed: list[str] = []
        if form is not None and form.has_changed():
            form.save()
            changed += form.changed_data
        for table, rows in formsets:
            for row in [*rows.initial_forms, *rows.extra_forms]:
                self._attach(table, row)
            if rows.has_changed():
                rows.save()
                changed.append(table.name)
        return changed

    def _attach(self, table: Table, row: Any) -> None:
        instance = row.instance
        if instance._state.adding and table.attach:
            setattr(instance, table.attach, self.subject.row)
        if instance._state.adding and hasattr(instance, "position") and "position" not in row.fields:
            siblings = table.rows(self.subject).order_by("-position").values_list("position", flat=True)
            instance.position = (siblings.first() or 0) + 1

    def _log(self, changed: list[str]) -> None:
        if changed:
            log(
                instance=self.subject.row,
                action=LOG_ACTION,
                user=self.request.user,
                data={"section": self.section.slug, "fields": sorted(changed)},
                content_changed=True,
            )

    def _is_still_theirs(self) -> bool:
        return access.may_with(self.request.user, "change", self.subject.row)

    def _list(self) -> str:
        return reverse(f"wagtailsnippets_services_catalog_{self.subject.kind}:list")

    def _page(self, form: Any, formsets: list[tuple[Table, Any]], seen: str) -> HttpResponse:
        row = self.subject.row
        kind = self.subject.kind
        media = [part.media for part in [form, *(rows for _table, rows in formsets)] if part is not None]
        edit = reverse(f"wagtailsnippets_services_catalog_{kind}:edit", args=[row.pk])
        return TemplateResponse(
            self.request,
            "editor/facts.html",
            {
                "title": str(row),
                "section": self.section,
                "tabs": [
                    (section, reverse("catalogue_facts", args=[kind, row.pk, section.slug]))
                    for section in self.sections
                ],
                "form": form,
                "tables": formsets,
                "seen": seen,
                "media": sum(media[1:], media[0]) if media else "",
                "edit_url": edit,
                "may_open": access.is_custodian(self.request.user, row) and not self.subject.opened,
                "open_url": reverse("catalogue_open", args=[kind, row.pk]) if hasattr(row, "audience") else "",
                "breadcrumbs_items": [
                    {"url": reverse("wagtailadmin_home"), "label": _("Home")},
                    {"url": self._list(), "label": capfirst(row._meta.verbose_name_plural)},
                    {"url": edit, "label": str(row)},
                    {"url": "", "label": _("Facts")},
                ],
            },
        )
