"""The style sheets are built from a lock that names no registry, once, and hold nothing that a page may not ask for."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

import frontend

ROOM = Path(frontend.__file__).parent
DIST = ROOM / "static/dist"


def test_the_lock_has_every_package_s_hash_and_no_address() -> None:
    packages = json.loads((ROOM / "assets/package-lock.json").read_text())["packages"]
    named = {name: package for name, package in packages.items() if name}
    assert named
    assert [name for name, package in named.items() if "resolved" in package] == []
    assert [name for name, package in named.items() if "integrity" not in package] == []


def test_a_second_build_does_nothing() -> None:
    stamp = DIST / "inputs.sha256"
    if not stamp.exists():
        pytest.fail("the assets are not built: python -m frontend.build")
    before = stamp.stat().st_mtime_ns
    answer = subprocess.run(
        [sys.executable, "-m", "frontend.build"], cwd=ROOM.parent, capture_output=True, text=True, check=True
    )
    assert "up to date" in answer.stdout
    assert stamp.stat().st_mtime_ns == before


@pytest.mark.parametrize("name", ["portolano.css", "portolano.rtl.css"])
def test_a_style_sheet_asks_for_files_of_its_own_alone(name: str) -> None:
    css = (DIST / name).read_text()
    assert "sourceMappingURL" not in css
    asked = set(re.findall(r'url\("?([^")]+)"?\)', css))
    assert asked
    assert [url for url in asked if not (DIST / url).is_file()] == []


def test_each_direction_has_its_own_sides() -> None:
    left, right = ((DIST / name).read_text() for name in ("portolano.css", "portolano.rtl.css"))
    assert "background-position:right -9rem" in left
    assert "background-position:left -9rem" in right
