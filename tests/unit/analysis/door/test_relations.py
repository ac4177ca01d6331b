import numpy as np
import pytest
from raw_tables import axis, counted

from skillnad.analysis.axes import FLOW_AXIS, MONTH_AXIS
from skillnad.analysis.disclosure.audit import Reader
from skillnad.analysis.questions import Count, Flow, Selection
from skillnad.analysis.relations import cell_name, count_system, people_system, sum_system
from skillnad.analysis.results import TOTAL, Axis, Level, RawTable
from skillnad.codebook.periods import Period

UNIT = axis("unit", "A", "B")
SEX = axis("sex", "1", "2")
PROBLEM = axis("problem", "1", "2", "3", multiple=True)
FLOW = Axis(FLOW_AXIS, "Flöde", tuple(Level(k, k) for k in ("ongoing_start", "new", "closed", "ongoing_end")), True)
SEVERAL = {("1", "A"): 9, ("3", "A"): 8, ("2", "A"): 3, ("1;2", "B"): 6, ("", "B"): 7}


def names(told, **latent):
    return [cell for cell in told.cells if cell.latent]


def interval(told, hidden):
    """What follows of one cell when it and others are hidden."""
    return Reader(told, hidden, 1).exact(hidden[0])


def flow_table(rows, axes=(FLOW,), monthly=False):
    return RawTable(Flow(Period.year(2025), monthly=monthly), axes, rows, {})


def test_single_choice_axes_add_up_without_latent_cells():
    told = count_system(counted((UNIT, SEX), {("A", "1"): 3, ("B", "2"): 4}))
    assert (len(told.cells), names(told), told.matrix.shape[0]) == (16, [], 8)


def test_relations_hold_for_a_multi_select_axis():
    told = count_system(counted((PROBLEM, UNIT), SEVERAL))
    assert np.abs(told.matrix @ told.values).max() == 0


def test_multi_select_levels_are_at_most_those_who_answered():
    told = count_system(counted((PROBLEM, UNIT), SEVERAL | {("", "A"): 40}))
    cell = ("problem=1", "unit=A")
    assert interval(told, [cell, ("problem=1", "unit=*"), ("problem=1", "unit=B")])[1] == 20


def test_multi_select_levels_together_are_at_least_those_who_answered():
    told = count_system(counted((PROBLEM, UNIT), SEVERAL))
    cell = ("problem=2", "unit=A")
    assert interval(told, [cell, ("problem=2", "unit=*"), ("problem=2", "unit=B")])[0] == 3


def test_multi_select_axis_where_nobody_has_several_adds_up():
    told = count_system(counted((PROBLEM,), {("1",): 9, ("2",): 3}))
    assert names(told) == []


def test_small_complement_of_a_multi_select_value_is_latent():
    told = count_system(counted((PROBLEM,), {("1;2",): 20, ("1;3",): 5, ("2",): 3}))
    assert [cell.value for cell in names(told) if cell.name[:2] == ("not:problem", "problem=1")] == [3]


def test_people_may_stand_in_several_levels_of_any_axis():
    raw = counted((UNIT,), {("A",): 9, ("B",): 8, ("A;B",): 4}, Count(Selection(people=True), by=("unit",)))
    told = count_system(RawTable(raw.question, (axis("unit", "A", "B", multiple=True),), raw.counts, {}))
    assert interval(told, [("unit=A",)]) == (9, 21)


def test_table_turned_around_is_the_same_system():
    rows = {("1", "A"): 3, ("2", "B"): 9, ("2", "A"): 5}
    turned = {(unit, sex): count for (sex, unit), count in rows.items()}
    one, other = count_system(counted((SEX, UNIT), rows)), count_system(counted((UNIT, SEX), turned))
    assert one.cells == other.cells
    assert (one.matrix != other.matrix).nnz == 0


def test_cell_name_says_axes_not_places():
    assert cell_name((UNIT, SEX), ("A", TOTAL)) == cell_name((SEX, UNIT), (TOTAL, "A")) == ("sex=*", "unit=A")


def test_flow_start_and_new_are_closed_and_end():
    told = count_system(
        flow_table({("ongoing_start",): 30, ("new",): 4, ("closed",): 10, ("ongoing_end",): 24, (TOTAL,): 34})
    )
    assert interval(told, [("flow=new",)]) == (4, 4)
    assert interval(told, [("flow=new",), ("flow=closed",), ("flow=*",)])[0] == 1


def test_flow_end_of_a_month_is_the_start_of_the_next():
    months = Axis(MONTH_AXIS, "Månad", (Level("2025-01", "jan"), Level("2025-02", "feb")), True)
    by_month = {"2025-01": (30, 4, 10, 24), "2025-02": (24, 6, 5, 25), TOTAL: (30, 10, 15, 25)}
    counts = {
        (month, level.code): count
        for month, numbers in by_month.items()
        for level, count in zip(FLOW.levels, numbers, strict=True)
    }
    counts |= {(month, TOTAL): numbers[0] + numbers[1] for month, numbers in by_month.items()}
    told = count_system(flow_table(counts, (months, FLOW), monthly=True))
    hidden = [("flow=ongoing_end", "month=2025-01"), ("flow=*", "month=2025-01"), ("flow=closed", "month=2025-01")]
    assert interval(told, hidden) == (24, 24)


def test_sums_add_up_as_counts_do():
    raw = RawTable(Count(), (UNIT,), {}, {"sum": {("A",): 10.5, ("B",): 4.5, ("",): 0.0, (TOTAL,): 15.0}})
    assert interval(sum_system(raw, "sum"), [("unit=B",)]) == (4.5, 4.5)


def test_clients_behind_sums_overlap():
    raw = RawTable(Count(), (UNIT,), {}, {"clients": {("A",): 9.0, ("B",): 8.0, ("",): 0.0, (TOTAL,): 14.0}})
    assert interval(people_system(raw, "clients"), [("unit=B",)]) == pytest.approx((5, 14))
