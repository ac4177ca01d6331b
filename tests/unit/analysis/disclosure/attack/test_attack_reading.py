from dataclasses import replace
from pathlib import Path

import pytest
from published_tables import published

from skillnad.analysis.disclosure.attack.reading import Manner, publication_of, publications_of, read_publications
from skillnad.analysis.disclosure.attack.rounded import read_rounded
from skillnad.analysis.disclosure.release import Layout, ProtectedRelease, ReleasedTable
from skillnad.analysis.disclosure.release_folder import write_release
from skillnad.lib.errors import UserError

RELEASE = ProtectedRelease(
    tables=(ReleasedTable("t.csv", Layout(("a", "g", "n"), "n"), ((("1", "G"), None), (("Total", "G"), 9))),),
    groupings=(("a", "g"),),
    policy="kommun-1",
    rules={"zeros_printed": False, "threshold": 7},
    attacker="A0",
    primary=1,
    secondary=0,
    cost=0.0,
    bound=0.0,
)


def test_row_is_of_what_is_not_summed_over():
    first, second = published("a,b,n\nA,x,3\nTotal,,9\n").statements
    assert (first.people, first.count) == ((("a", "A"), ("b", "x")), 3)
    assert (second.people, second.count) == ((), 9)


def test_release_is_read_as_its_reader_has_it():
    (told,) = publications_of(RELEASE)
    assert (told.zeros_printed, told.threshold, told.groupings) == (False, 7, (("a", "g"),))
    assert [(each.people, each.count, each.gap) for each in told.statements] == [
        ((("a", "1"), ("g", "G")), None, True),
        ((("g", "G"),), 9, False),
    ]


def test_share_is_of_the_row_with_its_last_column_summed_over():
    (told,) = published('a,b,n,p\nA,x,,"63,0"\n', share="p").statements
    assert (told.share, told.of, told.gap) == (read_rounded("63,0"), (("a", "A"),), False)


def test_share_may_be_over_another_column():
    (told,) = published("a,b,n,p\nA,x,,63\n", share="p", of="a").statements
    assert told.of == (("b", "x"),)


def test_file_is_of_what_is_said_of_it():
    told = published("a,n\nA,3\n", within={"t.csv": (("year", "2024"),)})
    assert told.columns == ("year", "a")
    assert told.statements[0].people == (("year", "2024"), ("a", "A"))


def test_mark_says_of_a_gap_whether_it_is_small():
    told = published("a,n,s\nA,,ja\nB,,\nC,9,ja\n", marked="s")
    assert [each.small for each in told.statements] == [True, False, None]


@pytest.mark.parametrize("row", ["A,3.5,", "A,-3,", "A,-1,", "A,,om lag 5"])
def test_what_is_neither_count_nor_share_is_refused_by_its_place(row):
    with pytest.raises(UserError) as refused:
        publication_of("t.csv", f"a,n,p\n{row}\n".encode(), Manner("n", "p"))
    assert refused.value.code == "DISC-044"
    assert "rad 2" in str(refused.value)


def test_folder_of_tables_is_read_in_the_order_of_their_names(tmp_path: Path):
    for name in "ba":
        (tmp_path / f"{name}.csv").write_text("a,n\nA,9\n", "utf-8")
    assert [each.name for each in read_publications(tmp_path, Manner("n"))] == ["a.csv", "b.csv"]


def test_release_that_says_nothing_of_a_threshold_or_of_zeros_is_the_usual():
    (told,) = publications_of(replace(RELEASE, rules={}))
    assert (told.threshold, told.zeros_printed, told.complete) == (0, True, True)


def test_other_people_s_table_is_not_known_to_have_all_its_rows():
    told = published("a,n\nA,3\n")
    assert (told.complete, told.threshold, told.zeros_printed) == (False, 0, False)
    assert published("a,n\nA,3\nB,0\n").zeros_printed


def test_groupings_that_are_said_stand_beside_a_release_s_own():
    manner = Manner("", groupings=(("a", "h"),), groups={"a": {"A+B": frozenset("AB")}})
    (told,) = publications_of(RELEASE, manner)
    assert told.groupings == (("a", "h"), ("a", "g"))
    assert told.groups == manner.groups


@pytest.mark.parametrize("word", ["Total", "", "Totalt", "summa", "ALLA"])
def test_sum_is_known_by_its_word(word):
    (row,) = published(f"a,b,n\nA,{word},3\n").statements
    assert row.people == (("a", "A"),)


@pytest.mark.parametrize("word", ["ja", "JA", "1", "x", "sant", "true"])
def test_mark_is_said_in_many_ways(word):
    (row,) = published(f"a,n,s\nA,,{word}\n", marked="s").statements
    assert row.small


def test_folder_without_tables_is_refused(tmp_path: Path):
    with pytest.raises(UserError, match="DISC-085"):
        read_publications(tmp_path, Manner("n"))


def test_file_that_is_gone_is_refused(tmp_path: Path):
    with pytest.raises(UserError, match="DISC-040"):
        read_publications(tmp_path / "gone.csv", Manner("n"))


def test_folder_of_a_release_is_read_by_its_report(tmp_path: Path):
    write_release(RELEASE, tmp_path / "ut")
    (told,) = read_publications(tmp_path / "ut", Manner(""))
    assert (told.name, told.threshold, told.complete) == ("t.csv", 7, True)


def test_release_that_was_changed_afterwards_is_not_read(tmp_path: Path):
    write_release(RELEASE, tmp_path / "ut")
    (tmp_path / "ut" / "t.csv").write_text("a,g,n\n1,G,3\nTotal,G,9\n", "utf-8")
    with pytest.raises(UserError, match="DISC-054"):
        read_publications(tmp_path / "ut", Manner(""))


def test_gap_of_a_file_without_the_column_of_marks_is_not_marked():
    assert [each.small for each in published("a,n\nA,\n", marked="s").statements] == [None]
