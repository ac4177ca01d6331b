from pathlib import Path

import pytest
from published_tables import published

from skillnad.analysis.disclosure.attack.reading import Manner, publication_of, publications_of, read_publications
from skillnad.analysis.disclosure.attack.rounded import read_rounded
from skillnad.analysis.disclosure.release import Layout, ProtectedRelease, ReleasedTable
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


@pytest.mark.parametrize("row", ["A,3.5,", "A,-3,", "A,,om lag 5"])
def test_what_is_neither_count_nor_share_is_refused_by_its_place(row):
    with pytest.raises(UserError) as refused:
        publication_of("t.csv", f"a,n,p\n{row}\n".encode(), Manner("n", "p"))
    assert refused.value.code == "DISC-044"
    assert "rad 2" in str(refused.value)


def test_folder_of_tables_is_read_in_the_order_of_their_names(tmp_path: Path):
    for name in "ba":
        (tmp_path / f"{name}.csv").write_text("a,n\nA,9\n", "utf-8")
    assert [each.name for each in read_publications(tmp_path, Manner("n"))] == ["a.csv", "b.csv"]
