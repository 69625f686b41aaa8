"""An index that breaks, with both engines: the health checks say it, search is served degraded, and it is repaired by
the running follower, or by one command."""

import os
from collections.abc import Callable, Iterator
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.core.management import CommandError, call_command
from django.test import Client, override_settings
from django.utils import timezone
from elasticsearch import Elasticsearch

from search import engine as port
from search.document import SCHEMA_VERSION
from search.engine import SearchEngine, get_engine
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.embedded import EmbeddedEngine
from search.engines.folder import POINTER
from search.follower import Follower, health
from search.indexing import Indexer
from services_catalog import models
from services_catalog.publication.feed import READERS, Cursor
from tests.factories import ServiceFactory, TerritoryFactory
from tests.search.cast import UNTIL
from tests.search.conftest import elasticsearch_url
from tests.search.faults import Line

pytestmark = pytest.mark.django_db(transaction=True)


def replaced(file: Path, content: bytes) -> None:
    """As after a machine that lost its power: what others have mapped does not change under them."""
    file.unlink()
    file.write_bytes(content)


def versions() -> Iterator[Path]:
    for audience in READERS:
        folder = configured.INDEX_DIR / audience
        yield folder / (folder / POINTER).read_text()


def a_truncated_segment() -> None:
    for version in versions():
        file = next(version.glob("*.idx"))
        replaced(file, file.read_bytes()[:-100])


def a_removed_segment() -> None:
    for version in versions():
        next(version.glob("*.store")).unlink()


def nonsense_for_meta() -> None:
    for version in versions():
        replaced(version / "meta.json", os.urandom(200))


def an_empty_folder() -> None:
    for version in versions():
        for file in version.iterdir():
            file.unlink()


def a_truncated_pointer() -> None:
    for version in list(versions()):
        (version.parent / POINTER).write_text(version.name[:-3])


def an_older_schema() -> None:
    """Only an index of the version before is there, as after an update."""
    with pytest.MonkeyPatch.context() as before:
        before.setattr("search.engines.embedded.SCHEMA_VERSION", SCHEMA_VERSION - 1)
        before.setattr("search.engines.elasticsearch.SCHEMA_VERSION", SCHEMA_VERSION - 1)
        for audience in READERS:
            older: SearchEngine
            if configured.ELASTICSEARCH_URL:
                older = ElasticsearchEngine(audience, elasticsearch_url(), configured.ELASTICSEARCH_PREFIX)
            else:
                older = EmbeddedEngine(configured.INDEX_DIR / audience)
            older.rebuild([], Cursor("epoch1", 0), UNTIL)
            if isinstance(older, ElasticsearchEngine):
                older.client.close()


def a_deleted_index() -> None:
    for client, alias in server():
        client.indices.delete(index=list(client.indices.get_alias(name=alias)))


def a_deleted_alias() -> None:
    for client, alias in server():
        client.indices.delete_alias(index="*", name=alias)


def an_index_in_place_of_the_alias() -> None:
    a_deleted_index()
    for client, alias in server():
        client.indices.create(index=alias)


def server() -> Iterator[tuple[Elasticsearch, str]]:
    for audience in READERS:
        engine: Any = get_engine(audience)
        yield engine.writer, engine.alias


FAULTS: list[Any] = [
    *(
        pytest.param("embedded", fault, id=fault.__name__)
        for fault in (
            a_truncated_segment,
            a_removed_segment,
            nonsense_for_meta,
            an_empty_folder,
            a_truncated_pointer,
            an_older_schema,
        )
    ),
    *(
        pytest.param("elasticsearch", fault, id=f"{fault.__name__}-elasticsearch", marks=pytest.mark.engine)
        for fault in (a_deleted_index, a_deleted_alias, an_index_in_place_of_the_alias, an_older_schema)
    ),
]


@pytest.fixture
def canteen() -> models.Service:
    """A canteen, and the number to call."""
    models.EmergencyNumber.objects.create(
        territory=TerritoryFactory(),
        number="112",
        name_it="Emergenza",
        source="Ministero",
        checked_on=date(2026, 11, 1),
    )
    service: models.Service = ServiceFactory()
    return service


