"""Panels of prose: one tab a language."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.text import capfirst
from wagtail.admin.panels import FieldPanel, ObjectList, Panel, PublishingPanel, TabbedInterface

from portal.editor.facts.registry import sections_of
from services_catalog.languages import DEFAULT_LANGUAGE, columns

NAMES = dict(settings.LANGUAGES)


def translated(model: Any, field: str, language: str, help_text: Any = "") -> FieldPanel:
    """The panel of one text in one language. The tab says which: the label need not."""
    column = columns(field)[language]
    return FieldPanel(
        column,
        heading=capfirst(model._meta.get_field(field).verbose_name),
        help_text=help_text,
        required_on_save=not model._meta.get_field(column).blank,  # nobody finds a draft that has no name
    )


def tabs(
    model: Any,
    help_texts: dict[str, Any],
    first: Sequence[Any] = (),
    last: Sequence[Any] = (),
    base_form_class: Any = None,
) -> Any:
    """The edit handler of a model: Italian first, with `first` on top and `last` below, then the other languages."""
    lists = [
        ObjectList(
            [
                *([FactsPanel(), *first] if language == DEFAULT_LANGUAGE else []),
                *(translated(model, field, language, help_texts.get(field, "")) for field in model.prose_fields),
                *(last if language == DEFAULT_LANGUAGE else []),
            ],
            heading=NAMES[language],
        )
        for language in columns("any")
    ]
    if hasattr(model, "go_live_at"):
        lists[0] = ObjectList([*lists[0].children, PublishingPanel()], heading=lists[0].heading)
    return TabbedInterface(lists, base_form_class=base_form_class)


class FactsPanel(Panel):
    """The way from the texts to the facts; before the first save, what comes after it."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "editor/facts_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            row = self.instance
            links = [] if row._state.adding else sections_of(row)
            kind = row._meta.model_name
            return {
                **super().get_context_data(parent_context),
                "links": [
                    (section.title, reverse("catalogue_facts", args=[kind, row.pk, section.slug])) for section in links
                ],
            }
