"""The auditor's reader on systems small enough to fill in by hand."""

import numpy as np
import pytest
from scipy.sparse import csr_array

from skillnad.analysis.disclosure.audit import Claim, Reader, _holds, _least, count_claims, objections, sum_claims
from skillnad.analysis.disclosure.policy import DEFAULT, Policy
from skillnad.analysis.disclosure.system import Cell, system
from skillnad.analysis.disclosure.work import TooMuch, Work


def sums(*relations, latent=(), slack=(), **values):
    """Each relation as letters, the last of which is the sum of the others."""
    cells = [Cell((name,), value, latent=name in latent, slack=name in slack) for name, value in values.items()]
    told = [(*(((part,), 1.0) for part in each[:-1]), ((each[-1],), -1.0)) for each in relations]
    return system(cells, told)


ROW = sums("abt", a=3, b=20, t=23)
GAPS = {("a",), ("b",)}


def seen(*moves):
    """What a reader of `a` and `b` has seen of each when told of these moves, by cell."""
    reader = Reader(ROW, GAPS, 1.0)
    rows = [[move.get(cell.name[0], 0.0) for cell in ROW.cells] for move in moves]
    reader.see(csr_array(np.array(rows)))
    return {name: reader.interval((name,)) for name in "abt"}


NOTHING = {"a": (3, 3), "b": (20, 20), "t": (23, 23)}


def test_reader_believes_a_move_that_agrees_with_all_that_is_shown():
    assert seen({"a": 2, "b": -2}) == {"a": (3, 5), "b": (18, 20), "t": (23, 23)}
    assert seen({"a": 2, "b": -2}, {"a": -2, "b": 2}) == {"a": (1, 5), "b": (18, 22), "t": (23, 23)}


@pytest.mark.parametrize("move", [{"a": 2, "b": -1, "t": 1}, {"a": 2}, {"a": -3, "b": 3}, {"a": 20, "b": -20}])
def test_reader_believes_no_move_that_changes_what_is_shown_or_breaks_a_sum_or_a_floor(move):
    assert seen(move) == NOTHING


def test_move_that_is_not_believed_takes_no_other_with_it():
    assert seen({"a": 2}, {"a": 1, "b": -1}, {"a": -3, "b": 3})["a"] == (3, 4)


def test_reader_looks_no_further_than_twice_the_value_and_a_hundred():
    alone = sums("ab", "cd", a=7, b=7, c=9, d=9)
    assert Reader(alone, {("a",), ("b",)}, 1.0).exact(("a",)) == (1, 114)
    reader = Reader(alone, {("a",), ("b",)}, 1.0)
    rows = [[rise * (cell.name[0] in "ab") for cell in alone.cells] for rise in (107.0, 108.0)]
    reader.see(csr_array(np.array(rows)))
    assert reader.interval(("a",)) == (7, 114)


def test_reader_fills_in_a_lone_gap_and_what_follows_from_it():
    told = sums("abt", "tcu", a=3, b=20, t=23, c=40, u=63)
    reader = Reader(told, {("a",), ("t",)}, 1.0)
    assert reader.column == {}
    assert reader.exact(("a",)) == (3, 3)


@pytest.mark.parametrize(("floor", "least"), [(1.0, 1), (0.0, 0), (2.0, 2)])
def test_gap_is_at_least_the_floor(floor, least):
    assert Reader(ROW, GAPS, floor).exact(("a",)) == (least, 23 - least)


def test_latent_cell_is_a_gap_and_may_be_nothing():
    told = sums("yna", latent="n", y=8, n=2, a=10)
    assert Reader(told, {("y",)}, 1.0).exact(("n",)) == (0, 9)


def test_look_takes_work_for_each_gap_and_stops_where_it_ends():
    work = Work(1_000)
    Reader(ROW, GAPS, 1.0, work).look([("a",)], upward=True)
    assert work.spent == 200
    with pytest.raises(TooMuch):
        Reader(ROW, GAPS, 1.0, Work(199)).look([("a",)], upward=True)


def test_look_where_there_is_no_gap_takes_no_work():
    work = Work(1)
    Reader(ROW, set(), 1.0, work).look([], upward=True)
    assert work.spent == 0


@pytest.mark.parametrize(("upward", "interval"), [(True, (3, 22)), (False, (1, 3))])
def test_look_finds_one_end(upward, interval):
    reader = Reader(ROW, GAPS, 1.0)
    reader.look([("a",)], upward)
    assert reader.interval(("a",)) == interval


CLAIMS = [
    (Claim(("a",), 1, 5), (1, 5), True),
    (Claim(("a",), 1, 5), (1, 4.9), False),
    (Claim(("a",), 1, 5), (1.1, 5), False),
    (Claim(("a",), 3, 3), (3, 4), True),
    (Claim(("a",), 3, 3), (2, 3), True),
    (Claim(("a",), 3, 3), (2.1, 3.9), False),
]


@pytest.mark.parametrize(("claim", "interval", "holds"), CLAIMS)
def test_claim_holds_where_both_ends_are_reached_or_another_number_is(claim, interval, holds):
    reader = Reader(ROW, GAPS, 1.0)
    reader.low[reader.column["a",]], reader.high[reader.column["a",]] = interval
    assert _holds(reader, claim) is holds


def test_claims_of_counts_by_hand():
    told = sums("abt", "tlu", latent=("l",), a=3, b=20, t=23, l=4, u=27)
    found = {claim.name[0]: (claim.low, claim.high) for claim in count_claims(told, {("a",), ("b",)}, DEFAULT)}
    assert found == {"a": (1, 5), "b": (20, 20), "l": (1, 5)}


