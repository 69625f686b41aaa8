"""Every way in which the catalogue changes reaches the records: saves, bulk writes, cascades, drafts, schedules."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from services_catalog import models
from services_catalog.models.publishable import Publishable
from services_catalog.publication import compiler, dependencies, feed, records
from services_catalog.publication.document import SCHEMA_VERSION
from services_catalog.publication.transaction import publishing
from tests.factories import LocationFactory, OrganizationFactory, PhoneFactory, ServiceFactory, TerritoryFactory

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def body(thing: Publishable, language: str = "it") -> str:
    return (records.body(thing.kind, thing.pk, "public", language) or b"").decode()


def last_action(service: models.Service) -> str:
    return models.Change.objects.filter(uuid=service.pk, audience="public").latest("seq").action


def test_a_draft_publishes_nothing() -> None:
    canteen = ServiceFactory(live=False)

    assert body(canteen) == ""
    assert models.Change.objects.filter(kind="service").count() == 0


def test_publishing_a_revision_publishes_its_prose() -> None:
    canteen = ServiceFactory()
    canteen.name_it = "Mensa nuova"
    revision = canteen.save_revision()

    assert "Mensa nuova" not in body(canteen)
    revision.publish()
    assert "Mensa nuova" in body(canteen)


def test_approving_an_old_draft_leaves_the_facts_of_today() -> None:
    canteen = ServiceFactory(url="https://old.example.org")
    draft = canteen.save_revision()
    models.Service.objects.filter(pk=canteen.pk).update(url="https://new.example.org", status="suspended")
    PhoneFactory(service=canteen, number="0781 123123")

    draft.publish()

    assert "new.example.org" in body(canteen)
    assert '"status":"suspended"' in body(canteen)
    assert "0781 123123" in body(canteen)


def test_facts_changed_after_the_draft_was_read_survive_its_publication() -> None:
    canteen = ServiceFactory()
    draft = canteen.save_revision()
    assert draft.as_object().status == "active"  # the draft now holds an object read before the change
    models.Service.objects.filter(pk=canteen.pk).update(status="ended")

    draft.publish()

    canteen.refresh_from_db()
    assert canteen.status == "ended"


@pytest.mark.parametrize("language", ["it", "en", "ar"])
def test_a_revision_restores_each_language_whatever_the_admins(language: str) -> None:
    canteen = ServiceFactory(name_it="Mensa", name_en="Canteen", name_ar="مطعم")
    with translation.override(language):
        revision = canteen.save_revision()
        revision.publish()
    canteen.refresh_from_db()

    assert (canteen.name_it, canteen.name_en, canteen.name_ar) == ("Mensa", "Canteen", "مطعم")
    assert canteen.name_fr is None


def test_an_old_revision_does_not_fill_a_language_added_since() -> None:
    canteen = ServiceFactory(name_en=None)
    old = canteen.save_revision()
    with translation.override("ar"):
        old.publish()
    canteen.refresh_from_db()

    assert canteen.name_ar is None
    assert canteen.name_it == "Mensa di via Roma"


def test_unpublishing_removes_the_record_and_leaves_a_change() -> None:
    canteen = ServiceFactory()
    canteen.unpublish()

    assert body(canteen) == ""
    assert last_action(canteen) == "unpublished"


def test_unpublishing_a_stale_instance_does_not_bring_back_old_facts() -> None:
    canteen = ServiceFactory()
    held = models.Service.objects.get(pk=canteen.pk)
    models.Service.objects.filter(pk=canteen.pk).update(status="ended")
    held.unpublish()
    canteen.refresh_from_db()

    assert canteen.status == "ended"


def test_scheduled_publication_goes_live_at_its_time_not_before() -> None:
    canteen = ServiceFactory(live=False)
    canteen.go_live_at = timezone.now() + timedelta(hours=1)
    revision = canteen.save_revision()
    revision.publish()
    assert body(canteen) == ""

    models.Service.objects.filter(pk=canteen.pk).update(go_live_at=timezone.now() - timedelta(minutes=1))
    revision.refresh_from_db()
    revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    revision.content["go_live_at"] = (timezone.now() - timedelta(minutes=1)).isoformat()
    revision.save()
    call_command("publish_scheduled")

    assert body(canteen) != ""


def test_scheduled_expiry_takes_the_record_away() -> None:
    canteen = ServiceFactory()
    models.Service.objects.filter(pk=canteen.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    call_command("publish_scheduled")

    assert body(canteen) == ""
    assert last_action(canteen) == "unpublished"


def test_deleting_one_or_many_services_leaves_changes() -> None:
    one, two, three = ServiceFactory.create_batch(3)
    one.delete()
    models.Service.objects.filter(pk__in=[two.pk, three.pk]).delete()

    assert not models.PublishedRecord.objects.filter(kind="service").exists()
    assert models.Change.objects.filter(kind="service", action="unpublished").count() == 3


def test_deleting_a_place_takes_it_out_of_its_services() -> None:
    place = LocationFactory(street="Via che non c'è più")
    canteen = ServiceFactory(location=place)
    place.delete()

    assert "Via che non" not in body(canteen)


def test_a_renamed_organization_is_renamed_in_its_services() -> None:
    caritas = OrganizationFactory()
    canteen = ServiceFactory(organization=caritas)
    caritas.name = "Caritas diocesana"
    caritas.save()

    assert "Caritas diocesana" in body(canteen)


def test_a_bulk_update_of_organizations_reaches_their_services() -> None:
    emmaus = OrganizationFactory(name="Emmaus")
    canteen = ServiceFactory(organization=emmaus)
    models.Organization.objects.filter(pk=emmaus.pk).update(name="Casa Emmaus")

    assert "Casa Emmaus" in body(canteen)


def test_an_unpublished_organization_leaves_its_services() -> None:
    emmaus = OrganizationFactory(name="Emmaus")
    canteen = ServiceFactory(organization=emmaus)
    emmaus.unpublish()

    assert "Emmaus" not in body(canteen)


def test_a_phone_moved_to_another_service_leaves_the_first() -> None:
    first, second = ServiceFactory.create_batch(2)
    phone = PhoneFactory(service=first, number="0781 700700")
    phone.service = second
    phone.save()

    assert "0781 700700" not in body(first)
    assert "0781 700700" in body(second)


def test_spoken_languages_set_on_a_phone_reach_the_record() -> None:
    canteen = ServiceFactory()
    phone = PhoneFactory(service=canteen)
    spoken = models.Taxonomy.objects.create(slug="language", name="language")
    arabic = models.TaxonomyTerm.objects.create(taxonomy=spoken, slug="ar", name_it="arabo")
    phone.languages.set([arabic])

    assert str(arabic.pk) in body(canteen)


@pytest.mark.parametrize("at_once", [True, False])
def test_a_deleted_language_or_way_in_is_in_no_body(at_once: bool) -> None:
    spoken = models.Taxonomy.objects.create(slug="language", name="language")
    arabic = models.TaxonomyTerm.objects.create(taxonomy=spoken, slug="ar", name_it="arabo")
    figure = models.TaxonomyTerm.objects.create(taxonomy=spoken, slug="mediator", name_it="mediatrice")
    caritas, door = OrganizationFactory(), LocationFactory()
    canteen = ServiceFactory(organization=caritas, location=door)
    models.ServiceFigure.objects.create(service=canteen, term=figure).languages.add(arabic)
    PhoneFactory(organization=caritas).languages.add(arabic)
    models.Contact.objects.create(service_at_location=canteen.locations.get(), name="Anna").languages.add(arabic)
    door.accessibility.add(arabic)
    for thing in (canteen, caritas, door):
        assert str(arabic.pk) in body(thing)

    if at_once:
        models.TaxonomyTerm.objects.filter(pk=arabic.pk).delete()
    else:
        arabic.delete()

    for thing in (canteen, caritas, door):
        assert str(arabic.pk) not in body(thing)
    assert not models.RecordFacet.objects.filter(value=str(arabic.pk)).exists()


def test_every_link_that_lets_go_of_a_term_is_followed() -> None:
    catalogue = apps.get_app_config("services_catalog").get_models()
    fields = [field for model in catalogue for field in model._meta.many_to_many]
    linked = {(field.model, field.name) for field in fields if field.related_model is models.TaxonomyTerm}
    assert linked == set(dependencies.MARKED)


def test_renaming_a_term_compiles_the_term_alone() -> None:
    need = models.Taxonomy.objects.create(slug="need", name="need")
    eat = models.TaxonomyTerm.objects.create(taxonomy=need, slug="eat", name_it="Mangiare")
    canteen = ServiceFactory(needs=[eat])
    before = feed.head()
    eat.name_it = "Mangiare qualcosa"  # type: ignore[attr-defined]
    eat.save()

    changes = feed.changes_after("public", before.seq)
    assert [(change.kind, change.uuid) for change in changes] == [("term", eat.pk)]
    assert str(eat.pk) in body(canteen)


def test_a_failed_transaction_leaves_neither_record_nor_change() -> None:
    canteen = ServiceFactory()
    before = feed.head()

    class PowerCutError(Exception):
        pass

    def write_until_the_power_goes() -> None:
        with publishing():
            models.Service.objects.filter(pk=canteen.pk).update(url="https://never.example.org")
            raise PowerCutError

    with pytest.raises(PowerCutError):
        write_until_the_power_goes()
    assert feed.head() == before
    assert "never.example.org" not in body(canteen)


def test_a_wide_fan_out_follows_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    caritas = OrganizationFactory()
    services = ServiceFactory.create_batch(3, organization=caritas)
    monkeypatch.setattr(dependencies, "AT_ONCE", 2)
    caritas.alternate_name = "La Caritas"
    caritas.save()
    assert "La Caritas" not in body(services[0])

    assert compiler.compile_stale() == 3
    assert all("La Caritas" in body(service) for service in services)
    assert compiler.compile_stale() == 0


def test_what_hides_never_waits_for_a_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    place = LocationFactory(street="Via da nascondere")
    services = ServiceFactory.create_batch(3, location=place)
    monkeypatch.setattr(dependencies, "AT_ONCE", 2)
    place.audience = "sealed"
    place.save()

    assert not any("nascondere" in body(service) for service in services)


def test_a_language_switched_on_is_compiled_by_the_follower() -> None:
    territory = TerritoryFactory()
    canteen = ServiceFactory(territory=territory)
    assert body(canteen, "fr") == ""
    territory.languages = ["it", "en", "ar", "fr"]
    territory.save()
    while compiler.compile_stale():
        pass

    assert body(canteen, "fr") != ""


def test_saving_what_is_already_published_changes_nothing() -> None:
    canteen = ServiceFactory()
    before = feed.head()
    canteen.save()
    compiler.compile_all()

    assert feed.head() == before


def test_one_publication_costs_a_fixed_number_of_queries(django_assert_max_num_queries) -> None:
    canteen = ServiceFactory(organization=OrganizationFactory(), location=LocationFactory())
    PhoneFactory(service=canteen)
    canteen.url = "https://example.org/1"
    with django_assert_max_num_queries(45):
        canteen.save()


def test_compiling_a_batch_costs_as_many_queries_as_compiling_one() -> None:
    services = ServiceFactory.create_batch(8, organization=OrganizationFactory(), location=LocationFactory())
    languages = {services[0].territory_id: ["it"]}
    counts = []
    for batch in (services[:1], services):
        with CaptureQueriesContext(connection) as captured:
            compiler.COMPILERS["service"]([service.pk for service in batch], languages)
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 30


def test_reading_a_record_costs_one_query(django_assert_num_queries) -> None:
    canteen = ServiceFactory()
    with django_assert_num_queries(1):
        records.body("service", canteen.pk, "public", "it")
    with django_assert_num_queries(1):
        records.bodies("service", [canteen.pk], "operator", "it")


def test_a_lost_head_goes_on_after_the_last_change_in_a_new_epoch() -> None:
    canteen = ServiceFactory()
    before = feed.head()
    models.FeedHead.objects.all().delete()
    canteen.url = "https://example.org"
    canteen.save()

    assert feed.head().seq == before.seq + 1
    with pytest.raises(feed.CursorGoneError):
        feed.checked(before)


def test_sharing_a_service_with_another_territory_tells_the_feed() -> None:
    canteen = ServiceFactory()
    before = feed.head()
    models.ServiceShare.objects.create(service=canteen, territory=TerritoryFactory(slug="altrove"))

    changes = [change for change in feed.changes_after("public", before.seq) if change.kind == "service"]
    assert [(change.uuid, change.action) for change in changes] == [(canteen.pk, "updated")]


def test_a_renamed_territory_is_found_by_its_new_name_in_what_it_shares() -> None:
    canteen, elsewhere = ServiceFactory(), TerritoryFactory(slug="altrove")
    models.ServiceShare.objects.create(service=canteen, territory=elsewhere)
    elsewhere.slug = "altrove-nuovo"
    elsewhere.save()
    while compiler.compile_stale():
        pass

    facets = models.RecordFacet.objects.filter(uuid=canteen.pk, facet="territory", reader="public")
    assert set(facets.values_list("value", flat=True)) == {"sulcis", "altrove-nuovo"}


def test_the_command_compiles_what_an_older_version_wrote() -> None:
    canteen = ServiceFactory()
    models.PublishedRecord.objects.filter(uuid=canteen.pk).update(schema_version=0)
    call_command("compile_records", verbosity=0)

    assert set(models.PublishedRecord.objects.values_list("schema_version", flat=True)) == {SCHEMA_VERSION}


def test_after_a_restored_backup_old_cursors_are_refused() -> None:
    ServiceFactory()
    before = feed.head()
    call_command("new_epoch", verbosity=0)

    assert feed.head().seq == before.seq
    with pytest.raises(feed.CursorGoneError):
        feed.checked(before)


def test_saving_a_draft_compiles_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    canteen = ServiceFactory()
    compiled: list[object] = []
    monkeypatch.setattr(compiler, "compile_keys", lambda _head, keys: compiled.extend(keys))
    canteen.name_it = "Mensa nuova"
    canteen.save_revision()

    assert compiled == []
