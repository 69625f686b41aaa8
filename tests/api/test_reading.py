"""What each address answers: (URL, status, a part of the JSON, queries)."""

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from services_catalog import models
from services_catalog.choices import Audience, Caller, LegalForm, Status
from tests.api.conftest import Read, World
from tests.factories import (
    ComuneFactory,
    LocationFactory,
    ServiceFactory,
    TermFactory,
    TerritoryFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]

V1 = "/api/v1"
PUBLISHED = {f"services_catalog_{name}" for name in ("publishedrecord", "recordfacet", "change", "feedhead")}
ROWS: list[tuple[str, int, Any, int]] = [
    ("", 200, {"name": "Portolano"}, 1),
    ("/services", 200, {"total_items": 1, "total_pages": 1, "page": 1, "per_page": 20, "next": None}, 2),
    ("/services/", 200, {"total_items": 1}, 2),
    ("/services?language=all", 200, {"fallbacks": []}, 2),
    ("/services?need={term}", 200, {"total_items": 1}, 4),
    ("/services?need=eat", 200, {"total_items": 1}, 4),
    ("/services?need=eat&need={service}", 200, {"total_items": 1}, 4),
    ("/services?need={service}", 200, {"total_items": 0, "total_pages": 0, "contents": []}, 4),
    ("/services?organization={organization}&location={location}&comune=E281", 200, {"total_items": 1}, 2),
    ("/services?territory=sulcis&status=active", 200, {"total_items": 1}, 2),
    ("/services?territory=elsewhere", 200, {"total_items": 0}, 2),
    ("/services?status=suspended&status=ended", 200, {"total_items": 0}, 2),
    ("/services?caller=police", 200, {"total_items": 0}, 2),
    ("/services?program={term}", 200, {"total_items": 0}, 2),
    ("/services?language_spoken={term}&q=", 200, {"total_items": 0}, 4),
    ("/services/{service}", 200, {"kind": "service", "name": "Mensa di via Roma"}, 1),
    ("/services/{service}?language=en", 200, {"name": "Via Roma canteen"}, 1),
    ("/services/{service}?language=all", 200, {"name": {"it": "Mensa di via Roma", "en": "Via Roma canteen"}}, 1),
    ("/organizations", 200, {"total_items": 1}, 2),
    ("/organizations?legal_form=odv", 200, {"total_items": 0}, 2),
    ("/organizations/{organization}", 200, {"name": "Caritas"}, 1),
    ("/locations?comune=e281&territory=sulcis", 200, {"total_items": 1}, 2),
    ("/locations/{location}", 200, {"kind": "location"}, 1),
    ("/taxonomy-terms?taxonomy=need", 200, {"total_items": 1}, 2),
    ("/taxonomy-terms?parent={term}", 200, {"total_items": 0}, 2),
    ("/taxonomy-terms/{term}?language=ar", 200, {"name": "الأكل"}, 1),
    ("/territories?territory=sulcis", 200, {"total_items": 1}, 2),
    ("/territories/{territory}", 200, {"slug": "sulcis"}, 1),
    ("/suggestions", 200, {"contents": []}, 0),
    ("/suggestions?q=e", 200, {"contents": []}, 0),
    ("/suggestions?q=%ED%A0%BD%FF", 200, {"contents": []}, 0),
    ("/suggestions?q=manc", 200, {"contents": []}, 4),
    ("/suggestions/?q=manc&language=ar&territory=elsewhere&territory=sulcis", 200, {"contents": []}, 4),
    ("/changes", 200, {"more": False}, 2),
    ("/openapi.json", 200, {"openapi": "3.0.3"}, 0),
]


@pytest.mark.parametrize(("url", "status", "part", "queries"), ROWS, ids=[row[0] or "/" for row in ROWS])
def test_each_address_answers(
    world: World, read: Callable[..., Read], url: str, status: int, part: dict[str, Any], queries: int
):
    answer = read(V1 + url.format(**world.names))

    assert (answer.status, len(answer.queries)) == (status, queries)
    assert {key: answer.json[key] for key in part} == part
    assert answer.response["Content-Type"] == "application/json"


