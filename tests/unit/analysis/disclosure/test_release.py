from dataclasses import replace

from skillnad.analysis.disclosure.release import Layout, ProtectedRelease, ReleasedTable

LAYOUT = Layout(("a", "n", "b"), "n")
TABLE = ReleasedTable("t.csv", LAYOUT, ((("Total", "Total"), 12), (("x", "y"), None)))
RELEASE = ProtectedRelease((TABLE,), (), "kommun-1", {"threshold": 5}, "A1", 1, 0, 0.0, 0.0)


def test_columns_are_all_but_the_count_s():
    assert TABLE.columns == ("a", "b")


def test_gaps_are_counted():
    assert TABLE.gaps == 1


def test_release_is_known_by_what_it_shows_and_hides():
    assert RELEASE.id == replace(RELEASE, policy="another", seconds=3.0, cost=9.0).id
    opened = replace(TABLE, rows=((("Total", "Total"), 12), (("x", "y"), 3)))
    assert RELEASE.id != replace(RELEASE, tables=(opened,)).id


def test_release_is_told_of_by_its_tables_and_policy():
    assert repr(RELEASE) == "ProtectedRelease(t.csv, kommun-1)"
