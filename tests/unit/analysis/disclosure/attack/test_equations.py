"""A model as equations: what each line says of its unknowns, and what is known of each unknown beforehand."""

from math import inf

import numpy as np
import pytest
from published_tables import published

from skillnad.analysis.disclosure.attack.equations import equations_of
from skillnad.analysis.disclosure.attack.model import model_of
from skillnad.analysis.disclosure.attack.programmes import MOST_NODES, continuous, quiet, whole_end
from skillnad.analysis.disclosure.attackers import Attacker
from skillnad.lib.errors import UserError

ROW = "a,n\nA,\nB,\nC,0\nD,8\nTotal,30\n"
MARKED = "a,n,s\nA,,ja\nB,,nej\nC,0,\nTotal,30,\n"


def equations(text, reader=Attacker.ZEROS_PRINTED, threshold=5, **manner):
    return equations_of(model_of([published(text, **manner)]), reader, threshold)


def test_unknowns_are_the_cells_without_a_count():
    told = equations(ROW)
    assert (len(told.cells), len(told.column)) == (2, 2)
    assert [told.column[int(cell)] for cell in told.cells] == [0, 1]


def test_line_says_what_its_unknowns_sum_to():
    told = equations(ROW)
    assert told.sums.toarray().tolist() == [[1, 1]]
    assert told.right.tolist() == [22]
    assert told.lines == (0,)


def test_unknown_whole_stands_against_its_parts():
    told = equations("a,b,n\nA,x,\nA,y,9\nA,Total,\nB,x,5\nB,y,6\nB,Total,11\nTotal,Total,40\n")
    whole = [row for row in told.sums.toarray().tolist() if sorted(row)[0] == -1]
    assert whole
    assert all(sum(row) in (-1, 0, 1) for row in told.sums.toarray().tolist())


def test_line_without_unknowns_is_no_equation():
    told = equations("a,n\nA,3\nB,4\nTotal,7\n")
    assert (told.sums.shape, len(told.right), told.lines) == ((0, 0), 0, ())


@pytest.mark.parametrize(
    ("reader", "floor", "ceiling"),
    [
        (Attacker.NOT_NEGATIVE, [0, 0], [inf, inf]),
        (Attacker.ZEROS_PRINTED, [1, 1], [inf, inf]),
        (Attacker.PRIMARY_KNOWN, [1, 5], [4, inf]),
    ],
)
def test_what_a_reader_knows_of_gaps(reader, floor, ceiling):
    told = equations(MARKED, reader, marked="s")
    assert (told.floor.tolist(), told.ceiling.tolist()) == (floor, ceiling)


def test_threshold_is_what_small_gaps_are_below():
    told = equations(MARKED, Attacker.PRIMARY_KNOWN, 8, marked="s")
    assert (told.floor.tolist(), told.ceiling.tolist()) == ([1, 8], [7, inf])


def test_gap_that_is_not_small_may_be_nothing_where_no_zero_is_printed():
    told = equations(MARKED.replace("C,0,\n", ""), Attacker.PRIMARY_KNOWN, marked="s")
    assert (told.floor.tolist(), told.ceiling.tolist()) == ([1, 0], [4, inf])


def test_cell_that_is_left_out_is_known_to_be_no_less_than_nothing():
    told = equations("a,b,n\nA,x,1\nA,Total,3\nA,y,2\nB,x,5\nC,y,0\nB,Total,\n")
    assert set(told.floor.tolist()) == {0, 1}


def test_share_of_a_known_number_holds_the_unknown_between_counts():
    told = equations('a,b,n,p\nA,x,,"10"\nA,y,,\nA,Total,1000,\n', share="p")
    assert sorted(zip(told.floor.tolist(), told.ceiling.tolist(), strict=True)) == [(0, inf), (95, 105)]
    assert told.parts.shape[0] == 0


def test_share_of_an_unknown_number_is_two_inequalities():
    told = equations('a,b,n,p\nA,x,,"50"\nA,Total,,\nA,y,7,\n', share="p")
    assert told.parts.shape[0] == len(told.low) == len(told.high) == len(told.shares) == 2
    assert told.low[0] == 0 == told.high[1]
    assert (told.high[0], told.low[1]) == (inf, -inf)
    found = np.sort(-told.parts.toarray().min(axis=1))
    assert found.tolist() == [0.495, 0.505]


def test_known_part_of_an_unknown_number_counts_on_the_other_side():
    told = equations('a,b,n,p\nA,x,30,"50"\nA,Total,,\n', share="p")
    assert (told.low[0], told.high[1]) == (-30, -30)


@pytest.mark.parametrize(("text", "where"), [("a,n\nA,37\nTotal,99\nB,41\n", "alla"), (
    "a,b,n\nA,x,3\nA,y,4\nA,Total,9\nB,x,5\nB,y,6\n", "a=A")])  # fmt: skip
def test_sum_that_is_not_its_parts_is_told_by_its_place(text, where):
    with pytest.raises(UserError, match="DISC-084") as refused:
        equations(text)
    assert refused.value.problems[0].where == f"t.csv, {where}"


def test_sum_that_several_tables_show_is_told_by_the_first():
    told = [published("a,n\nA,37\nTotal,99\nB,41\n"), published("a,n\nTotal,99\n", "o.csv")]
    with pytest.raises(UserError, match="DISC-084") as refused:
        equations_of(model_of(told), Attacker.ZEROS_PRINTED, 5)
    assert refused.value.problems[0].where == "t.csv, alla"


def test_programme_has_the_sums_the_shares_and_the_bounds():
    told = equations('a,b,n,p\nA,x,,"50"\nA,Total,,\nA,y,7,\n', share="p")
    model = continuous(told)
    assert (model.num_row_, model.num_col_) == (told.sums.shape[0] + 2, len(told.cells))
    assert list(model.col_lower_) == told.floor.tolist()
    assert list(model.row_lower_)[-2:] == told.low.tolist()
    assert list(model.row_upper_)[-2:] == told.high.tolist()


@pytest.mark.parametrize(("upward", "end"), [(True, 21), (False, 1)])
def test_end_in_whole_numbers(upward, end):
    assert whole_end(equations(ROW), 0, upward=upward) == pytest.approx(end)


def test_solver_keeps_to_one_thread_and_is_quiet():
    solver = quiet()
    assert solver.getOptionValue("threads")[1] == 1
    assert solver.getOptionValue("output_flag")[1] is False
    assert solver.getOptionValue("random_seed")[1] == 0
    assert MOST_NODES > 1
