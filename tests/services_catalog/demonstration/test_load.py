"""Loading the demonstration: whole, once, and without undoing what people did since."""

import pytest
from django.core.management import CommandError, call_command

from services_catalog import models
from services_catalog.demonstration.load import TERRITORIES, load
from services_catalog.demonstration.markers import OPERATOR, SEALED

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def everything(reader: str) -> str:
    found = models.PublishedRecord.objects.filter(**{f"for_{reader}": True})
    facets = models.RecordFacet.objects.filter(reader=reader).values_list("value", flat=True)
    return "".join(found.values_list("body", flat=True)) + " ".join(facets)


def test_all_six_are_loaded_published_and_marked_as_demonstrations(reference, capsys):
    call_command("load_demonstration")

    told = capsys.readouterr().out
    assert all(f"{slug}: new" in told for slug in TERRITORIES)
    assert set(models.Territory.objects.filter(demonstration=True).values_list("slug", flat=True)) == set(TERRITORIES)
    assert not models.Service.objects.filter(live=False).exists()
    assert not models.StaleRecord.objects.exists(), "terms are compiled in the languages of the territories"
    terms = models.PublishedRecord.objects.filter(kind="term", language="ar")
    assert terms.count() == models.TaxonomyTerm.objects.count()


def test_no_record_of_any_reader_holds_what_is_hidden_from_them(reference):
    load("valdarmonia")

    public, operators = everything("public"), everything("operator")
    assert [marker for marker in SEALED + OPERATOR if marker in public] == []
    assert [marker for marker in SEALED if marker in operators] == []


def test_a_second_load_leaves_what_people_changed(reference, capsys):
    call_command("load_demonstration", "--territory", "plus-iglesias", verbosity=0)
    phone = models.Phone.objects.get(number="0781 33000")
    phone.number = "0781 000111"
    phone.save()

    call_command("load_demonstration", "--territory", "plus-iglesias")

    assert "plus-iglesias: already here" in capsys.readouterr().out
    assert models.Phone.objects.get().number == "0781 000111"

    call_command("load_demonstration", "--territory", "plus-iglesias", "--again", verbosity=0)
    assert models.Phone.objects.get().number == "0781 33000"


def test_loading_again_refuses_to_undo_a_draft(reference):
    load("plus-iglesias")
    service = models.Service.objects.get(name_it="Biblioteca")
    service.summary_it = "Sara sta scrivendo."
    service.save_revision()

    with pytest.raises(CommandError, match="plus-iglesias was left as it is"):
        call_command("load_demonstration", "--territory", "plus-iglesias", "--again", verbosity=0)


def test_loading_twice_changes_nothing(reference):
    load("ats1-pesaro")
    changes = models.Change.objects.count()

    assert load("ats1-pesaro").changed == 0
    assert models.Change.objects.count() == changes


def test_sealed_comuni_are_of_no_territory(reference):
    load("valdarmonia")

    assert models.Comune.objects.get(code="X099").fictional
    assert not models.TerritoryComune.objects.filter(comune_id="X099").exists()


def test_iglesias_rests_on_its_patrons_day_whatever_the_press_release_leaves_out(reference):
    load("plus-iglesias")

    (rests,) = models.ComuneClosure.objects.filter(comune__territories__territory__slug="plus-iglesias")
    assert (rests.comune_id, rests.month, rests.day) == ("E281", 8, 11)
    assert '"month":8,"day":11' in everything("public")
