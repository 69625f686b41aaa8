"""The index says "open" exactly when the rules say that one gets in."""

import random
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from search.engine import SearchQuery
from search.indexing import Indexer
from search.query import search
from services_catalog import models
from services_catalog.choices import Audience, Caller, ScheduleKind, ScheduleRule
from services_catalog.opening_hours import State, service_state
from services_catalog.publication.document import Service
from services_catalog.publication.records import PublishedRecord
from tests.factories import LocationFactory, ServiceFactory

HOURS = ("24/7", "Mo-Fr 08:30-12:15,15:00-17:45", "Mo-Su 19:00-08:00", "Tu[1] 09:00-11:00", "Sa,Su 10:00-13:00; PH off")
INSTANTS = 60


@pytest.mark.django_db
@pytest.mark.parametrize("audience", [Audience.PUBLIC, Audience.OPERATOR])
def test_hours_that_admit_the_police_alone_are_open_to_their_readers_alone(
    audience: Audience, settings: Any, tmp_path: Path
) -> None:
    settings.ELASTICSEARCH_URL, settings.INDEX_DIR = None, tmp_path
    desk = ServiceFactory(name_it="Sportello", location=LocationFactory())
    models.Schedule.objects.create(service=desk, opening_hours="24/7", callers=[Caller.POLICE])
    beds = ServiceFactory(name_it="Pronta accoglienza", callers=[Caller.POLICE], audience=audience)
    models.Schedule.objects.create(service=beds, opening_hours="24/7")
    Indexer(audience).rebuild()
    found = search(SearchQuery(open_at=timezone.now(), audience=audience))
    assert {hit.service for hit in found.hits} == ({beds.pk} if audience == Audience.OPERATOR else set())


@pytest.mark.django_db
def test_at_any_minute_of_four_weeks(settings: Any, tmp_path: Path) -> None:
    settings.ELASTICSEARCH_URL, settings.INDEX_DIR = None, tmp_path
    for hours in HOURS:
        service = ServiceFactory(name_it=hours, location=LocationFactory())
        models.Schedule.objects.create(
            service=service, kind=ScheduleKind.OPEN, rule=ScheduleRule.HOURS, opening_hours=hours
        )
    ServiceFactory(name_it="Orari non indicati")
    shelter = ServiceFactory(name_it="Dormitorio", location=LocationFactory())
    models.Schedule.objects.create(service=shelter, opening_hours="Mo-Su 19:30-08:00")
    models.Schedule.objects.create(service=shelter, kind=ScheduleKind.ENTRY, opening_hours="Mo-Su 19:30-22:00")
    Indexer(Audience.PUBLIC).rebuild()
    bodies = PublishedRecord.objects.of("service", Audience.PUBLIC, "all").values_list("body", flat=True)
    services = [Service.model_validate_json(body) for body in bodies]
    now, chance = timezone.now(), random.Random(7)
    for _number in range(INSTANTS):
        at = now + timedelta(minutes=chance.randrange(27 * 24 * 60))
        states = {one.id: service_state(one, next(iter(one.locations), None), at).lets_in for one in services}
        results = search(SearchQuery(open_at=at))
        assert {hit.service for hit in results.hits} == {key for key, state in states.items() if state == State.OPEN}, (
            at
        )
        assert results.hours_unknown == list(states.values()).count(State.UNKNOWN), at
