"""Why something follows: the shown numbers that give it, and what gaps are known to be."""

import pytest
from published_tables import published

from skillnad.analysis.disclosure.attack.model import model_of
from skillnad.analysis.disclosure.attack.route import end_route, exact_route
from skillnad.analysis.disclosure.attack.view import View
from skillnad.analysis.disclosure.attackers import Attacker

SQUARE = "a,b,n\nA,x,\nA,y,17\nA,Total,20\nB,x,9\nB,y,8\nB,Total,17\nTotal,x,\nTotal,y,25\nTotal,Total,37\n"
ROW = "a,n\nA,\nB,\nC,0\nD,8\nTotal,12\n"


def view_of(text, reader=Attacker.ZEROS_PRINTED, **manner):
    view = View(model_of([published(text, **manner)]), reader, 5)
    named = {
        tuple(value for _, value in cell.said[0].people): n for n, cell in enumerate(view.model.cells) if cell.said
    }
    return view, named


def terms(route):
    return [(round(t.factor, 6), t.count, tuple(value for _, value in t.people), t.limit) for t in route.terms]


def test_lone_gap_of_a_row_is_its_sum_less_the_rest():
    view, at = view_of(SQUARE)
    route = exact_route(view.model, view.told, view.column[at["A", "x"]])
    assert terms(route) == [(1, 20, ("A",), False), (-1, 17, ("A", "y"), False)]
    assert (route.value, route.upward) == (3, None)


def test_two_steps_are_one_sum():
    view, at = view_of(SQUARE)
    route = exact_route(view.model, view.told, view.column[at["x",]])
    assert route.value == 12
    assert {term.count for term in route.terms} <= {37, 25, 20, 17, 9}


def test_what_follows_of_no_sum_has_no_route_of_sums():
    view, at = view_of(ROW)
    assert exact_route(view.model, view.told, view.column[at["A",]]) is None


def test_end_leans_on_what_the_other_gap_is_at_least():
    view, at = view_of(ROW)
    route = end_route(view.model, view.told, view.column[at["A",]], 3.0, upward=True)
    assert terms(route) == [(1, 12, (), False), (-1, 8, ("D",), False), (-1, 1, ("B",), True)]
    assert (route.value, route.upward) == (3, True)


def test_end_that_is_further_in_than_can_be_proved_has_no_route():
    view, at = view_of(ROW)
    assert end_route(view.model, view.told, view.column[at["A",]], 2.0, upward=True) is None


def test_least_end_is_proved_by_what_the_other_is_at_most():
    told = "a,n,s\nA,,ja\nB,,nej\nC,0,\nTotal,12,\n"
    view, at = view_of(told, Attacker.PRIMARY_KNOWN, marked="s")
    route = end_route(view.model, view.told, view.column[at["B",]], 8.0, upward=False)
    assert terms(route) == [(1, 12, (), False), (-1, 4, ("A",), True)]
    assert (route.value, route.upward) == (pytest.approx(8), False)


def test_limit_of_nothing_is_no_reason():
    view, at = view_of(ROW, Attacker.NOT_NEGATIVE)
    route = end_route(view.model, view.told, view.column[at["A",]], 4.0, upward=True)
    assert terms(route) == [(1, 12, (), False), (-1, 8, ("D",), False)]


def test_share_that_a_bound_leans_on_is_named():
    view, at = view_of('a,b,n,p\nA,x,,"50,0"\nA,Total,,\nA,y,2,\nB,Total,0,\n', share="p")
    column = view.column[at["A",]]
    route = end_route(view.model, view.told, column, view.end(at["A",], upward=True), upward=True)
    assert [term.factor for term in route.terms if term.share] == [0.0]
    assert [term.people for term in route.terms if term.share] == [(("a", "A"), ("b", "x"))]


@pytest.mark.parametrize("scale", [1, 3, 10])
def test_other_parts_of_the_publication_are_left_out(scale):
    """However many other rows there are with gaps of their own."""
    more = "".join(f"E{n},x,\nE{n},y,{40 + n}\nE{n},Total,{50 + n}\n" for n in range(scale))
    view, at = view_of(SQUARE.partition("Total,x")[0] + more)
    route = exact_route(view.model, view.told, view.column[at["A", "x"]])
    assert terms(route) == [(1, 20, ("A",), False), (-1, 17, ("A", "y"), False)]


def test_sum_that_is_a_gap_follows_from_its_parts():
    view, at = view_of("a,n\nA,7\nB,8\nTotal,\n")
    route = exact_route(view.model, view.told, view.column[at[()]])
    assert terms(route) == [(1, 7, ("A",), False), (1, 8, ("B",), False)]


@pytest.mark.parametrize("gap", "AB")
def test_what_a_gap_is_at_most_gives_no_route_of_sums(gap):
    view, at = view_of("a,n,s\nA,,ja\nB,,ja\nC,0,\nTotal,7,\n", Attacker.PRIMARY_KNOWN, marked="s")
    assert exact_route(view.model, view.told, view.column[at[gap,]]) is None


def test_nothing_is_proved_by_other_parts_of_the_publication():
    """The sum of B is of no unknown of A, and would be worth anything in a proof of them."""
    view, at = view_of("a,b,n\nA,x,\nA,y,\nA,z,0\nA,Total,12\nB,x,\nB,y,\nB,z,8\nB,Total,30\n")
    column = view.column[at["A", "x"]]
    assert end_route(view.model, view.told, column, 10.0, upward=True) is None
    assert [term.people for term in end_route(view.model, view.told, column, 11.0, upward=True).terms] == [
        (("a", "A"),), (("a", "A"), ("b", "y")),
    ]  # fmt: skip
