"""A table takes the roomiest form that a telephone has room for."""

import pytest

from skillnad.reports.render.phone import WIDTH, Form, form_of, is_wide, width

NBSP = "\N{NO-BREAK SPACE}"


def rows(*cells: str, name: str = "Namn") -> list[tuple[str, tuple[str, ...]]]:
    return [(name, cells)]


@pytest.mark.parametrize(
    ("columns", "form"),
    [(2, Form.PLAIN), (4, Form.TIGHT), (9, Form.STACKED)],
    ids=["few", "some", "many"],
)
def test_more_columns_take_a_narrower_form(columns, form):
    cells = [f"123{NBSP}(45{NBSP}%)"] * columns if columns < 4 else ["12345"] * columns
    assert form_of("Värde", ["Andelar"] * columns, rows(*cells)) is form


def test_long_headings_stand_one_to_a_line_where_rows_are_stacked():
    assert form_of("Värde", ["Omsorgsboende permanent"] * 6, rows(*["1"] * 6)) is Form.STACKED_LONG


def test_long_numbers_stand_one_to_a_line_where_rows_are_stacked():
    short, long = (
        form_of("Värde", ["Kvinnor"] * 8, rows(*[cell] * 8)) for cell in ("12", f"1{NBSP}234{NBSP}567{NBSP}(45{NBSP}%)")
    )
    assert (short, long) == (Form.STACKED, Form.STACKED_LONG)


def test_heading_over_several_columns_counts_among_its_words():
    over = [("Flicka eller kvinna", 5), ("Pojke", 5)]
    assert form_of("Värde", ["Antal"] * 10, rows(*["1 234"] * 10), over) is Form.STACKED_LONG


def test_words_on_lines_of_their_own_take_no_more_room_than_the_longest():
    one, two = ([heading] for heading in ("insatsen", "insatsen insatsen"))
    assert width(Form.PLAIN, "", one, rows("1")) == width(Form.PLAIN, "", two, rows("1"))


def test_space_that_does_not_break_takes_room():
    assert width(Form.PLAIN, "", ["a"], rows("12 345 678")) < width(
        Form.PLAIN, "", ["a"], rows(f"12{NBSP}345{NBSP}678")
    )


def test_wide_heading_over_narrow_columns_makes_them_wider():
    narrow = width(Form.PLAIN, "", ["a", "b"], rows("1", "2"), [("Kön", 2)])
    assert narrow < width(Form.PLAIN, "", ["a", "b"], rows("1", "2"), [("Omsorgsverksamhet", 2)])


def test_long_names_of_rows_are_broken_and_not_stacked():
    assert form_of("Värde", ["Antal", "Andel"], rows("1", "2", name="Sysselsättningsverksamhet")) is Form.PLAIN


def test_a_plain_table_leaves_room_on_a_narrow_telephone():
    assert width(Form.PLAIN, "Värde", ["Antal", "Andel"], rows("1 234", f"100{NBSP}%")) < WIDTH - 55


def test_table_of_many_columns_is_too_wide_for_a_desks_screen():
    few, many = (is_wide("Värde", ["percentilen med"] * columns, rows(*["1"] * columns)) for columns in (6, 12))
    assert (few, many) == (False, True)
