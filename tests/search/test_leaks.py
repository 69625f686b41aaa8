"""What is hidden is in no file of an index, found by planted markers."""

from pathlib import Path
from typing import Any

import pytest

from search.indexing import Indexer
from services_catalog.choices import Audience
from services_catalog.publication.feed import READERS
from tests.factories import LocationFactory, PhoneFactory, RefugeFactory, ServiceFactory

pytestmark = pytest.mark.django_db


def test_no_byte_of_an_index_holds_what_its_audience_must_not_see(settings: Any, tmp_path: Path) -> None:
    settings.ELASTICSEARCH_URL, settings.INDEX_DIR = None, tmp_path
    ServiceFactory(name_it="Mensa Zanzibar")
    refuge = RefugeFactory(
        name_it="Casa Quarzite", location=LocationFactory(street="Via Ametista 7", name_it="Torre Ossidiana")
    )
    PhoneFactory(service=refuge, number="0781 9998887")
    ServiceFactory(name_it="Sportello Malachite", audience=Audience.OPERATOR)
    for audience in READERS:
        Indexer(audience).rebuild()
    public = b"".join(file.read_bytes() for file in (tmp_path / "public").rglob("*") if file.is_file())
    operator = b"".join(file.read_bytes() for file in (tmp_path / "operator").rglob("*") if file.is_file())
    for marker in (b"quarzit", b"ametist", b"ossidian", b"malachit", b"9998887"):
        assert marker not in public, marker
    for marker in (b"ametist", b"ossidian", b"9998887"):
        assert marker not in operator, marker
    assert b"zanzibar" in public
    assert b"malachit" in operator
