"""Pages of people's own making: in every language, with lists that are live."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from portal.editorial import colours, sites
from portal.editorial.models import ContentPage, HomePage, TerritorySite
from tests.portal.cast import Cast, signed_in

pytestmark = pytest.mark.django_db


def test_a_block_is_shown_in_its_language_or_in_all(home: HomePage, client: Client) -> None:
    italian, english = (client.get(f"/{language}/").content.decode() for language in ("it", "en"))
    assert "Solo in italiano" in italian
    assert "English alone" not in italian
    assert "English alone" in english
    assert "Solo in italiano" not in english
    assert "Welcome." in english
    for page in (italian, english):
        assert "Cerca un letto" in page
        assert "0781 33000" in page


def test_a_list_of_services_is_live_and_of_the_sites_territory(home: HomePage, client: Client) -> None:
    everywhere = client.get("/it/").content.decode()
    assert "Mensa Caritas" in everywhere
    assert "Servizio lontano" in everywhere
    assert "Marcatore" not in everywhere
    here = client.get("/it/", headers={"host": "sulcis.localhost"}).content.decode()
    assert "Mensa Caritas" in here
    assert "Servizio lontano" not in here


def test_a_page_under_the_home_has_its_title_in_each_language(home: HomePage, client: Client) -> None:
    titles = [{"type": "translation", "value": {"language": "ar", "title": "كيف", "introduction": ""}}]
    home.add_child(instance=ContentPage(title="Come", slug="come", translations=json.dumps(titles)))
    assert "Come" in client.get("/it/come/").content.decode()
    page = client.get("/ar/come/").content.decode()
    assert "كيف" in page
    assert 'dir="rtl"' in page


def test_an_address_without_a_language_leads_to_the_page_and_a_wrong_one_nowhere(
    home: HomePage, client: Client
) -> None:
    assert client.get("/").headers["Location"] == "/it/"
    assert client.get("/search/").status_code == 302
    assert client.get("/non-esiste/").status_code == 404
    assert client.get("/it/non-esiste/").status_code == 404


def test_a_site_has_its_own_colour_if_words_can_be_read_on_it(home: HomePage, client: Client) -> None:
    assert "site.css" not in client.get("/it/").content.decode()
    setting = TerritorySite.objects.get(site__hostname="sulcis.localhost")
    for unreadable in ("#ffcc00", "#8899aa", "red", "#12345", "#0b3b46; }"):
        setting.band = unreadable
        with pytest.raises(ValidationError):
            setting.full_clean()
    setting.band = "#4a154b"
    setting.full_clean()
    setting.save()
    here = {"host": "sulcis.localhost"}
    assert '"/site.css?4a154b"' in client.get("/it/", headers=here).content.decode()
    assert client.get("/site.css", headers=here).content == b":root { --band: #4a154b; }\n"
    assert "site.css" not in client.get("/it/").content.decode()


def test_contrast_is_that_of_the_standard() -> None:
    assert colours.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert colours.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_staff_edit_their_territorys_pages_and_no_others(home: HomePage, cast: Cast) -> None:
    sites.let_staff_edit(cast.territory, home)
    other = sites.home("altra", "Altra", [], [], "")
    cast.sara.groups.set([sites.staff_group(cast.territory)])
    client = signed_in(cast.sara)
    assert client.get(f"/admin/pages/{home.pk}/edit/").status_code == 200
    assert client.get(f"/admin/pages/{other.pk}/edit/").status_code in {302, 403}
    assert signed_in(cast.carla).get(f"/admin/pages/{home.pk}/edit/").status_code == 404


def test_whoever_joins_the_staff_joins_its_group_and_leaves_it_with_the_membership(cast: Cast) -> None:
    group = sites.staff_group(cast.territory)
    assert group in cast.sara.groups.all()
    cast.sara.memberships.all().delete()
    assert group not in cast.sara.groups.all()
