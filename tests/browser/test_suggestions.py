"""The list under the search box in a real browser: by keyboard, by finger, read aloud, from the right."""

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Locator, Page, Request, Route, expect

import frontend

pytestmark = pytest.mark.browser
AXE = Path(frontend.__file__).parent / "assets/node_modules/axe-core/axe.min.js"
PHONE, DESK = (390, 844), (1366, 900)
ASKED = "**/search/suggestions/*"
BEGUN = {"it": ("mangi", "Mangiare", "Bisogno"), "ar": ("الطعا", "الطعام", "الحاجة")}
in_each_direction = pytest.mark.parametrize("language", BEGUN)


@pytest.fixture
def box(visit: Page, portal: str) -> Callable[..., Locator]:
    """Opens a page at a size and gives its search box, with the focus."""

    def open_page(language: str = "it", path: str = "", size: tuple[int, int] = PHONE) -> Locator:
        visit.set_viewport_size({"width": size[0], "height": size[1]})
        visit.goto(f"{portal}/{language}/{path}")
        found = visit.get_by_role("combobox")
        found.focus()
        return found

    return open_page


@pytest.fixture
def asked(visit: Page) -> list[str]:
    """What the script has asked, in order, as the visit goes on."""
    found: list[str] = []

    def note(request: Request) -> None:
        if "/search/suggestions/" in request.url:
            found.append(request.url.partition("?q=")[2])

    visit.on("request", note)
    return found


def options(page: Page) -> Locator:
    return page.get_by_role("listbox").get_by_role("option")


def settle(page: Page) -> None:
    """Long enough for the pause after the last letter to end and the answer to come."""
    page.wait_for_timeout(600)


@in_each_direction
def test_a_need_begun_is_reached_by_keyboard(visit: Page, box: Callable[..., Locator], language: str) -> None:
    begun, need, kind = BEGUN[language]
    found = box(language, size=DESK)
    expect(found).to_have_attribute("aria-expanded", "false")
    found.press_sequentially(begun)
    expect(options(visit).first).to_have_accessible_name(f"{need} {kind}")
    expect(found).to_have_attribute("aria-expanded", "true")
    expect(found).to_have_attribute("aria-controls", "suggestions")
    expect(visit.get_by_role("status")).not_to_be_empty()
    found.press("ArrowDown")
    expect(visit.get_by_role("option", selected=True)).to_have_count(1)
    expect(found).to_have_attribute("aria-activedescendant", str(options(visit).first.get_attribute("id")))
    expect(found).to_be_focused()
    expect(found).to_have_value(begun)
    found.press("Enter")
    visit.wait_for_url(f"**/{language}/search/?need=*")
    expect(visit.get_by_role("heading", level=1)).to_contain_text(need)


def test_arrows_go_round_and_letters_let_go(visit: Page, box: Callable[..., Locator]) -> None:
    found = box()
    found.press_sequentially("do")
    expect(options(visit).first).to_be_visible()
    first, last = options(visit).first, options(visit).last
    found.press("ArrowUp")
    expect(last).to_have_attribute("aria-selected", "true")
    found.press("ArrowDown")
    expect(first).to_have_attribute("aria-selected", "true")
    found.press("ArrowLeft")
    expect(visit.get_by_role("option", selected=True)).to_have_count(0)
    expect(found).to_have_attribute("aria-activedescendant", "")
    found.press("ArrowDown")
    found.press_sequentially("c")
    expect(visit.get_by_role("option", selected=True)).to_have_count(0)


def test_enter_without_a_choice_searches_the_words(visit: Page, box: Callable[..., Locator]) -> None:
    found = box()
    found.press_sequentially("mensa")
    expect(options(visit).first).to_be_visible()
    found.press("Enter")
    visit.wait_for_url("**/it/search/?q=mensa")


def test_escape_closes_the_list_and_leaves_the_words(visit: Page, box: Callable[..., Locator]) -> None:
    found = box()
    found.press_sequentially("mensa")
    expect(options(visit).first).to_be_visible()
    found.press("ArrowDown")
    found.press("Escape")
    expect(visit.locator("#suggestions")).to_be_hidden()
    expect(found).to_have_value("mensa")
    expect(found).to_have_attribute("aria-expanded", "false")
    expect(visit.get_by_role("status")).to_be_empty()
    found.press("ArrowDown")
    expect(options(visit).first).to_be_visible()


def test_tab_leaves_without_choosing(visit: Page, box: Callable[..., Locator]) -> None:
    found = box()
    found.press_sequentially("mensa")
    expect(options(visit).first).to_be_visible()
    found.press("ArrowDown")
    found.press("Tab")
    expect(visit.get_by_role("button", name="Cerca")).to_be_focused()
    expect(visit.locator("#suggestions")).to_be_hidden()
    expect(found).to_have_value("mensa")


@pytest.mark.parametrize(
    ("begun", "address"), [("mensa", "**/it/services/*/"), ("iglesi", "**/it/search/?comune=E281")]
)
def test_a_click_goes_where_one_expects(visit: Page, box: Callable[..., Locator], begun: str, address: str) -> None:
    box(path="search/", size=DESK).press_sequentially(begun)
    options(visit).last.click()
    visit.wait_for_url(address)


def test_a_click_between_options_chooses_none(visit: Page, box: Callable[..., Locator]) -> None:
    failures: list[Error] = []
    visit.on("pageerror", lambda failure: failures.append(failure))
    box(size=DESK).press_sequentially("mensa")
    expect(options(visit).first).to_be_visible()
    visit.locator("#suggestions").click(position={"x": 3, "y": 3})
    expect(options(visit).first).to_be_visible()
    assert failures == []


