"""Lists and forms of the words of search."""

from typing import Any

import django_filters
from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet

from portal.editor.words import forms
from portal.editor.words.choices import NO_NEED, need_name, needs
from portal.editor.words.policy import OfStaff, rows_of
from search.models import BestBet, HeldQuestion, Phrase, RankingWeights, Source, StopPhrase, Synonym
from services_catalog.models import TaxonomyTerm

SHOWN = {"index", "index_results", "add", "edit", "delete", "history", "history_results"}
PARTS = tuple(forms.PARTS)
YES_NO = [("True", _("in use")), ("False", _("switched off"))]


def terms_with_parents() -> QuerySet[TaxonomyTerm]:
    """Terms as the lists name them."""
    return TaxonomyTerm.objects.select_related("parent")


class WordsFilters(WagtailFilterSet):
    """By language, source, and whether it is in use."""

    language = django_filters.ChoiceFilter(choices=settings.LANGUAGES, label=_("Language"))
    source = django_filters.ChoiceFilter(choices=Source, label=_("Source"))
    switched_on = django_filters.ChoiceFilter(choices=YES_NO, label=_("In use"))


class NeedFilter(django_filters.ModelChoiceFilter):
    """By need; `none` is "no service helps with this"."""

    field_class = type(
        "NeedChoice",
        (django_filters.fields.ModelChoiceField,),
        # Wagtail asks it also for the label of the value that stands for none.
        {"label_from_instance": lambda _self, need: need_name(need if isinstance(need, TaxonomyTerm) else None)},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"queryset": lambda _request: needs(), "null_label": NO_NEED, **options})


class PhraseFilters(WordsFilters):
    """And by need."""

    need = NeedFilter(label=_("Need"), null_value="none")


class WordsIndexView(IndexView):
    """A list of the person's scope; only what may be deleted offers to be."""

    any_permission_required = ("change",)

    def get_base_queryset(self) -> QuerySet[Any]:
        rows = rows_of(self.model, self.request.user)
        if self.model is Phrase:
            return rows.select_related("need__parent")
        if self.model is HeldQuestion:
            return rows.prefetch_related(Prefetch("needs", terms_with_parents()))
        if self.model is BestBet:
            return rows.select_related("service")
        return rows.select_related("territory") if self.model is RankingWeights else rows

    def get_filterset_kwargs(self) -> dict[str, Any]:
        options: dict[str, Any] = super().get_filterset_kwargs()
        return options | {"queryset": self.get_base_queryset()}

    def get_delete_url(self, instance: Any) -> str | None:
        return None if instance.source == Source.SHIPPED else super().get_delete_url(instance)


class PhraseIndexView(WordsIndexView):
    """New phrases are written on the screen of their need, where one sees what they change."""

    @cached_property
    def add_item_label(self) -> Any:
        return _("Add phrases")


class WordsViewSet(ModelViewSet):
    """A viewset of the words of search."""

    index_view_class = WordsIndexView
    copy_view_enabled = False
    add_to_reference_index = False
    filterset_class: type[WagtailFilterSet] | None = WordsFilters
    ordering: tuple[str, ...] = ("-pk",)
    list_per_page = 30

    @cached_property
    def name(self) -> str:
        return f"search_{self.model_name}"

    def construct_view(self, view_class: Any, **kwargs: Any) -> Any:
        guarded = type(view_class.__name__, (OfStaff, view_class), {"__module__": view_class.__module__})
        return super().construct_view(guarded, **kwargs)

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        found: dict[str, Any] = super().get_common_view_kwargs(**kwargs)
        return found | {"usage_url_name": None}

    def get_urlpatterns(self) -> list[Any]:
        return [pattern for pattern in super().get_urlpatterns() if pattern.name in SHOWN]


def _panels(form: Any, *names: str) -> ObjectList:
    return ObjectList([FieldPanel(name) for name in (*names, forms.SWITCH)], base_form_class=form)


