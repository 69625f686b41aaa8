"""What the documents say holds: settings, commands, files, the description for catalogues of public software."""

import re
import subprocess
from pathlib import Path

import pytest
import yaml
from django.core.management import get_commands
from pydantic_core import PydanticUndefined

from portal.settings.environment import BASE_DIR, Environment

DOCUMENTS = sorted(
    path for path in [*BASE_DIR.glob("*.md"), *BASE_DIR.glob("docs/**/*.md")] if path.name != "CHANGELOG.md"
)
ALL_TEXT = {path: path.read_text() for path in DOCUMENTS}
NAMES = [str(path.relative_to(BASE_DIR)) for path in DOCUMENTS]


def words(default: object) -> str:
    """A default as the table shows it."""
    if default is None or default == () or default is PydanticUndefined:
        return "unset"
    if isinstance(default, bool):
        return f"`{str(default).lower()}`"
    if isinstance(default, tuple):
        return f"`{','.join(default)}`"
    return f"`{default.relative_to(BASE_DIR) if isinstance(default, Path) else default}`"


def test_the_readme_documents_exactly_the_variables_that_are_read() -> None:
    readme = (BASE_DIR / "README.md").read_text()
    table = re.findall(r"^\| `([A-Z_]+)` \| (.+?) \| (.+) \|$", readme, re.MULTILINE)
    fields = Environment.model_fields.items()
    assert table == [(name.upper(), words(field.default), field.description) for name, field in fields]


def test_the_readme_opens_with_the_two_commands() -> None:
    first_block = (BASE_DIR / "README.md").read_text().split("```")[1]
    assert [line.split("#")[0].strip() for line in first_block.strip().splitlines()] == ["make run", "make test"]


@pytest.mark.parametrize("name", NAMES)
def test_every_make_target_named_exists(name: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", (BASE_DIR / "Makefile").read_text(), re.MULTILINE))
    text = ALL_TEXT[BASE_DIR / name]
    in_code = re.findall(r"`([^`\n]+)`", text) + re.findall(r"^(make .*)$", text, re.MULTILINE)
    assert {target for code in in_code for target in re.findall(r"^make ([a-z]+)", code)} <= targets


@pytest.mark.parametrize("name", NAMES)
def test_every_command_of_manage_named_exists(name: str) -> None:
    named = set(re.findall(r"manage\.py ([a-z_]+)", ALL_TEXT[BASE_DIR / name]))
    assert named <= set(get_commands())


@pytest.mark.parametrize("name", NAMES)
def test_every_module_run_by_name_exists(name: str) -> None:
    for module in re.findall(r"python -m ((?:portal|frontend|tests)[a-z_.]*)", ALL_TEXT[BASE_DIR / name]):
        path = BASE_DIR / module.replace(".", "/")
        assert path.with_suffix(".py").exists() or (path / "__main__.py").exists(), module


@pytest.mark.parametrize("name", NAMES)
def test_every_link_between_documents_leads_somewhere(name: str) -> None:
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", ALL_TEXT[BASE_DIR / name]):
        assert (BASE_DIR / name).parent.joinpath(target).exists(), target


def test_every_decision_is_listed() -> None:
    folder = BASE_DIR / "docs" / "decisions"
    listed = re.findall(r"\]\((\d{4}-[a-z-]+\.md)\)", (folder / "README.md").read_text())
    assert listed == sorted(path.name for path in folder.glob("[0-9]*.md"))


def test_make_alone_lists_every_command_with_its_meaning() -> None:
    said = subprocess.run(["make"], cwd=BASE_DIR, capture_output=True, text=True, check=True).stdout
    for command in ("run", "test", "bench", "demo", "format"):
        assert re.search(rf"^  make {command} +\S", said, re.MULTILINE), command


def test_publiccode_holds_what_its_standard_requires() -> None:
    described = yaml.safe_load((BASE_DIR / "publiccode.yml").read_text())
    required = {
        *("publiccodeYmlVersion", "name", "url", "platforms", "developmentStatus", "softwareType", "description"),
        *("legal", "maintenance", "localisation"),
    }
    assert required <= described.keys()
    assert described["developmentStatus"] in {"concept", "development", "beta", "stable", "obsolete"}
    assert described["softwareType"] == "standalone/web"
    assert described["legal"]["license"] == "EUPL-1.2"
    assert described["maintenance"]["type"] == "community"
    assert described["maintenance"]["contacts"][0]["name"]
    assert described["localisation"]["localisationReady"] is True
    assert set(described["localisation"]["availableLanguages"]) == {"it", "en"} == described["description"].keys()
    for text in described["description"].values():
        assert len(text["shortDescription"]) <= 150
        assert 150 <= len(text["longDescription"]) <= 10_000
        assert text["features"]
        assert max(map(len, text["features"])) <= 100


def test_the_licence_is_the_whole_eupl() -> None:
    licence = (BASE_DIR / "LICENSE").read_text()
    assert licence.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert [number for number in range(1, 16) if f"{number}." not in licence] == []
    assert "Appendix" in licence
