"""What services state of who may come is read once, and again as soon as it has changed."""

import pytest
from pytest_django import DjangoAssertNumQueries

from search import stated
from search.stated import Stated
from services_catalog import models
from services_catalog.choices import Answer, Audience, Dimension, Strength, Value
from services_catalog.publication.feed import FeedHead, new_epoch
from tests.factories import ServiceFactory

pytestmark = pytest.mark.django_db
ONE_READ = 1


@pytest.fixture
def shelter() -> models.Service:
    """A published shelter, for women alone."""
    found: models.Service = ServiceFactory(name_it="Dormitorio")
    models.EligibilityRule.objects.create(
        service=found, dimension=Dimension.GENDER, values=[Value.FEMALE], strength=Strength.EXCLUSIVE
    )
    return found


def said(*services: models.Service, audience: Audience = Audience.PUBLIC) -> list[Stated]:
    found = stated.stated([service.pk for service in services], audience)
    return [found[service.pk] for service in services if service.pk in found]


def genders(*services: models.Service, audience: Audience = Audience.PUBLIC) -> list[list[str]]:
    return [list(rule.values) for one in said(*services, audience=audience) for rule in one.rules]


def test_what_was_read_is_not_read_again(shelter: models.Service, django_assert_num_queries: DjangoAssertNumQueries):
    assert genders(shelter) == [[Value.FEMALE]]
    with django_assert_num_queries(ONE_READ):
        assert genders(shelter) == [[Value.FEMALE]]


@pytest.mark.parametrize("audience", [Audience.PUBLIC, Audience.OPERATOR])
def test_a_rule_changed_is_read_anew_at_the_next_question(shelter: models.Service, audience: Audience) -> None:
    genders(shelter, audience=audience)
    rule = models.EligibilityRule.objects.get(service=shelter)
    rule.values = [Value.FEMALE, Value.MALE]
    rule.save()
    assert genders(shelter, audience=audience) == [[Value.FEMALE, Value.MALE]]


def test_animals_are_part_of_it(shelter: models.Service) -> None:
    assert said(shelter)[0].animals == Answer.NOT_STATED
    shelter.animals = Answer.YES
    shelter.save()
    assert said(shelter)[0].animals == Answer.YES


def test_a_change_of_another_service_leaves_what_was_read(
    shelter: models.Service, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    said(shelter)
    ServiceFactory(name_it="Mensa")
    with django_assert_num_queries(2):
        said(shelter)
    with django_assert_num_queries(ONE_READ):
        said(shelter)


def test_a_service_withdrawn_or_hidden_states_nothing(shelter: models.Service) -> None:
    said(shelter)
    shelter.audience = Audience.OPERATOR
    shelter.save()
    assert said(shelter) == []
    assert genders(shelter, audience=Audience.OPERATOR) == [[Value.FEMALE]]
    shelter.unpublish()
    assert said(shelter, audience=Audience.OPERATOR) == []


@pytest.mark.parametrize("change", [{"epoch": new_epoch()}, {"seq": 0}])
def test_a_database_of_another_life_is_read_anew(
    shelter: models.Service, django_assert_num_queries: DjangoAssertNumQueries, change: dict[str, object]
) -> None:
    said(shelter)
    FeedHead.objects.update(**change)
    with django_assert_num_queries(2):
        assert genders(shelter) == [[Value.FEMALE]]


def test_after_many_changes_everything_is_read_anew(shelter: models.Service, monkeypatch: pytest.MonkeyPatch) -> None:
    said(shelter)
    monkeypatch.setattr(stated, "MOST_CHANGES", 2)
    for name in ("Mensa", "Docce"):
        ServiceFactory(name_it=name)
    models.EligibilityRule.objects.get(service=shelter).delete()
    assert genders(shelter) == []


def test_a_process_keeps_no_more_than_it_may_and_answers_right(
    shelter: models.Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = ServiceFactory.create_batch(3)
    for other in others:
        models.EligibilityRule.objects.create(service=other, dimension=Dimension.GENDER, values=[Value.MALE])
    monkeypatch.setattr(stated, "MOST_KEPT", 2)
    right = {shelter.pk: [[Value.FEMALE]]} | {other.pk: [[Value.MALE]] for other in others}
    for asked in ((shelter, *others), (*others, shelter), (others[1],), (shelter, others[2])):
        assert genders(*asked) == [value for service in asked for value in right[service.pk]]
        assert len(stated._kept[Audience.PUBLIC].services) == 2
    models.EligibilityRule.objects.filter(service=others[0]).delete()
    assert genders(others[0]) == []