@pytest.mark.parametrize("url", [row[0] for row in ROWS])
def test_no_address_reads_the_tables_that_people_edit(world: World, read: Callable[..., Read], url: str):
    answer = read(V1 + url.format(**world.names))

    tables = {table for query in answer.queries for table in re.findall(r'(?:FROM|JOIN) "(\w+)"', query)}
    assert tables <= PUBLISHED


@pytest.mark.parametrize(("address", "queries"), [("/api/docs", 0), ("/api", 0), ("/status", 1)])
def test_what_stands_beside_the_resources_costs_so_many_queries(
    world: World, read: Callable[..., Read], index: Callable[[], None], address: str, queries: int
):
    index()
    read(address)
    answer = read(address)
    assert (answer.status, len(answer.queries)) == (200, queries)


def test_a_list_is_paged_in_the_order_of_ids_and_leads_on(read: Callable[..., Read]):
    territory = TerritoryFactory()
    made = sorted(str(ServiceFactory(territory=territory, name_it=f"Mensa {n}").pk) for n in range(5))

    seen, url = [], f"{V1}/services?per_page=2"
    while url:
        page = read(url).json
        assert (page["total_items"], page["total_pages"], page["per_page"]) == (5, 3, 2)
        seen += [service["id"] for service in page["contents"]]
        url = page["next"]

    assert seen == made
    assert page["previous"].endswith("?page=2&per_page=2")


def test_what_is_not_published_in_a_language_comes_in_italian_and_says_so(world: World, read: Callable[..., Read]):
    sondrio = TerritoryFactory(slug="sondrio", name_it="Sondrio", languages=["it", "fr"])
    other = ServiceFactory(territory=sondrio, name_it="Dormitorio", name_fr="Dortoir")

    page = read(f"{V1}/services?language=fr")
    one = read(f"{V1}/services/{world.service.pk}?language=fr")

    names = {service["id"]: service["name"] for service in page.json["contents"]}
    assert names == {str(other.pk): "Dortoir", str(world.service.pk): "Mensa di via Roma"}
    assert page.json["fallbacks"] == [str(world.service.pk)]
    assert page.response["Content-Language"] == "fr, it"
    assert one.response["Content-Language"] == "it"
    assert read(f"{V1}/services/{other.pk}?language=fr").response["Content-Language"] == "fr"
    assert read(f"{V1}/services?language=all").response["Content-Language"] == "mul"


def test_filters_find_by_every_fact_that_the_body_shows(world: World, read: Callable[..., Read]):
    language, ramp = (
        TermFactory(
            taxonomy=models.Taxonomy.objects.get_or_create(slug=slug, name=slug)[0], slug=f"a-{slug}", name_it=slug
        )
        for slug in ("language", "accessibility")
    )
    models.ServiceTerm.objects.create(service=world.service, term=language)
    world.location.accessibility.add(ramp)
    world.location.save()
    world.service.callers = [Caller.POLICE]
    world.service.status = Status.SUSPENDED
    world.service.program = models.Program.objects.create(territory=world.territory, name_it="Piano povertà")
    world.service.save()
    world.organization.legal_form = LegalForm.ODV
    world.organization.save()
    ServiceFactory(name_it="Un altro")

    for query in (
        "services?language_spoken=a-language",
        f"services?accessibility={ramp.pk}",
        "services?caller=police",
        "services?status=suspended",
        f"services?program={world.service.program.pk}",
    ):
        assert [found["id"] for found in read(f"{V1}/{query}").json["contents"]] == [str(world.service.pk)], query
    assert read(f"{V1}/organizations?legal_form=odv").json["total_items"] == 1
    assert read(f"{V1}/locations?accessibility=a-accessibility").json["total_items"] == 1


