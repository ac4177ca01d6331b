"""Every pair of columns at once: by unit, by anything else, up the tree and over partitions."""

import numpy as np
import pytest
from snapshots_made import make_snapshot

from skillnad.analysis.cube import Cube
from skillnad.analysis.engines.in_memory import InMemoryEngine
from skillnad.analysis.questions import Count, Selection, Where
from skillnad.analysis.results import TOTAL
from skillnad.codebook.snapshot_schema import Population
from skillnad.lib.errors import UserError

ROWS = """
    unit | committee | legal_sex | origin | problem | start_date
    A    | S         | 1         | 1      | 1;4     | 2025-01-03
    A    | S         | 2         | 5      |         | 2025-02-01
    B    |           |           | 3      | 35      |
    B    | S         | 1         | 3      | 1       | 2025-02-01
         | S         | 2         |        | 4;35    | 2025-12-31
    C    | S         | 2         | 2      | 1;4;35  | 2026-01-01
"""


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    return make_snapshot(tmp_path_factory.mktemp("cube"), interventions=ROWS)


@pytest.fixture(scope="module")
def cube(snapshot):
    return Cube(snapshot, Population.INTERVENTIONS)


def reference(snapshot, *by, where=()):
    """The same counts from the reference engine, as an array with the totals last."""
    table = InMemoryEngine().count(snapshot, Count(Selection(where=where), by))
    return np.array(list(table.counts.values())).reshape([len(axis.levels) + 1 for axis in table.axes])


@pytest.mark.parametrize("pair", [("legal_sex", "origin"), ("problem", "legal_sex"), ("origin", "problem")])
@pytest.mark.parametrize("by", ["unit", "committee", "problem"])
def test_pairs_by_a_column_are_what_the_reference_counts(cube, snapshot, by, pair):
    names = tuple(name for name in pair if name != by)
    tables = cube.pairs(by=by)
    found = tables[names] if len(names) == 2 else tables[names[0]]
    assert np.array_equal(found, reference(snapshot, by, *names))


def test_pairs_by_nothing_are_of_the_whole(cube, snapshot):
    tables = cube.pairs()
    assert tables.places == (TOTAL,)
    assert np.array_equal(tables["legal_sex", "problem"][0], reference(snapshot, "legal_sex", "problem"))


def test_places_are_the_units_with_the_missing_and_the_total_last(cube):
    assert cube.pairs(by="unit").places == ("A", "B", "C", "", TOTAL)


def test_every_coded_column_but_the_one_asked_by_is_counted(cube):
    assert cube.pairs(by="unit").columns == ("committee", "legal_sex", "origin", "problem")
    assert cube.pairs(by="committee").columns == ("legal_sex", "origin", "problem")


def test_columns_can_be_chosen(cube):
    assert cube.pairs(by="unit", columns=("origin", "legal_sex")).columns == ("origin", "legal_sex")


def test_counts_add_up_the_organisation_tree(cube, snapshot):
    up = cube.pairs(by="unit").up({"A": "Norr", "B": "Syd", "C": "Norr"}, by="administration")
    assert (up.by, up.places) == ("administration", ("Norr", "Syd", "", TOTAL))
    whole = reference(snapshot, "unit", "legal_sex", "problem")
    assert np.array_equal(up["legal_sex", "problem"], np.stack([whole[0] + whole[2], whole[1], whole[3], whole[4]]))


def test_place_that_nothing_stands_above_is_with_the_missing(cube):
    up = cube.pairs(by="unit").up({"A": "Norr"})
    assert up["legal_sex"][:, -1].tolist() == [2, 4, 6]


def test_places_that_overlap_do_not_add_up(cube):
    with pytest.raises(ValueError, match="overlap"):
        cube.pairs(by="problem").up({"1": "Alla"})


def test_tables_of_two_partitions_add_up(cube):
    tables = cube.pairs(by="unit")
    assert np.array_equal((tables + tables)["legal_sex", "problem"], 2 * tables["legal_sex", "problem"])


def test_tables_of_other_places_do_not_add_up(cube):
    with pytest.raises(ValueError, match="places"):
        cube.pairs(by="unit") + cube.pairs(by="committee")


@pytest.mark.parametrize(
    "asked", [{"by": "start_date"}, {"columns": ("nothing",)}, {"by": "problem", "columns": ("unit",)}]
)
def test_column_that_is_not_coded_is_refused(cube, asked):
    with pytest.raises(UserError) as refused:
        cube.pairs(**asked)
    assert refused.value.code == "ASK-001"
    assert "legal_sex" in refused.value.text("sv")


def test_another_population_has_a_cube_of_its_own(tmp_path):
    snapshot = make_snapshot(tmp_path, cases="unit | legal_sex\nA | 1\nA | 1\nB | 2")
    found = Cube(snapshot, Population.CASES).pairs(by="unit")["legal_sex"]
    assert found[:2, :2].tolist() == [[2, 0], [0, 1]]


def test_levels_of_a_table_are_those_of_its_axis(cube, snapshot):
    tables = cube.pairs(by="unit")
    assert [level.code for level in tables.axes["legal_sex"].levels] == ["1", "2", ""]
    women = reference(snapshot, "unit", where=(Where("legal_sex", ("1",)),))
    assert tables["legal_sex"][:, 0].tolist() == women.tolist()


def test_tables_do_not_tell_themselves(cube):
    assert repr(cube.pairs(by="unit")) == "PairTables(4 columns by unit, 5 places)"


@pytest.mark.parametrize("by", ["unit", "", "origin"])
def test_cube_counts_the_same_with_an_index_in_place_or_without(tmp_path, by):
    snapshot = make_snapshot(tmp_path, cases="client | unit | legal_sex | origin\n1 | A | 1 | 2\n2 | B | | 1\n")
    first = Cube(snapshot, Population.CASES).pairs(by=by, columns=("legal_sex", "origin"))
    again = Cube(snapshot, Population.CASES).pairs(by=by, columns=("legal_sex", "origin"))
    assert (tmp_path / "cases.bits").exists()
    assert np.array_equal(first["legal_sex", "origin"], again["legal_sex", "origin"])


def test_cube_opens_its_index_once(cube, monkeypatch):
    cube.pairs()
    monkeypatch.setattr("skillnad.analysis.cube.counted_on", lambda *_: pytest.fail("opened again"))
    assert cube.pairs(by="unit").places[-1] == TOTAL
