"""`python -m tests.browser.pictures PORT`: the README's pictures, of what `make run` serves on PORT."""

import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.parts import chromium

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "pictures"
PHONE, DESK = (390, 844), (1366, 860)


def main(port: int) -> None:
    """Take them all: portal on a phone in Italian and Arabic, results on a desk, the admin."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    site = f"http://valdarmonia.localhost:{port}"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])

        def page(size: tuple[int, int]) -> Page:
            return browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="it-IT").new_page()

        def take(shown: Page, name: str) -> None:
            shown.screenshot(path=FOLDER / f"{name}.png")

        phone, desk = page(PHONE), page(DESK)
        phone.goto(f"{site}/it/")
        take(phone, "home-it")
        phone.goto(f"{site}/ar/search/?q=طعام")
        take(phone, "results-ar")
        desk.goto(f"{site}/it/search/?q=dormire")
        take(desk, "results-it")
        phone.goto(site + str(desk.locator("main a[href*='/services/']").first.get_attribute("href")))
        take(phone, "service-it")
        desk.goto(f"http://localhost:{port}/admin/login/")
        desk.fill("input[name=username]", "caritas")
        desk.fill("input[name=password]", "portolano-di-prova")
        desk.click("button[type=submit]")
        desk.goto(f"http://localhost:{port}/admin/snippets/services_catalog/service/")
        desk.locator("main td a[href*='/edit/']").first.click()
        desk.wait_for_load_state("networkidle")
        take(desk, "editing")
        browser.close()


if __name__ == "__main__":
    main(int(sys.argv[1]))
