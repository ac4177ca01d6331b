"""A population of a snapshot is shown in one way."""

import pytest

from skillnad.analysis.disclosure.attackers import Way
from skillnad.analysis.disclosure.perturbed.one_way import check_one_way, check_releases, kept
from skillnad.analysis.disclosure.policy import DEFAULT, Policy
from skillnad.lib.errors import UserError

ROUND = Policy(way=Way.ROUND, base=5)
NOISE = Policy(way=Way.CELL_KEYS)


@pytest.mark.parametrize("policy", [DEFAULT, ROUND, NOISE])
def test_first_answer_can_be_in_any_way(policy) -> None:
    check_one_way(None, kept(policy), "cases")


@pytest.mark.parametrize("policy", [DEFAULT, ROUND, NOISE])
def test_next_answer_can_be_in_the_same_way(policy) -> None:
    check_one_way(kept(policy, b"s"), kept(policy, b"s"), "cases")


@pytest.mark.parametrize(
    ("first", "new"),
    [(DEFAULT, NOISE), (NOISE, DEFAULT), (DEFAULT, ROUND), (ROUND, Policy(way=Way.ROUND, threshold=3, base=3))],
)
def test_another_way_is_refused(first, new) -> None:
    with pytest.raises(UserError, match="DISC-076") as refused:
        check_one_way(kept(first), kept(new), "cases")
    assert kept(first).sv in str(refused.value)


def test_another_secret_is_refused() -> None:
    with pytest.raises(UserError, match="DISC-077"):
        check_one_way(kept(NOISE, b"one"), kept(NOISE, b"two"), "cases")


def test_another_policy_of_the_same_way_is_no_other_way() -> None:
    check_one_way(kept(DEFAULT), kept(Policy(threshold=10, quantile_minimum=20)), "cases")


@pytest.mark.parametrize(
    ("earlier", "policy", "code"),
    [
        ({"way": "round", "base": 5}, DEFAULT, "DISC-076"),
        ({"way": "suppress"}, ROUND, "DISC-076"),
        ({}, ROUND, "DISC-076"),
        ({"way": "round", "base": 5}, ROUND, "DISC-078"),
    ],
)
def test_release_beside_one_that_is_not_of_gaps_is_refused(earlier, policy, code) -> None:
    with pytest.raises(UserError, match=code):
        check_releases([earlier], policy)


def test_gaps_may_stand_beside_gaps() -> None:
    check_releases([{"way": "suppress"}, {}], DEFAULT)


def test_what_is_kept_tells_nothing_of_the_secret() -> None:
    assert b"hemlig".hex() not in repr(kept(NOISE, b"hemlig"))
    assert "hemlig" not in repr(kept(NOISE, b"hemlig"))
