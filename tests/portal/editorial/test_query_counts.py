"""What every page of the portal costs the database, once its terms and territories are known.

The site, its territory and its look are one query, the feed's position another. Of an editorial page Wagtail asks three
more (the page, those above it, who may read it), and two a level below the home page.
"""

import json

import pytest
from django.test import Client, RequestFactory
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Site

from portal.editorial.middleware import site_of
from portal.editorial.models import ContentPage, HomePage
from tests.portal.cast import Cast

pytestmark = pytest.mark.django_db

SERVICES = {"title": "Servizi", "language": "", "limit": 6, "order": "name"}
PAGES: dict[str, tuple[str, int]] = {
    "home": ("/it/", 6),
    "content page with a live list of services": ("/it/come/", 8),
    "search": ("/it/search/", 3),
    "service": ("/it/services/{service}/", 3),
    "place": ("/it/places/{place}/", 4),
    "numbers": ("/it/numbers/", 2),
    "accessibility": ("/it/accessibility/", 2),
    "not found": ("/it/nowhere/", 5),
    "the site's colour": ("/site.css", 1),
    "the address without a language": ("/", 3),
}


@pytest.mark.parametrize(("address", "queries"), PAGES.values(), ids=PAGES)
def test_a_page_costs_so_many_queries(
    client: Client,
    home: HomePage,
    cast: Cast,
    django_assert_num_queries: DjangoAssertNumQueries,
    address: str,
    queries: int,
) -> None:
    body = [{"type": "services", "value": SERVICES}]
    home.add_child(instance=ContentPage(title="Come", slug="come", body=json.dumps(body)))
    address = address.format(service=cast.canteen.pk, place=cast.caritas_place.pk)
    client.get(address)
    with django_assert_num_queries(queries):
        client.get(address)


@pytest.mark.parametrize(
    "host", ["sulcis.localhost", "sulcis.localhost:8080", "altrove.localhost:81", "nobody", "many"]
)
@pytest.mark.parametrize("default", ["testserver", "sulcis.localhost", None])
def test_the_site_is_the_one_that_wagtail_would_choose(
    home: HomePage, rf: RequestFactory, host: str, default: str | None
) -> None:
    Site.objects.create(hostname="sulcis.localhost", port=8080, root_page=home)
    for port in (8001, 8002):
        Site.objects.create(hostname="many", port=port, root_page=home)
    Site.objects.update(is_default_site=False)
    Site.objects.filter(hostname=default, port=80).update(is_default_site=True)
    asked, asked_by_wagtail = (rf.get("/", headers={"host": host}) for _ in range(2))
    assert site_of(asked) == Site.find_for_request(asked_by_wagtail)
