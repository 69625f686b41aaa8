"""The main job, end to end, on what `make run` starts: six territories searched, read, edited, and nothing leaked."""

import json
import uuid
from typing import Any
from urllib.parse import quote

import pytest

from services_catalog.demonstration.markers import OPERATOR, SEALED
from tests.search.files import told_by, words_in
from tests.walk.browsing import links
from tests.walk.conftest import PATIENCE, SUPERVISOR, Demonstration
from tests.walk.processes import wait_for

pytestmark = [pytest.mark.walk, pytest.mark.xdist_group("walk")]

TERRITORIES = {
    "plus-iglesias": 4,
    "ambito-sondrio": 9,
    "ats1-pesaro": 4,
    "distretto-d3-canicatti": 3,
    "centrale-operativa-sociale": 4,
    "valdarmonia": 140,
}
"""The least number of services that each territory shows to everybody."""
PAGES_READ = 400
EVERYDAY = {"Via dei Soli Operatori 9"}
"""Markers whose every word others use: their words in an index tell nothing."""


def answer(demonstration: Demonstration, path: str) -> dict[str, Any]:
    status, text = demonstration.browser().get(path)
    assert status == 200, (path, status, text[:500])
    found: dict[str, Any] = json.loads(text)
    return found


def everything(demonstration: Demonstration, kind: str, language: str) -> str:
    """All pages of a list of the API, as text."""
    texts, page, total = [], 1, 1
    while page <= total:
        status, text = demonstration.browser().get(f"/api/v1/{kind}?language={language}&per_page=100&page={page}")
        assert status == 200, text[:500]
        total = json.loads(text)["total_pages"]
        texts.append(text)
        page += 1
    return "\n".join(texts)


@pytest.mark.parametrize(("territory", "least"), TERRITORIES.items())
def test_the_api_serves_the_services_of_every_territory(
    demonstration: Demonstration, territory: str, least: int
) -> None:
    found = answer(demonstration, f"/api/v1/services?territory={territory}&language=all")

    assert found["total_items"] >= least
    assert all(service["territory"] == territory for service in found["contents"])


def test_amina_finds_a_meal_in_arabic_and_reads_who_it_is_for(demonstration: Demonstration) -> None:
    amina = demonstration.browser("valdarmonia.localhost")
    status, results = amina.get(f"/ar/search/?q={quote('طعام')}")
    assert status == 200
    assert 'dir="rtl"' in results

    services = [link for link in links(results) if "/services/" in link]
    assert services, "nothing to eat was found"
    status, page = amina.get(services[0])
    assert status == 200
    assert 'data-element="service-addressed"' in page


def said_in_public(demonstration: Demonstration) -> dict[str, str]:
    """Every public byte, by where it is said: API, feed, the portal's pages as far as links lead, export."""
    said = {}
    for kind in ("services", "organizations", "locations", "taxonomy-terms", "territories"):
        said[f"API {kind}"] = everything(demonstration, kind, "all") + everything(demonstration, kind, "it")
    said["feed"] = demonstration.browser().get("/api/v1/changes?limit=1000")[1]
    citizen = demonstration.browser("valdarmonia.localhost")
    seen: set[str] = set()
    ahead = ["/it/", "/it/search/?q=rifugio", "/it/search/?q=comunit%C3%A0", "/ar/", "/it/search/?page=2"]
    while ahead and len(seen) < PAGES_READ:
        path = ahead.pop(0)
        if path in seen:
            continue
        seen.add(path)
        page = citizen.get(path)[1]
        said[f"page {path}"] = page
        ahead += sorted(link for link in links(page) - seen if link.startswith(("/it/", "/en/")))
    said["export"] = demonstration.processes.run("manage.py", "export_catalogue", "--territory", "valdarmonia")
    return said


