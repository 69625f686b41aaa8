"""What search has learnt of three needs."""

from pathlib import Path
from typing import Any

import pytest

from search.models import HeldQuestion, Phrase, Source
from search.needs import training
from services_catalog.models import TaxonomyTerm
from tests.factories import TermFactory

SAID = {
    "canteen": ["ho fame", "dove si mangia gratis", "un pasto caldo", "non mangio da ieri"],
    "shelter": ["non so dove dormire", "un letto per stanotte", "dormo in stazione"],
    "showers": ["fare la doccia", "lavarmi", "docce pubbliche"],
}
ASKED = {"dove posso mangiare": "canteen", "cerco un letto": "shelter", "vorrei lavarmi": "showers"}


@pytest.fixture
def learnt(db: None, settings: Any, tmp_path: Path) -> dict[str, TaxonomyTerm]:
    """The needs by slug, with shipped phrases that are learnt and in force."""
    settings.VAR_DIR = tmp_path
    parent = TermFactory(slug="basics", name_it="Il necessario")
    needs: dict[str, Any] = {
        slug: TermFactory(slug=slug, name_it=name, parent=parent)
        for slug, name in (("canteen", "Mensa"), ("shelter", "Dormitorio"), ("showers", "Docce"))
    }
    Phrase.objects.bulk_create(
        Phrase(need=needs[slug], language="it", text=text, source=Source.SHIPPED)
        for slug, texts in SAID.items()
        for text in texts
    )
    for text, slug in ASKED.items():
        HeldQuestion.objects.create(language="it", text=text, source=Source.SHIPPED).needs.set([needs[slug]])
    training.update()
    return needs
