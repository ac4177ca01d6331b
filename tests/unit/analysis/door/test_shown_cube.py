"""Many tables at once are protected tables, each of them when it is looked at."""

import pytest
from spark.parts import interventions

from skillnad.analysis.protected_set import ProtectedSet
from skillnad.analysis.questions import Count, CrossTable
from skillnad.analysis.results import ProtectedTable
from skillnad.codebook.snapshot_schema import Population
from skillnad.lib.errors import UserError

NAMES = ("legal_sex", "origin", "problem")


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    return interventions(tmp_path_factory.mktemp("cube"), 200)


def test_pair_is_the_protected_answer_to_its_question(snapshot):
    table = snapshot.cube().pairs(by="unit")["legal_sex", "origin"]
    right = ProtectedSet(snapshot).load(CrossTable("legal_sex", "origin", by=("unit",)))
    assert isinstance(table, ProtectedTable)
    assert (table.cells, table.provenance) == (right.cells, right.provenance)


def test_column_alone_is_how_many(snapshot):
    assert snapshot.cube().pairs()["origin"].cells == ProtectedSet(snapshot).load(Count(by=("origin",))).cells


def test_tables_are_asked_for_when_looked_at_and_once(snapshot, monkeypatch):
    asked = []
    monkeypatch.setattr("skillnad.analysis.shown_cube.ask", lambda *question: asked.append(question) or len(asked))
    tables = snapshot.cube().pairs("unit", NAMES)
    assert asked == []
    assert [tables["origin"], tables["origin"], tables["origin", "problem"]] == [1, 1, 2]


def test_every_pair_is_there(snapshot):
    tables = snapshot.cube().pairs(columns=NAMES)
    assert list(tables) == [("legal_sex", "origin"), ("legal_sex", "problem"), ("origin", "problem")]
    assert len(tables) == 3
    assert len(snapshot.cube().pairs(by="origin").columns) == len(snapshot.cube().columns) - 1


def test_another_column_is_not_there(snapshot):
    with pytest.raises(KeyError, match="problem"):
        snapshot.cube().pairs(columns=("origin", "legal_sex"))["origin", "problem"]


@pytest.mark.parametrize("asked", [{"by": "start_date"}, {"columns": ("nothing",)}, {"columns": ("unit",)}])
def test_column_that_is_not_coded_is_refused(snapshot, asked):
    with pytest.raises(UserError) as refused:
        snapshot.cube().pairs(**asked)
    assert refused.value.code == "ASK-001"
    assert "legal_sex" in refused.value.text("sv")


def test_cube_tells_nothing_of_its_rows(snapshot):
    assert repr(snapshot.cube()) == f"ShownCube(population={Population.INTERVENTIONS!r})"
