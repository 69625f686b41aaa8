"""The invented territory is rich, deterministic, and cannot be taken for a real one. No database needed."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from services_catalog import choices
from services_catalog.data.reference import comuni, taxonomies
from services_catalog.demonstration.load import bundle
from services_catalog.demonstration.markers import OPERATOR, SEALED
from services_catalog.opening_hours import validate
from services_catalog.publication.document import Phone, Schedule, Service, Shape


@pytest.fixture(scope="module")
def services() -> list[Service]:
    return [document for document in bundle("valdarmonia").documents() if isinstance(document, Service)]


def parts_of(node: Shape, kind: type[Shape]) -> Iterator[Any]:
    """Every part of a kind, however deep."""
    if isinstance(node, kind):
        yield node
    for name in type(node).model_fields:
        value = getattr(node, name)
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, Shape):
                yield from parts_of(item, kind)


def test_it_is_the_same_at_every_load():
    assert list(bundle("valdarmonia").documents()) == list(bundle("valdarmonia").documents())


def test_there_are_enough_services_in_four_languages(services):
    assert len(services) >= 200
    assert sum({"it", "en", "fr", "ar"} <= set(service.name) & set(service.summary) for service in services) >= 150
    names = Counter(service.name["it"] for service in services)
    assert [name for name, times in names.items() if times > 1] == []


def test_every_need_has_an_active_service_that_everybody_sees(services):
    needs = taxonomies()["need"].terms
    groups = {need.parent for need in needs}
    met = {
        need
        for service in services
        if service.audience == choices.Audience.PUBLIC and service.status == choices.Status.ACTIVE
        for need in service.terms.needs
    }
    assert [need.slug for need in needs if need.id not in groups | met] == []


def test_the_public_way_to_the_refuge_has_a_phone_and_no_place(services):
    refuge = next(need.id for need in taxonomies()["need"].terms if need.slug == "rifugio")
    (way,) = (service for service in services if refuge in service.terms.needs and service.audience == "public")
    assert way.phones
    assert way.locations == ()


def test_every_kind_of_rule_step_status_and_audience_is_shown(services):
    rules = [rule for service in services for rule in service.eligibility]
    steps = {step.kind for service in services for step in service.access.steps}
    schedules = [part for service in services for part in parts_of(service, Schedule)]
    assert {rule.dimension for rule in rules} == set(choices.Dimension)
    assert {rule.strength for rule in rules} == set(choices.Strength)
    assert {rule.subject for rule in rules} == set(choices.Subject)
    assert steps == set(choices.StepKind)
    assert {service.status for service in services} == set(choices.Status)
    assert {service.audience for service in services} == set(choices.Audience)
    assert {schedule.rule for schedule in schedules} >= {"hours", "by_appointment", "offices_closed"}
    assert {schedule.kind for schedule in schedules} >= {"open", "phone", "entry"}
    assert any(schedule.exceptions for schedule in schedules)
    assert any(cost.isee_to for service in services for cost in service.costs)
    assert any(place.available == 0 for service in services for place in service.capacities)
    assert any(at.location.type == "mobile" for service in services for at in service.locations)


def test_every_hour_is_one_the_catalogue_understands(services):
    for service in services:
        for schedule in parts_of(service, Schedule):
            if schedule.opening_hours:
                validate(schedule.opening_hours)


def test_no_phone_can_ring_and_no_address_is_anywhere(services):
    for service in services:
        assert all(phone.number.startswith("0000 ") for phone in parts_of(service, Phone)), service.name
        assert {at.location.address.postal_code for at in service.locations if at.location.address} <= {"00000"}
        assert re.match(r"https://[a-z.]+\.invalid/|$", service.url)


def test_its_comuni_cannot_be_real():
    real = comuni()
    names = {comune.name for comune in real.values()}
    for comune in [*bundle("valdarmonia").territory().comuni, *bundle("valdarmonia").elsewhere()]:
        assert comune.code not in real
        assert comune.code.startswith("X")
        assert comune.name not in names


def test_the_markers_stand_in_what_is_hidden_and_nowhere_else(services):
    public = "".join(service.model_dump_json() for service in services if service.audience == "public")
    hidden = "".join(service.model_dump_json() for service in services if service.audience != "public")
    for marker in SEALED:
        assert marker in hidden
        assert marker not in public
    assert [marker for marker in OPERATOR if marker not in public + hidden] == []
