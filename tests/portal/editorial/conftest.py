"""The cast and the templates of the admin's tests, and a home page."""

from typing import Any

import pytest

from portal.editorial import sites
from portal.editorial.models import HomePage
from search.indexing import Indexer
from services_catalog.publication.feed import READERS
from tests.portal.cast import Cast, cast
from tests.portal.editor.conftest import _templates_of_the_admin

__all__ = ["_templates_of_the_admin", "cast", "home"]


@pytest.fixture
def home(cast: Cast, settings: Any, tmp_path: Any) -> HomePage:
    settings.INDEX_DIR, settings.ELASTICSEARCH_URL = tmp_path / "index", None
    for reader in READERS:
        Indexer(reader).rebuild()
    body = [
        {"type": "heading", "value": {"text": "Solo in italiano", "language": "it"}},
        {"type": "heading", "value": {"text": "English alone", "language": "en"}},
        {"type": "services", "value": {"title": "Tutti i servizi", "language": "", "limit": 6, "order": "name"}},
        {
            "type": "numbers",
            "value": {"title": "Numeri", "language": "", "numbers": [{"number": "112", "name": "SOS"}]},
        },
        {"type": "call_to_action", "value": {"label": "Cerca un letto", "url": "../search/", "language": ""}},
        {"type": "text", "value": {"text": "<p>Un paragrafo.</p>", "language": ""}},
    ]
    titles = [{"type": "translation", "value": {"language": "en", "title": "Start", "introduction": "Welcome."}}]
    page = sites.home("prova", "Inizio", body, titles, "0781 33000")
    sites.open_site(None, "testserver", 80, page, default=True)
    sites.open_site(cast.territory, "sulcis.localhost", 80, page)
    sites.open_site(cast.elsewhere, "altrove.localhost", 80, page)
    return page
