import numpy as np
import pytest
from raw_tables import axis, counted

from skillnad.analysis.axes import FLOW_AXIS, MONTH_AXIS
from skillnad.analysis.disclosure.audit import Reader
from skillnad.analysis.measures import OPEN, ended_within, open_within
from skillnad.analysis.questions import Count, Duration, Flow, Selection, Share, Where
from skillnad.analysis.relations import (
    band_name,
    cell_name,
    count_system,
    open_system,
    people_system,
    reader_system,
    sum_system,
)
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


def two_months():
    months = Axis(MONTH_AXIS, "Månad", (Level("2025-01", "jan"), Level("2025-02", "feb")), True)
    by_month = {"2025-01": (30, 4, 10, 24), "2025-02": (24, 6, 5, 25), TOTAL: (30, 10, 15, 25)}
    counts = {
        (month, level.code): count
        for month, numbers in by_month.items()
        for level, count in zip(FLOW.levels, numbers, strict=True)
    }
    counts |= {(month, TOTAL): numbers[0] + numbers[1] for month, numbers in by_month.items()}
    return count_system(flow_table(counts, (months, FLOW), monthly=True))


def test_flow_by_months_has_all_its_relations_and_they_hold():
    told = two_months()
    assert told.matrix.shape[0] == 11
    assert np.abs(told.matrix @ told.values).max() == 0


def test_flow_by_unit_adds_up_over_the_units():
    by_unit = {"A": (30, 4, 10, 24), "B": (5, 5, 5, 5), "": (0, 0, 0, 0), TOTAL: (35, 9, 15, 29)}
    kinds = [level.code for level in FLOW.levels]
    counts = {(kind, unit): numbers[kinds.index(kind)] for unit, numbers in by_unit.items() for kind in kinds}
    counts |= {(TOTAL, unit): numbers[0] + numbers[1] for unit, numbers in by_unit.items()}
    told = count_system(flow_table(counts, (FLOW, UNIT)))
    assert (told.matrix.shape[0], np.abs(told.matrix @ told.values).max()) == (13, 0)


@pytest.mark.parametrize(("kind", "is_"), [("ongoing_start", 30), ("ongoing_end", 25)])
def test_flow_of_a_year_begins_as_its_first_month_and_ends_as_its_last(kind, is_):
    others = [(f"flow={each}", "month=*") for each in ("ongoing_start", "ongoing_end", "*") if each != kind]
    assert interval(two_months(), [(f"flow={kind}", "month=*"), *others]) == (is_, is_)


def test_flow_end_of_a_month_is_the_start_of_the_next():
    told = two_months()
    hidden = [("flow=ongoing_end", "month=2025-01"), ("flow=*", "month=2025-01"), ("flow=closed", "month=2025-01")]
    assert interval(told, hidden) == (24, 24)


def test_sums_add_up_as_counts_do():
    raw = RawTable(Count(), (UNIT,), {}, {"sum": {("A",): 10.5, ("B",): 4.5, ("",): 0.0, (TOTAL,): 15.0}})
    assert interval(sum_system(raw, "sum"), [("unit=B",)]) == (4.5, 4.5)


def test_clients_behind_sums_overlap():
    raw = RawTable(Count(), (UNIT,), {}, {"clients": {("A",): 9.0, ("B",): 8.0, ("",): 0.0, (TOTAL,): 14.0}})
    assert interval(people_system(raw, "clients"), [("unit=B",)]) == pytest.approx((5, 14))


def test_clients_may_stand_in_a_level_and_be_missing_elsewhere():
    raw = RawTable(Count(), (UNIT,), {}, {"clients": {("A",): 9.0, ("B",): 0.0, ("",): 8.0, (TOTAL,): 14.0}})
    assert interval(people_system(raw, "clients"), [("unit=",)]) == pytest.approx((5, 14))


def test_gap_in_what_is_summed_is_nothing():
    raw = RawTable(Count(), (UNIT,), {}, {"sum": {("A",): 3.0, ("B",): None, ("",): None, (TOTAL,): 3.0}})
    assert sorted(cell.value for cell in sum_system(raw, "sum").cells) == [0, 0, 3, 3]


def test_lone_unknown_overlaps_with_no_other_level():
    told = count_system(counted((axis("p", "9", "1", "2", multiple=True, unknown="9"),), {("1;2",): 6, ("9",): 3}))
    assert interval(told, [("p=9",)]) == (1, 3)


def test_level_of_known_values_may_overlap_with_all():
    told = count_system(counted((axis("p", "1", "2", "9", multiple=True),), {("1;2",): 6, ("9",): 3}))
    assert interval(told, [("p=9",)]) == (1, 9)


@pytest.mark.parametrize(("together", "latent"), [(0, False), (1, True)])
def test_multi_select_axis_overlaps_from_the_first_who_has_two(together, latent):
    told = count_system(counted((PROBLEM,), {("1",): 9, ("2",): 3, ("1;2",): together}))
    assert bool(names(told)) is latent


ALONE = {("1",): 9, ("2",): 3, ("",): 4}
"""Nobody has several."""


