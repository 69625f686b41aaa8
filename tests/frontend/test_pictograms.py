"""The sprite, its list of names, and the taxonomy of needs say the same."""

import re
from pathlib import Path

import frontend
from frontend.public.pictograms import INTERFACE, NEEDS, PICTOGRAMS, STATES
from services_catalog.data.reference import taxonomies

ROOM = Path(frontend.__file__).parent
SPRITE = (ROOM / "templates/frontend/pictograms.svg").read_text()


def test_the_sprite_holds_exactly_the_named_drawings() -> None:
    assert set(re.findall(r'id="p-([a-z]+)"', SPRITE)) == PICTOGRAMS


def test_every_need_has_its_drawing() -> None:
    top = {term.pictogram for term in taxonomies()["need"].terms if term.parent is None}
    assert top == NEEDS


def test_no_drawing_of_the_interface_is_unused() -> None:
    sources = [*(ROOM / "templates").rglob("*.html"), *ROOM.rglob("*.py")]
    used = set(re.findall(r'pictogram "([a-z]+)"', "".join(path.read_text() for path in sources)))
    assert used == INTERFACE
    assert not STATES & (INTERFACE | NEEDS)


def test_drawings_have_one_stroke_and_no_colour_of_their_own() -> None:
    assert not re.search(r"stroke-width|fill=|style=", SPRITE)
