"""Arrows that import-linter can't draw: parts of a library, each allowed in one room alone."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("services_catalog", "search", "api", "frontend", "portal")
ONLY_IN = {
    "wagtail.admin": ("portal",),
    "wagtail.snippets": ("portal",),
    "wagtail": ("portal", "services_catalog", "frontend"),
}
"""Part of a library → rooms that may import it."""
DOMAIN_MAY = "wagtail.models"


def imports(path: Path) -> set[str]:
    """Modules that a file imports, anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module)
    return found


@pytest.mark.parametrize("room", ROOMS)
def test_parts_of_wagtail_stay_in_their_rooms(room: str) -> None:
    broken = [
        f"{path.relative_to(ROOT)} imports {module}"
        for path in (ROOT / room).rglob("*.py")
        for module in imports(path)
        for part, rooms in ONLY_IN.items()
        if (module == part or module.startswith(f"{part}.")) and room not in rooms
    ]
    assert broken == []


def test_the_domain_knows_wagtail_by_its_models_alone() -> None:
    broken = [
        f"{path.relative_to(ROOT)} imports {module}"
        for path in (ROOT / "services_catalog").rglob("*.py")
        if "migrations" not in path.parts
        for module in imports(path)
        if module.split(".")[0] == "wagtail" and module != DOMAIN_MAY
    ]
    assert broken == []
