"""Whose rows are, as engines tell it on random data: the same, and as many as there are without telling whose."""

from collections.abc import Iterator

import pytest
from generative.made_questions import rows, shares
from generative.test_rows_agree import COLUMNS, REFERENCE, made
from hypothesis import given
from proof_sizes import examples
from rows_by_client import by_whom

from skillnad.analysis.engines.duckdb import DuckDBEngine
from skillnad.analysis.questions import Share


@pytest.fixture(scope="module")
def fast() -> Iterator[DuckDBEngine]:
    engine = DuckDBEngine(keep=1)
    yield engine
    engine.close()


@examples(150, 2_000)
@given(data=rows(), question=shares(), columns=COLUMNS)
def test_fast_engine_tells_whose_rows_are_as_the_reference(
    fast: DuckDBEngine, data: list, question: Share, columns: tuple[str, ...]
) -> None:
    with made(data) as snapshot:
        right, found = (by_whom(engine.rows(snapshot, question).by_client(columns)) for engine in (REFERENCE, fast))
    assert found == right


@examples(150, 1_000)
@given(data=rows(), question=shares(), columns=COLUMNS)
def test_rows_by_client_add_up_to_patterns(data: list, question: Share, columns: tuple[str, ...]) -> None:
    with made(data) as snapshot:
        rows = REFERENCE.rows(snapshot, question)
        told, right = rows.by_client(columns), rows.patterns(columns)
    places = {pattern: told.pattern == place for place, pattern in enumerate(told.patterns)}
    assert {pattern: (told.part[at].sum(), told.whole[at].sum()) for pattern, at in places.items()} == right
