"""Published tables whose safe patterns are known."""

import numpy as np
import pytest
from disclosure_tables import SHARED, as_system, counted, derivable, shared_rows

from skillnad.analysis.disclosure.audit import Reader, count_claims, objections
from skillnad.analysis.disclosure.policy import DEFAULT, Policy
from skillnad.analysis.disclosure.protect import protect_counts

pytestmark = pytest.mark.skipif(not SHARED.exists(), reason="the shared tables are not here")

FOUR = "published/sdctable_4x4_wb.csv"


def four_by_four():
    """The table, and its gaps: two or more in each line."""
    counts = counted(FOUR, "v1", "v2")
    rows, columns = "wxyz", "abcd"
    gaps = {
        (f"a{rows.index(row['v1']):02d}", f"b{columns.index(row['v2']):02d}")
        for row in shared_rows(FOUR)
        if row["primary"] == "1"
    }
    return counts, gaps


def test_two_gaps_a_line_leave_one_exactly_derivable():
    counts, gaps = four_by_four()
    assert derivable(counts, gaps, floor=0) == [("a00", "b01")]


def test_auditor_finds_the_derivable_gap():
    counts, gaps = four_by_four()
    told = as_system(counts)
    claims = count_claims(told, gaps, Policy(zeros_printed=False))
    assert objections(told, gaps, claims, 0) == [("a00", "b01")]


def test_one_more_gap_opens_its_interval():
    counts, gaps = four_by_four()
    reader = Reader(as_system(counts), gaps | {("a01", "b03")}, 0)
    assert reader.exact(("a00", "b01")) == pytest.approx((0, 78))


def test_one_hidden_cell_takes_the_three_that_the_optimum_takes():
    rows = [row for row in shared_rows("published/checktauargus_ex1.csv") if "Total" not in row.values()]
    counts = np.array([int(row["freq"]) for row in rows]).reshape(4, 2)
    pattern = protect_counts(as_system(counts), DEFAULT, frozenset({("a00", "b01")}))
    assert pattern.hidden == {("a00", "b01"), ("a00", "b00"), ("a02", "b00"), ("a02", "b01")}


@pytest.mark.parametrize(
    ("file", "columns", "best"),
    [("made/f2_20x12.csv", ("v1", "v2"), 8), ("made/f3_8x6x5.csv", ("v1", "v2", "v3"), 59)],
)
def test_gaps_are_near_the_fewest_known(file, columns, best):
    """`best`: the fewest secondary gaps known, where a reader knows that each gap is at least 1."""
    pattern = protect_counts(as_system(counted(file, *columns)), DEFAULT)
    assert not pattern.withheld
    assert pattern.secondary <= 2 * best
