"""The made-up municipality of units with few answers, and what the steps reach in it."""

from pathlib import Path

import pytest
from proof_sizes import size

from benchmarks.few_answers import Municipality, few_answers
from benchmarks.proof.useful import CASES, Case, reached
from skillnad.analysis.snapshot import open_snapshot
from skillnad.codebook.snapshot_schema import Population
from skillnad.reports.useful.standing import USUAL

SMALL = Municipality(units=8, districts=2)


def test_municipality_is_a_snapshot_that_can_be_opened_and_the_same_each_time(tmp_path: Path) -> None:
    made = [few_answers(tmp_path / name, SMALL, seed=2) for name in ("one", "two")]
    assert open_snapshot(made[0].path).id == made[0].id == made[1].id
    assert few_answers(tmp_path / "three", SMALL, seed=3).id != made[0].id


def test_units_have_so_many_answers_a_year_on_average(tmp_path: Path) -> None:
    rows = few_answers(tmp_path / "s", Municipality(units=40, districts=4)).table(Population.INTERVENTIONS).rows
    assert 40 * 2 * 18 < rows < 40 * 2 * 22


@pytest.mark.parametrize("seed", range(size(1, 3)))
def test_steps_reach_more_units_than_the_first_alone(seed: int) -> None:
    found = reached(Case("small", SMALL, USUAL), seed + 1)
    assert found.units == 8
    assert found.without < found.reached
    assert found.share >= 0.9


def test_one_case_has_a_goal() -> None:
    assert [case.asked for case in CASES].count(True) == 1
