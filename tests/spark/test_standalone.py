"""A master and a worker of their own: what is counted elsewhere is what is counted here."""

from collections.abc import Iterator

import pytest
import spark_clusters
from spark.parts import cut_up, interventions

from skillnad.analysis.engines.in_memory import InMemoryEngine
from skillnad.analysis.engines.spark import SparkEngine, SparkExpressionsEngine
from skillnad.analysis.engines.spark_bits import SparkBitsEngine, all_pairs
from skillnad.analysis.index.opening import index_of
from skillnad.analysis.index.pairs import pair_counts
from skillnad.analysis.questions import Count, CrossTable, Duration, Flow, Question, Selection, Share, Where
from skillnad.analysis.snapshot import Snapshot
from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import Population

IN_2025 = Selection(period=Period.parse("2025"))
QUESTIONS: list[Question] = [
    Count(by=("unit", "problem"), selection=IN_2025),
    Count(by=("origin",), selection=Selection(people=True)),
    Share(Where("problem", ("4",)), by=("month:start_date",)),
    Duration("start_date", "end_date", by=("unit",)),
    Flow(Period.parse("2025H1"), by=("unit",), monthly=True),
]


@pytest.fixture(scope="module", autouse=True)
def spark() -> Iterator[object]:
    with spark_clusters.standalone() as address, spark_clusters.session(address) as session:
        yield session


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return cut_up(interventions(tmp_path_factory.mktemp("standalone"), 400), parts=4)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: type(question).__name__)
def test_worker_counts_as_the_reference(snapshot: Snapshot, question: Question) -> None:
    right, found = InMemoryEngine().count(snapshot, question), SparkEngine().count(snapshot, question)
    assert (found.counts, found.left_out) == (right.counts, right.left_out)
    for name, held in right.values.items():
        assert found.values[name] == {key: v if v is None else pytest.approx(v, abs=1e-12) for key, v in held.items()}


def test_bits_and_expressions_agree_on_the_worker(snapshot: Snapshot) -> None:
    question = CrossTable("origin", "problem", by=("unit",))
    bits, expressions = (engine.count(snapshot, question) for engine in (SparkBitsEngine(), SparkExpressionsEngine()))
    assert bits.counts == expressions.counts
    assert bits.counts["*", "*", "*"] == 400


def test_every_pair_of_columns_is_counted_on_the_worker(snapshot: Snapshot) -> None:
    columns = ("legal_sex", "origin", "problem", "closing_reason")
    found = all_pairs(snapshot, Population.INTERVENTIONS, columns)
    right = pair_counts(index_of(snapshot, Population.INTERVENTIONS), columns)
    assert (found.bitmaps.tolist(), found.cells.tolist()) == (right.bitmaps.tolist(), right.cells.tolist())
