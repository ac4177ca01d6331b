from math import inf

import numpy as np
import pytest
from published_tables import published

from skillnad.analysis.disclosure.attack.equations import equations_of
from skillnad.analysis.disclosure.attack.model import model_of
from skillnad.analysis.disclosure.attack.programmes import whole_end
from skillnad.analysis.disclosure.attack.route import end_route, exact_route
from skillnad.analysis.disclosure.attack.view import View
from skillnad.analysis.disclosure.attackers import Attacker

ROW = "a,n\nA,\nB,\nC,0\nD,8\nTotal,30\n"


def view_of(text, reader=Attacker.ZEROS_PRINTED, **manner):
    """The view, and its cells by the last value that names them."""
    view = View(model_of([published(text, **manner)]), reader, 5)
    return view, {
        cell.said[0].people[-1][1]: at for at, cell in enumerate(view.model.cells) if cell.said and cell.said[0].people
    }


def test_two_gaps_of_a_sum_share_it():
    view, at = view_of(ROW)
    assert (view.interval(at["A"]), view.interval(at["B"])) == ((1, 21), (1, 21))
    assert view.interval(at["D"]) == (8, 8)


def test_gap_that_no_sum_holds_has_no_end():
    view, at = view_of("a,n\nA,\nB,\nC,0\n")
    assert view.interval(at["A"]) == (1, inf)


def test_wide_gaps_are_not_held_and_narrow_ones_are():
    view, at = view_of(ROW)
    assert view.held([at["A"], at["B"]], 5) == []
    view, at = view_of(ROW.replace("30", "11"))
    assert view.held([at["A"], at["B"]], 5) == [at["A"], at["B"]]


def test_what_follows_is_the_same_in_the_first_table_seen():
    view, at = view_of("a,b,n\nA,x,\nA,y,9\nA,Total,12\n")
    assert view.exact[at["x"]] == 3


def test_ends_of_whole_numbers_lie_within_the_others():
    """Three gaps that are pairwise 3, 3 and 3 would be one and a half each."""
    text = "a,g,n\n1,G,\n2,G,\n3,H,\nTotal,G,3\n"
    view, at = view_of(text, groupings=(("a", "g"),))
    column = view.column[at["G"]] if at["G"] in view.column else view.column[at["H"]]
    assert whole_end(view.told, column, upward=False) >= 0


def test_equations_keep_what_is_known_beforehand():
    model = model_of([published("a,n,s\nA,,ja\nB,,nej\nC,0,\nTotal,30,\n", marked="s")])
    told = equations_of(model, Attacker.PRIMARY_KNOWN, 5)
    assert (told.floor.tolist(), told.ceiling.tolist()) == ([1, 5], [4, inf])
    assert equations_of(model, Attacker.NOT_NEGATIVE, 5).floor.tolist() == [0, 0]


def test_share_of_a_known_number_is_a_bound():
    model = model_of([published("a,n,p\nTotal,1000,\nA,,10\n", share="p")])
    told = equations_of(model, Attacker.ZEROS_PRINTED, 5)
    cell = next(at for at, each in enumerate(model.cells) if each.said and each.said[0].people)
    assert (told.floor[told.column[cell]], told.ceiling[told.column[cell]]) == (95, 105)


def test_exact_route_is_the_shortest_of_several():
    """By its own row, and not by all the other rows and columns."""
    text = "a,b,n\nA,x,\nA,y,9\nA,Total,12\nB,x,20\nB,y,30\nB,Total,50\nTotal,x,23\nTotal,y,39\nTotal,Total,62\n"
    view, _ = view_of(text)
    cell = next(number for number in view.column)
    route = exact_route(view.model, view.told, view.column[cell])
    assert len(route.terms) == 2
    assert route.value == pytest.approx(3)


def test_route_of_an_end_leans_on_what_other_gaps_are_at_least():
    view, at = view_of(ROW.replace("30", "11"))
    route = end_route(view.model, view.told, view.column[at["A"]], 2.0, upward=True)
    assert [(term.factor, term.count, term.limit) for term in route.terms] == [
        (1.0, 11, False),
        (-1.0, 8, False),
        (-1.0, 1, True),
    ]


def test_no_route_proves_what_is_not_so():
    view, at = view_of(ROW)
    assert exact_route(view.model, view.told, view.column[at["A"]]) is None
    assert end_route(view.model, view.told, view.column[at["A"]], 20.0, upward=True) is None


def test_gap_that_leaves_just_three_numbers_is_wide():
    view, at = view_of(ROW.replace("30", "12"))
    assert [view.interval(at[gap]) for gap in "AB"] == [(1, 3), (1, 3)]
    assert view.held([at["A"], at["B"]], 2) == []
    assert view.held([at["A"], at["B"]], 4) == [at["A"], at["B"]]


def test_number_that_is_shown_is_its_own_interval_and_is_asked_of_no_programme():
    view, at = view_of(ROW)
    assert view.interval(at["C"]) == (0, 0)
    assert at["C"] not in view.column


def test_look_goes_no_further_than_it_was_asked_to():
    view, at = view_of(ROW)
    column = view.column[at["A"]]
    first = view.first[column]
    view.look({at["A"]: 9.0}, upward=True)
    assert view.high[column] == max(9.0, first)
    view.look({at["A"]: 2.0}, upward=False)
    assert view.low[column] == min(2.0, first)


def test_bounds_are_as_before_after_a_look():
    view, at = view_of(ROW)
    view.look({at["A"]: 9.0}, upward=True)
    assert view.end(at["A"], upward=True) == pytest.approx(21)
    assert view.end(at["A"], upward=False) == pytest.approx(1)


def test_ends_far_apart_are_not_drawn_in_to_whole_numbers(monkeypatch):
    view, at = view_of(ROW)
    monkeypatch.setattr(view, "_whole", lambda *_: pytest.fail("no whole numbers are asked for"))
    assert view.interval(at["A"], near=3.0) == (1, 21)


@pytest.mark.parametrize("seen", [95, 105])
def test_wide_gap_is_not_held_from_whichever_end_it_is_looked_at(seen):
    """A tenth of a thousand, of whom the others are not told of."""
    told = published("a,n,p\nTotal,1000,\nA,,10\n", share="p"), published("a,n\nA,\n", "o.csv")
    view = View(model_of(told), Attacker.ZEROS_PRINTED, 5)
    (gap,) = (number for number, cell in enumerate(view.model.cells) if cell.gap)
    view.first = np.where(np.arange(view.size) == view.column[gap], seen, 1000 - seen)
    view.low, view.high = view.first.copy(), view.first.copy()
    assert view.held([gap], 5) == []
    assert view.high[view.column[gap]] - view.low[view.column[gap]] >= 2


class OneAtATime:
    """A view for which a table serves one cell or none."""

    def __init__(self, cells):
        self.column, self.served = {cell: cell for cell in cells}, set()

    def look(self, ends, *, upward):
        self.served |= ends.keys() if len(ends) == 1 and upward else set()


@pytest.mark.parametrize("cells", [1, 2, 3, 5])
def test_each_cell_has_a_table_of_its_own_where_none_serves_several(cells):
    view = OneAtATime(range(cells))
    View._seek(view, range(cells), float, lambda column: column in view.served, upward=True)
    assert view.served == set(range(cells))