def test_values_of_one_filter_are_alternatives_and_filters_hold_together(world: World, read: Callable[..., Read]):
    sleep = TermFactory(slug="sleep", name_it="Dormire")
    gonnesa = LocationFactory(comune=ComuneFactory(code="E086", name="Gonnesa"))
    ServiceFactory(name_it="Dormitorio", location=gonnesa, needs=[sleep])

    assert read(f"{V1}/services?need=eat&need=sleep").json["total_items"] == 2
    assert read(f"{V1}/services?need=eat&need=sleep&comune=E086").json["total_items"] == 1
    assert read(f"{V1}/services?need=eat&comune=E086").json["total_items"] == 0


def test_a_need_finds_the_services_of_the_narrower_needs_below_it(
    world: World, read: Callable[..., Read], index: Callable[[], None]
):
    canteen = TermFactory(slug="mensa", name_it="Mensa", parent=world.term)
    deeper = TermFactory(slug="mensa-serale", name_it="Mensa serale", parent=canteen)
    supper = ServiceFactory(name_it="Cena in piazza", needs=[deeper])
    index()

    for need, total in (("eat", 2), ("mensa", 1), (str(deeper.pk), 1)):
        assert read(f"{V1}/services?need={need}").json["total_items"] == total
    assert read(f"{V1}/services?need=eat&q=cena").json["contents"][0]["id"] == str(supper.pk)


def test_terms_are_read_again_only_when_the_feed_has_moved(world: World, read: Callable[..., Read]):
    read(f"{V1}/services?need=eat")

    assert len(read(f"{V1}/services?need=eat").queries) == 3


def test_a_head_says_what_a_get_would(world: World, client: Any):
    answer = client.head(f"{V1}/services/{world.service.pk}")

    assert (answer.status_code, answer.content) == (200, b"")
    assert answer["ETag"] == client.get(f"{V1}/services/{world.service.pk}")["ETag"]


def test_an_etag_spares_what_the_asker_holds(world: World, read: Callable[..., Read]):
    for url in (f"{V1}/services?organization={world.organization.pk}", f"{V1}/services/{world.service.pk}"):
        first = read(url)
        etag = first.response["ETag"]

        for held in (etag, f"W/{etag}", f'"other", {etag}'):
            again = read(url, headers={"if-none-match": held})
            assert (again.status, len(again.queries), again.response.content) == (304, 1, b"")
            assert again.response["ETag"] == etag
            assert "no-cache" in again.response["Cache-Control"]

        world.service.name_it = f"Mensa, dopo {url}"
        world.service.save()
        assert read(url, headers={"if-none-match": etag}).status == 200


def test_answers_are_compressed_for_those_who_can_read_them(world: World, read: Callable[..., Read]):
    answer = read(f"{V1}/services/{world.service.pk}", headers={"accept-encoding": "gzip"})

    assert answer.response["Content-Encoding"] == "gzip"
    etag = answer.response["ETag"]
    assert read(f"{V1}/services/{world.service.pk}", headers={"if-none-match": etag}).status == 304


def test_pages_of_any_origin_may_read(world: World, client: Any):
    answer = client.get(f"{V1}/services", headers={"origin": "https://example.org"})
    asked = client.options(f"{V1}/services", headers={"origin": "https://example.org"})

    assert answer["Access-Control-Allow-Origin"] == asked["Access-Control-Allow-Origin"] == "*"
    assert "Authorization" in asked["Access-Control-Allow-Headers"]
    assert asked.status_code == 204
    assert "noindex" in answer["X-Robots-Tag"]


def test_what_is_gone_is_told_from_what_never_was(world: World, read: Callable[..., Read]):
    deleted = world.names["service"]
    world.service.delete()
    world.organization.unpublish()

    for url in (f"{V1}/services/{deleted}", f"{V1}/organizations/{world.organization.pk}"):
        gone = read(url)
        assert (gone.status, gone.json["type"]) == (410, "/api/docs#gone")
    assert read(f"{V1}/services/{UUID(int=7)}").status == 404


def test_an_audience_narrowed_is_gone_for_the_public_at_once(world: World, read: Callable[..., Read]):
    world.service.audience = Audience.OPERATOR
    world.service.save()

    assert read(f"{V1}/services/{world.service.pk}").status == 410
    assert read(f"{V1}/services").json["total_items"] == 0
