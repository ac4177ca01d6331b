from skillnad.analysis.disclosure.system import Cell
from skillnad.analysis.joint.merging import merged

A, B, C, D = (("g", letter) for letter in "abcd")


def test_two_names_of_one_number_are_one_cell():
    made = merged([Cell(A, 5), Cell(B, 5)], [((A, 1.0), (B, -1.0))], zeros_known=True)
    assert made.same == {A: A, B: A}
    assert list(made.cells) == [A]
    assert list(made.relations) == []


def test_sum_of_one_and_a_printed_zero_is_that_one():
    made = merged([Cell(A, 5), Cell(B, 5), Cell(C, 0)], [((B, 1.0), (C, 1.0), (A, -1.0))], zeros_known=True)
    assert made.same == {A: A, B: A}


def test_zero_that_may_be_hidden_stays():
    made = merged([Cell(A, 5), Cell(B, 5), Cell(C, 0)], [((B, 1.0), (C, 1.0), (A, -1.0))], zeros_known=False)
    assert made.same == {A: A, B: B, C: C}
    assert len(list(made.relations)) == 1


def test_latent_zero_stays():
    cells = [Cell(A, 5), Cell(B, 5), Cell(C, 0, latent=True)]
    assert len(merged(cells, [((B, 1.0), (C, 1.0), (A, -1.0))], zeros_known=True).same) == 3


def test_latent_cell_that_is_a_published_one_is_published():
    made = merged([Cell(A, 5, latent=True, slack=True), Cell(B, 5)], [((A, 1.0), (B, -1.0))], zeros_known=True)
    assert made.same[A] == B
    assert (made.cells[B].latent, made.cells[B].slack) == (False, False)


def test_merging_goes_on_while_more_is_equal():
    cells = [Cell(A, 7), Cell(B, 7), Cell(C, 2), Cell(D, 2)]
    relations = [((A, 1.0), (B, -1.0)), ((A, 1.0), (C, 1.0), (B, -1.0), (D, -1.0))]
    made = merged(cells, relations, zeros_known=True)
    assert made.same == {A: A, B: A, C: C, D: C}


def test_relation_of_unlike_parts_is_kept_under_the_new_names():
    cells = [Cell(A, 5), Cell(B, 5), Cell(C, 2), Cell(D, 7)]
    made = merged(cells, [((A, 1.0), (B, -1.0)), ((B, 1.0), (C, 1.0), (D, -1.0))], zeros_known=True)
    assert [dict(relation) for relation in made.relations] == [{A: 1.0, C: 1.0, D: -1.0}]
