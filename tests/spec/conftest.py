"""`answers`: builds a case's snapshot, asks one engine, and compares. Every case runs on every engine."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from snapshots_made import make_snapshot
from spec.chapters import Case, rows

from skillnad.analysis.engines import Engine
from skillnad.analysis.engines.bits import BitsEngine
from skillnad.analysis.engines.bits import answers as answers_question
from skillnad.analysis.engines.duckdb import DuckDBEngine
from skillnad.analysis.engines.in_memory import InMemoryEngine
from skillnad.analysis.formulas.shares import cross_shares, outcome_share
from skillnad.analysis.questions import Change, Count, CrossTable, Percent, Share
from skillnad.analysis.results import Key, RawTable
from skillnad.analysis.selection import selection_of

ENGINES = {"in_memory": InMemoryEngine, "duckdb": DuckDBEngine, "bits": BitsEngine}


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    engine = ENGINES[request.param]()
    yield engine
    if isinstance(engine, DuckDBEngine):
        engine.close()


@pytest.fixture
def answers(engine: Engine, tmp_path: Path) -> Callable[[Case], None]:
    def compare(case: Case) -> None:
        if isinstance(engine, BitsEngine) and not answers_question(case.question):
            pytest.skip("bits answer counts of rows alone")
        population = selection_of(case.question).population.value
        snapshot = make_snapshot(tmp_path, **{population: case.table})
        table = engine.count(snapshot, case.question)
        compare_cells(case, table)
        assert {left.reason: left.rows for left in table.left_out} == dict(case.left_out)

    return compare


def compare_cells(case: Case, table: RawTable) -> None:
    expected = rows(case.expected)
    written = set()
    for row in expected:
        key = tuple(row.pop(axis.id) for axis in table.axes if axis.id in row)
        written.add(key)
        for measure, text in row.items():
            assert found(table, measure, key) == number(text), f"{measure} at {key}"
    if case.whole:
        assert {key: count for key, count in table.counts.items() if count and key not in written} == {}


def found(table: RawTable, measure: str, key: Key) -> float | None:
    if measure == "count":
        return table.counts[key]
    if measure == "share":
        return share(table, key)
    return table.values[measure][key]


def share(table: RawTable, key: Key) -> float | None:
    if isinstance(table.question, Share):
        return outcome_share(table.counts, key)
    if isinstance(table.question, Change):
        return cross_shares(table.counts, table.axes, Percent.COLUMNS)[key]
    if isinstance(table.question, Count) and table.question.shares:
        return cross_shares(table.counts, table.axes, Percent.COLUMNS)[key]
    assert isinstance(table.question, CrossTable)
    assert table.question.percent is not Percent.NONE
    return shares_of(table)[key]


def shares_of(table: RawTable) -> Mapping[Key, float | None]:
    return cross_shares(table.counts, table.axes, table.question.percent)


def number(text: str) -> object:
    return None if text == "" else pytest.approx(float(text), rel=1e-9)
