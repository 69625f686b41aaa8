"""The domain: what help there is, published."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import m2m_changed, pre_delete


class ServicesCatalogConfig(AppConfig):
    name = "services_catalog"

    def ready(self) -> None:
        m2m_changed.connect(_terms_changed, dispatch_uid="portolano.terms_changed")
        pre_delete.connect(_about_to_go, dispatch_uid="portolano.about_to_go")


def _terms_changed(instance: Any, action: str, reverse: bool, **_signal: Any) -> None:
    """A many-to-many of a compiled row (spoken languages, accessibility) changes without a save."""
    from services_catalog.models.base import Compiled
    from services_catalog.publication.transaction import publishing

    if action.startswith("post_") and not reverse and isinstance(instance, Compiled):
        with publishing() as pending:
            pending.touch(instance.affected([instance.pk]))


def _about_to_go(sender: type[Any], instance: Any, **_signal: Any) -> None:
    """A row about to be deleted, also by a cascade: what quotes it is asked now, for afterwards nothing leads there."""
    from services_catalog.models.base import Compiled
    from services_catalog.publication.dependencies import quoting
    from services_catalog.publication.transaction import publishing

    if issubclass(sender, Compiled):
        with publishing() as pending:
            keys = sender.affected([instance.pk])
            pending.touch(keys | quoting(keys), hides=True)
