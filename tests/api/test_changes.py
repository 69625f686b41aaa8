"""The feed by cursor: nothing lost, nothing shown twice, nothing of others."""

from collections.abc import Callable

import pytest

from services_catalog import models
from services_catalog.choices import Audience
from services_catalog.publication import feed
from tests.api.conftest import Read, World
from tests.factories import AttributeFactory, ServiceFactory, TermFactory, TerritoryFactory

pytestmark = [pytest.mark.django_db, pytest.mark.database]

CHANGES = "/api/v1/changes"


def test_following_the_cursor_reads_every_change_once_in_order(world: World, read: Callable[..., Read]):
    seen, after, more = [], "", True
    while more:
        page = read(f"{CHANGES}?limit=2&after={after}").json
        seen += [change["seq"] for change in page["contents"]]
        after, more = page["next"], page["more"]

    assert seen == list(models.Change.objects.filter(audience="public").values_list("seq", flat=True))
    assert read(f"{CHANGES}?after={after}").json == {"contents": [], "next": after, "more": False}

    world.service.name_it = "Mensa nuova"
    world.service.save()
    (change,) = read(f"{CHANGES}?after={after}").json["contents"]
    assert (change["id"], change["action"], change["kind"]) == (str(world.service.pk), "updated", "service")
    whole = read(f"/api/v1/services/{world.service.pk}?language=all")
    assert whole.response["ETag"] == f'"{change["checksum"]}"'


def test_a_narrowed_audience_is_told_as_redacted(world: World, read: Callable[..., Read]):
    after = str(feed.head())
    world.service.audience = Audience.OPERATOR
    world.service.save()

    (change,) = read(f"{CHANGES}?after={after}").json["contents"]
    assert (change["action"], change["id"]) == ("redacted", str(world.service.pk))


def test_the_public_hears_nothing_of_what_operators_read(
    world: World, read: Callable[..., Read], key: Callable[..., dict[str, str]]
):
    after = str(feed.head())
    inner = ServiceFactory(name_it="Reperibilità", audience=Audience.OPERATOR)

    assert read(f"{CHANGES}?after={after}").json["contents"] == []
    (change,) = read(f"{CHANGES}?after={after}", headers=key()).json["contents"]
    assert change["id"] == str(inner.pk)


def test_a_key_of_one_territory_hears_of_what_is_of_every_territory(
    world: World, read: Callable[..., Read], key: Callable[..., dict[str, str]]
):
    elsewhere = TerritoryFactory(slug="altrove", name_it="Altrove")
    own = key(territory=world.territory)
    after = str(feed.head())
    everybodys = AttributeFactory(key="watched", audience=Audience.OPERATOR)
    mine = AttributeFactory(key="mine", audience=Audience.OPERATOR, territory=world.territory)
    AttributeFactory(key="far", audience=Audience.OPERATOR, territory=elsewhere)
    term = TermFactory(slug="sleep", name_it="Dormire")

    heard = read(f"{CHANGES}?after={after}", headers=own).json["contents"]
    assert {(one["kind"], one["id"]) for one in heard} == {
        ("attribute", str(everybodys.pk)),
        ("attribute", str(mine.pk)),
        ("term", str(term.pk)),
    }


def test_a_cursor_of_another_life_of_the_database_starts_again(world: World, read: Callable[..., Read]):
    head = feed.head()
    beyond = read(f"{CHANGES}?after={head.epoch}:{head.seq + 1}")
    models.FeedHead.objects.update(epoch=feed.new_epoch())

    for answer in (beyond, read(f"{CHANGES}?after={head}")):
        assert (answer.status, answer.json["type"]) == (410, "/api/docs#cursor-gone")
