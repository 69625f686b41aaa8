"""The screen that opens what is sealed: asks why, writes it down, then lets the custodian in for half an hour."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views import View

from portal.editor import veil
from portal.editor.guard import found_in_scope
from services_catalog import access, models

KINDS = {"service": models.Service, "location": models.Location}


class OpeningForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=_("Why do you open it?"),
        max_length=300,
        min_length=8,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_(
            "Your name, the hour and these words are written down before anything is shown. No names of people helped."
        ),
    )


class OpeningView(View):
    """Not found for everybody but the custodians."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        model = KINDS.get(kwargs["kind"])
        if model is None:
            raise Http404
        self.row = found_in_scope(model, request.user, kwargs["pk"])
        if not access.is_custodian(request.user, self.row):
            raise Http404

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        return self._page(OpeningForm())

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        form = OpeningForm(request.POST)
        if not form.is_valid():
            return self._page(form)
        access.open_sealed(request.user, self.row, form.cleaned_data["reason"])
        return redirect(self._next())

    def _next(self) -> str:
        asked = self.request.GET.get("next", "")
        if url_has_allowed_host_and_scheme(asked, {self.request.get_host()}, self.request.is_secure()):
            return asked
        kind = self.row._meta.model_name
        return reverse("catalogue_facts", args=[kind, self.row.pk, "state" if kind == "service" else "place"])

    def _page(self, form: OpeningForm) -> HttpResponse:
        return TemplateResponse(self.request, "editor/open.html", {"form": form, "title": veil.veiled(self.row)})
