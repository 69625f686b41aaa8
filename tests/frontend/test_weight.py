"""A first view costs at most 100 KB on the wire: phones here are cheap and so is their data."""

import gzip
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

import frontend

STATIC = Path(frontend.__file__).parent / "static"
MOST = 100 * 1024
MOST_OF_SCRIPTS = 2 * 1024
pytestmark = pytest.mark.django_db


def on_the_wire(content: bytes) -> int:
    return len(gzip.compress(content, 6))


def weight(html: str) -> int:
    """The page, its style sheet, and all that either names, though a browser may leave some of it out."""
    linked = set(re.findall(r'(?:href|src)="/static/([^"]+)"', html))
    styles = [STATIC / name for name in linked if name.endswith(".css")]
    named = {sheet.parent / url for sheet in styles for url in re.findall(r'url\("?([^")]+)"?\)', sheet.read_text())}
    files = {STATIC / name for name in linked} | named
    already_small = (".woff2",)
    sizes = [path.stat().st_size if path.suffix in already_small else on_the_wire(path.read_bytes()) for path in files]
    return on_the_wire(html.encode()) + sum(sizes)


@pytest.mark.parametrize("address", ["/it/search/", "/it/services/{canteen}/", "/ar/services/{canteen}/"])
def test_a_first_view_is_light(client: Client, indexed: dict[str, Any], address: str) -> None:
    if not (STATIC / "dist/portolano.css").exists():
        pytest.fail("the assets are not built: python -m frontend.build")
    page = client.get(address.format(canteen=indexed["canteen"].pk)).text
    assert weight(page) <= MOST


def test_the_scripts_of_a_page_are_light() -> None:
    scripts = sorted((STATIC / "dist/js").glob("*.js"))
    assert scripts
    assert sum(on_the_wire(script.read_bytes()) for script in scripts) <= MOST_OF_SCRIPTS
