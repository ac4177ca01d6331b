"""What is dear to do without, and that it is spared where something else will do."""

import pytest
from raw_tables import axis, counted

from skillnad.analysis.disclosure.policy import DEFAULT
from skillnad.analysis.joint.columns import Columns
from skillnad.analysis.joint.jointly import Jointly
from skillnad.analysis.joint.named import NamedPart, NamedTable
from skillnad.analysis.joint.naming import Naming
from skillnad.analysis.joint.starting import starting
from skillnad.analysis.joint.union import Union
from skillnad.analysis.joint.worth import ASKED, worth
from skillnad.analysis.questions import Selection, Share, Where
from skillnad.analysis.relations import count_system
from skillnad.codebook.snapshot_schema import Column, Population, SnapshotColumn, SnapshotLevel, SnapshotTable

GOALS, UNITS = axis("share:goal", "yes", "no", "unknown", unknown="unknown"), axis("unit", "A", "B")
QUESTION = Share(Where("goal", ("1",)), Selection(), ("unit",))
RAW = counted(
    (GOALS, UNITS),
    {("yes", "A"): 12, ("no", "A"): 40, ("", "A"): 4, ("yes", "B"): 14, ("no", "B"): 50, ("", "B"): 4},
    QUESTION,
)


def column(name, *codes):
    return SnapshotColumn(name, Column.CODE, name, name, tuple(SnapshotLevel(code, code, code) for code in codes))


@pytest.fixture(scope="module")
def table():
    own = {"unit": column("unit", "A", "B"), "goal": column("goal", "1", "2")}
    columns = Columns(SnapshotTable(Population.INTERVENTIONS, 0, "", own))
    naming, told = Naming(RAW, columns, axis("goal", "1", "2")), count_system(RAW)
    groups = {cell.name: naming.group(cell.name) for cell in told.cells}
    names = {name: group.name for name, group in groups.items()}
    return NamedTable(columns, {"rows": NamedPart(told, names, {group.name: group for group in groups.values()})})


def test_outcomes_and_the_whole_are_dear(table):
    union, names = Union({"goals": table}), table.parts["rows"].names
    dear = worth(union)
    asked = {("share:goal=yes", "unit=A"), ("share:goal=no", "unit=*"), ("share:goal=*", "unit=*")}
    assert {dear[cell] for cell in union.called(names[name] for name in asked)} == {ASKED}
    assert not dear.keys() & union.called([names["share:goal=*", "unit=A"], names["share:goal=", "unit=A"]])


def test_few_who_lack_an_answer_do_not_take_the_share_along(table):
    patterns = {"goals": starting(RAW, DEFAULT)}
    hidden = Jointly(Union({"goals": table}), DEFAULT, patterns).pattern().of(table, "goals")["rows"].hidden
    assert ("share:goal=", "unit=A") in hidden
    assert not [name for name in hidden if name[0] in ("share:goal=yes", "share:goal=no")]