def test_slack_and_large_latent_cells_claim_nothing():
    told = sums("abt", "slu", latent=("l", "s"), slack=("s",), a=9, b=20, t=29, s=3, l=24, u=27)
    assert count_claims(told, {("l",), ("s",)}, DEFAULT) == []


def test_claims_of_sums_by_hand():
    """A tenth on either side, but 1 at least and never below nothing; a mere secondary gap may be anything else."""
    told = sums("pqr", p=1000.0, q=0.5, r=1000.5)
    claims = sum_claims(told, {("p",), ("q",), ("r",)}, {("p",), ("q",)}, DEFAULT)
    found = {claim.name[0]: (claim.low, claim.high) for claim in claims}
    assert found == {"p": (900, 1100), "q": (0, 1.5), "r": (1000.5, 1000.5)}


def test_forced_sum_that_is_shown_is_claimed_and_objected_to():
    told = sums("pqr", p=1000.0, q=500.0, r=1500.0)
    claims = sum_claims(told, set(), {("p",)}, DEFAULT)
    assert [claim.name for claim in claims] == [("p",)]
    assert objections(told, set(), claims, 0.0) == [("p",)]


def test_least_of_a_sum_is_what_its_parts_are_at_least_four_sums_deep():
    told = sums("abs", "sct", "tdu", "uev", "vfw", a=9, b=9, c=9, d=9, e=9, f=9, s=18, t=27, u=36, v=45, w=54)
    assert {name[0]: least for name, least in _least(told, 1.0).items() if name[0] in "astuvw"} == {
        "a": 1, "s": 2, "t": 3, "u": 4, "v": 5, "w": 5,
    }  # fmt: skip


def test_nought_and_latent_cells_are_at_least_nothing():
    least = _least(sums("abzt", latent=("b",), a=9, b=4, z=0, t=13), 1.0)
    assert least == {("a",): 1, ("b",): 0, ("z",): 0, ("t",): 1}


@pytest.mark.parametrize("turn", [1.0, -1.0])
def test_least_is_the_same_whichever_side_of_a_relation_has_the_sum(turn):
    told = system(
        [Cell(("a",), 9), Cell(("b",), 9), Cell(("t",), 36)],
        [((("a",), 2 * turn), (("b",), 2 * turn), (("t",), -turn))],
    )
    assert _least(told, 1.0)["t",] == 4


def test_margin_of_three_gaps_is_excused_below_three_and_no_more():
    """All is hidden but the sum of all: `t` of three is 3 at least by its parts; one of four is claimed down to 1."""
    told = sums("abct", "tdu", a=1, b=1, c=1, t=3, d=30, u=33)
    hidden = {(name,) for name in "abctd"}
    assert objections(told, hidden, [Claim(("t",), 1, 5)], 1.0) == []
    assert objections(told, hidden, [Claim(("t",), 1, 5)], 1.0, moves=csr_array((0, 6))) == []
    assert objections(told, {("a",), ("b",), ("c",)}, [Claim(("t",), 1, 5)], 1.0) == [("t",)]


def test_given_moves_save_the_looking():
    told = ROW
    moves = np.array([[{"a": by, "b": -by}.get(cell.name[0], 0.0) for cell in told.cells] for by in (2.0, -2.0)])
    claims = count_claims(told, GAPS, DEFAULT)
    work = Work(1e6)
    assert objections(told, GAPS, claims, 1.0, moves=csr_array(moves), work=work) == []
    assert work.spent == 0
    assert objections(told, GAPS, claims, 1.0, work=work) == []
    assert work.spent > 0


def test_audit_stops_where_the_budget_ends():
    with pytest.raises(TooMuch):
        objections(ROW, GAPS, count_claims(ROW, GAPS, DEFAULT), 1.0, work=Work(1))


def test_gap_of_nothing_is_excused_by_no_zeros_where_none_is_printed():
    told = sums("azt", a=3, z=0, t=3)
    policy = Policy(zeros_printed=False)
    hidden = {("a",), ("z",)}
    objected = objections(told, hidden, count_claims(told, hidden, policy), 0.0)
    assert ("a",) in objected
    assert ("z",) not in objected


def test_printed_nought_excuses_nothing():
    """`t` is `a`, 2 and nothing: 3 at least where 2 is shown, and 2 by the noughts alone."""
    told = sums("abzt", "tdw", a=1, b=2, z=0, t=3, d=30, w=33)
    assert objections(told, {("a",), ("t",), ("d",)}, [Claim(("t",), 1, 5)], 1.0) == [("t",)]


def test_what_many_relations_tell_together_is_excused():
    """Five sums deep: six ones are 6 at least, which the reader of every gap knows too."""
    told = sums("abs", "sct", "tdu", "uev", "vfw", "wxy", a=1, b=1, c=1, d=1, e=1, f=1,
                s=2, t=3, u=4, v=5, w=6, x=40, y=46)  # fmt: skip
    hidden = {cell.name for cell in told.cells} - {("y",)}
    assert objections(told, hidden, [Claim(("w",), 1, 9)], 1.0) == []


def test_least_of_a_cell_that_counts_double_is_half_of_its_parts():
    told = system([Cell(("a",), 9), Cell(("b",), 9), Cell(("t",), 9)], [((("a",), 1), (("b",), 1), (("t",), -2))])
    assert _least(told, 3.0)["t",] == 3
