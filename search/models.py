"""An editor's data of search: what people say by need, synonyms, stop phrases, best bets, and how results are ranked;
and the questions that search did not understand.

Shipped rows come from `search/data/` and are switched off, never deleted, by who disagrees: the next load would bring
them back. Every change moves the head's counters, by which processes know that what they keep is old.
"""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from search import analysis
from search.ranking import BOUNDS, Weights
from services_catalog.models import Service, TaxonomyTerm, Territory

NEEDS = models.Q(taxonomy_id="need")


class Source(models.TextChoices):
    """Who brought a row."""

    SHIPPED = "shipped", _("shipped with Portolano")
    EDITOR = "editor", _("written by an editor")
    ASKED = "asked", _("asked by people, assigned by an editor")


class LexiconHead(models.Model):
    """The one row that says how often words and phrases have changed. `shipped`: digest of the files last loaded."""

    words = models.PositiveIntegerField(default=1)
    phrases = models.PositiveIntegerField(default=1)
    shipped = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("state of the lexicon")
        verbose_name_plural = _("state of the lexicon")

    def __str__(self) -> str:
        return f"{self.words}/{self.phrases}"

    @classmethod
    def now(cls) -> Self:
        """The head. One query."""
        return cls.objects.get_or_create(pk=1)[0]

    @classmethod
    def move(cls, *names: str) -> None:
        """Say that `names` (`words`, `phrases`) have changed."""
        cls.now()
        cls.objects.filter(pk=1).update(**{name: F(name) + 1 for name in names})


class LexiconRow(models.Model):
    """A row of which processes keep a copy."""

    moves: ClassVar[str]
    """The counter that its changes move."""

    source = models.CharField(_("source"), max_length=8, choices=Source, default=Source.EDITOR, editable=False)
    switched_on = models.BooleanField(_("in use"), default=True)

    class Meta:
        abstract = True

    def save(self, *args: Any, **options: Any) -> None:
        super().save(*args, **options)
        LexiconHead.move(self.moves)

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        deleted = super().delete(*args, **options)
        LexiconHead.move(self.moves)
        return deleted


def _language() -> Any:
    return models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES)


