import pytest
from tables_from_files import given

from skillnad.analysis.disclosure.table_set.reading import read_tables, table_of
from skillnad.lib.errors import UserError


def refused(text, **options):
    with pytest.raises(UserError) as error:
        table_of("t.csv", text.encode(), "n", **options)
    return error.value


def test_counts_stand_by_the_other_columns():
    table = given("n a b / 3 x y / 4 x z")
    assert table.columns == ("a", "b")
    assert table.counts == {("x", "y"): 3, ("x", "z"): 4}


def test_whole_number_with_a_zero_decimal_is_a_count():
    assert given("a n / x 12.0").counts == {("x",): 12}


@pytest.mark.parametrize("count", ["-1", "2.5", "", "många", "1 000", "NaN", "inf"])
def test_what_is_no_count_is_refused_by_its_line(count):
    error = refused(f"a,n\nx,3\ny,{count}\n")
    assert (error.code, error.problems[0].where) == ("DISC-044", "t.csv, rad 3, kolumn n")
    assert not count or count not in error.text().replace("t.csv, rad 3", "").split()


def test_value_that_is_missing_is_refused():
    assert refused("a,b,n\nx,,3\n").problems[0].where == "t.csv, rad 2, kolumn b"


def test_grouping_may_be_empty_until_it_is_known_whose_it_is():
    assert table_of("t.csv", b"a,b,n\nx,,3\n", "n", frozenset("b")).counts == {("x", ""): 3}


def test_same_cell_twice_is_refused_by_its_name():
    error = refused("a,b,n\nx,y,3\nx,y,4\n")
    assert error.code == "DISC-045"
    assert "a=x, b=y" in error.text()


def test_table_of_nothing_but_counts_is_refused():
    assert refused("n\n3\n").code == "DISC-042"


def test_identity_number_is_refused_and_not_told():
    error = refused("a,n\n20000229-2399,3\n")
    assert error.code == "DISC-058"
    assert "2399" not in error.text()


def test_only_the_first_problems_are_told():
    assert len(refused("a,n\n" + "x,-1\n" * 20).problems) == 5


def test_files_are_read_with_their_groupings(tmp_path):
    (tmp_path / "one.csv").write_text("a,b,n\nx,u,3\n", encoding="utf-8")
    (tmp_path / "two.csv").write_text("a;n\nx;3\n", encoding="utf-8")
    told = read_tables([tmp_path / "one.csv", tmp_path / "two.csv"], "n", [("a", "b"), ("a", "b")])
    assert [table.name for table in told.tables] == ["one.csv", "two.csv"]
    assert told.groupings == (("a", "b"),)


def test_two_files_of_one_name_are_refused(tmp_path):
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "t.csv").write_text("a,n\nx,3\n", encoding="utf-8")
    with pytest.raises(UserError, match="DISC-059"):
        read_tables([tmp_path / "one" / "t.csv", tmp_path / "two" / "t.csv"], "n")


def test_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(UserError, match="DISC-040"):
        read_tables([tmp_path / "none.csv"], "n")


def test_counts_are_in_no_repr():
    assert "4711" not in repr(given("a n / x 4711"))


@pytest.mark.parametrize("value", ["alla", "Samtliga", "SUMMA", "totalt"])
def test_sum_by_another_name_is_told_by_its_line(value):
    with pytest.raises(UserError) as refused:
        table_of("t.csv", f"muni,n\nA,7\n{value},7\n".encode(), "n")
    assert (refused.value.code, refused.value.problems[0].where) == ("DISC-062", "t.csv, rad 3, kolumn muni")


def test_word_that_only_begins_as_a_sum_is_a_value():
    assert table_of("t.csv", b"muni,n\nAllan,7\nTotal,7\n", "n").counts == {("Allan",): 7, ("Total",): 7}
