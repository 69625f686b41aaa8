"""One fixture, two engines: what is tested of one is tested of the other."""

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from search.engine import SearchEngine
from search.engines.embedded import EmbeddedEngine
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
    found.writer.indices.delete(index=list(found.writer.indices.get(index=f"{found.alias}-*")))
    found.client.close()


def elasticsearch_url() -> str:
    """The server to test on; without one the test is skipped, or fails where nothing may be missing."""
    url = os.environ.get("ELASTICSEARCH_URL")
    if not url:
        missing = "ELASTICSEARCH_URL names no Elasticsearch: start one and set it to test that engine"
        (pytest.fail if os.environ.get("PORTOLANO_REQUIRE_ALL") == "1" else pytest.skip)(missing)
    return str(url)
