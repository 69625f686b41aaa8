"""The rules of the house that no linter knows."""

import re
import subprocess
from pathlib import Path

import pytest

from portal.settings.environment import BASE_DIR

LONGEST = 400
PACKAGES = ("services_catalog", "search", "api", "frontend", "portal")
# Templates that Django and Wagtail find by their own names.
FOUND_BY_NAME = re.compile(r"(^|/)(400|403|404|429|500|503)\.html$|^(admin|wagtailadmin|wagtailsnippets|registration)/")


def tracked(*patterns: str) -> list[Path]:
    """The files that are in the repository, or would be if added now."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *patterns]
    listed = subprocess.run(command, cwd=BASE_DIR, capture_output=True, text=True, check=True).stdout
    return [path for line in listed.splitlines() if (path := BASE_DIR / line).is_file()]


def text_of(path: Path) -> str:
    """The file's text; nothing if it is no text."""
    try:
        return path.read_text()
    except UnicodeDecodeError:
        return ""


def places(pattern: str, paths: list[Path]) -> list[str]:
    """Where the pattern stands, as file:line."""
    wanted = re.compile(pattern)
    return [
        f"{path.relative_to(BASE_DIR)}:{number}"
        for path in paths
        for number, line in enumerate(text_of(path).splitlines(), 1)
        if wanted.search(line)
    ]


def test_no_python_file_is_longer_than_a_reader_can_hold() -> None:
    lengths = {path: len(text_of(path).splitlines()) for path in tracked("*.py") if "migrations" not in path.parts}
    assert {str(path.relative_to(BASE_DIR)): length for path, length in lengths.items() if length > LONGEST} == {}


def test_no_file_names_a_path_of_the_machine_it_was_written_on() -> None:
    home = re.escape(str(BASE_DIR.parent)) + "/"
    # Put together here so that this file does not name them.
    elsewhere = "|".join(["/" + "home/[a-z]+/", "/" + "root/[.a-z]", "/" + "Users/[A-Za-z]+/"])
    assert places(f"(?<![\\w.-])({elsewhere})", tracked()) == []
    if len(BASE_DIR.parents) > 2:
        assert places(f"(?<![\\w.-]){home}", tracked()) == []


def test_no_lock_names_the_address_of_a_registry() -> None:
    locks = tracked(
        "*.lock", "*package-lock.json", "*.npmrc", "*pip.conf", "requirements/*", "pyproject.toml", "Dockerfile"
    )
    # Put together here so that this file does not name them.
    index, links, npm = "index" + "-url", "find" + "-links", "regis" + "try"
    assert places(f'"resolved": *"http|--(extra-)?{index}|--{links}|{index} *=|{npm} *=', locks) == []


def test_no_unfinished_work_is_named_in_code() -> None:
    unfinished = "|".join(["TO" + "DO", "FIX" + "ME", "X" * 3, "NotImplemented" + "Error"])
    assert places(rf"\b({unfinished})\b", tracked("*.py", "*.html", "*.js", "*.scss")) == []


@pytest.mark.parametrize("package", PACKAGES)
def test_every_template_is_used(package: str) -> None:
    code = "\n".join(text_of(path) for path in tracked("*.py", "*.html") if "tests" not in path.parts)
    unused = []
    for path in tracked(f"{package}/*.html", f"{package}/*.txt"):
        if "templates" not in path.parts:
            continue
        name = str(path.relative_to(BASE_DIR)).rpartition("/templates/")[2]
        if not FOUND_BY_NAME.search(name) and name not in code:
            unused.append(name)
    assert unused == []


def test_no_page_of_ours_asks_anything_of_third_parties() -> None:
    sources = tracked("frontend/*.html", "frontend/*.scss", "frontend/*.js", "portal/*.html", "api/*.html")
    fetched = (
        r"(src|srcset|poster|action)=.https?://",
        r"<link[^>]+href=.https?://",
        r"url\(.?https?://",
        r"@import .https?:",
    )
    assert places("|".join(fetched), sources) == []