@pytest.fixture
def phone(browser: Browser, portal: str) -> Iterator[Page]:
    """A phone, with a finger."""
    context = browser.new_context(
        viewport={"width": PHONE[0], "height": PHONE[1]}, has_touch=True, is_mobile=True, base_url=portal
    )
    yield context.new_page()
    context.close()


@in_each_direction
def test_a_finger_chooses_and_the_button_stays_in_reach(phone: Page, language: str) -> None:
    begun, need, _kind = BEGUN[language]
    phone.goto(f"/{language}/")
    phone.get_by_role("combobox").tap()
    phone.keyboard.type(begun)
    expect(options(phone).first).to_be_visible()
    button, listed = (phone.locator(name).bounding_box() for name in (".search-box button", "#suggestions"))
    assert button
    assert listed
    assert listed["y"] >= button["y"] + button["height"], "the list covers the button"
    assert 0 <= listed["x"] <= listed["x"] + listed["width"] <= PHONE[0]
    heights = options(phone).evaluate_all("found => found.map(one => one.getBoundingClientRect().height)")
    assert min(heights) >= 44
    drawing, words = (options(phone).first.locator(part).bounding_box() for part in ("svg", "bdi"))
    assert drawing
    assert words
    assert (drawing["x"] > words["x"]) == (language == "ar")
    options(phone).first.tap()
    phone.wait_for_url(f"**/{language}/search/?need=*")
    expect(phone.get_by_role("heading", level=1)).to_contain_text(need)


def test_the_button_searches_what_is_written_while_the_list_is_open(phone: Page) -> None:
    phone.goto("/it/search/")
    phone.get_by_role("combobox").tap()
    phone.keyboard.type("mensa")
    expect(options(phone).first).to_be_visible()
    phone.get_by_role("button", name="Cerca").tap()
    phone.wait_for_url("**/it/search/?q=mensa")


def test_letters_in_a_hurry_are_asked_once(visit: Page, box: Callable[..., Locator], asked: list[str]) -> None:
    box().press_sequentially("mensa", delay=20)
    expect(options(visit).first).to_be_visible()
    settle(visit)
    assert asked == ["mensa"]


def test_an_answer_overtaken_is_never_shown(visit: Page, box: Callable[..., Locator], asked: list[str]) -> None:
    found = box()
    slow: list[Route] = []
    visit.route(ASKED, lambda route: slow.append(route) if route.request.url.endswith("=mangi") else route.continue_())
    found.press_sequentially("mangi")
    settle(visit)
    found.fill("mensa")
    expect(options(visit).first).to_contain_text("Mensa")
    with contextlib.suppress(Error):  # nobody waits for it any more
        slow[0].fulfill(json={"options": [{"text": "late", "kind": "", "icon": "help", "url": "/"}], "said": ""})
    settle(visit)
    expect(options(visit).first).to_contain_text("Mensa")
    assert asked == ["mangi", "mensa"]


def test_a_question_that_begins_no_name_stays_on_the_phone_until_it_is_sent(
    visit: Page, box: Callable[..., Locator], asked: list[str]
) -> None:
    found = box()
    for words in ("ho paura", " di", " mio"):
        found.press_sequentially(words)
        settle(visit)
    found.fill("mensa")
    expect(options(visit).first).to_be_visible()
    assert asked == ["ho+paura", "mensa"]


def test_while_nothing_answers_the_box_is_a_search_box(visit: Page, box: Callable[..., Locator]) -> None:
    found = box()
    visit.route(ASKED, lambda route: route.fulfill(status=200, body="<p>no JSON</p>"))
    found.press_sequentially("mensa")
    settle(visit)
    expect(visit.locator("#suggestions")).to_be_hidden()
    found.press("Enter")
    visit.wait_for_url("**/it/search/?q=mensa")


def test_nothing_is_asked_while_an_input_method_composes(
    visit: Page, box: Callable[..., Locator], asked: list[str]
) -> None:
    box()
    typing = visit.context.new_cdp_session(visit)
    for letters in ("m", "ma", "man"):
        typing.send("Input.imeSetComposition", {"text": letters, "selectionStart": 3, "selectionEnd": 3})
    settle(visit)
    assert asked == []
    typing.send("Input.insertText", {"text": "mangiare"})
    expect(options(visit).first).to_contain_text("Mangiare")
    assert asked == ["mangiare"]


def test_a_phone_s_keyboard_that_composes_plain_words_is_answered_at_once(
    visit: Page, box: Callable[..., Locator], asked: list[str]
) -> None:
    box().dispatch_event("keydown", {"key": "Unidentified", "keyCode": 229})
    typing = visit.context.new_cdp_session(visit)
    typing.send("Input.imeSetComposition", {"text": "mangi", "selectionStart": 5, "selectionEnd": 5})
    expect(options(visit).first).to_contain_text("Mangiare")
    assert asked == ["mangi"]


@in_each_direction
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_use_the_open_list(visit: Page, box: Callable[..., Locator], language: str, scheme: Any) -> None:
    visit.emulate_media(color_scheme=scheme)
    found = box(language)
    found.press_sequentially(BEGUN[language][0])
    expect(options(visit).first).to_be_visible()
    found.press("ArrowDown")
    visit.evaluate(AXE.read_text())
    checked = visit.evaluate("axe.run('.search-box')")
    problems = [(one["id"], [node["html"][:160] for node in one["nodes"]]) for one in checked["violations"]]
    assert checked["passes"], "nothing was checked"
    assert problems == []
