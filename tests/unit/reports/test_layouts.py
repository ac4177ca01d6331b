from made_tables import cross, durations, flow, frequency, shared

from skillnad.analysis.questions import Percent
from skillnad.analysis.results import TOTAL, MeasureKind
from skillnad.reports import layouts
from skillnad.reports.numbers import cell_text
from skillnad.reports.views import Role, View


def texts(view: View) -> dict[str, list[str]]:
    return {row.label: [cell_text(cell).replace("\N{NO-BREAK SPACE}", " ") for cell in row.cells] for row in view.rows}


def test_frequency_shows_unknown_and_missing_beside_without_shares():
    view = layouts.frequency()((frequency({"1": 30, "2": 10, "x": 5, "": 7}),), "Rubrik")
    assert texts(view) == {
        "Ett": ["30", "75 %"],
        "Två": ["10", "25 %"],
        "Vet ej": ["5", ""],
        "Uppgift saknas": ["7", ""],
        "Alla": ["52", ""],
    }
    assert [row.role for row in view.rows][-3:] == [Role.BESIDE, Role.BESIDE, Role.TOTAL]


def test_frequency_leaves_out_a_missing_of_zero_but_not_a_hidden_one():
    assert "Uppgift saknas" not in texts(layouts.frequency()((frequency({"1": 30}),), ""))
    assert texts(layouts.frequency()((frequency({"1": 30, "": None}, total=33),), ""))["Uppgift saknas"] == ["..", ""]


def test_frequency_shows_gaps_as_gaps():
    view = layouts.frequency()((frequency({"1": None, "2": 10}, total=13),), "")
    assert texts(view)["Ett"] == ["..", ".."]
    assert view.has_gaps


def test_frequency_of_the_most_common_keeps_the_whole_for_the_workbook():
    view = layouts.frequency(most=2)((frequency({"1": 5, "2": 30, "3": 20}),), "")
    assert list(texts(view)) == ["Två", "Tre", "Alla"]
    assert list(texts(view.full[0])) == ["Ett", "Två", "Tre", "Alla"]
    assert "De 2 vanligaste visas" in view.note


def test_frequency_of_few_values_is_never_cut():
    assert layouts.frequency(most=2)((frequency({"1": 5, "2": 30}),), "").full == ()


def test_frequency_of_months_names_them():
    view = layouts.frequency()((frequency({"2025-04": 9}, column="month:intake_date"),), "")
    assert "april 2025" in texts(view)


def test_frequency_of_two_tables_has_a_group_for_each():
    tables = (frequency({"1": 5}, column="intake_reason"), frequency({"1": 8}))
    assert [group.label for group in layouts.frequency()(tables, "").groups] == ["Intake_reason", "Problem"]


def test_side_by_side_puts_two_tables_beside_each_other():
    view = layouts.side_by_side(("Före", "Efter"))((frequency({"1": 20, "2": 80}), frequency({"1": 50, "2": 50})), "")
    assert texts(view)["Ett"] == ["20 (20 %)", "50 (50 %)"]
    assert [heading.label for heading in view.headings] == ["Före", "Efter"]
    assert texts(view.full[0])["Ett"] == ["20", "20 %", "50", "50 %"]
    assert view.full[0].spans == (("Före", 2), ("Efter", 2))


def test_side_by_side_shows_what_is_missing_of_each():
    tables = (frequency({"1": 20, "": 3}), frequency({"1": 50, "": 0}))
    assert texts(layouts.side_by_side(("Före", "Efter"))(tables, ""))["Uppgift saknas"] == ["3", "0"]


def test_side_by_side_of_one_table_is_that_table():
    assert texts(layouts.side_by_side(("Före", "Efter"))((frequency({"1": 20}),), "")) == {
        "Ett": ["20", "100 %"],
        "Alla": ["20", ""],
    }


