"""Valdarmonia's canteen, seen through the API."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from api.keys.models import ApiKey
from api.v1 import terms
from search import suggesting
from search.indexing import Indexer
from services_catalog import models
from services_catalog.choices import Audience
from services_catalog.publication.feed import READERS
from tests.factories import AttributeFactory, LocationFactory, OrganizationFactory, ServiceFactory, TermFactory


@pytest.fixture(autouse=True)
def _terms_of_this_test() -> None:
    """Each test's database numbers its feed alike: what was read at a position in one isn't there in the next."""
    terms._read.cache_clear()
    suggesting._read_needs.cache_clear()


@dataclass(frozen=True)
class World:
    """Caritas' canteen in via Roma, where one eats, with lockers."""

    service: models.Service
    location: models.Location
    organization: models.Organization
    term: models.TaxonomyTerm
    territory: models.Territory
    attribute: models.Attribute

    @property
    def names(self) -> dict[str, str]:
        """What rows of URLs may name."""
        return {name: str(getattr(self, name).pk) for name in self.__dataclass_fields__}


@pytest.fixture
def world(db: None) -> World:
    organization, location, term = OrganizationFactory(), LocationFactory(), TermFactory()
    lockers = AttributeFactory()
    service = ServiceFactory(organization=organization, location=location, needs=[term], attributes={"lockers": True})
    return World(service, location, organization, term, service.territory, lockers)


@pytest.fixture
def key(db: None) -> Callable[..., dict[str, str]]:
    """Makes a key; answers with the header that carries it."""

    def make(audience: str = Audience.OPERATOR, territory: models.Territory | None = None) -> dict[str, str]:
        _key, secret = ApiKey.objects.issue("Piero's console", audience, territory)
        ApiKey.objects.update(last_used_on="2026-01-01")
        return {"authorization": f"Bearer {secret}"}

    return make


@dataclass
class Read:
    """An answer and the queries it took."""

    response: Any
    queries: list[str]

    @property
    def json(self) -> Any:
        return self.response.json()

    @property
    def status(self) -> int:
        return int(self.response.status_code)


@pytest.fixture
def read(client: Client) -> Callable[..., Read]:
    """GETs an address and counts the queries."""

    def get(url: str, headers: dict[str, str] | None = None, **options: Any) -> Read:
        with CaptureQueriesContext(connection) as captured:
            response = client.get(url, headers=headers, **options)
        return Read(response, [query["sql"] for query in captured])

    return get


@pytest.fixture
def index(settings: Any, tmp_path: Path) -> Callable[[], None]:
    """Builds the search indexes of every reader, embedded, in a folder of the test."""
    settings.INDEX_DIR, settings.ELASTICSEARCH_URL = tmp_path / "index", None

    def build() -> None:
        for reader in READERS:
            Indexer(reader).rebuild()

    return build
