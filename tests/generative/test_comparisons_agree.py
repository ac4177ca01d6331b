"""Random comparative questions on random data: the engines say the same, and nothing is told of what is hidden."""

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from generative.made_comparisons import KINDS, registers
from generative.made_questions import snapshot_of
from hypothesis import given
from hypothesis import strategies as st
from proof_sizes import examples

from skillnad.analysis.comparisons.known import counted
from skillnad.analysis.comparisons.making import set_beside
from skillnad.analysis.comparisons.questions import Comparative
from skillnad.analysis.disclosure.policy import DEFAULT, Policy
from skillnad.analysis.door import ask
from skillnad.analysis.engines.duckdb import DuckDBEngine
from skillnad.analysis.engines.in_memory import InMemoryEngine
from skillnad.analysis.protection import Protected, protect_table
from skillnad.analysis.results import Key, MeasureKind, ProtectedTable
from skillnad.lib.errors import UserError

LOW = Policy(name="low", threshold=2, quantile_minimum=2)
WHOLE = {MeasureKind.COUNT, MeasureKind.PLACE, MeasureKind.VERDICT, MeasureKind.PLACING, MeasureKind.SIGNAL}
REFERENCE = InMemoryEngine()


@pytest.fixture(scope="module")
def fast() -> Iterator[DuckDBEngine]:
    engine = DuckDBEngine(keep=1)
    yield engine
    engine.close()


def answer(data: list, question: Comparative, engine: str) -> ProtectedTable | str:
    """The table, or what the question is refused with: of many random questions some make no sense."""
    with TemporaryDirectory() as folder:
        try:
            return ask(snapshot_of(Path(folder), data), question, LOW, engine=engine)
        except UserError as refused:
            return refused.code


@pytest.mark.parametrize("kind", KINDS)
@examples(6, 400)
@given(rows=registers(), draw=st.data())
def test_engines_say_the_same_of_comparative_questions(kind: str, rows: list, draw: st.DataObject) -> None:
    question = draw.draw(KINDS[kind])
    right, found = (answer(rows, question, engine) for engine in ("in_memory", "duckdb"))
    if isinstance(right, str) or isinstance(found, str):
        assert found == right
        return
    assert (found.axes, found.measures, found.left_out) == (right.axes, right.measures, right.left_out)
    for measure in right.measures:
        cells = right.cells[measure.id]
        assert found.cells[measure.id] == (cells if measure.kind in WHOLE else near(cells))


def near(cells: Mapping[Key, int | float | None]) -> dict[Key, object]:
    return {key: None if value is None else pytest.approx(value, rel=1e-12, abs=1e-12) for key, value in cells.items()}


@pytest.mark.parametrize("kind", KINDS)
@examples(5, 400)
@given(rows=registers(), draw=st.data())
def test_nothing_is_told_of_an_answer_that_is_withheld(
    fast: DuckDBEngine, kind: str, rows: list, draw: st.DataObject
) -> None:
    """Of gaps alone no figure follows, whatever is behind them and however the rows of one person go together."""
    question = draw.draw(KINDS[kind])
    with TemporaryDirectory() as folder:
        try:
            snapshot = snapshot_of(Path(folder), rows)
            raw = fast.count(snapshot, counted(question, snapshot.manifest))
            shown = protect_table(raw, LOW)
            withheld = Protected(shown.measures, {name: dict.fromkeys(of) for name, of in shown.cells.items()}, ())
            rows_of = partial(fast.rows, snapshot, raw.question)
            made = set_beside(question, raw.axes, withheld, rows_of, DEFAULT, snapshot.manifest.as_of)
        except UserError:
            return
    assert {value for of in made.cells.values() for value in of.values()} <= {None}
