"""Coarser tables beside a publication's."""

from collections.abc import Mapping

from skillnad.analysis.disclosure.release import Layout
from skillnad.analysis.disclosure.suggest.recodings import Published, recodings
from skillnad.analysis.disclosure.table_set.publication import publication_of
from skillnad.analysis.disclosure.table_set.tables import GivenTable, TableSet

Rows = Mapping[tuple[str, ...], int]
SEX: Rows = {("A", "k"): 2, ("A", "m"): 20, ("B", "k"): 3, ("B", "m"): 30, ("C", "k"): 40, ("C", "m"): 50}
PLACES: Rows = {("a1", "A", "x"): 2, ("a2", "A", "y"): 3, ("b1", "B", "x"): 30, ("b2", "B", "y"): 40}
GROUPS = (("muni", "region"), ("muni", "kind"))


def table(header: str, counts: Rows, name: str = "t.csv") -> GivenTable:
    return GivenTable(name, Layout((*header.split(), "n"), "n"), counts)


def published(told: TableSet, *, under: int = 5) -> Published:
    publication = publication_of(told)
    hidden = frozenset(name for name, count in publication.counts.items() if 0 < count < under)
    return Published.of(told, publication, hidden)


def offered(told: TableSet) -> dict[str, TableSet]:
    return {each.sv: each.to for each in recodings(published(told))}


def counts(told: TableSet, place: int = 0) -> Rows:
    return told.tables[place].counts


def test_values_with_most_gaps_are_put_together() -> None:
    told = offered(TableSet((table("place sex", SEX),)))["Slå ihop place A och B"]
    assert counts(told) == {("A och B", "k"): 5, ("A och B", "m"): 50, ("C", "k"): 40, ("C", "m"): 50}


def test_column_of_two_values_is_not_put_together() -> None:
    assert not any(sv.startswith("Slå ihop sex") for sv in offered(TableSet((table("place sex", SEX),))))


def test_ages_are_put_together_with_their_neighbours() -> None:
    ages = {("0-6", "k"): 2, ("7-12", "k"): 30, ("13-17", "k"): 3, ("18-20", "k"): 40}
    told = offered(TableSet((table("age sex", ages),)))
    assert {sv for sv in told if "age" in sv and "Slå" in sv} == {
        "Slå ihop age 0-6 och 7-12",
        "Slå ihop age 7-12 och 13-17",
        "Slå ihop age 13-17 och 18-20",
    }
    assert ("0–12", "k") in counts(told["Slå ihop age 0-6 och 7-12"])


def test_column_is_removed_and_its_rows_added_up() -> None:
    told = offered(TableSet((table("place sex", SEX),)))["Ta bort kolumnen place"]
    assert counts(told) == {("k",): 45, ("m",): 100}
    assert told.tables[0].layout.header == ("sex", "n")


def test_last_column_is_not_removed() -> None:
    assert offered(TableSet((table("sex", {("k",): 3, ("m",): 40}),))) == {}


def test_margins_in_the_file_are_not_counted_twice() -> None:
    told = TableSet((table("place sex", {**SEX, ("Total", "k"): 45, ("A", "Total"): 22}),))
    assert counts(offered(told)["Ta bort kolumnen place"]) == {("k",): 45, ("m",): 100}


def test_grouping_stands_in_place_of_what_it_groups() -> None:
    told = offered(TableSet((table("muni region kind", PLACES),), GROUPS))["Visa region i stället för muni"]
    assert counts(told) == {("A",): 5, ("B",): 70}
    assert told.groupings == ()


def test_grouping_less_leaves_its_values() -> None:
    told = offered(TableSet((table("muni region kind", PLACES),), GROUPS))["Visa inga summor för kind"]
    assert counts(told)["a1", "A"] == 2
    assert told.groupings == (("muni", "region"),)


def test_what_stood_under_a_removed_grouping_stands_under_the_next() -> None:
    rows = {("a1", "A", "N"): 2, ("b1", "B", "N"): 3, ("c1", "C", "S"): 40}
    told = TableSet((table("muni region part", rows),), (("muni", "region"), ("region", "part")))
    assert offered(told)["Visa inga summor för region"].groupings == (("muni", "part"),)
    assert offered(told)["Visa region i stället för muni"].groupings == (("region", "part"),)


def test_values_of_other_groups_are_not_put_together() -> None:
    rows = {("a1", "A"): 2, ("a2", "A"): 40, ("b1", "B"): 3, ("b2", "B"): 50}
    told = offered(TableSet((table("muni region", rows),), (("muni", "region"),)))
    assert not any("a1" in sv for sv in told)


def test_table_divided_by_a_grouping_alone_keeps_it() -> None:
    finer = table("muni region", {("a1", "A"): 2, ("a2", "A"): 3, ("b1", "B"): 40})
    told = TableSet((finer, table("region", {("A",): 5, ("B",): 40}, "u.csv")), (("muni", "region"),))
    assert "Visa inga summor för region" not in offered(told)
    assert counts(offered(told)["Visa region i stället för muni"], 1) == {("A",): 5, ("B",): 40}


def test_all_tables_change_together() -> None:
    told = TableSet((table("place sex", SEX), table("place", {("A",): 22, ("B",): 33, ("C",): 90}, "u.csv")))
    both = offered(told)["Slå ihop place A och B"]
    assert counts(both, 1) == {("A och B",): 55, ("C",): 90}
    assert publication_of(both).told.values.max() == 145


def test_every_coarser_table_counts_the_same_people() -> None:
    told = TableSet((table("muni region kind", PLACES),), GROUPS)
    assert {sum(counts(each).values()) for each in offered(told).values()} == {75}


def test_gaps_are_told_by_value() -> None:
    gaps = published(TableSet((table("place sex", SEX),))).gaps()
    assert (gaps["place", "A"], gaps["sex", "k"], gaps.get(("place", "C"), 0)) == (1, 2, 0)
