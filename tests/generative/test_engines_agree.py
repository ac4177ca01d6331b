"""Random questions on random data: the fast engine says what the reference engine says, and what adds up adds up."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from generative.made_questions import flows, follow_ups, questions, rows, snapshot_of
from hypothesis import given
from hypothesis import strategies as st
from proof_sizes import examples
from snapshots_made import make_snapshot

from skillnad.analysis.engines.duckdb import DuckDBEngine
from skillnad.analysis.engines.in_memory import InMemoryEngine
from skillnad.analysis.questions import Change, Flow, Question
from skillnad.analysis.results import TOTAL, Key, RawTable

REFERENCE = InMemoryEngine()


@pytest.fixture(scope="module")
def fast() -> Iterator[DuckDBEngine]:
    engine = DuckDBEngine(keep=1)
    yield engine
    engine.close()


def ask(engine: DuckDBEngine | InMemoryEngine, data: list, question: Question) -> RawTable:
    with TemporaryDirectory() as folder:
        return engine.count(snapshot_of(Path(folder), data), question)


@examples(150, 2_000)
@given(data=rows(), question=questions())
def test_fast_engine_counts_as_the_reference(fast: DuckDBEngine, data: list, question: Question) -> None:
    right, found = ask(REFERENCE, data, question), ask(fast, data, question)
    assert (found.axes, found.left_out) == (right.axes, right.left_out)
    assert found.counts == right.counts
    assert found.values.keys() == right.values.keys()
    assert all(same(name, values, right.values[name]) for name, values in found.values.items())


def same(measure: str, found: Mapping[Key, float | None], right: Mapping[Key, float | None]) -> bool:
    """A share that is a product of many is equal to twelve decimals; everything else is just the same."""
    if not measure.startswith("within_"):
        return found == right
    return found == {
        key: value if value is None else pytest.approx(value, rel=0, abs=1e-12) for key, value in right.items()
    }


@examples(150, 1_000)
@given(data=rows(), question=questions())
def test_levels_that_do_not_overlap_add_up_to_the_total(data: list, question: Question) -> None:
    table = ask(REFERENCE, data, question)
    for number, axis in enumerate(table.axes):
        if isinstance(question, Flow) and axis.id == "month":
            continue  # what is ongoing at the period's start is not so in each of its months
        for key, whole in table.counts.items():
            if key[number] == TOTAL:
                parts = [table.counts[(*key[:number], level.code, *key[number + 1 :])] for level in axis.levels]
                assert max(parts) <= whole <= sum(parts)
                assert axis.multiple or whole == sum(parts)


@examples(100, 1_000)
@given(data=follow_ups(), by=st.sampled_from([(), ("unit",)]), days=st.sampled_from([None, (3, 7), (2, 9)]))
def test_changes_of_the_same_interventions_agree_and_leave_no_row_untold(
    fast: DuckDBEngine, data: list, by: tuple[str, ...], days: tuple[int, int] | None
) -> None:
    between = (date(2025, 1, days[0]), date(2025, 1, days[1])) if days else None
    with TemporaryDirectory() as folder:
        snapshot = make_snapshot(Path(folder), follow_ups=data)
        right, found = (
            engine.count(snapshot, Change("rating", by=by, between=between)) for engine in (REFERENCE, fast)
        )
    assert (found.counts, found.left_out) == (right.counts, right.left_out)
    people = right.counts[(TOTAL,) * len(right.axes)]
    assert people <= 3
    assert 2 * people + sum(left.rows or 0 for left in right.left_out) == len(data)


@examples(150, 1_000)
@given(data=rows(), question=flows())
def test_flow_holds_its_relations(data: list, question: Flow) -> None:
    table = ask(REFERENCE, data, question)
    own = len(table.axes) - len(question.by)
    for rest in product(*([*(level.code for level in axis.levels), TOTAL] for axis in table.axes[own:])):
        months = [*(level.code for level in table.axes[0].levels), TOTAL] if question.monthly else [None]
        by_month = [flow_at(table, month, rest) for month in months]
        assert all(start + new == closed + end == total for start, new, closed, end, total in by_month)
        if question.monthly:
            *parts, whole = by_month
            assert [end for *_, end, _ in parts[:-1]] == [start for start, *_ in parts[1:]]
            assert (sum(part[1] for part in parts), sum(part[2] for part in parts)) == whole[1:3]
            assert (parts[0][0], parts[-1][3]) == (whole[0], whole[3])


def flow_at(table: RawTable, month: str | None, rest: tuple[str, ...]) -> tuple[int, ...]:
    own = () if month is None else (month,)
    kinds = ("ongoing_start", "new", "closed", "ongoing_end", TOTAL)
    return tuple(table.counts[(*own, kind, *rest)] for kind in kinds)
