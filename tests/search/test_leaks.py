"""What is hidden is in no file of an index and in no answer, found by planted markers."""

from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from search import analysis
from search.engine import SearchQuery, get_engine
from search.indexing import Indexer
from search.query import search
from services_catalog import models
from services_catalog.choices import Audience
from services_catalog.publication import feed
from services_catalog.publication.feed import READERS
from tests.factories import AttributeFactory, LocationFactory, PhoneFactory, RefugeFactory, ServiceFactory
from tests.search.files import words_in

pytestmark = pytest.mark.django_db


def catch_up() -> None:
    """What the follower does twenty times a second."""
    for audience in READERS:
        while Indexer(audience).catch_up(feed.head()):
            pass


def check() -> None:
    """What the follower does once a minute."""
    for audience in READERS:
        indexer = Indexer(audience)
        if indexer.reason_to_rebuild(feed.head(), timezone.now()):
            indexer.rebuild()


def corrected(text: str, audience: Audience = Audience.PUBLIC) -> list[str]:
    """What search says that it searched in place of `text`."""
    return [one.searched for one in search(SearchQuery(audience=audience, text=text)).corrections]


@pytest.fixture
def narrowed(installation: str) -> str:
    """A service told to everybody, then to operators alone, its place sealed; the indices have followed."""
    bakery = ServiceFactory(
        name_it="Sportello Zafferanese",
        location=LocationFactory(street="Via Ametista 7", name_it="Torre Ossidiana", postal_code="09777"),
    )
    ServiceFactory(name_it="Mensa Zanzibar")
    for audience in READERS:
        Indexer(audience).rebuild()
    assert corrected("zafferanesx") == ["zafferanese"]
    assert corrected("ametistx") == ["ametista"]
    assert search(SearchQuery(text="mensa 09777")).understood.place
    bakery.audience = Audience.OPERATOR
    bakery.save()
    door = models.Location.objects.get(street="Via Ametista 7")
    door.audience = Audience.SEALED
    door.save()
    catch_up()
    return installation


def test_no_byte_of_an_index_holds_what_its_audience_must_not_see(settings: Any, tmp_path: Path) -> None:
    settings.ELASTICSEARCH_URL, settings.INDEX_DIR = None, tmp_path
    ServiceFactory(name_it="Mensa Zanzibar")
    refuge = RefugeFactory(
        name_it="Casa Quarzite", location=LocationFactory(street="Via Ametista 7", name_it="Torre Ossidiana")
    )
    PhoneFactory(service=refuge, number="0781 9998887")
    ServiceFactory(name_it="Sportello Malachite", audience=Audience.OPERATOR)
    AttributeFactory(key="tormalina", audience=Audience.OPERATOR)
    ServiceFactory(name_it="Docce", attributes={"tormalina": True})
    for audience in READERS:
        Indexer(audience).rebuild()
    public = b"".join(file.read_bytes() for file in (tmp_path / "public").rglob("*") if file.is_file())
    operator = b"".join(file.read_bytes() for file in (tmp_path / "operator").rglob("*") if file.is_file())
    for marker in (b"quarzit", b"ametist", b"ossidian", b"malachit", b"tormalin", b"9998887"):
        assert marker not in public, marker
    for marker in (b"ametist", b"ossidian", b"9998887"):
        assert marker not in operator, marker
    assert b"zanzibar" in public
    assert b"malachit" in operator
    assert b"tormalin" in operator


@pytest.mark.usefixtures("narrowed")
def test_a_word_hidden_a_moment_ago_is_nowhere_in_what_search_says() -> None:
    public = get_engine(Audience.PUBLIC)
    hidden = ("zafferanese", "ametista", "ossidiana")
    for word in hidden:
        assert corrected(f"{word}x") == []
        assert corrected(f"{word}x mensa") == []
    assert public.known([word for text in hidden for word in analysis.words(text, "it")], {}) == [False] * 3
    assert public.spelled(hidden, {}) == set()
    assert corrected("zafferanesx", Audience.OPERATOR) == ["zafferanese"]
    assert corrected("ametistx", Audience.OPERATOR) == []


@pytest.mark.usefixtures("narrowed")
@pytest.mark.parametrize("audience", READERS)
def test_the_postcode_of_a_place_hidden_a_moment_ago_is_a_number_like_any_other(audience: Audience) -> None:
    found = search(SearchQuery(audience=audience, text="mensa 09777"))
    assert (found.understood.place, found.understood.read, found.query.near) == (None, (), None)
    assert found.services == search(SearchQuery(audience=audience, text="mensa 09778")).services


def test_a_process_that_read_the_words_later_does_not_list_those_hidden(narrowed: str) -> None:
    for audience in READERS:
        get_engine(audience)._vocabulary = (0.0, [])  # type: ignore[attr-defined]  # as in another process
    assert not {"zafferanese", "ametista", "ossidiana"} & set(get_engine(Audience.PUBLIC).vocabulary())
    assert not {"ametista", "ossidiana"} & set(get_engine(Audience.OPERATOR).vocabulary())


def test_within_a_minute_the_files_hold_no_hidden_word_either(narrowed: str, settings: Any) -> None:
    check()
    if narrowed == "elasticsearch":
        for audience in READERS:
            engine: Any = get_engine(audience)
            found = engine.client.indices.stats(index=f"{engine.family}-*", metric="docs")
            assert found["_all"]["primaries"]["docs"]["deleted"] == 0
            assert len(found["indices"]) == 1
        return
    written = {audience: words_in(settings.INDEX_DIR / audience) for audience in READERS}
    for token in ("zafferanese", "zafferan", "ametista", "ametist", "ossidiana", "ossidian"):
        assert not [word for word in written[Audience.PUBLIC] if token in word], token
    for token in ("ametist", "ossidian"):
        assert not [word for word in written[Audience.OPERATOR] if token in word], token
    assert {"mensa", "zanzibar"} <= written[Audience.PUBLIC]
    assert "zafferanese" in written[Audience.OPERATOR]
    for audience in READERS:
        assert Indexer(audience).reason_to_rebuild(feed.head(), timezone.now()) is None, "once is enough"
