"""The tables of the page of differences: nothing but what is shown, and blanks where there is no number to have."""

import pytest
from judged_tables import compared_days, compared_groups

from skillnad.analysis.comparisons.judging import judged_page
from skillnad.analysis.results import LeftOut
from skillnad.reports.contents.differences import RESULTS, TIMES
from skillnad.reports.differences_chapters import anchor_of
from skillnad.reports.differences_tables import NOT_ADJUSTED, beside, long_table, overview, times_more
from skillnad.reports.views import BLANK

GOALS, LENGTH = RESULTS[0], TIMES[-2]


def page_of(*tables):
    return judged_page(tables)


def cells(view, at):
    return list(view.rows)[at].cells


def test_two_groups_stand_with_their_own_figures():
    page = page_of(compared_groups({"1": (340, 1000), "2": (410, 1000)}))
    view = beside(page.judgements[0], "Rubrik", page)
    assert [row.label for row in view.rows][:3] == [
        "Flickor och kvinnor",
        "Pojkar och män",
        "Skillnad, procentenheter",
    ]
    assert [cell.value for cell in cells(view, 1)] == [1000, 0.41]
    assert (cells(view, 2)[1].value, cells(view, 2)[1].difference) == (pytest.approx(-0.07), True)
    assert len(view.headings) == 2


def test_adjusted_stands_beside_with_its_background():
    page = page_of(compared_groups({"1": (340, 1000), "2": (410, 1000)}, adjusted={"1": (-0.03, -0.07, 0.01, 0.2)}))
    view = beside(page.judgements[0], "Rubrik", page)
    assert [heading.label for heading in view.headings][-1] == "Med hänsyn till bakgrund"
    assert cells(view, 2)[2].value == -0.03
    assert "Bakgrund: problematik och ålder." in view.note


def test_background_that_the_model_lacks_is_told_apart():
    table = compared_groups({"1": (340, 1000), "2": (410, 1000)}, adjusted={"1": (-0.03, -0.07, 0.01, 0.2)})
    table.left_out = (LeftOut("unused_background", 0, "age_group"),)
    note = beside(page_of(table).judgements[0], "Rubrik", page_of(table)).note
    assert "Bakgrund: problematik. Åldersgrupp är inte med i modellen:" in note


def test_the_rest_have_what_the_difference_leaves():
    ages = compared_groups({"1": (30, 100), "2": (40, 100), "3": (50, 100)}, column="age_group")
    page = page_of(ages)
    own, rest = (cells(beside(page.judgements[0], "", page), at) for at in (0, 1))
    assert [cell.value for cell in own] == [100, 0.3]
    assert [cell.value for cell in rest] == [200, pytest.approx(0.45)]


def test_hidden_group_leaves_gaps_and_no_number_to_work_it_out():
    hidden = compared_groups({"1": (None, None), "2": (40, 100), "3": (50, 100)}, column="age_group")
    page = page_of(hidden)
    view = beside(page.judgements[0], "", page)
    assert [cell.value for cell in (*cells(view, 0), *cells(view, 2)[1:])] == [None, None, None]
    assert cells(beside(page.judgements[1], "", page), 1)[0] is BLANK


def test_times_are_in_days():
    page = page_of(compared_days({"1": (-14.0, -20.0, -8.0, 0.0)}, {"1": 50.0, "2": 64.0}))
    view = beside(page.judgements[0], "", page)
    assert [row.label for row in view.rows][2] == "Skillnad, dagar"
    assert cells(view, 0)[1].value == 50.0
    assert "median i dagar" in view.headings[1].label


def test_note_says_that_an_interval_is_widened():
    tables = [compared_groups({"1": (340, 1000), "2": (one, 1000)}) for one in (500, 341, 342, 343, 344)]
    page = page_of(*tables)
    assert "Skillnadens är vidgat till 99 %" in beside(page.judgements[0], "", page).note
    note = overview([(GOALS, page.judgements[0])], "", page, anchor_of).note
    assert "vidgat till 99 %, för att den är utvald bland 5 prövningar" in note
    alone = page_of(tables[0])
    assert "vidgat" not in overview([(GOALS, alone.judgements[0])], "", alone, anchor_of).note


