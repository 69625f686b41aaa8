"""Panels of prose: one tab a language."""

from typing import Any

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, ObjectList, PublishingPanel, TabbedInterface

from services_catalog.languages import DEFAULT_LANGUAGE, columns

NAMES = dict(settings.LANGUAGES)


def translated(model: Any, field: str, language: str, help_text: Any = "") -> FieldPanel:
    """The panel of one text in one language. The tab says which: the label need not."""
    return FieldPanel(
        columns(field)[language], heading=capfirst(model._meta.get_field(field).verbose_name), help_text=help_text
    )


def tabs(model: Any, help_texts: dict[str, Any], first: list[Any] | None = None, base_form_class: Any = None) -> Any:
    """The edit handler of a model: Italian first, with `first` on top, then the other languages."""
    lists = [
        ObjectList(
            [
                *((first or []) if language == DEFAULT_LANGUAGE else []),
                *(translated(model, field, language, help_texts.get(field, "")) for field in model.prose_fields),
            ],
            heading=NAMES[language],
        )
        for language in columns("any")
    ]
    if hasattr(model, "go_live_at"):
        lists[0] = ObjectList([*lists[0].children, PublishingPanel()], heading=lists[0].heading)
    return TabbedInterface(lists, base_form_class=base_form_class)


def note(text: Any) -> HelpPanel:
    """A sentence for the volunteer with ten minutes."""
    return HelpPanel(text, classname="catalogue-note")


NEW = _("New here? Write the name and one line, save, then fill in the facts: hours, phones, who may come.")
