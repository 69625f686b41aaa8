"""Who may see and edit what."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser

from services_catalog import access, models
from services_catalog.choices import Audience
from tests.portal.cast import BOTH_WAYS, Cast, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(db: None) -> Cast:
    return Cast()


def names(rows: object) -> set[str]:
    return {str(row) for row in rows}  # type: ignore[attr-defined]


def test_an_editor_works_on_what_the_organization_runs_and_keeps(cast: Cast) -> None:
    assert names(access.in_scope(models.Service.objects.all(), cast.carla)) == {"Mensa Caritas"}
    assert names(access.in_scope(models.Location.objects.all(), cast.carla)) == {"Porta Caritas"}
    assert names(access.in_scope(models.Organization.objects.all(), cast.carla)) == {"Caritas"}
    assert not access.in_scope(models.Territory.objects.all(), cast.carla)
    assert not access.in_scope(models.Program.objects.all(), cast.carla)


def test_staff_work_on_their_territory_and_no_other(cast: Cast) -> None:
    assert names(access.in_scope(models.Service.objects.all(), cast.sara)) == {"Mensa Caritas", "Lavanderia Emmaus"}
    assert names(access.in_scope(models.Service.objects.all(), cast.silvio)) == {"Servizio lontano"}
    assert names(access.in_scope(models.Territory.objects.all(), cast.sara)) == {"Ambito del Sulcis"}


@BOTH_WAYS
def test_what_is_sealed_is_there_for_its_custodians_alone(cast: Cast, said: Audience) -> None:
    cast.say_the_refuges_place_is(said)
    admin = get_user_model().objects.create_superuser("admin", password="una parola lunga")
    for user in (cast.emma, cast.carla, cast.sara, cast.silvio, cast.piero, admin):
        assert not access.in_scope(models.Service.objects.filter(audience=Audience.SEALED), user)
        assert "Casa Marcatore" not in names(access.in_scope(models.Location.objects.all(), user))
        assert not access.may_with(user, "change", cast.refuge)
        assert not access.may_with(user, "change", cast.refuge_place)
    assert names(access.in_scope(models.Service.objects.all(), cast.custode)) == {"Rifugio Marcatore"}
    assert names(access.in_scope(models.Location.objects.all(), cast.custode)) == {"Casa Marcatore"}


@BOTH_WAYS
def test_a_custodian_of_the_organization_edits_its_refuge_but_does_not_publish_it(cast: Cast, said: Audience) -> None:
    cast.say_the_refuges_place_is(said)
    mara = person("mara", models.MembershipRole.CUSTODIAN, organization=cast.emmaus)
    assert access.may_with(mara, "change", cast.refuge)
    assert not access.may_with(mara, "publish", cast.refuge)
    assert access.may_with(cast.custode, "publish", cast.refuge_place)
    assert access.may_with(cast.custode, "publish", cast.refuge)
    assert not access.may_with(cast.custode, "publish", cast.canteen)


def test_partners_do_not_publish_and_drop_only_what_was_never_shown(cast: Cast) -> None:
    assert not access.may_with(cast.carla, "publish", cast.canteen)
    assert not access.may_with(cast.carla, "delete", cast.canteen)
    models.Service.objects.filter(pk=cast.canteen.pk).update(live=False)
    assert access.may_with(cast.carla, "delete", cast.canteen)
    assert access.may_with(cast.sara, "publish", cast.canteen)
    assert not access.may_with(cast.silvio, "publish", cast.canteen)


def test_a_draft_that_names_another_organization_gains_its_author_nothing(cast: Cast) -> None:
    cast.emmaus_place.organization_id = cast.caritas.pk
    assert not access.may_with(cast.carla, "change", cast.emmaus_place)


def test_nobody_who_is_not_a_member_has_a_scope(cast: Cast) -> None:
    for user in (AnonymousUser(), person("nessuno"), cast.piero):
        assert access.scope_of(user).is_empty
        assert not access.in_scope(models.Service.objects.all(), user)
    cast.carla.is_active = False
    assert access.scope_of(cast.carla).is_empty


def test_opening_is_written_down_before_anything_is_shown_and_lasts_half_an_hour(cast: Cast) -> None:
    assert not access.is_open(cast.custode, cast.refuge)
    with pytest.raises(PermissionError):
        access.open_sealed(cast.custode, cast.refuge, "  ")
    with pytest.raises(PermissionError):
        access.open_sealed(cast.sara, cast.refuge, "curiosità")
    opening = access.open_sealed(cast.custode, cast.refuge, "inserimento urgente")
    assert access.is_open(cast.custode, cast.refuge)
    assert not access.is_open(cast.custode, cast.refuge_place)
    models.SealedOpening.objects.filter(pk=opening.pk).update(at=opening.at - access.OPEN_FOR)
    assert not access.is_open(cast.custode, cast.refuge)
