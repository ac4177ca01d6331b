import pytest
from published_tables import published

from skillnad.analysis.disclosure.attack import model as model_module
from skillnad.analysis.disclosure.attack.model import model_of
from skillnad.analysis.disclosure.attack.published import Publication, Statement
from skillnad.analysis.disclosure.attack.universe import Universe
from skillnad.lib.errors import UserError


def cells(*told):
    """Counts by the values that name them."""
    model = model_of(told)
    return {tuple(value for _, value in model.universe.words(cell.key)): cell for cell in model.cells}


def lines(*told):
    model = model_of(told)
    names = [" ".join(value for _, value in model.universe.words(cell.key)) or "alla" for cell in model.cells]
    return {(names[whole], tuple(sorted(names[part] for part in parts))) for whole, parts in model.lines}


def test_total_is_the_sum_of_its_values():
    assert lines(published("a,n\nA,3\nB,4\nTotal,7\n")) == {("alla", ("A", "B"))}


def test_table_of_two_columns_adds_up_both_ways():
    told = lines(published("a,b,n\nA,x,1\nA,y,2\nB,x,3\nB,y,4\nA,Total,3\nTotal,x,4\n"))
    assert {("A", ("A x", "A y")), ("x", ("A x", "B x"))} <= told


def test_cell_that_a_table_leaves_out_is_there_unlisted():
    told = cells(published("a,b,n\nA,x,1\nA,Total,3\nA,y,2\nB,x,5\nB,Total,9\n"))
    assert not told["B", "y"].listed
    assert (told["B", "y"].gap, told["B", "y"].floor) == (False, 0)


def test_gap_is_at_least_one_where_a_zero_is_printed():
    assert cells(published("a,n\nA,\nB,0\n"))["A",].floor == 1
    assert cells(published("a,n\nA,\nB,8\n"))["A",].floor == 0


def test_sign_in_place_of_a_number_is_a_gap():
    assert cells(published("a,n\nA,..\nB,8\n"))["A",].gap


def test_same_people_by_two_names_are_one_cell():
    edges = (("a", "g"), ("a", "h"))
    told = cells(published("a,g,h,n\n1,G,K,4\n2,G,K,5\n3,H,L,6\nTotal,G,Total,9\nTotal,Total,K,9\n", groupings=edges))
    assert len([cell for cell in told.values() if cell.count == 9]) == 1


def test_grouping_is_divided_into_what_lies_in_it():
    told = lines(
        published("a,g,n\n1,G,4\n2,G,5\n3,H,6\nTotal,G,9\nTotal,H,6\nTotal,Total,15\n", groupings=(("a", "g"),))
    )
    assert ("G", ("1", "2")) in told
    assert any(whole == "alla" and len(parts) == 2 for whole, parts in told)


def test_tables_of_other_columns_meet_in_their_common_cells():
    told = lines(published("a,n\nA,3\nB,4\n"), published("b,n\nx,2\ny,5\n", "o.csv"))
    assert ("A", ("A x", "A y")) in told
    assert ("x", ("A x", "B x")) in told


def test_file_of_one_year_stands_beside_one_of_all_years():
    within = {"t.csv": (("year", "2024"),)}
    told = lines(
        published("a,n\nA,3\n", within=within),
        published("year,a,n\n2025,A,9\n", "o.csv"),
        published("a,n\nA,12\nB,1\n", "p.csv"),
    )
    assert any(whole == "A" and len(parts) == 2 for whole, parts in told)


def test_group_that_no_row_shows_the_inside_of_is_a_code_of_its_own():
    universe = Universe([published("a,g,n\n1,G,4\n2,G,4\nTotal,H,6\nTotal,Total,14\n", groupings=(("a", "g"),))])
    (dimension,) = universe.dimensions
    assert dimension.sets[0] == {"1", "2", "g=H"}


def test_lone_value_that_is_never_summed_over_may_have_others_beside_it():
    universe = Universe([published("a,n\nA,3\n")])
    assert universe.dimensions[0].sets[0] == {"A", "(övriga)"}


def test_cell_that_is_left_out_is_divided_further():
    """No row shows A alone or B alone."""
    told = lines(published("a,b,n\nA,x,4\nB,y,7\nTotal,Total,11\n"))
    assert {("A", ("A x", "A y")), ("B", ("B x", "B y"))} <= told


def test_cell_of_three_columns_is_divided_by_each():
    told = lines(published("a,b,c,n\nA,x,u,4\nA,x,v,5\nA,y,u,6\nB,x,u,7\nA,x,Total,9\nA,Total,u,10\nTotal,x,u,11\n"))
    assert {("A x", ("A x u", "A x v")), ("A u", ("A x u", "A y u")), ("x u", ("A x u", "B x u"))} <= told


def test_share_of_a_number_that_a_later_share_tells_is_a_count():
    told = cells(published('a,b,n,p\nA,x,,"50"\nA,Total,,"20"\nTotal,Total,50,\n', share="p"))
    assert (told["A",].count, told["A", "x"].count) == (10, 5)


@pytest.mark.parametrize(("most", "meet"), [(4, True), (3, False)])
def test_tables_of_other_columns_meet_where_they_have_few_cells_together(monkeypatch, most, meet):
    monkeypatch.setattr(model_module, "MOST_JOINT", most)
    told = lines(published("a,n\nA,3\nB,4\n"), published("b,n\nx,2\ny,5\n", "o.csv"))
    assert (("A", ("A x", "A y")) in told) is meet


def test_so_many_cells_are_read_and_no_more(monkeypatch):
    told = published("a,n\nA,3\nB,4\nTotal,7\n")
    monkeypatch.setattr(model_module, "MOST_CELLS", 3)
    assert len(cells(told)) == 3
    monkeypatch.setattr(model_module, "MOST_CELLS", 2)
    with pytest.raises(UserError, match="DISC-081"):
        cells(told)


@pytest.mark.parametrize(("row", "people"), [("A", "a=A"), ("Total", "alla")])
def test_two_numbers_of_the_same_people_are_told_by_tables_and_place(row, people):
    told = [published(f"a,n\n{row},{count}\n", name) for count, name in ((3, "t.csv"), (3, "o.csv"), (4, "p.csv"))]
    with pytest.raises(UserError, match="DISC-080") as refused:
        cells(*told)
    assert refused.value.problems[0].where == f"t.csv och p.csv, {people}"


@pytest.mark.parametrize(("rows", "people"), [("Total,7,\nA,,63\n", "a=A"), ("A,3,\nTotal,7,63\n", "alla")])
def test_share_that_no_count_gives_is_told_by_its_first_row(rows, people):
    told = published(f"a,n,p\n{rows}", share="p"), published("a,n\nA,\nTotal,7\n", "o.csv")
    with pytest.raises(UserError, match="DISC-082") as refused:
        cells(*told)
    assert refused.value.problems[0].where == f"t.csv, {people}"


def test_publication_that_says_nothing_of_zeros_prints_them():
    model = model_of([Publication("t.csv", ("a",), (Statement((("a", "A"),), None, True),), complete=True)])
    assert [cell.floor for cell in model.cells if cell.gap] == [1]
