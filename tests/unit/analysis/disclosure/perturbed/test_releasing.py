"""A release of rounded tables."""

import pytest

from skillnad.analysis.disclosure.attackers import Way
from skillnad.analysis.disclosure.perturbed.releasing import rounded_release
from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.disclosure.release import Layout
from skillnad.analysis.disclosure.release_folder import read_release, write_release
from skillnad.analysis.disclosure.table_set.tables import GivenTable, TableSet
from skillnad.lib.errors import UserError

FIVE = Policy(way=Way.ROUND, base=5)
ROWS = {
    ("a1", "A", "k"): 2, ("a1", "A", "m"): 3, ("a2", "A", "k"): 1, ("a2", "A", "m"): 40,
    ("b1", "B", "k"): 4, ("b1", "B", "m"): 4, ("b2", "B", "k"): 33, ("b2", "B", "m"): 2,
}  # fmt: skip


def table(header: str, counts: dict, name: str = "t.csv") -> GivenTable:
    return GivenTable(name, Layout((*header.split(), "n"), "n"), counts)


TOLD = TableSet((table("muni region sex", ROWS),), (("muni", "region"),))


def test_rounded_release_has_no_gaps_and_nothing_small() -> None:
    (made,) = rounded_release(TOLD, FIVE).tables
    assert made.gaps == 0
    assert not any(0 < (count or 0) < 5 for _, count in made.rows)


def test_rounded_release_adds_up() -> None:
    shown = dict(rounded_release(TOLD, FIVE).tables[0].rows)
    for sex in ("k", "m", "Total"):
        assert shown["Total", "A", sex] == shown["a1", "A", sex] + shown["a2", "A", sex]
        assert shown["Total", "Total", sex] == shown["Total", "A", sex] + shown["Total", "B", sex]


def test_same_people_are_the_same_number_in_every_table() -> None:
    beside = table("muni sex", {(muni, sex): count for (muni, _, sex), count in ROWS.items()}, "u.csv")
    one, other = rounded_release(TableSet((*TOLD.tables, beside), TOLD.groupings), FIVE).tables
    assert dict(other.rows)["a1", "k"] == dict(one.rows)["a1", "A", "k"]


def test_rounded_release_says_how_and_how_far() -> None:
    rules = rounded_release(TOLD, FIVE).rules
    assert (rules["way"], rules["base"], rules["distance"]) == ("round", 5, 4)


def test_rounded_release_is_written_and_read_again(tmp_path) -> None:
    made = rounded_release(TOLD, FIVE)
    write_release(made, tmp_path / "out")
    again = read_release(tmp_path / "out")
    assert (again.id, again.rules["distance"]) == (made.id, 4)


def test_tables_that_share_a_margin_only_are_refused() -> None:
    apart = TableSet(
        (table("a b", {("1", "1"): 2, ("2", "1"): 30}), table("b c", {("1", "1"): 30, ("1", "2"): 2}, "u.csv"))
    )
    with pytest.raises(UserError, match="DISC-071"):
        rounded_release(apart, FIVE)


def test_earlier_release_is_refused() -> None:
    with pytest.raises(UserError, match="DISC-078"):
        rounded_release(TOLD, FIVE, against=[rounded_release(TOLD, FIVE)])
