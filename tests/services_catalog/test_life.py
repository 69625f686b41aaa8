"""What the status of a service is on a day: as its door says, and never active outside its dates."""

from datetime import date

import pytest

from services_catalog.choices import Status
from services_catalog.life import Life, status_on
from services_catalog.opening_hours import Life as DoorsLife
from services_catalog.opening_hours.why import outlived

DAY = date(2026, 11, 23)
BEFORE, AFTER = date(2026, 11, 22), date(2026, 11, 24)


@pytest.mark.parametrize(
    ("life", "expected"),
    [
        (Life("active", None, None), Status.ACTIVE),
        (Life("active", DAY, DAY), Status.ACTIVE),
        (Life("active", None, BEFORE), Status.ENDED),
        (Life("active", AFTER, None), Status.PLANNED),
        (Life("suspended", None, AFTER), Status.SUSPENDED),
        (Life("planned", BEFORE, None), Status.PLANNED),
    ],
)
def test_outside_its_dates_nothing_is_active(life: Life, expected: Status) -> None:
    assert status_on(DAY, life) == expected
    assert status_on(DAY, Life("active", None, None), life) == expected
    assert (outlived(DoorsLife(Status(life.status), *life[1:]), DAY) is None) == (expected == Status.ACTIVE)
