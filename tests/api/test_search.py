"""Words, through the search engine: its order, the records' bodies."""

from collections.abc import Callable
from datetime import datetime

import pytest

from search.models import AskedQuestion
from services_catalog import models
from services_catalog.choices import Dimension, Value
from services_catalog.opening_hours.clock import ROME
from tests.api.conftest import Read, World
from tests.factories import LocationFactory, ServiceFactory, TerritoryFactory

pytestmark = pytest.mark.django_db

SERVICES = "/api/v1/services"


def test_words_find_services_with_what_the_search_has_to_say(
    world: World, read: Callable[..., Read], index: Callable[[], None]
):
    ServiceFactory(name_it="Dormitorio")
    index()
    read(f"{SERVICES}?q=mensa")  # territories and words are read once, and again when one of them changes

    answer = read(f"{SERVICES}?q=mensa&language=en&need=eat")

    assert [found["name"] for found in answer.json["contents"]] == ["Via Roma canteen"]
    said = answer.json["search"]
    assert (said["relaxed"], said["corrections"], said["hits"][0]["service"]) == ([], [], str(world.service.pk))
    assert {"value": str(world.term.pk), "count": 1} in said["facets"]["need"]
    assert answer.response["Cache-Control"] == "private, no-store"
    assert len([query for query in answer.queries if '"body"' in query]) <= 2


def test_a_slip_of_the_finger_is_corrected_and_said(world: World, read: Callable[..., Read], index: Callable[[], None]):
    index()

    said = read(f"{SERVICES}?q=mennsa").json["search"]

    assert said["corrections"] == [{"typed": "mennsa", "searched": "mensa"}]


def test_what_was_withdrawn_after_indexing_drops_out(
    world: World, read: Callable[..., Read], index: Callable[[], None]
):
    index()
    world.service.unpublish()

    answer = read(f"{SERVICES}?q=mensa")

    assert (answer.json["contents"], answer.json["search"]["hits"]) == ([], [])


def test_near_asks_the_engine_for_places(world: World, read: Callable[..., Read], index: Callable[[], None]):
    index()

    near = read(f"{SERVICES}?near=39.31,8.53&radius=1").json
    far = read(f"{SERVICES}?near=45,9&radius=1").json

    assert near["search"]["hits"][0]["distance_km"] < 1
    assert (near["total_items"], far["total_items"]) == (1, 0)


def test_a_postcode_is_answered_as_its_comune(world: World, read: Callable[..., Read], index: Callable[[], None]):
    models.TerritoryComune.objects.create(territory=world.territory, comune=models.Comune.objects.get())
    world.location.postal_code = "09016"
    world.location.save()
    index()

    said = read(f"{SERVICES}?q=mensa 09016").json["search"]["understood"]

    assert (said["comune"], said["read"]) == ("E281", [{"kind": "place", "said": "09016"}])


def test_who_walks_is_told_minutes(world: World, read: Callable[..., Read], index: Callable[[], None]):
    index()

    near = read(f"{SERVICES}?near=39.32,8.53&on_foot=1").json
    far = read(f"{SERVICES}?near=39.34,8.53&on_foot=1").json
    farther = read(f"{SERVICES}?near=39.36,8.53&radius=20").json["search"]["hits"][0]

    assert near["search"]["hits"][0]["minutes_on_foot"] == 20
    assert (near["search"]["on_foot"], far["total_items"]) == (True, 0)
    assert (farther["distance_km"] > 5, farther["minutes_on_foot"]) == (True, None)


def test_who_is_refused_by_all_is_told_who_takes_them_if_the_reader_may_know(
    world: World, read: Callable[..., Read], index: Callable[[], None], key: Callable[..., dict[str, str]]
):
    rule = models.EligibilityRule.objects.create
    rule(service=world.service, dimension=Dimension.GENDER, values=[Value.FEMALE])
    other = ServiceFactory(
        name_it="Mensa mista", location=LocationFactory(name_it="Altrove", latitude=39.33, longitude=8.53)
    )
    rule(service=other, dimension=Dimension.GENDER, values=[Value.FEMALE, Value.MALE])
    index()
    asked = f"{SERVICES}?q=mensa&gender=male&language=en&near=39.31,8.53&radius=1"

    instead = read(asked, headers={"accept-language": "en"}).json["search"]["instead"]

    assert (instead["service"], instead["because"]) == (str(other.pk), ["it accepts men too"])
    assert (round(instead["distance_km"]), instead["minutes_on_foot"]) == (2, 39)
    assert read(f"{SERVICES}?q=mensa&gender=female").json["search"]["instead"] is None
    elsewhere = TerritoryFactory(slug="altrove")
    assert read(asked, headers=key(territory=elsewhere)).json["search"]["instead"] is None
    other.unpublish()
    assert read(asked).json["search"]["instead"] is None


def test_what_is_closed_at_the_time_asked_tells_when_it_opens(
    world: World, read: Callable[..., Read], index: Callable[[], None]
):
    models.Schedule.objects.create(service_at_location=world.service.locations.get(), opening_hours="Mo-Sa 12:00-14:00")
    index()

    said = read(f"{SERVICES}?q=mensa domenica").json["search"]

    assert said["relaxed"] == ["time"]
    assert datetime.fromisoformat(said["hits"][0]["opens"]).astimezone(ROME).strftime("%a %H:%M") == "Mon 12:00"
    assert read(f"{SERVICES}?q=mensa").json["search"]["hits"][0]["opens"] is None


def test_a_question_not_understood_is_counted(world: World, read: Callable[..., Read], index: Callable[[], None]):
    index()

    read(f"{SERVICES}?q=mandolina")
    read(f"{SERVICES}?q=mensa")

    assert [(row.count, row.text) for row in AskedQuestion.objects.all()] == [(1, "")]
