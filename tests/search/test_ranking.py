"""The order of results, without an engine."""

from uuid import UUID

from search.engine import Hit
from search.ranking import Scene, Weights, rank
from services_catalog.eligibility import Verdict

MINUTE = 20_000 * 24 * 60
EAT, SLEEP, WASH = "eat", "sleep", "wash"


def hit(number: int, *needs: str, score: float = 0.0, **said) -> Hit:
    return Hit(UUID(int=number), None, score, needs=frozenset(needs), **said)


def order(hits, **scene) -> list[int]:
    return [one.hit.service.int for one in rank(hits, Scene(today=20_000, minute=MINUTE, **scene))]


def test_a_need_outweighs_words():
    assert order([hit(1, score=30.0), hit(2, EAT)], needs={EAT: 0.95}) == [2, 1]


def test_words_decide_between_services_of_the_same_need():
    assert order([hit(1, EAT, score=2.0), hit(2, EAT, score=9.0)], needs={EAT: 0.95}) == [2, 1]


def test_who_names_a_service_sees_it_first():
    assert order([hit(1, EAT), hit(2, named=True)], needs={EAT: 0.99}) == [2, 1]


def test_where_no_need_is_sure_each_likely_one_shows_a_service():
    hits = [hit(1, EAT), hit(2, EAT), hit(3, EAT), hit(4, SLEEP), hit(5, WASH)]
    assert order(hits, needs={EAT: 0.5, SLEEP: 0.3, WASH: 0.1}) == [1, 4, 5, 2, 3]


def test_a_sure_need_is_not_spread():
    hits = [hit(1, EAT), hit(2, EAT), hit(3, SLEEP)]
    assert order(hits, needs={EAT: 0.92, SLEEP: 0.06}) == [1, 2, 3]


def test_many_services_with_the_same_words_in_their_names_are_no_name():
    hits = [*(hit(number, EAT, named=True) for number in range(1, 6)), hit(9, SLEEP)]
    assert order(hits, needs={EAT: 0.5, SLEEP: 0.4})[:2] == [1, 9]


def test_two_words_name_a_house_of_five_services():
    hits = [*(hit(number, named=True) for number in range(1, 6)), hit(8, EAT), hit(9, SLEEP)]
    assert order(hits, needs={EAT: 0.5, SLEEP: 0.4}, words=2)[:6] == [1, 2, 3, 4, 5, 8]


def test_who_may_not_come_sees_it_last():
    verdicts = {UUID(int=1): Verdict.DOES_NOT, UUID(int=2): Verdict.ASK, UUID(int=3): Verdict.FITS}
    assert order([hit(1, EAT), hit(2, EAT), hit(3, EAT)], needs={EAT: 0.95}, verdicts=verdicts) == [3, 2, 1]


def test_a_service_that_does_not_fit_never_leads_for_its_need():
    verdicts = {UUID(int=2): Verdict.DOES_NOT}
    assert order([hit(1, EAT), hit(2, SLEEP), hit(3, EAT)], needs={EAT: 0.5, SLEEP: 0.4}, verdicts=verdicts) == [
        1,
        3,
        2,
    ]


def test_what_is_open_near_and_lately_checked_comes_before_its_like():
    assert order([hit(1, EAT), hit(2, EAT, open=True)], needs={EAT: 0.95}) == [2, 1]
    assert order([hit(1, EAT, distance_km=9.0), hit(2, EAT, distance_km=1.0)], needs={EAT: 0.95}) == [2, 1]
    assert order([hit(1, EAT, assured=18_000), hit(2, EAT, assured=19_990)], needs={EAT: 0.95}) == [2, 1]


def test_what_is_free_comes_before_its_like_and_what_is_full_after_while_the_report_holds():
    hits = [hit(1, EAT, full_until=MINUTE + 1), hit(2, EAT), hit(3, EAT, free_until=MINUTE + 1)]
    assert order(hits, needs={EAT: 0.95}) == [3, 2, 1]
    past = [hit(1, EAT, full_until=MINUTE), hit(2, EAT), hit(3, EAT, free_until=MINUTE)]
    assert order(past, needs={EAT: 0.95}) == [1, 2, 3]


def test_being_free_outweighs_no_need_and_no_verdict():
    hits = [hit(1, EAT, full_until=MINUTE + 1), hit(2, SLEEP, free_until=MINUTE + 1)]
    assert order(hits, needs={EAT: 0.95, SLEEP: 0.01}) == [1, 2]
    verdicts = {UUID(int=2): Verdict.DOES_NOT}
    both = [hit(1, EAT, full_until=MINUTE + 1), hit(2, EAT, free_until=MINUTE + 1)]
    assert order(both, needs={EAT: 0.95}, verdicts=verdicts) == [1, 2]


def test_best_bets_come_before_all_in_their_order():
    bets = [UUID(int=3), UUID(int=2)]
    assert order([hit(1, EAT), hit(2), hit(3)], needs={EAT: 0.99}, bets=bets) == [3, 2, 1]


def test_ties_break_by_id():
    assert order([hit(3), hit(1), hit(2)]) == [1, 2, 3]


def test_every_place_is_explained_by_parts_that_add_up():
    (found,) = rank(
        [hit(1, EAT, score=4.0, open=True)], Scene(today=20_000, minute=MINUTE, needs={EAT: 0.5}), Weights(open=0.1)
    )
    assert found.parts == {"need": 0.5, "words": 0.2, "open": 0.1}
    assert round(found.score, 6) == 0.8


def test_what_is_suspended_comes_after_what_helps_now_and_before_other_needs():
    hits = [hit(1, EAT, active=False), hit(2, EAT), hit(3, SLEEP)]
    assert order(hits, needs={EAT: 0.95, SLEEP: 0.01}) == [2, 1, 3]
