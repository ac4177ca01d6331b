"""What Spark tells of the rows behind a table, which comes back in groups."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import spark_clusters
from rows_by_client import by_whom
from spark.parts import cut_up, interventions

from skillnad.analysis.engines.in_memory import InMemoryEngine
from skillnad.analysis.engines.spark import SparkEngine
from skillnad.analysis.questions import Duration, Selection, Share, Where
from skillnad.analysis.snapshot import Snapshot
from skillnad.codebook.periods import Period


@pytest.fixture(scope="module", autouse=True)
def spark() -> Iterator[object]:
    with spark_clusters.session() as session:
        yield session


@pytest.fixture
def snapshot(tmp_path: Path) -> Snapshot:
    return interventions(tmp_path, 300)


@pytest.mark.parametrize("columns", [(), ("origin",), ("problem", "unit"), ("year:end_date", "legal_sex", "problem")])
def test_patterns_of_parts_are_the_references_of_the_whole(snapshot: Snapshot, columns: tuple[str, ...]) -> None:
    question = Share(Where("legal_sex", ("1",)), Selection(period=Period.parse("2025")), by=("unit",))
    right = InMemoryEngine().rows(snapshot, question).patterns(columns)
    assert SparkEngine().rows(cut_up(snapshot, parts=3), question).patterns(columns) == right


def test_rows_of_parts_are_of_the_clients_of_the_whole(snapshot: Snapshot) -> None:
    question, columns = Share(Where("legal_sex", ("1",)), by=("unit",)), ("unit", "problem")
    right = InMemoryEngine().rows(snapshot, question).by_client(columns)
    found = SparkEngine().rows(cut_up(snapshot, parts=3), question).by_client(columns)
    assert by_whom(found) == by_whom(right)


@pytest.mark.parametrize("by", [(), ("legal_sex", "problem"), ("month:start_date",)])
def test_days_of_parts_are_the_references_of_the_whole(snapshot: Snapshot, by: tuple[str, ...]) -> None:
    question = Duration("start_date", "end_date", by=by)
    right = InMemoryEngine().rows(snapshot, question).lasting()
    found = SparkEngine().rows(cut_up(snapshot, parts=3), question).lasting()
    assert found.keys() == right.keys()
    for key, held in right.items():
        told = found[key]
        assert (told.days.tolist(), told.ended.tolist(), told.open.tolist()) == (
            held.days.tolist(),
            held.ended.tolist(),
            held.open.tolist(),
        )


@pytest.mark.parametrize("columns", [(), ("problem", "unit")])
def test_whose_days_of_parts_are_as_many_as_the_references(snapshot: Snapshot, columns: tuple[str, ...]) -> None:
    question = Duration("start_date", "end_date")
    right = InMemoryEngine().rows(snapshot, question).lasting_by(columns)
    found = SparkEngine().rows(cut_up(snapshot, parts=3), question).lasting_by(columns)
    assert sorted(found.patterns) == sorted(right.patterns)
    for told in ("ended", "open"):
        assert getattr(found, told).sum() == getattr(right, told).sum()
    assert (found.days @ (found.ended + found.open)) == (right.days @ (right.ended + right.open))
    assert len(set(found.client.tolist())) == len(set(right.client.tolist()))
