"""A table of the explorer: the same in its elements and headers on every screen, whatever form a telephone gives it."""

import re

from made_tables import cross, frequency

from skillnad.analysis.grid import grid
from skillnad.analysis.questions import Percent
from skillnad.reports.render.grid_markup import GridMarkup, breakable


def markup(table) -> str:
    made = GridMarkup(grid(table), "Värde")
    return f"<table {made.table}>{made.head()}{made.body()}</table>"


def wide() -> str:
    numbers = {(row, str(group)): 10 for row in "12" for group in range(1, 10)}
    return markup(cross(numbers, percent=Percent.COLUMNS))


def test_table_that_fits_is_plain():
    shown = markup(frequency({"1": 30, "2": 10}))
    assert shown.startswith('<table class="skillnad-table"><thead><tr><th scope="col">Värde</th>')
    assert "role=" not in shown
    assert "data-label" not in shown


def test_wide_table_says_its_roles_and_what_each_cell_is_of():
    shown = wide()
    assert 'class="skillnad-table sk-stack' in shown
    tags = re.findall(r"<(table|thead|tbody|tr|th|td)\b([^>]*)>", shown)
    assert tags
    assert all('role="' in attributes for _, attributes in tags)
    assert 'data-label="Ett, ' in shown


def test_cells_and_labels_are_as_many_in_every_form():
    assert wide().count("<td") == wide().count("data-label=")


def test_headings_and_names_may_break_after_a_slash():
    assert breakable("Flicka/Kvinna <b>") == "Flicka/<wbr>Kvinna &lt;b&gt;"


def test_gap_is_read_out():
    assert '<span class="only-read">dolt</span>' in markup(frequency({"1": 30, "2": None}))


def test_table_of_many_columns_is_set_close():
    few, many = (shown.partition(">")[0] for shown in (markup(frequency({"1": 30, "2": 10})), wide()))
    assert ("sk-close" in few, "sk-close" in many) == (False, True)
