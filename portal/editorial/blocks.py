"""Blocks of editorial pages. Each may be for one language: what nobody has translated is better absent."""

from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

from services_catalog import models

RICH_TEXT = ["bold", "italic", "h3", "ol", "ul", "link", "document-link"]
MOST_CARDS = 12


def _terms(taxonomy: str) -> list[tuple[str, str]]:
    rows = models.TaxonomyTerm.objects.filter(taxonomy=taxonomy).order_by("order", "slug")
    return [(str(key), name or slug) for key, name, slug in rows.values_list("pk", "name_it", "slug")]


def needs() -> list[tuple[str, str]]:
    return _terms("need")


def targets() -> list[tuple[str, str]]:
    return _terms("target")


def territories() -> list[tuple[str, str]]:
    return [(row.slug, str(row)) for row in models.Territory.objects.all()]


def comuni() -> list[tuple[str, str]]:
    rows = models.TerritoryComune.objects.order_by("comune__name").values_list("comune_id", "comune__name")
    return list(dict.fromkeys(rows))


class Spoken(blocks.StructBlock):
    """A block with the language it is for."""

    language = blocks.ChoiceBlock(
        choices=settings.LANGUAGES,
        required=False,
        label=_("Only in"),
        help_text=_("Empty: in every language."),
    )


class HeadingBlock(Spoken):
    """A title between blocks."""

    text = blocks.CharBlock(max_length=120, label=_("Text"))

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "editorial/blocks/heading.html"


class RichTextBlock(Spoken):
    """Paragraphs."""

    text = blocks.RichTextBlock(features=RICH_TEXT, label=_("Text"))

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "editorial/blocks/rich_text.html"


class CallToActionBlock(Spoken):
    """One thing to do."""

    label = blocks.CharBlock(max_length=80, label=_("Words"), help_text=_("A verb first: “Find a bed for tonight”."))
    url = blocks.CharBlock(
        max_length=500,
        label=_("Address"),
        help_text=_("An address of this portal, such as “../search/?open=now”, or a full one."),
    )

    class Meta:
        icon = "link"
        label = _("Call to action")
        template = "frontend/blocks/call_to_action.html"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if not str(cleaned["url"]).startswith(("https://", "http://", "/", "../", "./", "?", "tel:", "mailto:")):
            error = blocks.StructBlockValidationError(block_errors={"url": _wrong_address()})
            raise error
        return cleaned


def _wrong_address() -> Any:
    from django.core.exceptions import ValidationError

    return ValidationError(_("An address begins with https://, /, ../, tel: or mailto:."))


class NumberBlock(blocks.StructBlock):
    """A number and what for."""

    number = blocks.RegexBlock(
        r"^\+?[0-9 ]{3,20}$", label=_("Number"), error_messages={"invalid": _("Digits and spaces alone.")}
    )
    name = blocks.CharBlock(max_length=120, label=_("What for"))


class NumbersBlock(Spoken):
    """Numbers to call; the territory's own where none is given."""

    title = blocks.CharBlock(max_length=120, required=False, label=_("Title"))
    numbers = blocks.ListBlock(
        NumberBlock(),
        min_num=0,
        default=[],
        label=_("Numbers"),
        help_text=_("None: the territory's emergency numbers."),
    )

    class Meta:
        icon = "mobile-alt"
        label = _("Numbers to call")
        template = "frontend/blocks/numbers.html"


class NeedTilesBlock(Spoken):
    """The needs, as tiles."""

    title = blocks.CharBlock(max_length=120, required=False, label=_("Title"))

    class Meta:
        icon = "grip"
        label = _("Tiles of the needs")
        template = "frontend/blocks/need_tiles.html"


class PictureBlock(Spoken):
    """An image, with what it shows in words."""

    image = ImageBlock(label=_("Image"))
    caption = blocks.CharBlock(max_length=200, required=False, label=_("Caption"))

    class Meta:
        icon = "image"
        label = _("Image")
        template = "editorial/blocks/picture.html"


class ServicesBlock(Spoken):
    """A live list: the services that meet these conditions when the page is read."""

    title = blocks.CharBlock(max_length=120, label=_("Title"))
    q = blocks.CharBlock(max_length=200, required=False, label=_("Words"))
    need = blocks.MultipleChoiceBlock(choices=needs, required=False, label=_("Needs"))
    target = blocks.MultipleChoiceBlock(choices=targets, required=False, label=_("For whom"))
    territory = blocks.ChoiceBlock(choices=territories, required=False, label=_("Territory"))
    comune = blocks.MultipleChoiceBlock(choices=comuni, required=False, label=_("Comuni"))
    open_now = blocks.BooleanBlock(required=False, label=_("Only what is open now"))
    order = blocks.ChoiceBlock(
        choices=[("relevance", _("the fittest first")), ("name", _("by name"))], default="relevance", label=_("Order")
    )
    limit = blocks.IntegerBlock(
        default=6, validators=[MinValueValidator(1), MaxValueValidator(MOST_CARDS)], label=_("How many")
    )

    class Meta:
        icon = "list-ul"
        label = _("Live list of services")
        template = "frontend/blocks/services.html"


BODY = (
    ("heading", HeadingBlock()),
    ("text", RichTextBlock()),
    ("services", ServicesBlock()),
    ("needs", NeedTilesBlock()),
    ("numbers", NumbersBlock()),
    ("call_to_action", CallToActionBlock()),
    ("picture", PictureBlock()),
)


class TitleBlock(blocks.StructBlock):
    """The page's title and introduction in another language."""

    language = blocks.ChoiceBlock(choices=settings.LANGUAGES[1:], label=_("Language"))
    title = blocks.CharBlock(max_length=120, label=_("Title"))
    introduction = blocks.TextBlock(required=False, max_length=400, label=_("Introduction"))

    class Meta:
        icon = "site"
        label = _("Language")
