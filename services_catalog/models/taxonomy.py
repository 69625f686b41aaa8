"""Taxonomies and their terms: needs, target groups, life events, languages, ways of access, figures, units …"""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from services_catalog.models.base import Compiled
from services_catalog.models.publishable import Translated


class Taxonomy(models.Model):
    """A set of terms. Its slug is its key: `need`, `target`, `life_event`, `language`, `access`, `figure`, `unit` …"""

    slug = models.SlugField(_("short name"), max_length=24, primary_key=True)
    name = models.CharField(_("name"), max_length=80)

    class Meta:
        verbose_name = _("taxonomy")
        verbose_name_plural = _("taxonomies")
        ordering = ("slug",)

    def __str__(self) -> str:
        return self.name


class TaxonomyTerm(Translated, Compiled):
    """A term. Bodies hold its id alone, so renaming one compiles one record."""

    prose_fields: ClassVar[tuple[str, ...]] = ("name", "description")
    touches: ClassVar[dict[str, str]] = {"pk": "term"}

    taxonomy = models.ForeignKey(Taxonomy, models.PROTECT, related_name="terms")
    slug = models.SlugField(_("short name"), max_length=60)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    name = models.CharField(_("name"), max_length=120)
    description = models.TextField(_("description"), blank=True)
    pictogram = models.CharField(_("pictogram"), max_length=24, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = ("taxonomy", "order", "slug")
        constraints = [models.UniqueConstraint(fields=["taxonomy", "slug"], name="one_slug_a_taxonomy")]

    def __str__(self) -> str:
        return self.name_it or self.slug  # type: ignore[attr-defined]  # modeltranslation's column
