"""Saying to who saves which of their texts nobody reads: those that name a protected place."""

from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.admin import messages

from services_catalog import models
from services_catalog.publication.draft import OF_ALL, texts_left_out

GUARDED = (models.Service, models.Location, models.Organization, *OF_ALL)


def say_what_is_left_out(request: HttpRequest, row: Any) -> None:
    """A warning that names the texts, if there are any. Nothing says which place they name."""
    if isinstance(row, GUARDED) and getattr(row, "live", True) and (keys := texts_left_out(row)):
        names = ", ".join(sorted({_name(row, key) for key in keys}))
        said = _("On no page, for it names the street, phone or e-mail of a protected place: %(texts)s. Write it anew.")
        messages.warning(request, said % {"texts": names})


def _name(row: Any, key: str) -> str:
    try:
        return str(row._meta.get_field(key).verbose_name)
    except FieldDoesNotExist:
        return _("a note")
