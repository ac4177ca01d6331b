"""Benches of counting, on few rows: they measure what they say, and what they measure is right."""

from pathlib import Path

import pytest

from benchmarks import durations, growth
from benchmarks.counting_data import made_snapshot, repeated_snapshot
from skillnad.analysis.cube import Cube
from skillnad.analysis.snapshot import Snapshot
from skillnad.codebook.snapshot_schema import Population


def totals(snapshot: Snapshot) -> list:
    pairs = Cube(snapshot, Population.INTERVENTIONS).pairs(by="unit", columns=("v01", "reason"))
    return pairs["v01", "reason"][-1].tolist()


def test_durations_are_checked_against_the_sql_and_told() -> None:
    goals = list(durations.run(3000))
    assert [goal.limit for goal in goals] == [1.3, 1.3]
    assert all("times SQL" in goal.name and goal.measured > 0 for goal in goals)


def test_other_durations_than_those_of_the_sql_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(durations, "_same", lambda *_: False)
    with pytest.raises(RuntimeError, match="other durations"):
        list(durations.run(1000))


def test_repeated_snapshot_holds_its_rows_in_each_part(tmp_path: Path) -> None:
    once, ten = made_snapshot(tmp_path / "one", 300), repeated_snapshot(tmp_path / "ten", 3000, parts=10)
    assert len(ten.parts(Population.INTERVENTIONS)) == 10
    assert totals(ten) == [[10 * count for count in row] for row in totals(once)]


def test_growth_measures_a_snapshot(tmp_path: Path) -> None:
    made_snapshot(tmp_path / "small", 300)
    made_snapshot(tmp_path / "grown", 3000)
    measured = growth.measure(tmp_path)
    assert measured["index"] == (tmp_path / "grown" / "interventions.bits").stat().st_size
    assert min(measured["building"], measured["counting"]) > 0


def test_growth_is_told_a_row_and_against_the_index(monkeypatch: pytest.MonkeyPatch) -> None:
    def of_size(rows: int) -> growth.Measured:
        return growth.Measured(rows, rows * 2, rows if rows == 100 else rows * 2, 1000, 3000, 100)

    monkeypatch.setattr(growth, "_of_size", of_size)
    goals = list(growth.run((100, 1000)))
    assert [goal.measured for goal in goals] == [pytest.approx(4 / 3), 2, 3, 0.1]
    assert [goal.reached for goal in goals] == [False, False, True, True]