def test_reader_is_not_told_that_nobody_has_several():
    """Of 16, those who answered are 9 to 12: no fewer than have the one value, no more than the values together."""
    told = reader_system(counted((PROBLEM,), ALONE))
    assert interval(told, [("problem=",)]) == pytest.approx((4, 7))
    assert interval(count_system(counted((PROBLEM,), ALONE)), [("problem=",)]) == (4, 4)


def test_reader_knows_that_single_choice_levels_add_up():
    assert names(reader_system(counted((UNIT, SEX), {("A", "1"): 3, ("B", "2"): 4}))) == []


def test_sums_over_a_multi_select_axis_that_add_up_have_no_latent_cell():
    sums = {("1",): 3.5, ("2",): 4.5, ("3",): 0.0, ("",): 2.0, (TOTAL,): 10.0}
    assert names(sum_system(RawTable(Count(), (PROBLEM,), {}, {"sum": sums}), "sum")) == []


def durations(within):
    """Unit A: 4 within a week, 7 within a month, 10 in all, of which 2, 1 and 3 are open; B: all 5 within a week."""
    by_key = {("A",): (4, 7, 10), ("B",): (5, 5, 5), ("",): (0, 0, 0), (TOTAL,): (9, 12, 15)}
    still = {("A",): (2, 3, 6), ("B",): (0, 0, 0), ("",): (0, 0, 0), (TOTAL,): (2, 3, 6)}
    counts = {key: numbers[2] for key, numbers in by_key.items()}
    values = {OPEN: {key: float(numbers[2]) for key, numbers in still.items()}}
    for place, limit in enumerate((7, 30)):
        values[ended_within(limit)] = {key: float(numbers[place]) for key, numbers in by_key.items()}
        values[open_within(limit)] = {key: float(numbers[place]) for key, numbers in still.items()}
    return RawTable(Duration("a", "b", by=("unit",), within=within), (UNIT,), counts, values)


def told_values(told, unit):
    return {cell.name[0]: cell.value for cell in told.cells if cell.name[-1] == f"unit={unit}" and len(cell.name) == 2}


@pytest.mark.parametrize("within", [(7, 30), (30, 7), (30, 7, 30)])
def test_duration_is_told_by_the_bands_between_its_limits_in_their_order(within):
    told = count_system(durations(within))
    assert told_values(told, "A") == {"days=0": 4, "days=1": 3, "days=2": 3}
    assert told_values(told, "B") == {"days=0": 5, "days=1": 0, "days=2": 0}
    assert [cell.value for cell in told.cells if cell.name == ("unit=A",)] == [10]


def test_bands_add_up_to_the_cell_and_over_the_units():
    """Four totals and three bands; four keys and three units with a total."""
    told = count_system(durations((7, 30)))
    assert (told.matrix.shape, np.abs(told.matrix @ told.values).max()) == ((8, 16), 0)
    assert interval(told, [("days=1", "unit=A")]) == (3, 3)


def test_band_is_named_by_its_number_and_the_cell_it_is_a_part_of():
    assert band_name((UNIT,), ("A",), 0) == ("days=0", "unit=A")
    assert {band_name((UNIT,), ("A",), band) for band in range(3)} <= {
        cell.name for cell in count_system(durations((7, 30))).cells
    }


def test_open_rows_are_told_by_the_band_they_were_last_seen_in():
    told = open_system(durations((7, 30)))
    assert told_values(told, "A") == {"days=0": 2, "days=1": 1, "days=2": 3}
    assert [cell.value for cell in told.cells if cell.name == ("unit=A",)] == [6]


def test_duration_without_limits_is_told_as_a_count():
    told = count_system(durations(()))
    assert {cell.name for cell in told.cells} == {("unit=A",), ("unit=B",), ("unit=",), ("unit=*",)}


def test_nothing_counted_within_a_limit_is_nought():
    raw = durations((7,))
    raw.values[ended_within(7)][("",)] = None
    assert told_values(count_system(raw), "") == {"days=0": 0, "days=1": 0}


CHOSEN = Selection(where=(Where("problem", ("1",)),))


def test_all_rows_have_what_they_were_chosen_for():
    told = count_system(counted((PROBLEM,), {("1;2",): 9, ("1",): 3}, Count(CHOSEN, ("problem",))))
    assert interval(told, [("problem=1",)]) == (12, 12)


def test_each_row_has_one_of_those_it_was_chosen_for():
    chosen = Selection(where=(Where("problem", ("1", "2")),))
    told = count_system(counted((PROBLEM,), {("1;3",): 9, ("2",): 3, ("1;2",): 1}, Count(chosen, ("problem",))))
    assert interval(told, [("problem=2",)])[0] == 3


def test_those_in_whom_a_share_holds_have_it():
    question = Share(Where("problem", ("1",)), by=("problem",))
    outcome = axis("share:problem", "yes", "no")
    told = count_system(counted((outcome, PROBLEM), {("yes", "1;2"): 9, ("no", "2;3"): 8, ("yes", "1"): 7}, question))
    assert interval(told, [("problem=1", "share:problem=yes"), ("problem=1", "share:problem=*")]) == (16, 16)
