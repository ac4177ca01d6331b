"""Systems as networks, small enough to draw. Node 0 is outside; a relation's node is 1 and on."""

import numpy as np
import pytest
from disclosure_tables import as_system

from skillnad.analysis.disclosure.arcs import arcs_of
from skillnad.analysis.disclosure.needs import count_needs
from skillnad.analysis.disclosure.policy import DEFAULT
from skillnad.analysis.disclosure.system import Cell, system


def told_of(relations, latent=(), **values):
    """Cells by name, and relations as coefficients by name."""
    cells = [Cell((name,), value, latent=name in latent) for name, value in values.items()]
    return system(cells, [tuple(((name,), float(sign)) for name, sign in each.items()) for each in relations])


def arcs(told):
    return arcs_of(told, count_needs(told, DEFAULT))


def ends(told):
    return {told.cells[place].name[0]: steps for place, steps in arcs(told).ends.items()}


def sides(told):
    names = [cell.name[0] for cell in told.cells]
    return {names[own]: {names[place]: by for place, by in rest} for own, rest in arcs(told).sides.items()}


def test_cells_of_one_relation_go_between_it_and_the_outside():
    """Each but the first has a node of its own, as they have the same ends; the sum goes the other way."""
    told = told_of([{"a": 1, "b": 1, "t": -1}], a=3, b=20, t=23)
    assert ends(told) == {"a": ((0, 1),), "b": ((0, 2), (2, 1)), "t": ((1, 3), (3, 0))}
    assert arcs(told).nodes == 4


def test_relation_told_the_other_way_is_the_same_network_turned():
    told = told_of([{"a": -1, "b": -1, "t": 1}], a=3, b=20, t=23)
    assert ends(told) == {"a": ((1, 0),), "b": ((1, 2), (2, 0)), "t": ((0, 3), (3, 1))}


@pytest.mark.parametrize("shape", [(2, 2), (3, 4)])
def test_every_cell_of_a_table_goes_between_the_two_relations_it_stands_in(shape):
    told = as_system(np.full(shape, 9))
    matrix, found = told.matrix.toarray(), arcs(told)
    for place, steps in found.ends.items():
        assert len(steps) == 1
        assert {node - 1 for node in steps[0]} == set(np.flatnonzero(matrix[:, place]))
    assert found.nodes == 1 + len(matrix)


@pytest.mark.parametrize("shape", [(2, 2), (3, 4)])
def test_raising_a_cell_takes_from_one_relation_and_gives_to_the_other(shape):
    """Around any closed way the units balance: what a table's cells give and take is its relations, turned."""
    told = as_system(np.full(shape, 9))
    balance = np.zeros((told.matrix.shape[0] + 1, len(told.cells)))
    for place, ((out, into),) in arcs(told).ends.items():
        balance[into, place], balance[out, place] = 1, -1
    assert not (balance @ told.values).any()


def test_cell_that_counts_positive_in_two_relations_turns_one_of_them():
    told = told_of([{"a": 1, "s": -1}, {"a": 1, "t": -1}], a=9, s=9, t=9)
    ((out, into),) = ends(told)["a"]
    assert {out, into} == {1, 2}


def test_relations_that_cannot_all_be_turned_are_no_network():
    """Three pairs that are each of one sum: an odd ring."""
    told = told_of([{"a": 1, "b": 1, "t": -1}, {"b": 1, "c": 1, "u": -1}, {"c": 1, "a": 1, "v": -1}],
                   a=9, b=9, c=9, t=18, u=18, v=18)  # fmt: skip
    assert arcs(told) is None


def test_even_ring_of_relations_is_a_network():
    told = told_of([{"a": 1, "b": 1, "t": -1}, {"b": 1, "c": 1, "u": -1}, {"c": 1, "d": 1, "v": -1},
                    {"d": 1, "a": 1, "w": -1}], a=9, b=9, c=9, d=9, t=18, u=18, v=18, w=18)  # fmt: skip
    assert arcs(told) is not None


def test_cell_in_three_relations_is_no_network():
    assert arcs(told_of([{"a": 1, "s": -1}, {"a": 1, "t": -1}, {"a": 1, "u": -1}], a=9, s=9, t=9, u=9)) is None


def test_cell_that_counts_double_is_no_network():
    assert arcs(told_of([{"a": 2, "s": -1}], a=9, s=18)) is None


def test_printed_nought_is_no_arc_and_does_not_count():
    """In three relations, but it cannot move."""
    told = told_of([{"z": 1, "a": 1, "s": -1}, {"z": 1, "b": 1, "t": -1}, {"z": 1, "c": 1, "u": -1}],
                   z=0, a=9, b=9, c=9, s=9, t=9, u=9)  # fmt: skip
    assert set(ends(told)) == {"a", "b", "c", "s", "t", "u"}


def test_latent_cell_of_a_short_relation_follows_from_the_others():
    told = told_of([{"yes": 1, "no": 1, "all": -1}], latent=["no"], yes=20, no=10, all=30)
    assert sides(told) == {"no": {"yes": -1, "all": 1}}
    assert ends(told) == {}


def test_latent_cell_follows_whichever_sign_and_size_it_counts_with():
    told = told_of([{"yes": 3, "no": -2, "all": 1}], latent=["no"], yes=4, no=10, all=8)
    assert sides(told) == {"no": {"yes": 1.5, "all": 0.5}}


def test_latent_cell_of_a_longer_relation_is_an_arc():
    told = told_of([{"a": 1, "b": 1, "no": 1, "all": -1}], latent=["no"], a=9, b=9, no=9, all=27)
    assert sides(told) == {}
    assert set(ends(told)) == {"a", "b", "no", "all"}


def test_latent_cell_of_two_relations_is_an_arc():
    told = told_of([{"no": 1, "a": 1, "s": -1}, {"no": 1, "b": 1, "t": -1}], latent=["no"], no=9, a=9, b=9, s=18, t=18)
    assert sides(told) == {}
    assert "no" in ends(told)


def test_published_cell_of_a_short_relation_is_an_arc():
    assert sides(told_of([{"a": 1, "b": 1, "t": -1}], a=9, b=9, t=18)) == {}


def test_one_of_two_latent_cells_follows_and_the_other_does_not():
    told = told_of([{"over": 1, "known": 1, "all": -1}], latent=["over", "known"], over=9, known=9, all=18)
    assert len(sides(told)) == 1


def test_what_follows_as_a_matrix_has_its_factors():
    told = told_of([{"yes": 1, "no": 1, "all": -1}], latent=["no"], yes=20, no=10, all=30)
    yes, no, whole = (told.position[(name,)] for name in ("yes", "no", "all"))
    by_hand = np.zeros((3, 3))
    by_hand[no, yes], by_hand[no, whole] = -1, 1
    assert arcs(told).follow.toarray().tolist() == by_hand.tolist()


def test_nothing_follows_in_a_table():
    found = arcs(as_system(np.full((2, 2), 9)))
    assert found.follow.shape == (9, 9)
    assert found.follow.nnz == 0
