"""How long rows have lasted by whose they are: what engines tell by hand, and from groups of a GROUP BY."""

from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from snapshots_made import make_snapshot

from skillnad.analysis.comparisons.rows import LastingBy
from skillnad.analysis.engines.duckdb import DuckDBEngine
from skillnad.analysis.engines.in_memory import InMemoryEngine
from skillnad.analysis.engines.lasting import Lasted
from skillnad.analysis.engines.lasting_by import by_client
from skillnad.analysis.questions import Count, Duration, Selection
from skillnad.codebook.periods import Period

ROWS = """
    | client | legal_sex | problem | start_date | end_date   |
    | 7      | 1         | 1;4     | 2025-01-01 | 2025-01-03 |
    | 7      | 1         | 4;1     | 2025-01-01 | 2025-01-03 |
    | 7      | 2         |         | 2025-12-01 |            |
    | 9      | 2         | 4       | 2025-12-01 |            |
    |        |           | 4       | 2025-01-09 | 2025-01-09 |
    |        |           | 35      |            | 2025-01-09 |
"""
ENGINES = pytest.mark.parametrize("engine", [InMemoryEngine(), DuckDBEngine()], ids=["in_memory", "duckdb"])
LENGTH = Duration("start_date", "end_date")


def told(found: LastingBy) -> list[tuple[object, ...]]:
    """Pattern, days, ended and open of each row, and how many of them each client has; most first."""
    rows = Counter()
    for at in range(len(found.client)):
        key = (found.patterns[found.pattern[at]], int(found.days[at]), int(found.client[at] < 0))
        rows[(*key, "ended")] += int(found.ended[at])
        rows[(*key, "open")] += int(found.open[at])
    return sorted((*key, rows) for key, rows in rows.items() if rows)


@ENGINES
def test_rows_are_told_by_pattern_days_and_whether_they_have_ended(engine, tmp_path: Path):
    snapshot = make_snapshot(tmp_path, interventions=ROWS)
    found = engine.rows(snapshot, LENGTH).lasting_by(("legal_sex", "problem"))
    assert told(found) == [
        (("", "4"), 0, 1, "ended", 1),
        (("1", "1;4"), 2, 0, "ended", 2),
        (("2", ""), 30, 0, "open", 1),
        (("2", "4"), 30, 0, "open", 1),
    ]


@ENGINES
def test_clients_are_told_apart(engine, tmp_path: Path):
    snapshot = make_snapshot(tmp_path, interventions=ROWS)
    found = engine.rows(snapshot, LENGTH).lasting_by(())
    rows = found.ended + found.open
    each = {int(client): int(rows[found.client == client].sum()) for client in set(found.client.tolist())}
    assert sorted(each.items())[0] == (-1, 1)
    assert sorted(each.values()) == [1, 1, 3]


@ENGINES
def test_without_rows_there_is_no_pattern(engine, tmp_path: Path):
    snapshot = make_snapshot(tmp_path, interventions=ROWS)
    question = Duration("start_date", "end_date", Selection(period=Period.parse("2020")))
    for columns in ((), ("legal_sex",)):
        found = engine.rows(snapshot, question).lasting_by(columns)
        assert (found.patterns, len(found.client)) == ((), 0)


@ENGINES
def test_days_of_another_kind_of_question_are_refused(engine, tmp_path: Path):
    rows = engine.rows(make_snapshot(tmp_path, interventions=ROWS), Count())
    with pytest.raises(TypeError):
        rows.lasting_by(())


def test_numbers_of_one_value_are_one_pattern():
    lasted = Lasted.of(np.array([3, -5, 3]), np.array([2, 1, 4]))
    found = by_client([["", "1", "1"]], [np.array([1, 2, 0])], np.array([0, 1, -1]), lasted)
    assert found.patterns == (("",), ("1",))
    assert found.pattern.tolist() == [1, 1, 0]
    assert (found.ended.tolist(), found.open.tolist()) == ([2, 0, 4], [0, 1, 0])
    assert found.days.tolist() == [3, 4, 3]
