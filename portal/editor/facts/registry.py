"""Which sections each kind of thing has."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.editor.facts import attributes, others, service
from portal.editor.facts.sections import Section
from services_catalog import models

SECTIONS: dict[type[Any], tuple[Section, ...]] = {
    models.Service: service.SECTIONS,
    models.Location: others.LOCATION,
    models.Organization: others.ORGANIZATION,
    models.Program: others.PROGRAM,
    models.Territory: others.TERRITORY,
    models.Attribute: attributes.CHOICES,
}

MODELS = {str(model._meta.model_name): model for model in SECTIONS}


def sections_of(row: Any) -> tuple[Section, ...]:
    """The sections that whoever edits the thing may open: the staff's own are reached from these."""
    return tuple(one for one in SECTIONS.get(type(row), ()) if not one.staff_only and one.suits(row))


def way_to_facts(row: Any) -> tuple[Any, str] | None:
    """What the thing's facts are called, and where they begin; None where it has none of their own."""
    sections = SECTIONS.get(type(row), ())
    first = next((one for one in sections if one.suits(row)), None)
    if first is None:
        return None
    address = reverse("catalogue_facts", args=[row._meta.model_name, row.pk, first.slug])
    return first.title if len(sections) == 1 else _("Facts: hours, phones, places"), address
