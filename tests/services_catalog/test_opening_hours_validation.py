"""What an editor may write as hours, and what is said of the rest."""

import pytest

from services_catalog.opening_hours import OpeningHoursError, validate
from services_catalog.opening_hours.validation import LONGEST

GOOD = [
    "24/7",
    "off",
    "Mo-Fr 09:00-13:00,15:00-18:00; Sa 09:00-12:00; PH off",
    "20:00-08:00",
    "Nov 15-Mar 31 20:00-08:00",
    "Mar-Oct Mo-Fr 09:00-12:00; Nov-Feb Mo-Fr 10:00-12:00",
    "Mo[1],Mo[3] 10:00-12:00",
    "week 1-53/2 Tu 10:00-12:00",
    "easter +1 day off",
    'Mo 10:00-12:00 "solo lun. 10.30, sunset"',
    "Mo 09:00-12:00, Mo 15:00-18:00",
    "Mo 09:00-12:00; Mo 10:00-10:30 off",
    "2026 Dec 24-2027 Jan 06 off",
]
BAD = [
    ("", "off"),
    ("   ", "off"),
    (" 24/7", ""),
    ("24/24", "24/24"),
    ("Mo-Ve 10:00-12:00", "Ve 10:00"),
    ("lun-ven 09:00-12:00", "lun"),
    ("Mo-Fr 9.00-12.00", "9.00"),
    ("Mo-Fr 25:00-26:00", "25:00"),
    ("Mo-Fr 09:00-12:00,", ""),
    ("Mo-Fr 09:00-12:00 # forse", "# forse"),
    ("sunrise-sunset", "sunrise"),
    ("SH off", "SH"),
    ("Mo 20:00+", "+"),
    ("10:00-16:00/02:00", "/"),
    ("20:00-08:00; Su 04:00-08:00 off", ""),
    ("Mo 09:00-12:00; Mo 15:00-18:00", "Mo"),
    ("09:00-12:00; 15:00-18:00", "Mo-Su"),
    ("Nov-Mar Mo 09:00-12:00; Nov-Mar Mo 15:00-18:00", "Nov-Mar Mo"),
    ("Mo 09:00-12:00 " * LONGEST, str(LONGEST)),
]


@pytest.mark.parametrize("text", GOOD)
def test_hours_that_mean_what_they_say_pass(text):
    validate(text)


@pytest.mark.parametrize(("text", "named"), BAD)
def test_what_is_wrong_is_named(text, named):
    with pytest.raises(OpeningHoursError) as caught:
        validate(text.strip() if len(text) > LONGEST else text)
    assert named in str(caught.value)
    assert isinstance(caught.value, ValueError)
