"""The demonstration's sites, pages and people."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.test import Client
from wagtail.models import Page, Site

from portal.editorial.demonstration import home_number
from services_catalog import models
from services_catalog.demonstration.load import load
from tests.portal.cast import Cast
from tests.services_catalog.reference import load_reference

pytestmark = pytest.mark.django_db


@pytest.fixture
def _demonstration(settings: Any, tmp_path: Any) -> None:
    settings.DEMONSTRATION, settings.VAR_DIR = True, tmp_path


def test_it_refuses_where_the_data_is_real(cast: Cast, settings: Any) -> None:
    settings.DEMONSTRATION = False
    with pytest.raises(CommandError, match="refused"):
        call_command("set_up_demonstration")


@pytest.mark.usefixtures("_demonstration")
def test_it_says_what_is_missing() -> None:
    with pytest.raises(CommandError, match="load_demonstration"):
        call_command("set_up_demonstration")


def test_beside_the_question_stands_the_number_that_answers_day_and_night_if_it_is_nobodys_invention(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_reference(monkeypatch)
    for slug in ("plus-iglesias", "ambito-sondrio", "valdarmonia"):
        load(slug)
    numbers = {territory.slug: home_number(territory) for territory in models.Territory.objects.all()}
    assert numbers["plus-iglesias"] == "0781 33000"
    assert numbers["ambito-sondrio"] == numbers["valdarmonia"] == "112"
    assert numbers[cast.territory.slug] == ""


@pytest.mark.usefixtures("_demonstration")
def test_a_second_time_changes_nothing_and_everybody_can_sign_in(cast: Cast, settings: Any, capsys: Any) -> None:
    models.Territory.objects.filter(pk=cast.territory.pk).update(slug="valdarmonia")
    get_user_model().objects.all().delete()

    def counts() -> tuple[int, ...]:
        return tuple(
            rows.count() for rows in (Page.objects, Site.objects, get_user_model().objects, models.Membership.objects)
        )

    call_command("set_up_demonstration")
    before = counts()
    call_command("set_up_demonstration")
    assert counts() == before
    said = capsys.readouterr().out
    accounts = (settings.VAR_DIR / "demonstration-accounts.txt").read_text()
    assert accounts in said
    password = accounts.split("password")[1].strip()
    for name in ("admin", "sara", "caritas", "emmaus", "custode"):
        assert Client().login(username=name, password=password), name
        assert name in accounts
    caritas = models.Membership.objects.get(user__username="caritas")
    assert caritas.organization == cast.caritas
