"""Custom attributes: what a territory, or all of them, wants to know of services beside what every catalogue knows.

HSDS's word. The values are the services' own, in `Service.attributes`.
"""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from services_catalog.attributes import FILTERABLE
from services_catalog.choices import AttributeType, Audience
from services_catalog.models.base import Compiled, Ordered
from services_catalog.models.publishable import Translated
from services_catalog.models.territory import Territory

LONGEST_KEY = 30
"""A facet's name, and one of its values, have room for a key each."""
KEY = RegexValidator(r"^[a-z][a-z0-9_-]*\Z", _("Small letters, digits and dashes, beginning with a letter."))
READERS = [choice for choice in Audience.choices if choice[0] != Audience.SEALED]


class Attribute(Translated, Compiled):
    """The definition of an attribute. Without a territory it is of every service."""

    prose_fields: ClassVar[tuple[str, ...]] = ("name",)
    touches: ClassVar[dict[str, str]] = {"pk": "attribute"}
    lasting: ClassVar[tuple[str, ...]] = ("key", "type")
    """Columns that stay as they are once a service has a value."""

    key = models.CharField(_("key"), max_length=LONGEST_KEY, unique=True, validators=[KEY])
    type = models.CharField(_("kind"), max_length=8, choices=AttributeType, default=AttributeType.YES_NO)
    territory = models.ForeignKey(
        Territory, models.PROTECT, null=True, blank=True, related_name="attributes", verbose_name=_("territory")
    )
    audience = models.CharField(_("who may see it"), max_length=8, choices=READERS, default=Audience.PUBLIC)
    name = models.CharField(_("name"), max_length=120)
    filterable = models.BooleanField(_("search can be narrowed by it"), default=False)
    active = models.BooleanField(_("in use"), default=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("attribute")
        verbose_name_plural = _("attributes")
        ordering = ("order", "key")

    def __str__(self) -> str:
        return self.name_it or self.key  # type: ignore[attr-defined]  # modeltranslation's column

    @property
    def is_used(self) -> bool:
        """Whether any service has a value under its key."""
        from services_catalog.models.service import Service  # which is made after this one

        return Service.objects.filter(attributes__has_key=self.key).exists()

    @property
    def hides_on_save(self) -> bool:
        """Whether the row is for other readers or services than the database's: for fewer, perhaps."""
        before = type(self).objects.filter(pk=self.pk).values_list("active", "audience", "territory_id").first()
        return before is not None and before != (self.active, self.audience, self.territory_id)

    def clean(self) -> None:
        super().clean()
        if self.filterable and self.type not in FILTERABLE:
            raise ValidationError({"filterable": _("Search is narrowed by yes or no and by choices alone.")})
        before = type(self).objects.filter(pk=self.pk).first()
        if before is None:
            return
        changed = [name for name in self.lasting if getattr(before, name) != getattr(self, name)]
        if changed and before.is_used:
            said = _("Services have values already: it stays as it is. Define another attribute instead.")
            raise ValidationError(dict.fromkeys(changed, said))


class AttributeChoice(Translated, Compiled, Ordered):
    """A value that an attribute offers. Its key never changes: services hold it."""

    prose_fields: ClassVar[tuple[str, ...]] = ("name",)
    touches: ClassVar[dict[str, str]] = {"attribute_id": "attribute"}

    attribute = models.ForeignKey(Attribute, models.CASCADE, related_name="choices")
    key = models.CharField(_("key"), max_length=LONGEST_KEY, validators=[KEY])
    name = models.CharField(_("name"), max_length=120)

    class Meta(Ordered.Meta):
        verbose_name = _("choice")
        verbose_name_plural = _("choices")
        constraints = [models.UniqueConstraint(fields=["attribute", "key"], name="one_key_an_attribute")]

    def __str__(self) -> str:
        return self.name_it or self.key  # type: ignore[attr-defined]  # modeltranslation's column

    def clean(self) -> None:
        super().clean()
        before = type(self).objects.filter(pk=self.pk).values_list("key", flat=True).first()
        if before is not None and before != self.key:
            raise ValidationError({"key": _("Services hold this key: it stays as it is. Add another choice instead.")})
