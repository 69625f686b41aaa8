"""Which sections each kind of thing has."""

from typing import Any

from portal.editor.facts import others, service
from portal.editor.facts.sections import Section
from services_catalog import models

SECTIONS: dict[type[Any], tuple[Section, ...]] = {
    models.Service: service.SECTIONS,
    models.Location: others.LOCATION,
    models.Organization: others.ORGANIZATION,
    models.Program: others.PROGRAM,
    models.Territory: others.TERRITORY,
}

MODELS = {str(model._meta.model_name): model for model in SECTIONS}


def sections_of(model: type[Any]) -> tuple[Section, ...]:
    """The sections that whoever edits such a thing may open: the staff's own are reached from these."""
    return tuple(section for section in SECTIONS.get(model, ()) if not section.staff_only)


def first_section(model: type[Any]) -> str | None:
    """Where the facts of such a thing begin; None where it has none of their own."""
    sections = SECTIONS.get(model)
    return sections[0].slug if sections else None
