"""Services that begin or end with a day: nobody saves anything then, and they are no longer found by what they were."""

from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import Q

from services_catalog import models
from services_catalog.choices import Audience
from services_catalog.life import Life, status_on
from services_catalog.publication.inputs import plain
from services_catalog.publication.queue import StaleRecord
from services_catalog.publication.records import RecordFacet

BATCH = 500
OWN = ("status", "valid_from", "valid_until")
PROGRAMS = tuple(f"program__{name}" for name in OWN)


def queue_turned(today: date) -> int:
    """Queue the published services whose status is another on `today` than they are found by; returns how many.

    In a territory shown as of another day it is always that day.
    """
    statuses = _statuses(today)
    turned: list[UUID] = []
    while batch := dict(islice(statuses, BATCH)):
        turned += _found_otherwise(batch)
    stale = [StaleRecord(kind="service", uuid=key) for key in turned]
    StaleRecord.objects.bulk_create(stale, ignore_conflicts=True, batch_size=BATCH)
    return len(turned)


def _statuses(today: date) -> Iterator[tuple[UUID, str]]:
    """The status of every service that dates or a program decide on."""
    dated = Q(valid_from__isnull=False) | Q(valid_until__isnull=False) | Q(program__isnull=False)
    found: Any = plain(models.Service).filter(dated, live=True)
    for row in found.values("pk", "audience", "territory__show_as_of", "program", *OWN, *PROGRAMS).iterator():
        lives = [Life(*(row[name] for name in OWN))]
        if row["program"] and row["audience"] != Audience.SEALED:  # whose body names no program
            lives.append(Life(*(row[name] for name in PROGRAMS)))
        yield row["pk"], status_on(row["territory__show_as_of"] or today, *lives)


def _found_otherwise(statuses: dict[UUID, str]) -> set[UUID]:
    facets = RecordFacet.objects.filter(kind="service", facet="status", uuid__in=statuses)
    return {key for key, value in facets.values_list("uuid", "value") if statuses[key] != value}
