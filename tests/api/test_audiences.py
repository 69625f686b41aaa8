"""Who reads what: markers planted in what is hidden, hunted in every byte that comes out."""

from collections.abc import Callable, Iterator
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from api.keys.models import ApiKey
from services_catalog import models
from services_catalog.choices import Audience, PhoneType
from services_catalog.models import MembershipRole
from tests.api.conftest import Read, World
from tests.factories import (
    LocationFactory,
    OrganizationFactory,
    PhoneFactory,
    RefugeFactory,
    ServiceFactory,
    TerritoryFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]

SEALED = "Zafferano"
OPERATORS = "Cardamomo"
V1 = "/api/v1"


@pytest.fixture
def hidden(world: World) -> dict[str, models.Service]:
    """A refuge, a service for operators, and a public one with an operator's number and a sealed place."""
    refuge = RefugeFactory(
        name_it="Casa rifugio",
        description_it=f"Una casa {SEALED}.",
        url=f"https://{SEALED}.example.org",
        location=LocationFactory(
            name_it=f"Casa {SEALED}", street=f"Via {SEALED} 7", latitude=39.123456, audience=Audience.SEALED
        ),
    )
    PhoneFactory(service=refuge, number="0781 999888", description_it=SEALED)
    inner = ServiceFactory(name_it=f"Reperibilità {OPERATORS}", audience=Audience.OPERATOR)
    PhoneFactory(service=world.service, number="333 1234567", type=PhoneType.PERSONAL_MOBILE, description_it=OPERATORS)
    models.ServiceAtLocation.objects.create(
        service=world.service,
        location=LocationFactory(
            name_it=f"Appartamento {SEALED}", street=f"Vicolo {SEALED} 3", audience=Audience.SEALED
        ),
    )
    return {"refuge": refuge, "inner": inner}


def everything(
    read: Callable[..., Read], world: World, hidden: dict[str, Any], **options: Any
) -> Iterator[tuple[str, bytes]]:
    """Every address with everything in it, as bytes and headers."""
    names = world.names | {name: str(service.pk) for name, service in hidden.items()}
    urls = ["", "/openapi.json", "/changes"]
    urls += [f"/{path}?language={language}" for path in PATHS for language in ("it", "en", "all")]
    urls += [f"/services/{names[name]}?language=all" for name in ("service", "refuge", "inner")]
    urls += [f"/locations/{place.pk}" for place in models.Location.objects.all()]
    urls += [f"/services?q={word}" for word in (SEALED, OPERATORS, "mensa")]
    urls += [f"/services?location={place.pk}" for place in models.Location.objects.all()]
    urls += [f"/suggestions?q={word}" for word in (SEALED, OPERATORS, "casa", "reperibilita", "appartamento")]
    urls += ["/services?near=39.123456,8.53&radius=0.1"]
    for url in urls:
        response = read(V1 + url, **options).response
        yield url, response.content + repr(sorted(response.headers.items())).encode()
    for url in ("/status", "/api/docs"):
        yield url, read(url, **options).response.content


PATHS = ("services", "organizations", "locations", "taxonomy-terms", "territories")


def test_no_byte_shows_the_public_what_is_hidden(
    world: World, hidden: dict[str, models.Service], read: Callable[..., Read], index: Callable[[], None]
):
    index()

    for url, content in everything(read, world, hidden):
        for secret in (SEALED, OPERATORS, "999888", "1234567", "39.123456"):
            if secret in url:
                content = content.replace(url.encode(), b"")
            assert secret.encode() not in content, (url, secret)


def test_operators_read_what_is_theirs_and_nothing_sealed(
    world: World,
    hidden: dict[str, models.Service],
    read: Callable[..., Read],
    key: Callable[..., dict[str, str]],
    index: Callable[[], None],
):
    index()
    headers = key()
    found = dict(everything(read, world, hidden, headers=headers))

    for url, content in found.items():
        for secret in (SEALED, "999888", "39.123456"):
            if secret in url:
                content = content.replace(url.encode(), b"")
            assert secret.encode() not in content, (url, secret)
    assert OPERATORS.encode() in found["/services?language=it"]
    assert b"333 1234567" in found[f"/services/{world.service.pk}?language=all"]
    refuge = read(f"{V1}/services/{hidden['refuge'].pk}", headers=headers).json
    assert refuge["referral_route"] == "Chiama il centro antiviolenza."
    assert refuge["locations"] == refuge["phones"] == []
    assert read(f"{V1}/services?q={OPERATORS}", headers=headers).json["total_items"] == 1


def test_a_key_costs_one_query_and_no_cache_keeps_what_it_reads(
    world: World, read: Callable[..., Read], key: Callable[..., dict[str, str]]
):
    headers = key()
    read(f"{V1}/services", headers=headers)

    for url, queries in ((f"{V1}/services", 3), (f"{V1}/services/{world.service.pk}", 2), (f"{V1}/changes", 3)):
        answer = read(url, headers=headers)
        assert (answer.status, len(answer.queries)) == (200, queries)
        assert answer.response["Cache-Control"] == "private, no-store"
        assert "ETag" not in answer.response
        assert "Authorization" in answer.response["Vary"]


