"""The specification, random questions and missing parts, on Spark in threads of this process."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import spark_clusters
from generative.made_questions import questions, rows, snapshot_of
from hypothesis import given
from proof_sizes import examples
from snapshots_made import make_snapshot
from spark.parts import cut_up, interventions
from spec.chapters import Case, chapters
from spec.chapters import rows as read
from spec.conftest import compare_cells
from spec.shown import compare_shown

from skillnad.analysis.door import ask
from skillnad.analysis.engines.bits import counts_rows
from skillnad.analysis.engines.in_memory import InMemoryEngine
from skillnad.analysis.engines.spark import SparkEngine, SparkExpressionsEngine
from skillnad.analysis.engines.spark_bits import SparkBitsEngine, all_pairs
from skillnad.analysis.index.opening import index_of
from skillnad.analysis.index.pairs import pair_counts
from skillnad.analysis.questions import Count, CrossTable, Question, Selection
from skillnad.analysis.selection import selection_of
from skillnad.codebook.snapshot_schema import Population
from skillnad.lib.errors import UserError

CASES = {
    f"{chapter.name}: {case.title}": case
    for chapter in chapters()
    if chapter.name not in ("protection", "comparisons")  # are of tables that have been counted
    for section in chapter.sections
    for case in section.cases
    if not isinstance(case.question, str)  # one of a row's own variables
}
COMPARISONS = {
    case.title: case
    for chapter in chapters()
    if chapter.name == "comparisons"
    for section in chapter.sections
    for case in section.cases
}


@pytest.fixture(scope="module", autouse=True)
def spark() -> Iterator[object]:
    with spark_clusters.session() as session:
        yield session


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_specification_holds_in_expressions(case: Case, tmp_path: Path) -> None:
    holds(SparkExpressionsEngine(), case, tmp_path)


@pytest.mark.parametrize(
    "case", [case for case in CASES.values() if counts_rows(case.question)], ids=lambda case: case.title
)
def test_specification_holds_in_bits(case: Case, tmp_path: Path) -> None:
    holds(SparkBitsEngine(), case, tmp_path)


@pytest.mark.parametrize("case", COMPARISONS.values(), ids=COMPARISONS)
def test_comparisons_hold_behind_the_door(case: Case, tmp_path: Path) -> None:
    told = [row for row in read(case.table) for _ in range(int(row.pop("times", "1")))]
    snapshot = make_snapshot(tmp_path, **{selection_of(case.question).population.value: told})
    compare_shown(case, ask(snapshot, case.question, engine="spark"))


def holds(engine: SparkBitsEngine | SparkExpressionsEngine, case: Case, folder: Path) -> None:
    table = engine.count(
        make_snapshot(folder, **{selection_of(case.question).population.value: case.table}), case.question
    )
    compare_cells(case, table)
    assert {left.reason: left.rows for left in table.left_out} == dict(case.left_out)


@examples(25, 400)
@given(data=rows(), question=questions())
def test_random_questions_agree_with_the_reference(data: list, question: Question) -> None:
    with TemporaryDirectory() as folder:
        snapshot = snapshot_of(Path(folder), data)
        right, found = InMemoryEngine().count(snapshot, question), SparkEngine().count(snapshot, question)
    assert (found.axes, found.left_out, found.counts) == (right.axes, right.left_out, right.counts)
    assert found.values.keys() == right.values.keys()
    for name, held in right.values.items():
        assert found.values[name] == {
            key: value if value is None else pytest.approx(value, rel=0, abs=1e-12) for key, value in held.items()
        }


def test_every_pair_of_columns_adds_up_over_parts(tmp_path: Path) -> None:
    snapshot = cut_up(interventions(tmp_path, 300), parts=3)
    columns = ("legal_sex", "origin", "problem")
    found = all_pairs(snapshot, Population.INTERVENTIONS, columns)
    right = pair_counts(index_of(snapshot, Population.INTERVENTIONS), columns)
    assert found.rows.tolist() == right.rows.tolist()
    assert found.table("origin", "problem").tolist() == right.table("origin", "problem").tolist()
    assert found.table("legal_sex", "origin")[:, -1, -1].sum() == 300


@pytest.mark.parametrize("engine", [SparkBitsEngine(), SparkExpressionsEngine()], ids=["bits", "expressions"])
def test_missing_part_is_a_missing_file(engine: SparkBitsEngine | SparkExpressionsEngine, tmp_path: Path) -> None:
    snapshot = cut_up(interventions(tmp_path, 30), parts=3)
    snapshot.parts(Population.INTERVENTIONS)[1].unlink()
    with pytest.raises(UserError) as refused:
        engine.count(snapshot, Count(by=("origin",)))
    assert refused.value.code == "SNAP-004"


def test_part_that_vanishes_under_way_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from skillnad.analysis.engines import spark_bits

    snapshot = cut_up(interventions(tmp_path, 30), parts=3)
    cut = spark_bits.pieces(snapshot, Population.INTERVENTIONS)
    monkeypatch.setattr(spark_bits, "pieces", lambda *_: cut)
    cut[2].file.unlink()
    with pytest.raises(UserError) as refused:
        SparkBitsEngine().count(snapshot, Count(by=("origin",)))
    assert refused.value.code == "SNAP-004"
    assert refused.value.problems[0].where == str(cut[2].file)


@pytest.mark.parametrize("people", [False, True])
def test_door_asks_spark_for_the_table_that_it_would_have_counted_itself(tmp_path: Path, people: bool) -> None:
    snapshot = cut_up(interventions(tmp_path, 200), parts=2)
    question = CrossTable("legal_sex", "problem", Selection(people=people))
    found, right = ask(snapshot, question, engine="spark"), ask(snapshot, question)
    assert (found.cells, found.left_out, found.provenance) == (right.cells, right.left_out, right.provenance)
