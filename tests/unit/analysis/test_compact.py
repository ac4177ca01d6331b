import pytest
from compared_tables import FOUR, TWO, compared
from made_tables import axis, frequency

from skillnad.analysis.compact import compact, shape_of
from skillnad.analysis.comparisons.in_words import opponent
from skillnad.analysis.comparisons.questions import Comparison
from skillnad.analysis.grid import Grid, GridCell, GridRow, grid


def _heads(shape: Grid) -> list[str]:
    return [shape.heading(column) for column in shape.columns]


def _row(shape: Grid, code: str) -> GridRow:
    return next(row for row in shape.rows if row.code == code)


def test_comparison_has_four_columns_for_people() -> None:
    assert _heads(compact(compared(FOUR))) == [
        "Antal (n)",
        "Andel (95 % intervall)",
        "Skillnad mot övriga, procentenheter (95 % intervall)",
        "Utfall",
    ]


def test_whole_table_keeps_every_measure_by_itself() -> None:
    table = compared(FOUR)
    assert len(grid(table).columns) == len(table.measures)
    assert all(cell.ends is None for row in grid(table).rows for cell in row.cells)


def test_interval_stands_beside_its_figure() -> None:
    table = compared(FOUR)
    n, share, difference, verdict = _row(compact(table), "1").cells
    assert (n.value, share.value, verdict.value) == (200, 0.4, 0)
    assert share.ends == (table.value("share_low", "1"), table.value("share_high", "1"))
    assert difference.value == table.value("difference", "1")
    assert difference.ends == (table.value("difference_low", "1"), table.value("difference_high", "1"))


def test_only_a_difference_has_a_direction() -> None:
    assert [cell.difference for cell in _row(compact(compared(FOUR)), "1").cells] == [False, False, True, False]


def test_hidden_group_is_a_gap_and_the_last_of_two_is_blank() -> None:
    cells = _row(compact(compared(FOUR)), "4").cells
    assert [(cell.value, cell.blank, cell.ends) for cell in cells] == [(None, False, None)] * 4
    compared_with = _row(compact(compared(TWO)), "2").cells[2:]
    assert compared_with == (GridCell(None, blank=True), GridCell(None, blank=True))


def test_missing_group_is_told_only_where_it_has_someone() -> None:
    assert "" not in [row.code for row in compact(compared(TWO)).rows]
    assert "" in [row.code for row in compact(compared({**TWO, "": (1, 9)})).rows]
    assert "" in [row.code for row in compact(compared({**TWO, "": (None, None)})).rows]


@pytest.mark.parametrize(
    ("codes", "against", "multiple", "words"),
    [
        (("1", "2", "3"), "", False, "övriga"),
        (("1", "2", "3"), "2", False, "Två"),
        (("1", "2"), "", False, "Två"),
        (("1", "2"), "", True, "övriga"),
        (("1", "2"), "1", False, "Ett"),
    ],
)
def test_opponent_is_the_rest_a_level_or_the_other_of_two(
    codes: tuple[str, ...], against: str, multiple: bool, words: str
) -> None:
    question = compared(TWO, against=against).question
    assert isinstance(question, Comparison)
    assert opponent(question, axis("legal_sex", *codes, multiple=multiple)) == words


def test_plain_table_keeps_its_whole_shape() -> None:
    table = frequency({"1": 7, "2": 9})
    assert shape_of(table) == grid(table)
    assert shape_of(compared(TWO)) == compact(compared(TWO))
