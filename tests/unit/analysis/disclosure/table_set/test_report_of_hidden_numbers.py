"""The report of a release, read by who has its tables too: nothing in it can be reckoned back to a hidden number."""

import json
from itertools import product
from math import log2

import pytest
from tables_from_files import tables_of

from skillnad.analysis.disclosure.policy import DEFAULT
from skillnad.analysis.disclosure.release import relative
from skillnad.analysis.disclosure.release_folder import write_release
from skillnad.analysis.disclosure.table_set.protecting import protect

SMALL = range(1, 5)
"""What the one small number of the table may be; its rows are then 23 and 55, and its columns 28 and 50."""


def of(small):
    told = f"a b n / x y {small} / x z {23 - small} / u y {28 - small} / u z {27 + small}"
    return protect(tables_of(told), DEFAULT, seconds=60)


def report_of(release, folder):
    write_release(release, folder)
    return json.loads((folder / "report.json").read_text(encoding="utf-8"))


def cost_of(small):
    """As it was told once: of the three gaps that protect the small one."""
    return round(sum(log2(2 + count) for count in (23 - small, 28 - small, 27 + small)), 3)


def test_tables_that_show_the_same_have_the_same_report(tmp_path):
    releases = [of(small) for small in SMALL]
    assert len({release.id for release in releases}) == 1
    told = [report_of(release, tmp_path / str(at)) for at, release in enumerate(releases)]
    assert all({**each, "seconds": 0} == {**told[0], "seconds": 0} for each in told)


def test_sum_of_the_costs_would_have_told_which_it_is():
    assert len({cost_of(small) for small in SMALL}) == len(SMALL)
    assert cost_of(3) not in {of(3).cost, of(3).bound}


@pytest.mark.parametrize(
    ("cost", "bound", "told"),
    [
        (0.0, 0.0, (1.0, 1.0)),
        (7.25, 7.25, (1.0, 1.0)),
        (7.0, 7.25, (1.0, 1.0)),
        (10.0, 8.0, (1.25, 1.0)),
        (8.0001, 8.0, (1.01, 1.0)),
        (8.08, 8.0, (1.01, 1.0)),
        (8.0, 0.0, (1.0, 0.0)),
    ],
)
def test_cost_is_told_in_times_the_bound(cost, bound, told):
    assert relative(cost, bound) == told


def test_which_gaps_are_small_follows_from_how_many(tmp_path):
    """Why the report is not for who gets the tables, and says so: four gaps that are eight two by two."""
    release = protect(tables_of("a b n / x y 4 / x z 4 / u y 4 / u z 4"), DEFAULT)
    gaps = [row for row, count in release.tables[0].rows if count is None and "Total" not in row]
    agree = [one for one in product(range(1, 8), repeat=4) if {one[0] + one[1], one[2] + one[3]} == {8}]
    agree = [one for one in agree if {one[0] + one[2], one[1] + one[3]} == {8}]
    told = report_of(release, tmp_path / "ut")
    assert len(gaps) == told["primary"] == 4
    assert len(agree) == 7
    assert [one for one in agree if sum(count < 5 for count in one) == 4] == [(4, 4, 4, 4)]
    assert told["keep"].startswith("Lägg inte ut den här filen")
