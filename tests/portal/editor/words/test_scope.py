"""The words of search are the staff's: partners reach nothing of them, staff nothing of another territory."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from portal.editor.words.policy import MODELS
from search.models import BestBet, HeldQuestion, Phrase, RankingWeights, StopPhrase, Synonym
from services_catalog.models import TaxonomyTerm
from tests.portal.cast import Cast, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows(cast: Cast, learnt: dict[str, TaxonomyTerm]) -> list[Any]:
    """One row of each kind."""
    return [
        Phrase.objects.create(need=learnt["canteen"], language="it", text="mi si è vuotata la dispensa"),
        HeldQuestion.objects.create(language="it", text="oggi non si mangia"),
        Synonym.objects.create(language="it", words="mensa|refettorio"),
        StopPhrase.objects.create(language="it", text="mi sa dire"),
        BestBet.objects.create(text="caritas", service=cast.canteen),
        RankingWeights.objects.create(territory=cast.territory, parts={"open": 0.1}),
    ]


def addresses(rows: list[Any], need: TaxonomyTerm) -> list[str]:
    found = [reverse("search_needs:index"), reverse("search_needs:need", args=[need.pk]), reverse("search_asked:index")]
    found.append(reverse("search_needs:need", args=["none"]))
    for row in rows:
        space = f"search_{row._meta.model_name}"
        found += [reverse(f"{space}:{name}") for name in ("index", "index_results")]
        found += [
            reverse(f"{space}:{name}", args=[row.pk]) for name in ("edit", "delete", "history", "history_results")
        ]
        if not isinstance(row, Phrase):
            found.append(reverse(f"{space}:add"))
    return found


def test_partners_operators_and_custodians_reach_nothing_of_it(
    cast: Cast, rows: list[Any], learnt: dict[str, TaxonomyTerm]
) -> None:
    asked = addresses(rows, learnt["canteen"])
    assert len(asked) > 40
    for user in (cast.carla, cast.emma, cast.custode, cast.piero):
        client = signed_in(user)
        for address in asked:
            assert client.get(address).status_code == 404, address
            assert client.post(address, {}).status_code == 404, address
        assert "search_needs" not in client.get("/admin/").content.decode()
    assert {type(row) for row in rows} == set(MODELS)
    assert all(type(row).objects.filter(pk=row.pk).exists() for row in rows)


def test_staff_and_administrators_reach_all_of_it(
    cast: Cast, rows: list[Any], learnt: dict[str, TaxonomyTerm], admin_client: Client
) -> None:
    for client in (signed_in(cast.sara), admin_client):
        for address in addresses(rows, learnt["canteen"]):
            assert client.get(address).status_code == 200, address
        assert reverse("search_needs:index") in client.get("/admin/").content.decode()


def test_staff_of_elsewhere_reaches_neither_these_weights_nor_these_bets(cast: Cast, rows: list[Any]) -> None:
    client = signed_in(cast.silvio)
    for row in rows:
        shared = not isinstance(row, BestBet | RankingWeights)
        space = f"search_{row._meta.model_name}"
        for name in ("edit", "delete", "history"):
            answer = client.get(reverse(f"{space}:{name}", args=[row.pk]))
            assert answer.status_code == (200 if shared else 404), row
        listed = client.get(reverse(f"{space}:index")).content.decode()
        assert (reverse(f"{space}:edit", args=[row.pk]) in listed) is shared


def test_a_bet_is_laid_on_public_services_of_one_s_own(cast: Cast, rows: list[Any]) -> None:
    page = signed_in(cast.sara).get(reverse("search_bestbet:add")).content.decode()
    assert "Mensa Caritas" in page
    for hidden in ("Rifugio Marcatore", "Servizio lontano"):
        assert hidden not in page
    form = {"text": "casa", "service": str(cast.refuge.pk), "order": "0", "switched_on": "on"}
    signed_in(cast.sara).post(reverse("search_bestbet:add"), form)
    assert not BestBet.objects.filter(text="casa").exists()


def test_weights_are_numbers_within_bounds_of_one_s_own_territory(cast: Cast, rows: list[Any]) -> None:
    client, row = signed_in(cast.sara), rows[-1]
    address = reverse("search_rankingweights:edit", args=[row.pk])
    page = client.get(address)
    usual = {field.name: str(field.value()) for field in page.context["form"]}
    assert (usual["open"], usual["need"], usual["availability"]) == ("0.1", "1.0", "0.06")
    assert client.post(address, usual | {"availability": "0.3"}).status_code == 200
    assert client.post(address, usual | {"open": "0.9"}).status_code == 200
    assert client.post(address, usual | {"territory": str(cast.elsewhere.pk)}).status_code == 200
    row.refresh_from_db()
    assert (row.parts, row.territory) == ({"open": 0.1}, cast.territory)
    assert client.post(address, usual | {"open": "0.2", "distance": "0.3"}).status_code == 302
    row.refresh_from_db()
    assert row.parts == {"open": 0.2, "distance": 0.3}


def test_there_is_one_set_of_weights_for_everywhere_and_administrators_keep_it(
    cast: Cast, rows: list[Any], admin_client: Client
) -> None:
    address = reverse("search_rankingweights:add")
    form = {field.name: str(field.value() or "") for field in admin_client.get(address).context["form"]}
    assert admin_client.post(address, form).status_code == 302
    assert admin_client.post(address, form).status_code == 200
    assert RankingWeights.objects.filter(territory=None).count() == 1
    assert signed_in(cast.sara).post(address, form).status_code == 200
