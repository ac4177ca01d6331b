"""Several tables' gaps, on few cells: what is mended, what cannot be, and who is then withheld."""

import pytest
from raw_tables import axis, counted

from skillnad.analysis.disclosure.policy import DEFAULT
from skillnad.analysis.joint.columns import Columns
from skillnad.analysis.joint.jointly import Contradicted, Jointly, alone
from skillnad.analysis.joint.named import NamedPart, NamedTable
from skillnad.analysis.joint.naming import Naming
from skillnad.analysis.joint.union import Union
from skillnad.analysis.joint.watching import Watch
from skillnad.analysis.questions import Count, Selection, Where
from skillnad.analysis.relations import count_system
from skillnad.codebook.snapshot_schema import Column, Population, SnapshotColumn, SnapshotLevel, SnapshotTable
from skillnad.lib.errors import UserError

UNITS, SEXES = axis("unit", "A", "B", "C"), axis("legal_sex", "1", "2")


def column(name, *codes):
    return SnapshotColumn(name, Column.CODE, name, name, tuple(SnapshotLevel(code, code, code) for code in codes))


COLUMNS = {"unit": column("unit", "A", "B", "C"), "legal_sex": column("legal_sex", "1", "2")}
TABLE = Columns(SnapshotTable(Population.INTERVENTIONS, 0, "", COLUMNS))
BY_UNIT = {("A",): 23, ("B",): 21, ("C",): 22}
WOMEN, MEN = {("A",): 20, ("B",): 9, ("C",): 8}, {("A",): 3, ("B",): 12, ("C",): 14}


def of_sex(code):
    return Count(Selection(where=(Where("legal_sex", (code,)),)), ("unit",))


def named(raw):
    naming = Naming(raw, TABLE)
    told = count_system(raw)
    groups = {cell.name: naming.group(cell.name) for cell in told.cells}
    names = {name: group.name for name, group in groups.items()}
    return NamedTable(TABLE, {"rows": NamedPart(told, names, {group.name: group for group in groups.values()})})


RAWS = {
    "all": counted((UNITS,), BY_UNIT),
    "women": counted((UNITS,), WOMEN, of_sex("1")),
    "men": counted((UNITS,), MEN, of_sex("2")),
}
TABLES = {key: named(raw) for key, raw in RAWS.items()}
ALONE = {key: alone(raw, DEFAULT) for key, raw in RAWS.items()}


def gaps(pattern):
    return {key: sorted(pattern.of(table, key)["rows"].hidden) for key, table in TABLES.items()}


def test_tables_alone_tell_together_and_are_mended():
    union = Union(TABLES)
    pattern = Jointly(union, DEFAULT, ALONE).pattern()
    told = gaps(pattern)
    assert pattern.withheld == frozenset()
    assert ("unit=A",) in told["men"]
    assert ("unit=A",) in [*told["all"], *told["women"]]
    assert Watch(union.system, DEFAULT).unmet(union.called(pattern.hidden)) == []


def test_reader_finds_what_tables_alone_tell():
    union = Union(TABLES)
    hidden = {union.tables[key].parts["rows"].names[name] for key in TABLES for name in ALONE[key]["rows"].hidden}
    found = {claim.name for claim in Watch(union.system, DEFAULT).unmet(union.called(hidden))}
    assert ("interventions", "legal_sex=2", "unit=A") in found


def test_one_table_is_as_it_is_alone():
    pattern = Jointly(Union({"men": TABLES["men"]}), DEFAULT, {"men": ALONE["men"]}).pattern()
    assert pattern.of(TABLES["men"], "men")["rows"].hidden == ALONE["men"]["rows"].hidden


def test_gaps_do_not_depend_on_the_order_of_tables():
    turned = {key: TABLES[key] for key in reversed(TABLES)}
    one, other = (Jointly(Union(tables), DEFAULT, ALONE).pattern() for tables in (TABLES, turned))
    assert one == other


def test_shown_tables_that_tell_a_small_number_are_a_contradiction():
    settled = {"all", "women"}
    shown = {name for key in settled for name in TABLES[key].parts["rows"].groups}
    with pytest.raises(Contradicted) as told:
        Jointly(Union(TABLES), DEFAULT, {"men": ALONE["men"]}, shown=shown, settled=settled).pattern()
    assert told.value.tables == {"all", "women", "men"}


def test_new_table_is_withheld_where_it_would_tell_what_is_hidden():
    both = {key: TABLES[key] for key in ("all", "women")}
    first = Jointly(Union(both), DEFAULT, {key: ALONE[key] for key in both}).pattern()
    shown = {name for table in both.values() for name in table.parts["rows"].groups} - first.hidden
    more = Jointly(Union(TABLES), DEFAULT, {"men": ALONE["men"]}, shown, first.hidden, both.keys()).pattern()
    assert more.withheld == {"men"} or ("unit=A",) in gaps(more)["men"]
    assert first.hidden <= more.hidden
    assert not shown & more.hidden


def test_what_was_shown_and_is_hidden_is_a_contradiction():
    name = ("interventions", "unit=B")
    with pytest.raises(Contradicted):
        Jointly(Union(TABLES), DEFAULT, ALONE, shown={name}, hidden={name}, settled=TABLES.keys()).pattern()


def test_withheld_table_stands_in_nobodys_way():
    first = {**ALONE, "men": {"rows": type(ALONE["men"]["rows"])(frozenset(), 0, withheld=True)}}
    pattern = Jointly(Union(TABLES), DEFAULT, first).pattern()
    assert pattern.withheld == {"men"}
    assert len(gaps(pattern)["men"]) == len(RAWS["men"].counts)


def test_tables_that_count_a_group_differently_are_refused():
    other = counted((UNITS,), {**WOMEN, ("A",): 21}, of_sex("1"))
    with pytest.raises(UserError, match="DISC-016"):
        _ = Union({"women": TABLES["women"], "again": named(other)}).system


def test_link_that_is_not_true_is_refused():
    few = counted((UNITS,), {**BY_UNIT, ("A",): 22})
    with pytest.raises(UserError, match="DISC-016"):
        _ = Union({**TABLES, "all": named(few)}).system


def test_component_that_was_safe_is_not_looked_at_again():
    union, safe = Union(TABLES), set()
    pattern = Jointly(union, DEFAULT, ALONE, safe=safe).pattern()
    again = set(safe)
    assert Watch(union.system, DEFAULT, again).unmet(union.called(pattern.hidden)) == []
    assert again == safe