def test_grouped_has_count_and_share_of_each_group_and_of_all():
    view = layouts.grouped()((cross({("1", "1"): 30, ("2", "1"): 10, ("1", "2"): 5, ("2", "2"): 15}),), "")
    assert texts(view)["Ett"] == ["30 (75 %)", "5 (25 %)", "35 (58 %)"]
    assert [heading.label for heading in view.headings] == ["Ett", "Två", "Alla"]
    assert texts(view.full[0])["Ett"] == ["30", "75 %", "5", "25 %", "35", "58 %"]
    assert not view.shaded


def test_grouped_by_few_groups_of_many_values_keeps_all_of_them_for_the_workbook():
    table = cross({("1", "1"): 30, ("2", "1"): 10, ("3", "1"): 5})
    view = layouts.grouped(most=2)((table,), "")
    assert list(texts(view)) == ["Ett", "Två", "Alla"]
    assert list(texts(view.full[0])) == ["Ett", "Två", "Tre", "Alla"]
    assert "De 2 vanligaste visas" in view.note


def test_months_and_flows_are_courses():
    assert layouts.frequency()((frequency({"2025-01": 5}, column="month:intake_date"),), "").course
    assert not layouts.frequency()((frequency({"1": 5}),), "").course


def test_grouped_by_many_groups_packs_the_share_in_the_cell():
    table = cross({(row, str(group)): 10 for row in "12" for group in range(1, 6)})
    view = layouts.grouped()((table,), "")
    assert texts(view)["Ett"] == ["10 (50 %)"] * 5 + ["50 (50 %)"]
    assert texts(view)["Antal med uppgift (n)"] == ["20"] * 5 + ["100"]
    assert view.shaded
    assert texts(view.full[0])["Ett"][:2] == ["10", "50 %"]


def test_matrix_shows_counts_with_shares_of_the_row_and_keeps_the_whole():
    numbers = {("1", "1"): 30, ("1", "2"): 10, ("2", "1"): 6, ("2", "2"): None}
    view = layouts.matrix(rows=5, columns=1)((cross(numbers, percent=Percent.ROWS),), "Rubrik")
    assert texts(view) == {"Ett": ["40", "30 (75 %)"], "Två": ["..", "6"]}
    counts, shares = view.full
    assert texts(counts)["Två"][:2] == ["6", ".."]
    assert texts(shares)["Ett"] == ["75 %", "25 %"]


def test_durations_have_everyone_first_and_days_of_each_group():
    view = layouts.durations()((durations({TOTAL: (200, 60), "1": (120, 58.5), "2": (0, None)}),), "")
    assert next(iter(view.rows)).label == "Alla"
    assert texts(view)["Ett"] == ["120", "29,2", "58,5", "117", "175,5"]


def test_durations_of_no_rows_are_blank_and_not_hidden():
    view = layouts.durations()((durations({TOTAL: (200, 60), "1": (200, 60), "2": (0, None)}),), "")
    assert texts(view)["Två"] == ["0", "", "", "", ""]


def test_durations_too_few_for_a_median_are_hidden():
    view = layouts.durations()((durations({TOTAL: (7, None)}),), "")
    assert texts(view)["Alla"] == ["7", "..", "..", "..", ".."]


def test_shares_show_the_n_that_they_are_taken_of():
    view = layouts.shares()((shared({TOTAL: (75, 25), "1": (30, 10), "2": (None, None)}),), "")
    assert texts(view) == {"Alla": ["100", "75 %"], "Ett": ["40", "75 %"], "Två": ["..", ".."]}


def test_flows_of_a_period_have_one_row():
    view = layouts.flows()((flow(120, 50, 30, 140),), "")
    assert texts(view) == {"Hela perioden": ["120", "50", "30", "140"]}


def test_shares_are_of_the_kind_share():
    view = layouts.frequency()((frequency({"1": 30}),), "")
    assert next(iter(view.rows)).cells[1].kind is MeasureKind.SHARE