LANGUAGE = Column("language", label=_("Language"), accessor="get_language_display", width="12%")
SOURCE = Column("source", label=_("Source"), accessor="get_source_display", width="22%")
IN_USE = BooleanColumn("switched_on", label=_("In use"), width="8%")


class PhraseViewSet(WordsViewSet):
    """Tens of thousands of phrases, filtered."""

    model = Phrase
    index_view_class = PhraseIndexView
    icon = "openquote"
    menu_label = _("All phrases")
    search_fields = ("text",)
    filterset_class = PhraseFilters
    ordering = ("source", "text", "pk")  # what editors and people wrote first
    list_display = (
        "__str__",
        Column("need", label=_("Need"), accessor=lambda phrase: need_name(phrase.need), width="28%"),
        LANGUAGE,
        SOURCE,
        IN_USE,
    )
    list_export = ("need", "language", "text", "source", "switched_on")
    edit_handler = _panels(forms.PhraseForm, "need", "language", "text")

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        found: dict[str, Any] = super().get_index_view_kwargs(**kwargs)
        return found | {"add_url_name": "search_needs:index"}

    def get_urlpatterns(self) -> list[Any]:
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "add"]


class HeldQuestionViewSet(WordsViewSet):
    """Questions that nothing learns from."""

    model = HeldQuestion
    icon = "lock"
    menu_label = _("Questions held back")
    search_fields = ("text",)
    list_display = (
        "__str__",
        Column("needs", label=_("Needs"), accessor=lambda row: _needs_of(row), width="28%"),
        LANGUAGE,
        SOURCE,
        IN_USE,
    )
    edit_handler = _panels(forms.HeldQuestionForm, "language", "text", "needs")


def _needs_of(question: HeldQuestion) -> str:
    return ", ".join(map(need_name, question.needs.all())) or need_name(None)


class SynonymViewSet(WordsViewSet):
    """Words that mean the same."""

    model = Synonym
    icon = "link"
    menu_label = _("Synonyms")
    search_fields = ("words", "origin")
    list_display = ("__str__", LANGUAGE, Column("origin", label=_("Where it comes from"), width="25%"), IN_USE)
    edit_handler = _panels(forms.WordsForm, "language", "words", "origin")


class StopPhraseViewSet(WordsViewSet):
    """Words that say nothing of what is sought."""

    model = StopPhrase
    icon = "cross"
    menu_label = _("Stop phrases")
    search_fields = ("text",)
    list_display = ("__str__", LANGUAGE, SOURCE, IN_USE)
    edit_handler = _panels(forms.WordsForm, "language", "text")


class BestBetFilters(WagtailFilterSet):
    """By whether it is in use."""

    switched_on = django_filters.ChoiceFilter(choices=YES_NO, label=_("In use"))


class BestBetViewSet(WordsViewSet):
    """Questions whose first answer is chosen."""

    model = BestBet
    icon = "pick"
    menu_label = _("Best bets")
    search_fields = ("text", "service__name_it")
    filterset_class = BestBetFilters
    ordering = ("text", "order", "pk")
    list_display = (
        "__str__",
        Column("service", label=_("Service shown first")),
        Column("order", label=_("Order")),
        IN_USE,
    )
    edit_handler = _panels(forms.BestBetForm, "text", "service", "order")


class RankingWeightsViewSet(WordsViewSet):
    """How much each part of the order counts."""

    model = RankingWeights
    icon = "order"
    menu_label = _("Order of the results")
    filterset_class = None
    ordering = ("territory", "pk")
    list_display = ("__str__", IN_USE)
    edit_handler = ObjectList(
        [
            FieldPanel("territory"),
            *(FieldRowPanel([FieldPanel(name) for name in pair]) for pair in zip(PARTS[::2], PARTS[1::2], strict=True)),
            FieldPanel(forms.SWITCH),
        ],
        base_form_class=forms.WeightsForm,
    )
