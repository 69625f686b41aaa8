from typing import Any

from django.apps import AppConfig
from django.db.models.signals import pre_delete


class SearchConfig(AppConfig):
    name = "search"

    def ready(self) -> None:
        pre_delete.connect(_forget_phrases_of, sender="services_catalog.TaxonomyTerm", dispatch_uid="search.phrases")


def _forget_phrases_of(instance: Any, **_of_signal: object) -> None:
    """A need that is deleted takes its phrases with it, without their own `delete`: it is to be guessed no more."""
    from search.models import LexiconHead, Phrase

    if Phrase.objects.filter(need=instance.pk).exists():
        LexiconHead.move(Phrase.moves)
