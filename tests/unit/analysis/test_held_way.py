"""The way of a population, kept on disk."""

import pytest

from skillnad.analysis.disclosure.attackers import Way
from skillnad.analysis.disclosure.policy import DEFAULT, Policy
from skillnad.analysis.held_way import hold_to_one_way
from skillnad.codebook.snapshot_schema import Population
from skillnad.lib.errors import UserError

CASES, COSTS = Population.CASES, Population.COSTS
ROUND = Policy(way=Way.ROUND)
NOISE = Policy(way=Way.CELL_KEYS)


@pytest.mark.parametrize("policy", [DEFAULT, ROUND, NOISE])
def test_same_way_is_held_to(tmp_path, policy) -> None:
    for _ in range(2):
        hold_to_one_way(tmp_path / "protected", CASES, policy, b"secret")
    assert [file.name for file in (tmp_path / "protected").iterdir()] == ["cases.way"]


@pytest.mark.parametrize(("first", "then"), [(DEFAULT, NOISE), (NOISE, DEFAULT), (ROUND, NOISE), (DEFAULT, ROUND)])
def test_another_way_is_refused(tmp_path, first, then) -> None:
    hold_to_one_way(tmp_path, CASES, first)
    with pytest.raises(UserError, match="DISC-076"):
        hold_to_one_way(tmp_path, CASES, then)


def test_other_population_may_have_another_way(tmp_path) -> None:
    hold_to_one_way(tmp_path, CASES, DEFAULT)
    hold_to_one_way(tmp_path, COSTS, NOISE)
    assert len(list(tmp_path.iterdir())) == 2


def test_another_secret_is_refused(tmp_path) -> None:
    hold_to_one_way(tmp_path, CASES, NOISE, b"one")
    with pytest.raises(UserError, match="DISC-077"):
        hold_to_one_way(tmp_path, CASES, NOISE, b"two")


def test_answers_from_before_ways_were_kept_are_of_gaps(tmp_path) -> None:
    (tmp_path / "a.json").write_text("{}")
    with pytest.raises(UserError, match="DISC-076"):
        hold_to_one_way(tmp_path, CASES, NOISE)
    hold_to_one_way(tmp_path, CASES, DEFAULT)
    with pytest.raises(UserError, match="DISC-076"):
        hold_to_one_way(tmp_path, COSTS, NOISE)


def test_answers_with_noise_leave_other_populations_free(tmp_path) -> None:
    hold_to_one_way(tmp_path, CASES, NOISE)
    (tmp_path / "a.json").write_text("{}")
    hold_to_one_way(tmp_path, COSTS, DEFAULT)
    hold_to_one_way(tmp_path, CASES, NOISE)


@pytest.mark.parametrize("damaged", ["", "{}", '{"way": "magic", "base": 0, "secret": ""}', "[]"])
def test_damaged_file_lets_nothing_through(tmp_path, damaged) -> None:
    (tmp_path / "cases.way").write_text(damaged)
    with pytest.raises(UserError, match="DISC-005"):
        hold_to_one_way(tmp_path, CASES, DEFAULT)


def test_secret_is_not_in_the_file(tmp_path) -> None:
    hold_to_one_way(tmp_path, CASES, NOISE, b"hemligheten")
    assert "hemligheten" not in (tmp_path / "cases.way").read_text()
