"""What engines tell of the rows behind a table, on random data: all the same, and as many as the table counts."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from generative.made_questions import AXES, durations, rows, shares, snapshot_of
from hypothesis import given
from hypothesis import strategies as st
from proof_sizes import examples

from skillnad.analysis.comparisons.rows import Lasting, LastingBy
from skillnad.analysis.engines.duckdb import DuckDBEngine
from skillnad.analysis.engines.in_memory import InMemoryEngine
from skillnad.analysis.questions import Duration, Share
from skillnad.analysis.results import NO, TOTAL, YES, Key
from skillnad.analysis.selection import late_entries
from skillnad.analysis.snapshot import Snapshot

REFERENCE = InMemoryEngine()
SEEN = durations().filter(lambda question: late_entries(question) is None)
"""Of rows that come late nothing is told one by one."""
COLUMNS = st.lists(st.sampled_from(AXES), unique=True, max_size=3).map(tuple)


@pytest.fixture(scope="module")
def fast() -> Iterator[DuckDBEngine]:
    engine = DuckDBEngine(keep=1)
    yield engine
    engine.close()


@contextmanager
def made(data: list) -> Iterator[Snapshot]:
    with TemporaryDirectory() as folder:
        yield snapshot_of(Path(folder), data)


def plain(told: Mapping[Key, Lasting]) -> dict[Key, tuple[list[int], ...]]:
    return {key: (held.days.tolist(), held.ended.tolist(), held.open.tolist()) for key, held in told.items()}


@examples(150, 2_000)
@given(data=rows(), question=SEEN)
def test_fast_engine_tells_how_long_as_the_reference(fast: DuckDBEngine, data: list, question: Duration) -> None:
    with made(data) as snapshot:
        right, found = (plain(engine.rows(snapshot, question).lasting()) for engine in (REFERENCE, fast))
    assert found == right


def by_client(told: LastingBy) -> list[tuple[object, ...]]:
    """Each client's rows, without the client's number, which means nothing."""
    each: dict[int, Counter] = defaultdict(Counter)
    for at, client in enumerate(told.client.tolist()):
        key = (told.patterns[told.pattern[at]], int(told.days[at]))
        each[client][(*key, True)] += int(told.ended[at])
        each[client][(*key, False)] += int(told.open[at])
    return sorted((client >= 0, sorted(rows.elements())) for client, rows in each.items())


@examples(150, 2_000)
@given(data=rows(), question=SEEN, columns=COLUMNS)
def test_fast_engine_tells_whose_days_they_are_as_the_reference(
    fast: DuckDBEngine, data: list, question: Duration, columns: tuple[str, ...]
) -> None:
    with made(data) as snapshot:
        asked = (engine.rows(snapshot, question).lasting_by(columns) for engine in (REFERENCE, fast))
        right, found = map(by_client, asked)
    assert found == right


@examples(150, 1_000)
@given(data=rows(), question=SEEN)
def test_rows_that_have_ended_are_those_that_the_table_counts(data: list, question: Duration) -> None:
    with made(data) as snapshot:
        table, told = REFERENCE.count(snapshot, question), REFERENCE.rows(snapshot, question).lasting()
    ended = {key: int(held.ended.sum()) for key, held in told.items()}
    assert {key: count for key, count in table.counts.items() if count} == {key: n for key, n in ended.items() if n}
    for days in (held.days.tolist() for held in told.values()):
        assert days == sorted(set(days))


@examples(150, 2_000)
@given(data=rows(), question=shares(), columns=COLUMNS)
def test_fast_engine_tells_patterns_as_the_reference(
    fast: DuckDBEngine, data: list, question: Share, columns: tuple[str, ...]
) -> None:
    with made(data) as snapshot:
        right, found = (engine.rows(snapshot, question).patterns(columns) for engine in (REFERENCE, fast))
    assert found == right


@examples(150, 1_000)
@given(data=rows(), question=shares(), columns=COLUMNS)
def test_patterns_add_up_to_the_denominator(data: list, question: Share, columns: tuple[str, ...]) -> None:
    with made(data) as snapshot:
        table, told = REFERENCE.count(snapshot, question), REFERENCE.rows(snapshot, question).patterns(columns)
    of_all = (TOTAL,) * len(question.by)
    assert all(0 <= held.part <= held.whole and held.whole for held in told.values())
    assert sum(held.part for held in told.values()) == table.counts[YES, *of_all]
    assert sum(held.whole for held in told.values()) == table.counts[YES, *of_all] + table.counts[NO, *of_all]
