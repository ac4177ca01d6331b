import pytest
from tables_from_files import given, inner_of, recounted, tables_of

from skillnad.analysis.disclosure.table_set import margins
from skillnad.analysis.disclosure.table_set.families import families_of
from skillnad.analysis.disclosure.table_set.margins import full_table
from skillnad.lib.errors import UserError

ROWS = "muni region sex n / A 1 k 3 / A 1 m 2 / B 1 k 4 / C 2 m 7"
MUNI = (("muni", "region"),)


def full(text, groupings=MUNI):
    return full_table(given(text), families_of(tables_of(text, groupings=groupings)))


def counts(table):
    found = {}
    for levels in [(one, two) for one in range(table.values.shape[0]) for two in range(table.values.shape[1])]:
        found[table.coordinates(levels)] = int(table.values[levels])
    return found


def test_every_cell_is_the_sum_of_the_inner_rows_that_agree_with_it():
    told = given(ROWS)
    for row, count in counts(full(ROWS)).items():
        assert count == recounted(inner_of(told), dict(zip(told.columns, row, strict=True)))


def test_cells_are_told_in_the_order_of_the_table_s_columns():
    assert counts(full(ROWS))["Total", "1", "Total"] == 9
    assert counts(full(ROWS))["A", "1", "k"] == 3


def test_inner_row_that_is_not_there_counts_nobody():
    assert counts(full(ROWS))["C", "2", "k"] == 0


def test_margins_that_agree_are_taken():
    assert counts(full(f"{ROWS} / Total 1 Total 9 / A Total k 3")) == counts(full(ROWS))


@pytest.mark.parametrize(
    ("margin", "named"),
    [
        ("Total Total Total 4711", "hela tabellen"),
        ("Total 1 Total 4711", "region=1"),
        ("A 1 Total 4711", "muni=A, region=1"),
        ("Total 1 k 4711", "region=1, sex=k"),
    ],
)
def test_margin_that_does_not_agree_is_refused_by_its_name_alone(margin, named):
    with pytest.raises(UserError) as refused:
        full(f"{ROWS} / {margin}")
    assert refused.value.code == "DISC-046"
    assert f"det som står för {named}." in refused.value.text()
    assert "4711" not in refused.value.text()


def test_row_that_crosses_groupings_is_refused():
    with pytest.raises(UserError, match="DISC-048"):
        full("muni region kind n / A 1 t 3 / B 1 l 3 / Total 1 l 3", groupings=[*MUNI, ("muni", "kind")])


def test_table_too_large_to_be_read_is_refused(monkeypatch):
    monkeypatch.setattr(margins, "MOST_CELLS", 17)
    with pytest.raises(UserError, match="DISC-052"):
        full(ROWS)


def test_counts_are_in_no_repr():
    assert repr(full(ROWS)) == "FullTable(t.csv)"
