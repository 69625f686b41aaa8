"""Who works in the admin: two partners of one territory, its staff, a custodian, and somebody of another territory."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from services_catalog import models
from services_catalog.choices import Audience
from services_catalog.models.membership import MembershipRole
from tests import factories


def person(name: str, role: str | None = None, **of: Any) -> Any:
    """Somebody with one membership, of an organization or a territory."""
    user = get_user_model().objects.create_user(username=name, password="una parola lunga", first_name=name.title())
    if role:
        models.Membership.objects.create(user=user, role=role, **of)
    return user


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def published(row: Any) -> Any:
    """The row with a revision, as if made through the admin."""
    row.save_revision().publish()
    row.refresh_from_db()
    return row


@pytest.fixture
def cast(db: None) -> "Cast":
    return Cast()


class Cast:
    """Caritas' canteen and its door; Emmaus' laundry, draft and refuge; Sara's staff; another territory."""

    def __init__(self) -> None:
        self.territory = factories.TerritoryFactory()
        self.elsewhere = factories.TerritoryFactory(slug="altrove", name_it="Altrove")
        self.caritas = published(factories.OrganizationFactory(name="Caritas"))
        self.emmaus = published(factories.OrganizationFactory(name="Emmaus"))
        self.caritas_place = published(factories.LocationFactory(name_it="Porta Caritas", organization=self.caritas))
        self.emmaus_place = published(
            factories.LocationFactory(name_it="Porta Emmaus", organization=self.emmaus, street="Vicolo Segreto 9")
        )
        self.canteen = published(
            factories.ServiceFactory(name_it="Mensa Caritas", organization=self.caritas, location=self.caritas_place)
        )
        self.laundry = published(
            factories.ServiceFactory(name_it="Lavanderia Emmaus", organization=self.emmaus, location=self.emmaus_place)
        )
        self.refuge = factories.RefugeFactory(name_it="Rifugio Marcatore", organization=self.emmaus)
        self.refuge_place = factories.LocationFactory(
            name_it="Casa Marcatore", street="Via Nascosta 77", organization=self.emmaus, audience=Audience.SEALED
        )
        models.ServiceAtLocation.objects.create(service=self.refuge, location=self.refuge_place)
        self.far = published(factories.ServiceFactory(territory=self.elsewhere, name_it="Servizio lontano"))
        self.carla = person("carla", MembershipRole.EDITOR, organization=self.caritas)
        self.emma = person("emma", MembershipRole.EDITOR, organization=self.emmaus)
        self.sara = person("sara", MembershipRole.STAFF, territory=self.territory)
        self.silvio = person("silvio", MembershipRole.STAFF, territory=self.elsewhere)
        self.custode = person("custode", MembershipRole.CUSTODIAN, territory=self.territory)
        self.piero = person("piero", MembershipRole.OPERATOR, territory=self.territory)

    def say_the_refuges_place_is(self, audience: Audience) -> None:
        """As somebody sets it, or leaves it, in the place's own form."""
        models.Location.objects.filter(pk=self.refuge_place.pk).update(audience=audience)
        self.refuge_place.refresh_from_db()


BOTH_WAYS = pytest.mark.parametrize("said", [Audience.SEALED, Audience.PUBLIC])
"""A refuge's place is sealed by its own column, or, left public, by what it shelters."""
