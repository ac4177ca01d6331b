from compared_tables import FOUR, TWO, compared

from skillnad.analysis.formulas.verdicts import Verdict
from skillnad.analysis.results import MeasureKind, ProtectedTable
from skillnad.reports import comparison_layouts as layouts
from skillnad.reports.numbers import cell_text
from skillnad.reports.views import Role, Row, View

S = "\N{NO-BREAK SPACE}"


def _rows(view: View) -> dict[str, Row]:
    return {row.label: row for row in view.rows}


def _text(row: Row) -> list[str]:
    return [cell_text(cell) for cell in row.cells]


def test_one_comparison_reads_as_a_line_a_group() -> None:
    view = layouts.compared()((compared(TWO),), "Skillnader")
    assert view.stub == "Legal_sex"
    assert _text(_rows(view)["Ett"]) == [
        "120",
        f"55{S}% (46–64)",
        f"+15,0 (+2,6{S}till{S}+26,8)",
        "skillnad visad",
    ]
    assert _text(_rows(view)["Två"]) == ["130", f"40{S}% (32–49)", "", ""]


def test_everyone_stands_last_as_a_total() -> None:
    view = layouts.compared()((compared(TWO),), "Skillnader")
    assert [row.role for row in view.rows] == [Role.VALUE, Role.VALUE, Role.TOTAL]
    assert _text(_rows(view)["Alla"])[0] == "250"


def test_missing_group_stands_beside() -> None:
    view = layouts.compared()((compared({**TWO, "": (1, 9)}),), "Skillnader")
    assert _rows(view)["Uppgift saknas"].role is Role.BESIDE


def test_several_comparisons_are_groups_under_everyone() -> None:
    tables = (compared(TWO, label="Kön"), compared(FOUR, column="age_group", label="Ålder"))
    view = layouts.compared()(tables, "Skillnader")
    assert [(group.label, len(group.rows)) for group in view.groups] == [("", 1), ("Kön", 2), ("Ålder", 4)]
    assert view.groups[0].rows[0].label == "Alla"


def test_heading_of_unlike_opponents_leaves_them_to_the_note() -> None:
    view = layouts.compared()((compared(TWO), compared(FOUR)), "Skillnader")
    assert view.headings[2].label == "Skillnad, procentenheter (95 % intervall)"
    assert view.note == layouts.STACKED


def test_heading_of_like_opponents_names_them() -> None:
    view = layouts.compared()((compared(FOUR, against="1"), compared(FOUR, against="1")), "Skillnader")
    assert view.headings[2].label == "Skillnad mot Ett, procentenheter (95 % intervall)"
    assert view.note == ""


def test_workbook_has_every_measure_of_each_table() -> None:
    view = layouts.compared()((compared(TWO), compared(FOUR)), "Skillnader")
    assert [len(part.headings) for part in view.full] == [14, 14]
    assert "p" in [heading.label for heading in view.full[0].headings]


def test_page_that_judges_its_tables_together_has_its_own_verdicts() -> None:
    def judge(_: ProtectedTable, code: str) -> Verdict | None:
        return Verdict.TOO_FEW_TO_TELL if code == "1" else None

    view = layouts.compared(judge)((compared(TWO),), "Skillnader")
    assert _text(_rows(view)["Ett"])[-1] == "för få för att avgöra"
    assert _text(_rows(view)["Alla"])[-1] == ""
    in_full = next(row for row in view.full[0].rows if row.label == "Ett")
    assert in_full.cells[-1].kind is MeasureKind.VERDICT
    assert cell_text(in_full.cells[-1]) == "för få för att avgöra"
