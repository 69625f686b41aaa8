"""What buckets say of things, in a byte each."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.needs.postings import STEPS, Postings

BUCKETS, THINGS = 8, 5

saying = st.lists(
    st.tuples(st.integers(0, BUCKETS - 1), st.integers(0, THINGS - 1), st.floats(0, 8, width=32)), max_size=40
)


def of(said: list[tuple[int, int, float]]) -> Postings:
    buckets, things, weights = zip(*said, strict=True) if said else ((), (), ())
    return Postings.of(np.array(buckets, np.int64), np.array(things, np.int64), np.array(weights, np.float32), BUCKETS)


@given(said=saying, asked=st.sets(st.integers(0, BUCKETS - 1)))
def test_what_buckets_say_is_summed_by_thing_within_half_a_step_of_each(said, asked):
    exact = np.zeros(THINGS)
    for bucket, thing, weight in said:
        exact[thing] += 0.5 * weight * (bucket in asked)
    buckets = np.array(sorted(asked), np.int64)
    found = of(said).summed(buckets, np.full(len(buckets), 0.5, np.float32), THINGS)
    assert np.abs(found - exact).max() <= 0.5 * len(said) * 8 / STEPS / 2 + 1e-4


@given(said=saying)
def test_it_knows_the_buckets_that_say_anything(said):
    known = of(said).knows(np.arange(BUCKETS))
    assert {number for number in range(BUCKETS) if known[number]} == {bucket for bucket, _thing, _weight in said}


@pytest.mark.parametrize(("things", "bytes_each"), [(200, 1), (40_000, 2), (70_000, 4)])
def test_numbers_of_things_take_no_more_room_than_they_need(things: int, bytes_each: int) -> None:
    assert of([(0, things - 1, 1.0)]).things.itemsize == bytes_each
