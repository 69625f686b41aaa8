"""Keys by which programs read more than the public does."""

import hashlib
import secrets
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from services_catalog.choices import Audience
from services_catalog.models import Territory

SIGN = "portolano"
"""Begins every key, so that one that slipped into a repository is recognised for what it is."""


def digest_of(secret: str) -> str:
    """What is kept of a key. A plain SHA-256 does: 256 random bits can't be guessed, so nothing has to be slow."""
    return hashlib.sha256(secret.encode()).hexdigest()


class ApiKeyQuerySet(models.QuerySet["ApiKey"]):
    """Keys made, and keys found."""

    def issue(self, label: str, audience: str, territory: Territory | None = None) -> tuple["ApiKey", str]:
        """A new key and its secret, which is shown now and never again."""
        prefix = secrets.token_hex(4)
        secret = f"{SIGN}_{prefix}_{secrets.token_urlsafe(32)}"
        key = self.create(label=label, prefix=prefix, digest=digest_of(secret), audience=audience, territory=territory)
        return key, secret

    def opened_by(self, secret: str) -> models.QuerySet["ApiKey"]:
        """The one valid key with this secret, or none."""
        return self.filter(digest=digest_of(secret), revoked_at__isnull=True)


class ApiKey(models.Model):
    """A key: whose it is, what it may read, and whether it still may."""

    label = models.CharField(_("whose"), max_length=120)
    prefix = models.CharField(_("begins with"), max_length=8, unique=True)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    audience = models.CharField(_("reads what is for"), max_length=8, choices=Audience)
    territory = models.ForeignKey(
        Territory,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("territory"),
        help_text=_("Empty: every territory."),
    )
    created_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)
    last_used_on = models.DateField(_("last used on"), null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    objects = ApiKeyQuerySet.as_manager()

    class Meta:
        app_label = "api"
        verbose_name = _("API key")
        verbose_name_plural = _("API keys")
        ordering: ClassVar[tuple[str, ...]] = ("label", "id")
        constraints = [
            models.CheckConstraint(condition=~models.Q(audience=Audience.SEALED), name="no_key_opens_what_is_sealed"),
        ]

    def __str__(self) -> str:
        return f"{self.label} ({self.prefix}…)"
