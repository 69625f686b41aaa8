"""The portal in a real browser, on a small phone first."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

import frontend

pytestmark = pytest.mark.browser
AXE = Path(frontend.__file__).parent / "assets/node_modules/axe-core/axe.min.js"
SMALLEST, PHONE, DESK = (320, 640), (390, 844), (1366, 900)


def resize(page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})


def address_of(page: Page, portal: str, kind: str, language: str = "it") -> str:
    """The address of a page of each kind, found as a person finds it."""
    if kind == "home":
        return f"{portal}/{language}/"
    if kind == "search":
        return f"{portal}/{language}/search/"
    if kind == "not found":
        return f"{portal}/{language}/search/nowhere/"
    page.goto(f"{portal}/it/search/?q=mensa")
    found = page.locator(".card-result a").first.get_attribute("href")
    if kind == "place":
        page.goto(f"{portal}{found}")
        found = page.locator(".door a").first.get_attribute("href")
    assert found is not None
    return portal + found.replace("/it/", f"/{language}/", 1)


KINDS = ("home", "search", "service", "place", "not found")
each_kind = pytest.mark.parametrize("kind", KINDS)


def test_from_the_question_to_the_phone(visit: Page, portal: str) -> None:
    resize(visit, PHONE)
    visit.goto(f"{portal}/it/")
    visit.get_by_role("combobox").fill("un pasto caldo")
    visit.get_by_role("button", name="Cerca").click()
    visit.get_by_role("link", name="Mensa di via Roma").click()
    expect(visit.get_by_role("heading", level=1)).to_have_text("Mensa di via Roma")
    call = visit.locator(".thumb-bar a").first
    expect(call).to_be_in_viewport()
    expect(call).to_have_attribute("href", "tel:0781000111")


def test_amina_reads_from_the_right(visit: Page, portal: str) -> None:
    resize(visit, PHONE)
    visit.goto(f"{portal}/it/")
    visit.locator(".languages summary").click()
    visit.get_by_role("link", name="العربية").click()
    expect(visit.locator("html")).to_have_attribute("dir", "rtl")
    brand, languages = visit.locator(".brand").bounding_box(), visit.locator(".languages").bounding_box()
    assert brand
    assert languages
    assert brand["x"] > languages["x"]
    directions = visit.locator(".ltr").evaluate_all("found => found.map(one => getComputedStyle(one).direction)")
    assert set(directions) == {"ltr"}, "a number read backwards calls somebody else"


def test_filters_go_on_and_come_off(visit: Page, portal: str) -> None:
    resize(visit, DESK)
    visit.goto(f"{portal}/it/search/")
    everything = visit.locator(".card-result").count()
    visit.get_by_role("link", name="Aperto ora").click()
    expect(visit.locator(".status-open").first).to_be_visible()
    assert visit.locator(".card-result").count() < everything
    visit.get_by_role("link", name="Aperto ora").click()
    visit.get_by_text("Bisogno", exact=True).click()
    visit.locator(".facets").get_by_role("link", name="Mangiare").click()
    expect(visit.locator(".card-result")).to_have_count(1)
    visit.locator(".chip").click()
    expect(visit.locator(".card-result")).to_have_count(everything)


@each_kind
@pytest.mark.parametrize("language", ["it", "ar"])
def test_nothing_is_wider_than_the_smallest_phone(visit: Page, portal: str, kind: str, language: str) -> None:
    address = address_of(visit, portal, kind, language)
    resize(visit, SMALLEST)
    visit.goto(address)
    assert visit.evaluate("document.documentElement.scrollWidth") <= SMALLEST[0]


@each_kind
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_use_it(visit: Page, portal: str, kind: str, scheme: Any) -> None:
    visit.emulate_media(color_scheme=scheme)
    address = address_of(visit, portal, kind)
    resize(visit, PHONE)
    visit.goto(address)
    visit.evaluate(AXE.read_text())
    found = visit.evaluate(
        "axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
    )
    serious = [
        (problem["id"], [node["html"][:160] for node in problem["nodes"]])
        for problem in found["violations"]
        if problem["impact"] in ("serious", "critical")
    ]
    assert found["passes"], "nothing was checked"
    assert serious == []


def test_it_works_without_javascript(browser: Any, portal: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{portal}/it/search/?q=dormitorio")
    expect(page.locator(".card-result")).to_have_count(1)
    box = page.get_by_role("searchbox")
    box.fill("mensa")
    expect(page.locator("#suggestions")).to_be_hidden()
    box.press("Enter")
    expect(page.get_by_role("link", name="Mensa di via Roma")).to_be_visible()
    context.close()
