"""One fixture, two engines: what is tested of one is tested of the other."""

import os
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from search.engine import SearchEngine, get_engine
from search.engines.embedded import EmbeddedEngine
from services_catalog.publication.feed import READERS
from tests.search.cast import START, UNTIL


@pytest.fixture(params=["embedded", pytest.param("elasticsearch", marks=pytest.mark.engine)])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SearchEngine]:
    """An empty index, standing at the start of the feed."""
    if request.param == "embedded":
        found: SearchEngine = EmbeddedEngine(tmp_path / "public")
        found.rebuild([], START, UNTIL)
        yield found
        return
    from search.engines.elasticsearch import ElasticsearchEngine

    found = ElasticsearchEngine("public", elasticsearch_url(), prefix=f"test-{uuid.uuid4().hex[:8]}")
    found.rebuild([], START, UNTIL)
    yield found
    found.writer.indices.delete(index=kept_versions(found))
    found.client.close()


@pytest.fixture(params=["embedded", pytest.param("elasticsearch", marks=pytest.mark.engine)])
def installation(request: pytest.FixtureRequest, settings: Any, tmp_path: Path) -> Iterator[str]:
    """An installation of its own, with either engine and no index yet."""
    settings.VAR_DIR, settings.INDEX_DIR = tmp_path, tmp_path / "index"
    settings.ELASTICSEARCH_URL = elasticsearch_url() if request.param == "elasticsearch" else None
    settings.ELASTICSEARCH_PREFIX = f"test-{uuid.uuid4().hex[:8]}"
    yield request.param
    if request.param == "elasticsearch":
        client = get_engine("public").writer  # type: ignore[attr-defined]  # no other engine has one
        if indices := list(client.indices.get(index=f"{settings.ELASTICSEARCH_PREFIX}-*")):
            client.indices.delete(index=indices)
        for audience in READERS:
            get_engine(audience).client.close()  # type: ignore[attr-defined]


def kept_versions(engine: SearchEngine) -> list[str]:
    """Names of the indices that an engine keeps, half-built ones too."""
    if isinstance(engine, EmbeddedEngine):
        return sorted(path.name for path in engine.folder.path.iterdir() if path.is_dir())
    return sorted(engine.writer.indices.get(index=f"{engine.family}-v*"))  # type: ignore[attr-defined]


def elasticsearch_url() -> str:
    """The server to test on; without one the test is skipped."""
    url = os.environ.get("ELASTICSEARCH_URL")
    if not url:
        pytest.skip("ELASTICSEARCH_URL names no Elasticsearch: start one and set it to test that engine")
    return url