@pytest.fixture
def follower(installation: str, canteen: models.Service) -> Follower:
    """One that has nothing left to do."""
    found = Follower(wait=lambda _seconds: None)
    catch_up(found)
    return found


def catch_up(follower: Follower) -> None:
    for followed in follower.followed:
        followed.checked_at, followed.retry_at = float("-inf"), 0.0  # a minute later
    while follower.round():
        pass
    follower.beat(now=True)


def anew() -> None:
    """Ask as a process does that has just begun."""
    if not configured.ELASTICSEARCH_URL:
        port._engine.cache_clear()


def search_rests(client: Client, canteen: models.Service) -> None:
    """What people and systems meet while there is no index to ask."""
    status = client.get("/status")
    assert (status.status_code, status.json()["status"], status.json()["search"]) == (200, "degraded", "down")
    page = client.get("/it/search/?q=mensa")
    assert (page.status_code, page["Retry-After"]) == (503, "120")
    assert 'href="tel:112"' in page.text
    assert client.get(f"/it/services/{canteen.pk}/").status_code == 200
    api = client.get("/api/v1/services?q=mensa")
    assert (api.status_code, api.json()["type"]) == (503, "/api/docs#search-resting")
    assert client.get("/api/v1/services").json()["total_items"] == 1


def search_works(client: Client, services: int = 1) -> None:
    assert client.get("/status").json()["status"] == "up"
    assert client.get("/it/search/?q=mensa").status_code == 200
    assert client.get("/api/v1/services?q=mensa").json()["total_items"] == services
    call_command("verify_index", stdout=StringIO())


@pytest.mark.parametrize(("installation", "fault"), FAULTS, indirect=["installation"])
def test_an_index_that_breaks_is_noticed_and_repaired_by_the_running_follower(
    follower: Follower, fault: Callable[[], None], canteen: models.Service, client: Client, monkeypatch: Any
) -> None:
    search_works(client)
    fault()
    anew()
    search_rests(client, canteen)
    said: list[list[str]] = []
    rebuild = Indexer.rebuild

    def listening(indexer: Indexer, *arguments: Any) -> int:
        said.append(health(timezone.now()))
        return rebuild(indexer, *arguments)

    monkeypatch.setattr(Indexer, "rebuild", listening)
    catch_up(follower)
    assert [bool(troubles) for troubles in said] == [True, True], "the follower's check says why it rebuilds"
    assert health(timezone.now()) == []
    search_works(client)


@pytest.mark.parametrize(("installation", "fault"), FAULTS, indirect=["installation"])
def test_an_index_that_breaks_is_repaired_by_one_command(
    follower: Follower, fault: Callable[[], None], canteen: models.Service, client: Client
) -> None:
    fault()
    anew()
    with pytest.raises(CommandError):
        call_command("verify_index", stdout=StringIO())
    call_command("rebuild_index", stdout=StringIO())
    search_works(client)


@pytest.fixture
def line(installation: str, settings: Any) -> Iterator[Line]:
    """Between the installation and its Elasticsearch."""
    found = Line(elasticsearch_url())
    with override_settings(ELASTICSEARCH_URL=found.url):
        yield found
        for audience in READERS:
            get_engine(audience).client.close()  # type: ignore[attr-defined]  # Elasticsearch's has one
    found.cut()


@pytest.mark.engine
@pytest.mark.parametrize("installation", ["elasticsearch"], indirect=True)
def test_an_elasticsearch_that_goes_is_waited_for_and_caught_up_with(
    line: Line, follower: Follower, canteen: models.Service, client: Client
) -> None:
    search_works(client)
    line.cut()
    ServiceFactory(name_it="Mensa nuova")
    catch_up(follower)
    assert "Elasticsearch does not answer" in health(timezone.now())[0]
    assert client.get("/status").json()["status"] == "degraded"
    page = client.get("/it/search/?q=mensa")
    assert (page.status_code, 'href="tel:112"' in page.text) == (503, True)
    assert client.get("/api/v1/services").json()["total_items"] == 2
    line.mend()
    catch_up(follower)
    assert health(timezone.now()) == []
    search_works(client, services=2)
