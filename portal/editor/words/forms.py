"""Forms of the words of search: what is shipped can be switched off, and nothing else of it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm

from portal.editor.words.choices import NO_NEED, NeedField, NeedsField, need_name
from portal.editor.words.incoming import held_texts, phrase_texts, plain
from search.models import BestBet, HeldQuestion, Phrase, RankingWeights, Source
from search.ranking import BOUNDS, Weights
from services_catalog import access
from services_catalog.choices import Audience
from services_catalog.models import Service, Territory

SWITCH = "switched_on"


class WordsForm(WagtailAdminModelForm):
    """Of a shipped row, the switch alone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.source == Source.SHIPPED and not self.instance._state.adding:
            for name in [name for name in self.fields if name != SWITCH]:
                del self.fields[name]
            shipped = _("It is shipped with Portolano: it can be switched off, not changed.")
            self.fields[SWITCH].help_text = f"{self.about()} {shipped}"

    def about(self) -> str:
        """What beside its text one has to know of a row that cannot be changed."""
        return f"{self.instance.get_language_display()}."


class PhraseForm(WordsForm):
    """A phrase and its need. No phrase is a question held back: that would be learning the answers by heart."""

    need = NeedField(label=gettext_lazy("Need"), required=False, empty_label=NO_NEED)

    class Meta:
        model = Phrase
        fields: list[str] = []

    def about(self) -> str:
        return f"{need_name(self.instance.need)}. {super().about()}"

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if plain(text) in held_texts():
            raise ValidationError(_("This is a question held back, by which what is learnt is judged."))
        return text


class HeldQuestionForm(WordsForm):
    """A question and the needs that answer it. It is no phrase."""

    needs = NeedsField(
        label=gettext_lazy("Needs that answer it"),
        required=False,
        help_text=gettext_lazy("None: no service helps with this."),
    )

    class Meta:
        model = HeldQuestion
        fields: list[str] = []

    def about(self) -> str:
        return f"{', '.join(map(need_name, self.instance.needs.all())) or NO_NEED}. {super().about()}"

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if plain(text) in phrase_texts():
            raise ValidationError(_("This is one of the phrases already: what learns it cannot be judged by it."))
        return text


class BestBetForm(WordsForm):
    """A question and a public service of the person's scope."""

    class Meta:
        model = BestBet
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "service" in self.fields:
            self.fields["order"].help_text = _("Where a question has several, the lowest first.")
            services = access.in_scope(Service.objects.all(), self.for_user)
            self.fields["service"].queryset = services.filter(live=True, audience=Audience.PUBLIC).order_by("name_it")


PARTS: Mapping[str, tuple[Any, Any]] = {
    "need": (gettext_lazy("The need"), gettext_lazy("The service answers what the person most likely needs.")),
    "name": (gettext_lazy("The name"), gettext_lazy("Every word stands in the service's name.")),
    "words": (gettext_lazy("The words"), gettext_lazy("The words stand in the service's texts.")),
    "fit": (
        gettext_lazy("Who it is for"),
        gettext_lazy("The person may come, or may not, by what is known of them."),
    ),
    "target": (gettext_lazy("The people named"), gettext_lazy("It is meant for the people that the question names.")),
    "life": (
        gettext_lazy("Not given now"),
        gettext_lazy("It is suspended, has not begun or has ended; this is taken away."),
    ),
    "open": (
        gettext_lazy("Open"),
        gettext_lazy("It is open at the minute asked about; “now” makes it count for more."),
    ),
    "availability": (
        gettext_lazy("Free places"),
        gettext_lazy("Something is reported to be free, or nothing, and the report still holds."),
    ),
    "distance": (gettext_lazy("Distance"), gettext_lazy("It is near, where the person's place is known.")),
    "freshness": (gettext_lazy("Checked lately"), gettext_lazy("Somebody made sure lately that all this is true.")),
}


def _part(name: str) -> forms.FloatField:
    label, says = PARTS[name]
    least, most = BOUNDS[name]
    usual: float = getattr(Weights(), name)
    said = gettext_lazy("From {least} to {most}; usually {usual}.")
    bounds = format_lazy(said, least=f"{least:g}", most=f"{most:g}", usual=f"{usual:g}")
    return forms.FloatField(
        label=label,
        min_value=least,
        max_value=most,
        initial=usual,
        help_text=format_lazy("{} {}", says, bounds),
        widget=forms.NumberInput(attrs={"step": "0.01", "min": least, "max": most, "inputmode": "decimal"}),
    )


class WeightsForm(WordsForm):
    """One number for each part of the order. What is as usual is not written down: a better usual takes effect."""

    need = _part("need")
    name = _part("name")
    words = _part("words")
    fit = _part("fit")
    target = _part("target")
    life = _part("life")
    open = _part("open")
    availability = _part("availability")
    distance = _part("distance")
    freshness = _part("freshness")

    class Meta:
        model = RankingWeights
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in PARTS:
            self.fields[name].initial = self.instance.parts.get(name, getattr(Weights(), name))
        scope, territory = access.scope_of(self.for_user), self.fields["territory"]
        territory.queryset = Territory.objects.all()
        if not scope.everywhere:
            territory.queryset = territory.queryset.filter(pk__in=scope.edits.territories)
            territory.required, territory.empty_label = True, None
        else:
            territory.empty_label = _("everywhere")

    def clean_territory(self) -> Territory | None:
        found: Territory | None = self.cleaned_data["territory"]
        if found is None and RankingWeights.objects.filter(territory=None).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("There are weights for everywhere already: change those."))
        return found

    def _post_clean(self) -> None:
        chosen = {name: self.cleaned_data[name] for name in PARTS if name in self.cleaned_data}
        self.instance.parts = {name: value for name, value in chosen.items() if value != getattr(Weights(), name)}
        super()._post_clean()
