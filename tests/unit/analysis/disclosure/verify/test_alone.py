"""Who is alone in a cell: which cells are theirs, and what follows for them."""

import numpy as np
import pytest
from released_tables import given, released

from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.disclosure.verify.alone import _fixed, _moved, _moves, _people, follows_for_someone
from skillnad.analysis.disclosure.verify.incidence import incidence_of
from skillnad.analysis.disclosure.verify.reader import GapReader
from skillnad.analysis.disclosure.verify.unknowns import unknowns_of

POLICY = Policy(contributors=True)


def read(told, gaps, budget=1e9, *, least=1, most=np.inf):
    """The unknowns, the true counts of the gaps, and a reader; the gaps in the table's order."""
    incidence = incidence_of([released(told, gaps)])
    unknowns = unknowns_of(incidence)
    counts = dict(released(told).tables[0].rows)
    values = [counts[incidence.rows[at].coordinates] for at in unknowns.gap_rows]
    many = len(values)
    return unknowns, values, GapReader(unknowns, np.full(many, least), np.full(many, most), budget)


def square(*counts):
    rows = [(a, b, count) for (a, b), count in zip(("Ax", "Ay", "Bx", "By"), counts, strict=True)]
    return given("a b", *rows)


ALL = ("A,x", "A,y", "B,x", "B,y")


def follows(told, gaps=ALL):
    unknowns, values, reader = read(told, gaps)
    return {values[gap] for gap in follows_for_someone(unknowns, values, POLICY, reader)}


def test_one_of_a_ring_tells_the_others():
    assert follows(square(1, 40, 30, 4)) == {4}


def test_nobody_is_alone_among_two():
    assert follows(square(2, 40, 30, 4)) == set()


def test_ring_that_is_open_tells_nothing():
    """Row B and column y are gaps too."""
    assert follows(square(1, 40, 30, 4), (*ALL, "B,Total", "Total,y", "Total,Total")) == set()


def test_large_gaps_may_follow_for_someone():
    assert follows(square(1, 40, 30, 50)) == set()


def test_gaps_of_one_that_are_in_each_other_are_one_person_s():
    """A,x is in row A, and B,y in column y."""
    told = square(1, 0, 30, 1)
    unknowns, values, _ = read(told, ("A,x", "A,Total", "B,x", "B,y", "B,Total", "Total,y"))
    ones = [gap for gap, count in enumerate(values) if count == 1]
    assert sorted(map(len, _people(unknowns, ones))) == [2, 2]


@pytest.mark.parametrize(("own", "moves"), [(1, True), (2, False)])
def test_table_speaks_for_a_gap_where_one_s_own_is_as_it_is(own, moves):
    """Tables where A,x (first) is 1 and B,y (last) another."""
    _, values, reader = read(square(1, 40, 30, 4), (*ALL, "B,Total", "Total,Total"))
    first, last = values.index(1), values.index(4)
    table = np.array(values, dtype=float)
    table[first], table[last] = own, 9
    reader.seen.append(table)
    assert _moves(reader, np.array(values, dtype=float), [first], last) is moves
    table[last] = 4
    assert not _moves(reader, np.array(values, dtype=float), [first], last)


@pytest.mark.parametrize(("upward", "end"), [(True, 4), (False, 2)])
def test_gap_is_moved_a_step_the_way_that_is_asked(upward, end):
    row = given("a", ("A", 3), ("B", 20), ("C", 40))
    _, values, reader = read(row, ("A", "B"))
    gap = values.index(3)
    assert _moved(reader, np.array(values, dtype=float), [gap], upward) == {gap}
    assert reader.seen[-1][gap] == pytest.approx(end)


def test_gap_that_is_held_is_not_moved():
    row = given("a", ("A", 3), ("B", 20), ("C", 40))
    _, values, reader = read(row, ("A", "B"))
    reader.fix(values.index(20), 20.0)
    assert _moved(reader, np.array(values, dtype=float), [values.index(3)], True) == set()


def test_one_s_own_cells_are_free_again_afterwards():
    unknowns, values, reader = read(square(1, 40, 30, 4), ALL)
    follows_for_someone(unknowns, values, POLICY, reader)
    reader.reach([values.index(1)], [5.0], upward=True)
    assert reader.high[values.index(1)] == pytest.approx(5)


@pytest.mark.parametrize(("least", "most", "other"), [(1, np.inf, 1), (0, 40, 40)])
def test_gap_that_can_move_one_way_only_does_not_follow(least, most, other):
    """A gap that is as small, or as large, as it is known to be."""
    row = given("a", ("A", 1), ("B", other), ("C", 20), ("D", 50))
    _, values, reader = read(row, ("A", "B", "C"), least=least, most=most)
    own, beside = values.index(1), [gap for gap, count in enumerate(values) if count == other][-1]
    assert _fixed(reader, np.array(values, dtype=float), frozenset((own,)), [beside]) == set()


@pytest.mark.parametrize("order", [1, -1])
def test_sum_of_one_over_an_unknown_that_is_nobody_is_the_same_person(order):
    """Zeros are hidden too: row A has two unknowns, of which one is all."""
    unknowns, values, _ = read(square(1, 0, 30, 40), (*ALL, "A,Total", "Total,x", "Total,y"), least=0)
    ones = [gap for gap, count in enumerate(values) if count == 1][::order]
    assert [len(own) for own in _people(unknowns, ones)] == [2]