@pytest.mark.parametrize(("n", "times"), [(100, 16), (1000, 2)])
def test_times_more_grow_as_the_square_of_what_could_be_seen(n, times):
    (one,) = page_of(compared_groups({"1": (n // 2, n), "2": (n // 2, n)})).judgements
    assert times_more(one).value == pytest.approx(times, abs=1)


def test_times_more_is_blank_where_they_are_enough():
    (one,) = page_of(compared_groups({"1": (5000, 10000), "2": (5001, 10000)})).judgements
    assert times_more(one) is BLANK


def test_long_table_has_a_group_for_each_matter():
    page = page_of(
        compared_groups({"1": (5, 10), "2": (6, 10)}),
        compared_groups({"1": (5, 10), "2": (6, 10), "3": (6, 10)}, column="origin"),
        compared_days({"1": (1.0, -9.0, 9.0, 0.8)}, {"1": 50.0, "2": 49.0}),
    )
    found = [*[(GOALS, one) for one in page.judgements[:4]], (LENGTH, page.judgements[4])]
    view = long_table(found, "Rubrik", needed=True)
    assert [(group.label, len(group.rows)) for group in view.groups] == [
        ("Alla mål uppnådda, procentenheter", 4),
        ("Insatsens längd, dagar", 1),
    ]
    assert len(view.headings) == 3
    assert len(long_table(found, "", needed=False).headings) == 2


def test_long_table_has_a_column_for_the_adjusted_only_where_one_is():
    few = compared_groups({"1": (5, 10), "2": (6, 10)}, adjusted={"1": (-0.03, -0.07, 0.01, 0.2)})
    times = compared_days({"1": (1.0, -9.0, 9.0, 0.8)}, {"1": 50.0, "2": 49.0})
    share, days = page_of(few, times).judgements
    views = [long_table([one], "", needed=True) for one in ((GOALS, share), (LENGTH, days))]
    assert [[one.label for one in view.headings].count("Med hänsyn till bakgrund") for view in views] == [1, 0]
    assert [len(row.cells) for view in views for row in view.rows] == [4, 3]


def test_overview_says_why_times_have_nothing_adjusted():
    page = page_of(compared_days({"1": (-14.0, -20.0, -8.0, 0.0)}, {"1": 50.0, "2": 64.0}))
    assert "Dagarna är inte justerade" in overview([(LENGTH, page.judgements[0])], "", page, anchor_of).note
    share = page_of(compared_groups({"1": (340, 1000), "2": (500, 1000)}))
    assert "Tider" not in overview([(GOALS, share.judgements[0])], "", share, anchor_of).note


def test_overview_says_the_kind_and_the_unit_once_for_many_rows():
    page = page_of(
        compared_groups({"1": (340, 1000), "2": (500, 1000)}),
        compared_days({"1": (-14.0, -20.0, -8.0, 0.0)}, {"1": 50.0, "2": 64.0}),
    )
    share, days = page.judgements
    view = overview([(GOALS, share), (RESULTS[1], share), (LENGTH, days)], "", page, anchor_of)
    assert [(group.label, len(group.rows)) for group in view.groups] == [
        ("Resultat, procentenheter", 2),
        ("Tider, dagar", 1),
    ]
    assert next(row.label for row in view.rows) == "Alla mål uppnådda: flickor och kvinnor mot pojkar och män"
    assert [row.link for row in view.rows][1] == "forandring-legal-sex-1"


def test_workbook_has_the_ends_of_intervals_as_numbers():
    page = page_of(compared_groups({"1": (340, 1000), "2": (410, 1000)}))
    view = beside(page.judgements[0], "Rubrik", page)
    (full,) = view.full
    assert [(heading.over, heading.label) for heading in full.headings] == [
        ("", "Antal med uppgift"),
        ("Som det är", "Tal"),
        ("Som det är", "Lägst"),
        ("Som det är", "Högst"),
    ]
    own, _, difference, seen = (row.cells for row in full.rows)
    assert [cell.value for cell in difference[1:]] == [pytest.approx(-0.07), *page.judgements[0].plain.interval]
    assert own[1].ends is None
    assert seen[2:] == (BLANK, BLANK)


AGES = {"1": (30, 100), "2": (40, 100), "3": (50, 100)}


@pytest.fixture
def adjusted_in_one():
    """Of the second nothing could be compared, of the third it is hidden."""
    adjusted = {"1": (-0.03, -0.07, 0.01, 0.2), "3": (None,) * 4}
    return page_of(compared_groups(AGES, column="age_group", adjusted=adjusted))


def test_nobody_to_compare_with_is_blank_and_no_gap(adjusted_in_one):
    found = [(GOALS, one) for one in adjusted_in_one.judgements]
    for view in (overview(found, "", adjusted_in_one, anchor_of), long_table(found, "", needed=False)):
        assert [cells(view, at)[1].blank for at in range(3)] == [False, True, False]
        assert NOT_ADJUSTED in view.note


def test_blank_is_explained_only_where_there_is_one(adjusted_in_one):
    one, _, hidden = ((GOALS, each) for each in adjusted_in_one.judgements)
    assert NOT_ADJUSTED not in overview([one, hidden], "", adjusted_in_one, anchor_of).note
    assert NOT_ADJUSTED not in long_table([one, hidden], "", needed=False).note


def test_the_rest_have_no_gap_where_nobody_can_be_compared(adjusted_in_one):
    view = beside(adjusted_in_one.judgements[1], "", adjusted_in_one)
    assert [cells(view, at)[2].blank for at in range(3)] == [True] * 3