def test_a_key_notes_the_day_of_its_use_and_no_more(read: Callable[..., Read], key: Callable[..., dict[str, str]]):
    headers = key()
    read(f"{V1}/services", headers=headers)

    assert ApiKey.objects.get().last_used_on == timezone.localdate()
    assert not any("UPDATE" in query for query in read(f"{V1}/services", headers=headers).queries)


@pytest.mark.parametrize("header", ["Bearer wrong", "Bearer ", "bearer portolano_00_x", f"Bearer {'x' * 5000}"])
def test_a_key_that_opens_nothing_is_refused(read: Callable[..., Read], header: str):
    answer = read(f"{V1}/services", headers={"authorization": header})

    assert (answer.status, answer.json["type"]) == (401, "/api/docs#invalid-key")
    assert answer.response["WWW-Authenticate"].startswith("Bearer")
    assert header[7:].strip() not in answer.response.content.decode() or not header[7:].strip()


def test_a_revoked_key_is_refused_at_once(read: Callable[..., Read], key: Callable[..., dict[str, str]]):
    headers = key()
    call_command("revoke_api_key", ApiKey.objects.get().prefix)

    assert read(f"{V1}/services", headers=headers).status == 401
    with pytest.raises(CommandError):
        call_command("revoke_api_key", ApiKey.objects.get().prefix)


def test_a_key_in_the_address_is_no_key(world: World, read: Callable[..., Read], key: Callable[..., dict[str, str]]):
    secret = key()["authorization"].removeprefix("Bearer ")

    assert read(f"{V1}/services?api_key={secret}").status == 400
    assert secret not in read(f"{V1}/services?api_key={secret}").response.content.decode()


def test_a_key_of_one_territory_reads_that_one_alone(
    world: World,
    hidden: dict[str, models.Service],
    read: Callable[..., Read],
    key: Callable[..., dict[str, str]],
    index: Callable[[], None],
):
    sondrio = TerritoryFactory(slug="sondrio", name_it="Sondrio")
    theirs = ServiceFactory(territory=sondrio, name_it="Reperibilità di Sondrio", audience=Audience.OPERATOR)
    OrganizationFactory(territory=sondrio, name="Emmaus")
    index()
    headers = key(territory=sondrio)

    assert [found["id"] for found in read(f"{V1}/services", headers=headers).json["contents"]] == [str(theirs.pk)]
    assert read(f"{V1}/organizations", headers=headers).json["total_items"] == 1
    assert read(f"{V1}/territories", headers=headers).json["total_items"] == 1
    assert read(f"{V1}/taxonomy-terms", headers=headers).json["total_items"] == 1
    assert read(f"{V1}/services/{hidden['inner'].pk}", headers=headers).status == 404
    assert read(f"{V1}/services?q=reperibilita", headers=headers).json["total_items"] == 1
    assert read(f"{V1}/services?q=reperibilita&territory=sulcis", headers=headers).json["total_items"] == 0
    said = read(f"{V1}/services?q={hidden['inner'].name_it}", headers=headers).json["search"]
    assert {one["value"] for one in said["facets"]["territory"]} <= {"sondrio"}
    told = read(f"{V1}/changes", headers=headers).json["contents"]
    assert str(theirs.pk) in {change["id"] for change in told}
    assert str(hidden["inner"].pk) not in {change["id"] for change in told}
    assert len(read(f"{V1}/services", headers=headers).queries) == 3


@pytest.mark.parametrize(
    ("role", "of", "sees"),
    [
        (MembershipRole.OPERATOR, "territory", True),
        (MembershipRole.STAFF, "territory", True),
        (MembershipRole.OPERATOR, "organization", True),
        (MembershipRole.EDITOR, "organization", False),
        (MembershipRole.CUSTODIAN, "territory", False),
        (None, "", False),
    ],
)
def test_members_signed_in_read_as_their_part_allows(
    world: World, hidden: dict[str, models.Service], client: Client, role: str | None, of: str, sees: bool
):
    piero = get_user_model().objects.create_user("piero")
    if role:
        models.Membership.objects.create(user=piero, role=role, **{of: getattr(world, of)})
    client.force_login(piero)

    answer = client.get(f"{V1}/services")

    assert (OPERATORS in answer.content.decode()) is sees
    assert SEALED not in answer.content.decode()
    assert ("no-store" in answer["Cache-Control"]) is sees


def test_a_key_is_made_by_hand_shown_once_and_kept_as_a_digest(world: World, read: Callable[..., Read]):
    out = StringIO()
    call_command(
        "create_api_key", label="Centralino", audience="operator", territory="sulcis", stdout=out, stderr=StringIO()
    )
    secret = out.getvalue().strip()

    kept = ApiKey.objects.get()
    assert secret not in repr(vars(kept))
    assert (kept.label, kept.audience, kept.territory) == ("Centralino", "operator", world.territory)
    assert read(f"{V1}/services", headers={"authorization": f"Bearer {secret}"}).status == 200
    for wrong in ({"audience": "sealed"}, {"audience": "operator", "territory": "atlantis"}):
        with pytest.raises(CommandError):
            call_command("create_api_key", label="x", **wrong)
