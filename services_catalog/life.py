"""The life of a service: what its status is on a day, by its own dates and its program's."""

from datetime import date
from typing import NamedTuple

from services_catalog.choices import Status


class Life(NamedTuple):
    """The stated status of a service or a program, and dates that are both included."""

    status: str
    valid_from: date | None
    valid_until: date | None


def status_on(day: date, *lives: Life) -> Status:
    """The status on a day of what lives while all of `lives` do: active within every one, else the first other."""
    statuses = (_status_on(day, life) for life in lives)
    return next((status for status in statuses if status != Status.ACTIVE), Status.ACTIVE)


def _status_on(day: date, life: Life) -> Status:
    if life.status != Status.ACTIVE:
        return Status(life.status)
    if life.valid_until and day > life.valid_until:
        return Status.ENDED
    return Status.PLANNED if life.valid_from and day < life.valid_from else Status.ACTIVE
