"""Editorial pages, and which territory a site is of."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import StreamField
from wagtail.models import Page

from portal.editorial.blocks import BODY, TitleBlock
from portal.editorial.colours import validate_band
from services_catalog.languages import DEFAULT_LANGUAGE
from services_catalog.models import Territory


@register_setting(icon="globe")
class TerritorySite(BaseSiteSetting):
    """The territory a site shows; without one, it shows them all."""

    territory: Any = models.ForeignKey(
        Territory,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("territory"),
        help_text=_("Empty: the site shows every territory."),
    )
    band: Any = models.CharField(
        _("colour"),
        max_length=7,
        blank=True,
        validators=[validate_band],
        help_text=_("Behind the name and the question, as #0b3b46. Empty: the portal's own."),
    )

    class Meta:
        verbose_name = _("territory of the site")

    def __str__(self) -> str:
        return f"{self.site}: {self.territory or '—'}"


class EditorialPage(Page):
    """A page in every language of its site: one tree, whose blocks say which language they are for."""

    introduction: Any = models.TextField(_("introduction"), blank=True, max_length=400)
    translations = StreamField(
        [("translation", TitleBlock())], blank=True, verbose_name=_("title and introduction in other languages")
    )
    body = StreamField(BODY, blank=True, verbose_name=_("content"))

    content_panels = [
        *Page.content_panels,
        FieldPanel("introduction"),
        FieldPanel("translations"),
        FieldPanel("body"),
    ]

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        language = get_language() or DEFAULT_LANGUAGE
        title, introduction = self._heading(language)
        return {
            **super().get_context(request, *args, **kwargs),
            "heading": title,
            "introduction": introduction,
            "blocks": [block for block in self.body if block.value["language"] in {"", None, language}],
        }

    def _heading(self, language: str) -> tuple[str, str]:
        """Title and introduction in a language, else in Italian."""
        for block in self.translations:
            if block.value["language"] == language:
                return block.value["title"], block.value["introduction"]
        return self.title, self.introduction


class HomePage(EditorialPage):
    """A site's first page: a question, a number to call, then blocks."""

    number: Any = models.CharField(
        _("number to call"),
        max_length=20,
        blank=True,
        help_text=_("Beside the question, as large as it. Empty: none is shown."),
    )
    content_panels = [
        *Page.content_panels,
        FieldPanel("number"),
        *EditorialPage.content_panels[len(Page.content_panels) :],
    ]
    template = "editorial/home.html"
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["editorial.ContentPage"]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context(request, *args, **kwargs),
            "number": self.number,
            "number_label": "",
            "question": "",
        }

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")


class ContentPage(EditorialPage):
    """A page with a title, an introduction and blocks."""

    template = "editorial/content.html"
    parent_page_types = ["editorial.HomePage", "editorial.ContentPage"]
    subpage_types = ["editorial.ContentPage"]

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
