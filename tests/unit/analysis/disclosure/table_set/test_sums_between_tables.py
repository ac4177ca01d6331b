import numpy as np
from tables_from_files import tables_of

from skillnad.analysis.disclosure.table_set.publication import publication_of

ROWS = "muni region sex n / A 1 k 3 / B 1 k 4 / C 2 k 5 / C 2 m 6 / D 2 m 1"
MUNI = (("muni", "region"),)


def relations(*texts, groupings=()):
    """What adds up to what: {whole: parts} by name, for every relation."""
    told = publication_of(tables_of(*texts, groupings=groupings)).told
    names = [cell.name for cell in told.cells]
    found = []
    for row in told.matrix.toarray():
        (whole,) = (names[place] for place in np.flatnonzero(row == -1))
        found.append((whole, frozenset(names[place] for place in np.flatnonzero(row == 1))))
    return found


def test_each_line_of_a_table_adds_up():
    found = relations("a b n / x y 3 / x z 4 / u y 5")
    assert (("a=x",), {("a=x", "b=y"), ("a=x", "b=z")}) in found
    assert (("Total",), {("a=x",), ("a=u",)}) in found


def test_each_grouping_adds_up():
    found = relations(ROWS, groupings=MUNI)
    assert (("region=1", "sex=k"), {("muni=A", "sex=k"), ("muni=B", "sex=k")}) in found
    assert (("Total",), {("region=1",), ("region=2",)}) in found


def test_a_whole_that_is_its_only_part_says_nothing():
    assert all(parts != {whole} for whole, parts in relations("muni region n / A 1 3 / B 2 4", groupings=MUNI))


def test_finer_table_adds_up_to_the_cells_of_a_coarser_one():
    fine = "muni age n / A u 4 / B o 3 / C u 5 / D o 1 / C o 6"
    coarse = "region sex n / 1 k 7 / 2 k 5 / 2 m 7"
    key = "muni region n / A 1 4 / B 1 3 / C 2 11 / D 2 1"
    found = relations(fine, coarse, key, groupings=MUNI)
    assert (("region=1",), {("muni=A",), ("muni=B",)}) in found


def test_cell_of_a_coarser_table_is_the_sum_of_a_finer_one_s_lines():
    fine = "muni sex n / A k 3 / B k 4 / C k 5 / C m 6 / D m 1"
    coarse = "region sex n / 1 k 7 / 2 k 5 / 2 m 7"
    found = relations(fine, coarse, "muni region n / A 1 3 / B 1 4 / C 2 11 / D 2 1", groupings=MUNI)
    assert any(
        whole == ("region=2", "sex=m") and parts >= {("muni=C", "sex=m"), ("muni=D", "sex=m")} for whole, parts in found
    )


def test_crossing_of_two_groupings_is_the_sum_of_who_is_in_both():
    crossed = "region kind n / 1 t 7 / 1 l 2 / 2 l 5"
    fine = "muni region kind n / A 1 t 3 / B 1 t 4 / E 1 l 2 / C 2 l 5"
    found = relations(crossed, fine, groupings=[*MUNI, ("muni", "kind")])
    both = next(whole for whole, parts in found if parts == {("muni=A",), ("muni=B",)})
    assert both in {("kind=t",), ("muni=A+B",)}