class Phrase(LexiconRow):
    """Something people say, and the need they mean by it; without a need, something no service helps with."""

    moves = "phrases"

    need = models.ForeignKey(
        TaxonomyTerm,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="phrases",
        limit_choices_to=NEEDS,
        verbose_name=_("need"),
        help_text=_("Empty: no social service helps with this."),
    )
    language = _language()
    text = models.CharField(_("what people say"), max_length=200)

    class Meta:
        verbose_name = _("phrase people say")
        verbose_name_plural = _("phrases people say")
        ordering = ("need", "language", "text")
        constraints = [
            models.UniqueConstraint(fields=["need", "language", "text"], name="one_phrase"),
            models.UniqueConstraint(
                fields=["language", "text"], condition=models.Q(need=None), name="one_phrase_without_need"
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def clean(self) -> None:
        super().clean()
        self.text = " ".join(self.text.split())
        if not analysis.split(self.text):
            raise ValidationError({"text": _("Write some words.")})


class HeldQuestion(LexiconRow):
    """A question that nothing learns from: it says whether what was learnt is any good."""

    moves = "phrases"

    language = _language()
    text = models.CharField(_("question"), max_length=200)
    needs: Any = models.ManyToManyField(
        TaxonomyTerm, blank=True, related_name="+", limit_choices_to=NEEDS, verbose_name=_("needs that answer it")
    )

    class Meta:
        verbose_name = _("question held back")
        verbose_name_plural = _("questions held back")
        ordering = ("language", "text")
        constraints = [models.UniqueConstraint(fields=["language", "text"], name="one_held_question")]

    def __str__(self) -> str:
        return self.text


class Synonym(LexiconRow):
    """Words that mean the same to who seeks help."""

    moves = "words"

    language = _language()
    words = models.CharField(
        _("words"), max_length=300, help_text=_("Words and short expressions with the same meaning, separated by “|”.")
    )
    origin = models.CharField(_("where it comes from"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("synonyms")
        verbose_name_plural = _("synonyms")
        ordering = ("language", "words")
        constraints = [models.UniqueConstraint(fields=["language", "words"], name="one_group_of_synonyms")]

    def __str__(self) -> str:
        return self.words

    def clean(self) -> None:
        super().clean()
        if len(self.members()) < 2:
            raise ValidationError({"words": _("Give at least two, separated by “|”.")})

    def members(self) -> list[str]:
        """The words and expressions."""
        return [" ".join(part.split()) for part in self.words.split("|") if part.strip()]


class StopPhrase(LexiconRow):
    """Words that say nothing of what is sought, such as "where can I find"."""

    moves = "words"

    language = _language()
    text = models.CharField(_("words"), max_length=100)

    class Meta:
        verbose_name = _("stop phrase")
        verbose_name_plural = _("stop phrases")
        ordering = ("language", "text")
        constraints = [models.UniqueConstraint(fields=["language", "text"], name="one_stop_phrase")]

    def __str__(self) -> str:
        return self.text


class BestBet(LexiconRow):
    """A question whose first answer an editor chooses."""

    moves = "words"

    text = models.CharField(_("question"), max_length=200, help_text=_("In any language, as people write it."))
    service: Any = models.ForeignKey(Service, models.CASCADE, related_name="+", verbose_name=_("service shown first"))
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("best bet")
        verbose_name_plural = _("best bets")
        ordering = ("text", "order")
        constraints = [models.UniqueConstraint(fields=["text", "service"], name="one_bet_a_service")]

    def __str__(self) -> str:
        return self.text


class RankingWeights(LexiconRow):
    """How much each part of the order counts, on a territory's pages or (without one) everywhere."""

    moves = "words"

    territory: Any = models.OneToOneField(
        Territory, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("territory")
    )
    parts = models.JSONField(_("weights"), default=dict, help_text=_('Parts and their weight, such as {"open": 0.1}.'))

    class Meta:
        verbose_name = _("weights of the order")
        verbose_name_plural = _("weights of the order")

    def __str__(self) -> str:
        return str(self.territory or _("everywhere"))

    def clean(self) -> None:
        super().clean()
        for name, value in self.parts.items() if isinstance(self.parts, dict) else [("", None)]:
            least, most = BOUNDS.get(name, (0.0, -1.0))
            if not isinstance(value, int | float) or not least <= value <= most:
                bounds = ", ".join(f"{part} {low:g}–{high:g}" for part, (low, high) in BOUNDS.items())
                raise ValidationError({"parts": _("Parts and bounds: %s.") % bounds})

    def weights(self) -> Weights:
        """As ranking takes them."""
        return Weights(**self.parts)


class Decision(models.TextChoices):
    """What an editor made of a question that was not understood."""

    WAITING = "", _("waiting")
    ASSIGNED = "assigned", _("assigned to a need")
    IGNORED = "ignored", _("ignored")


class AskedQuestion(models.Model):
    """A question that search did not understand, or found nothing for; `search.asked` says what is kept of it when.

    `key` is a keyed hash of the words. `text`, folded, its language and its group are there from the fifth asking on;
    `last_hour` and `comune` (a cadastral code, "" for none) are those of the last asking.
    """

    key = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField(_("how often"), default=1)
    last_hour = models.DateTimeField(_("last asked"), db_index=True)
    comune = models.CharField(_("comune"), max_length=4, blank=True)
    text = models.CharField(_("question"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=8, blank=True)
    group = models.CharField(max_length=64, blank=True, db_index=True)
    decision = models.CharField(max_length=8, choices=Decision, blank=True, default=Decision.WAITING)

    class Meta:
        verbose_name = _("question not understood")
        verbose_name_plural = _("questions not understood")

    def __str__(self) -> str:
        return self.text or self.key[:8]
