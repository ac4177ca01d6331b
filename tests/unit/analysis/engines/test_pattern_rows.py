"""From groups of a GROUP BY to patterns, and what engines tell of rows by hand."""

from pathlib import Path

import numpy as np
import pytest
from snapshots_made import make_snapshot

from skillnad.analysis.engines.cells import Dimension
from skillnad.analysis.engines.duckdb import DuckDBEngine
from skillnad.analysis.engines.in_memory import InMemoryEngine
from skillnad.analysis.engines.pattern_rows import Outcomes, patterns, values_of
from skillnad.analysis.formulas.proportions import Counted
from skillnad.analysis.questions import Count, Duration, Selection, Share, Where
from skillnad.analysis.results import Axis, Level, LevelKind
from skillnad.codebook.periods import Period

ORIGIN = Axis(
    "origin",
    "Ursprung",
    (Level("1", "Ett"), Level("3", "Tre"), Level("5", "Vet ej"), Level("", "Saknas", LevelKind.MISSING)),
)
ROWS = """
    | legal_sex | origin | problem | start_date | end_date   |
    | 1         | 3      | 1;4     | 2025-01-01 | 2025-01-03 |
    | 1         | 3      | 4;1     | 2025-01-01 | 2025-01-03 |
    | 2         | 3      |         | 2025-01-01 |            |
    | 2         |        | 4       | 2025-12-30 |            |
    |           | 5      | 4       | 2025-01-09 | 2025-01-09 |
    |           | 1      | 35      |            | 2025-01-09 |
"""
ENGINES = pytest.mark.parametrize("engine", [InMemoryEngine(), DuckDBEngine()], ids=["in_memory", "duckdb"])


def test_number_of_a_set_is_its_codes_in_the_codebooks_order():
    assert values_of(ORIGIN, Dimension.of(ORIGIN, [(), (0,), (0, 1), (2,)])) == ["", "1", "1;3", "5"]


def test_denominator_is_the_numbers_that_say_yes_or_no():
    outcome = Axis("share", "Andel", tuple(Level(code, code) for code in ("yes", "no", "unknown", "")))
    assert Outcomes.of(Dimension.of(outcome, [(), (0,), (1,), (2,), (0,)])) == Outcomes([1, 4], [1, 2, 4])


def test_groups_of_one_pattern_are_put_together_and_empty_ones_left_out():
    numbers = [np.array([0, 2, 1, 1])]
    found = patterns([["", "1", "1"]], numbers, np.array([0, 2, 1, 0]), np.array([0, 5, 1, 2]))
    assert found == {("1",): Counted(3, 8)}


def test_without_columns_there_is_one_pattern():
    assert patterns([], [], np.array([2]), np.array([3])) == {(): Counted(2, 3)}


@ENGINES
@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ((), {(): Counted(3, 4)}),
        (("legal_sex",), {("1",): Counted(2, 2), ("2",): Counted(1, 1), ("",): Counted(0, 1)}),
        (
            ("problem", "year:start_date"),
            {("1;4", "2025"): Counted(2, 2), ("", "2025"): Counted(1, 1), ("35", ""): Counted(0, 1)},
        ),
    ],
)
def test_patterns_are_of_rows_whose_outcome_is_known(engine, tmp_path: Path, columns, expected):
    snapshot = make_snapshot(tmp_path, interventions=ROWS)
    assert engine.rows(snapshot, Share(Where("origin", ("3",)))).patterns(columns) == expected


@ENGINES
def test_share_that_nobody_is_in_the_denominator_of_has_no_patterns(engine, tmp_path: Path):
    snapshot = make_snapshot(tmp_path, interventions=ROWS)
    question = Share(Where("origin", ("3",)), Selection(period=Period.parse("2020")))
    assert engine.rows(snapshot, question).patterns(("legal_sex",)) == {}


@ENGINES
def test_days_are_told_of_every_cell_that_has_a_row(engine, tmp_path: Path):
    snapshot = make_snapshot(tmp_path, interventions=ROWS)
    told = engine.rows(snapshot, Duration("start_date", "end_date", by=("legal_sex",))).lasting()
    assert {key: np.stack([held.days, held.ended, held.open]).tolist() for key, held in told.items()} == {
        ("1",): [[2], [2], [0]],
        ("2",): [[1, 364], [0, 0], [1, 1]],
        ("",): [[0], [1], [0]],
        ("*",): [[0, 1, 2, 364], [1, 0, 2, 0], [0, 1, 0, 1]],
    }


@ENGINES
def test_rows_of_another_kind_of_question_are_refused(engine, tmp_path: Path):
    rows = engine.rows(make_snapshot(tmp_path, interventions=ROWS), Count(by=("legal_sex",)))
    with pytest.raises(TypeError):
        rows.lasting()
    with pytest.raises(TypeError):
        rows.patterns(("legal_sex",))
