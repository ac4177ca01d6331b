"""From groups of a GROUP BY to rows by whose they are, and what engines tell of them by hand."""

from pathlib import Path

import numpy as np
import pytest
from rows_by_client import by_whom
from snapshots_made import make_snapshot

from skillnad.analysis.comparisons.rows import NOBODY
from skillnad.analysis.engines.client_rows import _kinds, client_rows, grouped_by_client
from skillnad.analysis.engines.duckdb import DuckDBEngine
from skillnad.analysis.engines.in_memory import InMemoryEngine
from skillnad.analysis.questions import Count, CrossTable, Selection, Share, Where
from skillnad.codebook.periods import Period

ROWS = """
    | client | legal_sex | origin | problem | start_date |
    | 70     | 1         | 3      | 1;4     | 2025-01-01 |
    | 70     | 1         | 3      | 4;1     | 2025-01-01 |
    | 70     | 1         | 1      | 1       | 2025-01-01 |
    | 50     | 2         | 2      | 1;4     | 2025-12-30 |
    | 50     | 2         | 5      | 4       | 2025-01-09 |
    | 90     | 2         |        | 4       | 2025-01-09 |
"""
ENGINES = pytest.mark.parametrize("engine", [InMemoryEngine(), DuckDBEngine()], ids=["in_memory", "duckdb"])
OF = Share(Where("origin", ("3",)))


@ENGINES
def test_rows_are_told_by_client_and_pattern(engine, tmp_path: Path):
    rows = engine.rows(make_snapshot(tmp_path, interventions=ROWS), OF)
    assert by_whom(rows.by_client(("problem",))) == [[("1", 0, 1), ("1;4", 2, 2)], [("1;4", 0, 1)], []]
    assert by_whom(rows.by_client(())) == [[(0, 1)], [(2, 3)], []]


@ENGINES
def test_every_row_of_a_count_is_told_of(engine, tmp_path: Path):
    rows = engine.rows(make_snapshot(tmp_path, interventions=ROWS), Count())
    assert by_whom(rows.by_client(("legal_sex",))) == [[("1", 0, 3)], [("2", 0, 1)], [("2", 0, 2)], []]


@ENGINES
def test_clients_are_small_numbers_and_no_pseudonyms(engine, tmp_path: Path):
    rows = engine.rows(make_snapshot(tmp_path, interventions=ROWS), Count())
    assert set(rows.by_client(()).client.tolist()) == {0, 1, 2}


@ENGINES
def test_rows_of_nobody_known_are_told_as_such(engine, tmp_path: Path):
    nobody = "\n".join(line.replace("| 70 ", "|    ") for line in ROWS.splitlines())
    told = engine.rows(make_snapshot(tmp_path, interventions=nobody), Count()).by_client(("legal_sex",))
    of_nobody = told.client == NOBODY
    assert [told.patterns[place] for place in told.pattern[of_nobody]] == [("1",)]
    assert told.whole[of_nobody].tolist() == [3]


@ENGINES
def test_no_rows_have_no_patterns(engine, tmp_path: Path):
    nothing = Share(Where("origin", ("3",)), Selection(period=Period.parse("2020")))
    told = engine.rows(make_snapshot(tmp_path, interventions=ROWS), nothing).by_client(("problem",))
    assert (told.patterns, len(told.client), len(told.whole)) == ((), 0, 0)


@ENGINES
def test_rows_of_another_kind_of_question_are_refused(engine, tmp_path: Path):
    rows = engine.rows(make_snapshot(tmp_path, interventions=ROWS), CrossTable("legal_sex", "problem"))
    with pytest.raises(TypeError):
        rows.by_client(())


def test_groups_of_one_client_and_pattern_are_put_together():
    numbers, client = [np.array([0, 2, 1, 1])], np.array([0, 0, 0, 3])
    found = grouped_by_client([["", "1", "1"]], numbers, client, np.array([0, 2, 1, 0]), np.array([0, 5, 1, 2]))
    assert by_whom(found) == [[("1", 0, 2)], [("1", 3, 6)], []]


def test_clients_are_numbered_as_they_come():
    told = client_rows([(70, ("a",), 1, 2), (NOBODY, ("a",), 0, 3), (50, ("b",), 0, 1), (70, ("b",), 1, 1)])
    assert (told.client.tolist(), told.pattern.tolist()) == ([0, NOBODY, 1, 0], [0, 0, 1, 1])
    assert (told.part.tolist(), told.whole.tolist()) == ([1, 0, 0, 1], [2, 3, 1, 1])


def test_columns_of_more_numbers_than_an_integer_holds_are_told_too():
    sizes = (2**33, 3, 2**30, 5)
    numbers = [np.array([0, size - 1, size - 1]) for size in sizes]
    kinds, kind = _kinds(numbers, 3)
    assert kind.tolist() == [0, 1, 1]
    assert [held.tolist() for held in kinds] == [[0, size - 1] for size in sizes]


def test_kinds_of_no_columns_are_one():
    kinds, kind = _kinds([], 4)
    assert (kinds, kind.tolist()) == ([], [0, 0, 0, 0])
