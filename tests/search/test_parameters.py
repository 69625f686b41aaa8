"""Parameters → questions, or named errors."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from search.engine import Near, SearchQuery
from search.parameters import NAMES, InvalidParameters, clean_text, parse
from services_catalog.choices import AttributeType, Audience
from tests.factories import AttributeFactory

NOW = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
NEED = str(UUID(int=7))


def ask(text: str, **more) -> SearchQuery:
    return parse(QueryDict(text), audience=Audience.PUBLIC, language="it", now=NOW, **more)


def errors(text: str, **more) -> set[str]:
    with pytest.raises(InvalidParameters) as caught:
        ask(text, **more)
    assert all(error.message for error in caught.value.errors)
    return {error.field for error in caught.value.errors}


def test_nothing_asked_is_everything():
    assert ask("") == SearchQuery(audience=Audience.PUBLIC, language="it")
    assert ask("q=&need=&open=&near=") == ask("")


def test_every_parameter_is_read():
    query = ask(
        f"q=+ho++fame&need={NEED.upper()}&comune=e281&comune=E086&territory=plus-iglesias&status=active"
        "&open=now&near=39.31,8.53&radius=5&order=distance&page=2&per_page=50"
    )
    assert query == SearchQuery(
        text="ho fame",
        filters={
            "need": frozenset({NEED}),
            "comune": frozenset({"E281", "E086"}),
            "territory": frozenset({"plus-iglesias"}),
            "status": frozenset({"active"}),
        },
        open_at=NOW,
        near=Near(39.31, 8.53, 5.0),
        order="distance",
        page=2,
        size=50,
    )
    assert query.offset == 50


@pytest.mark.parametrize("written", ["2026-11-24T22:30", "2026-11-24T22:30:00%2B01:00", "2026-11-24T22:30:00 01:00"])
def test_an_instant_without_a_zone_is_italian(written):
    assert ask(f"open={written}").open_at == datetime(2026, 11, 24, 21, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("colour=red", {"colour"}),
        ("need=eat", {"need"}),
        ("comune=Iglesias", {"comune"}),
        ("territory=../etc", {"territory"}),
        ("status=open", {"status"}),
        ("open=tonight", {"open"}),
        ("open=2026-13-45T99:00", {"open"}),
        ("open=9999-12-31T23:59-23:00", {"open"}),
        ("open=0001-01-01T00:00", {"open"}),
        ("open=2026-12-25T12:00", {"open"}),
        ("near=Iglesias", {"near"}),
        ("near=91,0", {"near"}),
        ("near=nan,inf", {"near"}),
        ("near=39.3,8.5&radius=-1", {"radius"}),
        ("near=39.3,8.5&radius=1_0", {"radius"}),
        ("near=39.3,8.5&radius=１０", {"radius"}),
        ("radius=5", {"radius"}),
        ("order=best", {"order"}),
        ("order=distance", {"order"}),
        ("page=0", {"page"}),
        ("page=x", {"page"}),
        ("page=" + "9" * 5000, {"page"}),
        ("page=51&per_page=20", {"page"}),
        ("per_page=101", {"per_page"}),
        ("page=1&page=2", {"page"}),
        ("q=" + "x" * 4001, {"q"}),
        ("need=1&page=-1&q=" + "x" * 4001, {"need", "page", "q"}),
    ],
)
def test_what_is_wrong_is_named(text, fields):
    assert errors(text) == fields


def test_on_foot_is_said_or_left_out():
    assert ask("near=39.31,8.53&on_foot=1") == SearchQuery(near=Near(39.31, 8.53, 10.0), on_foot=True)
    assert ask("on_foot=1").on_foot
    assert not ask("on_foot=").on_foot
    assert errors("on_foot=yes") == {"on_foot"}


def test_a_view_may_read_parameters_of_its_own():
    assert ask("lang=ar", others={"lang"}) == ask("")
    assert errors("lang=ar") == {"lang"}


def test_fifty_filters_are_enough():
    fifty = [f"need={UUID(int=number)}" for number in range(50)]
    assert len(ask("&".join(fifty)).filters["need"]) == 50
    assert errors("&".join([*fifty, "territory=valdarmonia"])) == {"need"}, "a page adds its own territory"


def test_text_loses_what_nobody_types():
    assert clean_text("\u202eho\x00 fame\ud800 \u200b oggi\n") == "ho fame oggi"


WRITTEN = st.dictionaries(
    st.sampled_from(sorted(NAMES)) | st.text(max_size=5), st.lists(st.text(max_size=30), max_size=3)
)


@given(WRITTEN)
def test_any_parameters_are_a_question_or_named_errors(written):
    parameters = QueryDict(mutable=True)
    for name, values in written.items():
        parameters.setlist(name, values)
    try:
        query = parse(parameters, audience=Audience.PUBLIC, language="it", now=NOW)
    except InvalidParameters:
        return
    assert 1 <= query.size <= 100
    assert query.offset + query.size <= 1000


@given(st.datetimes(timezones=st.none() | st.just(UTC)))
def test_any_instant_is_read_or_refused(instant):
    try:
        open_at = ask("open=" + instant.isoformat().replace("+", "%2B")).open_at
    except InvalidParameters:
        return
    assert isinstance(open_at, datetime)
    assert abs(open_at - NOW) < timedelta(days=28)


@pytest.fixture
def lockers_and_food(db: None) -> None:
    """Two filters, one for operators, and an attribute that is none."""
    AttributeFactory()
    AttributeFactory(key="food", type=AttributeType.SEVERAL, choices=["halal", "vegan"])
    AttributeFactory(key="beds", type=AttributeType.NUMBER, filterable=False)
    AttributeFactory(key="watched", audience=Audience.OPERATOR)


@pytest.mark.usefixtures("lockers_and_food")
def test_custom_attributes_are_filters_by_their_keys() -> None:
    asked = ask("attribute.lockers=yes&attribute.food=halal&attribute.food=vegan&attribute.food=")
    assert asked.filters == {
        "attribute.lockers": frozenset({"yes"}),
        "attribute.food": frozenset({"halal", "vegan"}),
    }


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("attribute.boxes=yes", "attribute.boxes"),
        ("attribute.beds=2", "attribute.beds"),
        ("attribute.watched=yes", "attribute.watched"),
        ("attribute.lockers=true", "attribute.lockers"),
        ("attribute.food=yes", "attribute.food"),
        ("attribute.=yes", "attribute."),
        ("attribute=lockers", "attribute"),
        (f"attribute.{'x' * 90}=", f"attribute.{'x' * 54}"),
    ],
)
@pytest.mark.usefixtures("lockers_and_food")
def test_an_attribute_or_a_value_that_there_is_not_is_named(text: str, wrong: str) -> None:
    assert errors(text) == {wrong}


@pytest.mark.usefixtures("lockers_and_food")
def test_operators_filter_by_what_is_theirs() -> None:
    found = parse(QueryDict("attribute.watched=no"), audience=Audience.OPERATOR, language="it", now=NOW)
    assert found.filters == {"attribute.watched": frozenset({"no"})}


@pytest.mark.usefixtures("lockers_and_food")
def test_who_filters_by_no_attribute_asks_the_database_for_none(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        ask("q=mensa&status=active")
