"""Every pair of colours that meets on a page can be told apart, by day and by night (WCAG 2.2, 1.4.3 and 1.4.11)."""

import re
from pathlib import Path

import pytest

import frontend

TOKENS = (Path(frontend.__file__).parent / "assets/scss/_tokens.scss").read_text()
TEXT, PART = 4.5, 3.0
PAIRS = [
    *((ink, ground, TEXT) for ink in ("ink", "ink-soft", "link") for ground in ("paper", "surface", "wash")),
    *((ink, ground, TEXT) for ink in ("on-band", "on-band-soft") for ground in ("band", "band-deep")),
    ("on-lantern", "lantern", TEXT),
    ("on-lantern", "lantern-hover", TEXT),
    ("open-ink", "open-wash", TEXT),
    ("on-signal", "signal", TEXT),
    ("signal-ink", "signal-wash", TEXT),
    ("lantern", "band", PART),
    ("edge", "paper", PART),
    ("edge", "surface", PART),
    ("band-edge", "band", PART),
    ("focus", "paper", PART),
    ("focus", "surface", PART),
    ("focus", "focus-gap", PART),
]


def palette(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", css))


def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1 (WCAG's definition)."""
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


LIGHT, DARK = (palette(part) for part in TOKENS.split("@media (prefers-color-scheme: dark)"))


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground", "least"), PAIRS)
def test_colours_that_meet_can_be_told_apart(colours: dict[str, str], ink: str, ground: str, least: float) -> None:
    assert contrast(colours[ink], colours[ground]) >= least


def test_night_has_every_colour_of_the_day() -> None:
    assert LIGHT.keys() == DARK.keys()


def test_every_colour_has_a_use() -> None:
    styles = "".join(path.read_text() for path in Path(frontend.__file__).parent.glob("assets/scss/*.scss"))
    assert {name for name in LIGHT if f"var(--{name})" not in styles} == set()