def files(demonstration: Demonstration, *parts: str) -> dict[str, bytes]:
    """What the installation wrote below a folder, by name."""
    root = demonstration.folder.joinpath(*parts)
    return {str(path): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def indexed(demonstration: Demonstration, audience: str) -> set[str]:
    """The words in the dictionaries of an audience's embedded index; none where Elasticsearch keeps them."""
    folder = demonstration.folder / "index" / audience
    return words_in(folder) if folder.exists() else set()


def test_no_public_byte_holds_what_is_hidden(demonstration: Demonstration) -> None:
    said = said_in_public(demonstration)
    written = files(demonstration, "index", "public") | {
        str(path): path.read_bytes() for path in demonstration.folder.glob("*.log")
    }
    assert len(said) > 100, "the portal's pages were not read"

    for marker in (*SEALED, *OPERATOR):
        for place, text in said.items():
            assert marker not in text, f"{marker} is in {place}"
        for name, data in written.items():
            assert marker.encode() not in data, f"{marker} is in {name}"
    assert set(told_by(indexed(demonstration, "public"), (*SEALED, *OPERATOR))) <= EVERYDAY


def test_what_is_sealed_is_in_no_index_and_no_operators_export(demonstration: Demonstration) -> None:
    export = demonstration.processes.run(
        "manage.py", "export_catalogue", "--territory", "valdarmonia", "--audience", "operator"
    )
    assert any(marker in export for marker in OPERATOR), "the operators' export has what is theirs"
    for marker in SEALED:
        assert marker not in export
        assert not [name for name, data in files(demonstration, "index").items() if marker.encode() in data]
    words = indexed(demonstration, "operator")
    assert told_by(words, SEALED) == []
    assert not words or told_by(words, OPERATOR), "the operators' index has what is theirs"


def test_publishing_in_the_admin_is_found_and_read_within_seconds_and_unpublishing_removes_it(
    demonstration: Demonstration,
) -> None:
    name, password = f"walker-{uuid.uuid4().hex[:6]}", uuid.uuid4().hex
    demonstration.processes.run(
        "-c",
        "import django; django.setup()\n"
        "from django.contrib.auth import get_user_model\n"
        f"get_user_model().objects.create_superuser({name!r}, password={password!r})",
    )
    sara, citizen = demonstration.browser(), demonstration.browser()
    service = answer(demonstration, "/api/v1/services?territory=valdarmonia&language=it")["contents"][0]
    edit = f"/admin/snippets/services_catalog/service/edit/{service['id']}/"
    sara.sign_in(name, password)

    word = f"zq{uuid.uuid4().hex[:8]}"
    status, page, _ = sara.submit(edit, **{"name_it": f"Sportello {word}", "action-publish": "action-publish"})
    assert status == 302, page[:3000]
    api = f"/api/v1/services/{service['id']}?language=it"
    search = f"/api/v1/services?q={word}&language=it"
    wait_for("the API to show the new name", lambda: word in citizen.get(api)[1], 5)

    def found() -> list[str]:
        return [one["id"] for one in answer(demonstration, search)["contents"]]

    wait_for("search to find the new name first", lambda: found()[:1] == [service["id"]], 5)

    status, _, _ = sara.submit(f"/admin/snippets/services_catalog/service/unpublish/{service['id']}/")
    assert status == 302
    wait_for("search to forget it", lambda: service["id"] not in found(), 5)
    assert citizen.get(api)[0] in {404, 410}
    cursor = answer(demonstration, "/api/v1/changes?limit=1")["next"]
    last = None
    while (more := answer(demonstration, f"/api/v1/changes?limit=1000&after={cursor}"))["contents"]:
        last, cursor = more["contents"][-1], more["next"]
    assert last is not None
    assert (last["id"], last["action"]) == (service["id"], "unpublished")


def test_a_second_start_is_ready_in_seconds_and_loses_nothing(demonstration: Demonstration) -> None:
    before = answer(demonstration, "/api/v1/services")["total_items"]
    demonstration.processes.end()
    assert not demonstration.up()

    demonstration.processes.start("second", *SUPERVISOR)
    wait_for("the second start", lambda: "Ctrl-C ends everything" in demonstration.processes.log("second"), PATIENCE)

    assert answer(demonstration, "/api/v1/services")["total_items"] == before
