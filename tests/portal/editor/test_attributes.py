"""Custom attributes in the admin: who defines them, and the fields that services get."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from services_catalog import models
from services_catalog.choices import AttributeType, Audience
from tests.factories import AttributeFactory
from tests.portal.cast import Cast, signed_in
from tests.portal.editor.screens import edit, edit_address, facts, facts_address, shown

pytestmark = pytest.mark.django_db

SPACE = "wagtailsnippets_services_catalog_attribute"


def define(client: Client, **said: Any) -> Any:
    """Fill in the form of a new attribute."""
    address = reverse(f"{SPACE}:add")
    return client.post(address, shown(client.get(address).context["form"]) | said)


def link_to_more(client: Client, row: Any) -> bool:
    return facts_address(row, "more") in client.get(edit_address(row)).content.decode()


@pytest.fixture
def defined(cast: Cast) -> Cast:
    """One attribute of every kind, one of another territory, one switched off."""
    AttributeFactory()
    AttributeFactory(key="food", type=AttributeType.SEVERAL, name_it="Cibo", choices=["halal", "vegan"])
    AttributeFactory(key="bed", type=AttributeType.ONE, name_it="Letto", choices=["bunk", "single"])
    AttributeFactory(key="beds", type=AttributeType.NUMBER, name_it="Letti", filterable=False)
    note = {"type": AttributeType.TEXT, "filterable": False, "territory": cast.territory}
    AttributeFactory(key="note", name_it="Nota", audience=Audience.OPERATOR, **note)
    AttributeFactory(key="far", name_it="Lontano", territory=cast.elsewhere)
    AttributeFactory(key="off", name_it="Spento", active=False)
    return cast


def test_a_territory_s_staff_define_its_attributes_and_no_others(cast: Cast) -> None:
    client = signed_in(cast.sara)
    answer = define(client, key="lockers", name_it="Armadietti")
    assert answer.status_code == 302
    lockers = models.Attribute.objects.get()
    assert (lockers.territory, lockers.type, lockers.active) == (cast.territory, AttributeType.YES_NO, True)

    refused = define(client, key="far", name_it="Lontano", territory=str(cast.elsewhere.pk))
    assert (refused.status_code, models.Attribute.objects.count()) == (200, 1)
    assert define(client, key="everywhere", name_it="Ovunque", territory="").status_code == 200
    assert models.Attribute.objects.count() == 1


def test_an_administrator_defines_for_every_territory(cast: Cast, admin_client: Client) -> None:
    define(admin_client, key="lockers", name_it="Armadietti", territory="")
    assert models.Attribute.objects.get().territory is None


@pytest.mark.parametrize("who", ["carla", "silvio", "custode", "piero"])
def test_others_do_not_reach_a_territory_s_definitions(cast: Cast, who: str) -> None:
    food = AttributeFactory(
        key="food", type=AttributeType.ONE, name_it="Segnale", choices=["halal"], territory=cast.territory
    )
    client = signed_in(getattr(cast, who))
    for address in (edit_address(food), facts_address(food, "choices"), reverse(f"{SPACE}:delete", args=[food.pk])):
        assert client.get(address).status_code in (302, 404), address
        assert client.post(address, {}).status_code in (302, 404), address
    assert "Segnale" not in client.get(reverse(f"{SPACE}:list"), follow=True).content.decode()
    assert models.Attribute.objects.exists()


def test_what_is_of_every_territory_is_the_administrators(cast: Cast) -> None:
    lockers = AttributeFactory()
    assert signed_in(cast.sara).get(edit_address(lockers)).status_code == 404


def test_choices_are_written_on_a_page_of_their_own(cast: Cast) -> None:
    food = AttributeFactory(key="food", type=AttributeType.SEVERAL, name_it="Cibo", territory=cast.territory)
    client = signed_in(cast.sara)
    assert facts_address(food, "choices") in client.get(edit_address(food)).content.decode()

    row = {"attributechoice-0-key": "halal", "attributechoice-0-name_it": "halal", "attributechoice-0-position": "1"}
    assert facts(client, food, "choices", **row).status_code == 302
    facts(client, food, "choices", **{"attributechoice-0-key": "kosher", "attributechoice-0-name_it": "cibo halal"})

    assert [(one.key, one.name_it) for one in food.choices.all()] == [("halal", "cibo halal")]
    wrong = {"attributechoice-1-key": "Senza Glutine", "attributechoice-1-name_it": "senza glutine"}
    assert "catalogue-error" in facts(client, food, "choices", **wrong).content.decode()


def test_yes_or_no_has_no_page_of_choices(cast: Cast) -> None:
    lockers = AttributeFactory(territory=cast.territory)
    client = signed_in(cast.sara)
    assert facts_address(lockers, "choices") not in client.get(edit_address(lockers)).content.decode()
    assert client.get(facts_address(lockers, "choices")).status_code == 404


def test_what_services_use_keeps_its_key_and_kind_and_is_not_deleted(cast: Cast, admin_client: Client) -> None:
    lockers = AttributeFactory()
    models.Service.objects.filter(pk=cast.canteen.pk).update(attributes={"lockers": True})

    edit(admin_client, lockers, key="boxes", type=AttributeType.TEXT, name_it="Depositi")
    lockers.refresh_from_db()
    assert (lockers.key, lockers.type, lockers.name_it) == ("lockers", AttributeType.YES_NO, "Depositi")

    admin_client.post(reverse(f"{SPACE}:delete", args=[lockers.pk]))
    bulk = reverse("wagtail_bulk_action", args=["services_catalog", "attribute", "delete"])
    admin_client.post(f"{bulk}?id={lockers.pk}")
    assert models.Attribute.objects.exists()

    models.Service.objects.update(attributes={})
    admin_client.post(reverse(f"{SPACE}:delete", args=[lockers.pk]))
    assert not models.Attribute.objects.exists()


def test_a_filter_of_numbers_is_refused_with_a_sentence(cast: Cast) -> None:
    answer = define(signed_in(cast.sara), key="beds", name_it="Letti", type=AttributeType.NUMBER, filterable="on")
    assert answer.status_code == 200
    assert answer.context["form"].errors.keys() == {"filterable"}


def test_a_service_has_a_field_for_each_definition_of_its_territory(defined: Cast) -> None:
    page = signed_in(defined.carla).get(facts_address(defined.canteen, "more"))
    assert list(page.context["form"].fields) == ["bed", "beds", "food", "lockers", "note"]
    assert "Lontano" not in page.content.decode()
    assert "Spento" not in page.content.decode()


def test_values_are_public_at_once_and_may_be_taken_back(defined: Cast) -> None:
    client = signed_in(defined.carla)
    said = {"own-lockers": "no", "own-food": ["vegan", "halal"], "own-bed": "bunk", "own-beds": "0", "own-note": " Sì "}
    assert facts(client, defined.canteen, "more", **said).status_code == 302
    defined.canteen.refresh_from_db()
    stated = {"lockers": False, "food": ["vegan", "halal"], "bed": "bunk", "beds": 0, "note": "Sì"}
    assert defined.canteen.attributes == stated
    body = models.PublishedRecord.objects.of("service", "public", "it").get(uuid=defined.canteen.pk).body
    assert '"attributes":{"bed":"bunk","beds":0,"food":["halal","vegan"],"lockers":false}' in body

    nothing = {"own-lockers": "", "own-food": [], "own-bed": "", "own-beds": "", "own-note": ""}
    facts(client, defined.canteen, "more", **nothing)
    defined.canteen.refresh_from_db()
    assert defined.canteen.attributes == {}


def test_values_that_no_field_shows_survive(defined: Cast) -> None:
    held = {"off": True, "far": False, "unknown": [1], "lockers": "maybe", "food": ["halal", "gone"], "beds": 3}
    models.Service.objects.filter(pk=defined.canteen.pk).update(attributes=held)

    facts(signed_in(defined.carla), defined.canteen, "more", **{"own-beds": "4"})

    defined.canteen.refresh_from_db()
    assert defined.canteen.attributes == held | {"beds": 4}


def test_drafts_and_older_revisions_leave_values_alone(defined: Cast) -> None:
    client = signed_in(defined.sara)
    edit(client, defined.canteen, name_it="Bozza")
    facts(client, defined.canteen, "more", **{"own-lockers": "yes"})
    edit(client, defined.canteen, "publish", name_it="Mensa nuova")
    defined.canteen.refresh_from_db()
    assert (defined.canteen.name_it, defined.canteen.attributes) == ("Mensa nuova", {"lockers": True})


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"own-beds": "-1"}, "maggiore o uguale a 0"),
        ({"own-beds": "molti"}, "numero intero"),
        ({"own-note": "x" * 201}, "200 caratteri"),
        ({"own-bed": "throne"}, "throne"),
        ({"own-lockers": "forse"}, "forse"),
    ],
)
def test_what_does_not_fit_is_refused_with_a_sentence(defined: Cast, said: dict[str, str], words: str) -> None:
    answer = facts(signed_in(defined.carla), defined.canteen, "more", **said)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "catalogue-error" in page
    assert words in page
    defined.canteen.refresh_from_db()
    assert defined.canteen.attributes == {}


def test_without_definitions_there_is_no_page_of_them(cast: Cast) -> None:
    client = signed_in(cast.carla)
    AttributeFactory(key="far", territory=cast.elsewhere)
    assert not link_to_more(client, cast.canteen)
    assert client.get(facts_address(cast.canteen, "more")).status_code == 404
    AttributeFactory()
    assert link_to_more(client, cast.canteen)


def test_another_partner_does_not_reach_the_page(defined: Cast) -> None:
    assert signed_in(defined.emma).get(facts_address(defined.canteen, "more")).status_code == 404
