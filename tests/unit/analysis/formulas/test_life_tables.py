"""Life tables: rows and histograms say the same, and who is at risk when."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillnad.analysis.formulas.life_tables import from_counts, from_rows

ROWS = st.lists(st.tuples(st.integers(0, 30), st.booleans()), max_size=40)


def histograms(rows: list[tuple[int, bool]]) -> tuple[list[int], list[int]]:
    days = range(31)
    return [rows.count((day, True)) for day in days], [rows.count((day, False)) for day in days]


@given(ROWS)
def test_table_of_rows_is_the_one_of_their_histograms(rows: list[tuple[int, bool]]) -> None:
    by_row = from_rows([day for day, _ in rows], [ended for _, ended in rows])
    by_day = from_counts(*histograms(rows))
    for column in ("days", "at_risk", "ended", "open"):
        assert getattr(by_row, column).tolist() == getattr(by_day, column).tolist()


@given(ROWS, st.integers(0, 40))
def test_at_risk_are_those_whose_last_day_is_not_past(rows: list[tuple[int, bool]], day: int) -> None:
    table = from_counts(*histograms(rows))
    assert table.at_risk_on([day]).tolist() == [sum(last >= day for last, _ in rows)]


def test_late_entry_is_at_risk_from_the_next_day() -> None:
    table = from_rows([10, 20], [True, True], [None, 5])
    assert table.at_risk_on([5, 6, 10, 11, 21]).tolist() == [1, 2, 2, 1, 0]


def test_late_entries_may_be_counted_by_day() -> None:
    ended, late = np.zeros(21, dtype=int), np.zeros(21, dtype=int)
    ended[[10, 20]] = late[5] = 1
    assert from_counts(ended, np.zeros(21), late).at_risk.tolist() == [2, 1]


def test_table_of_nothing_has_no_rows() -> None:
    assert from_rows([], []).rows == 0
    assert from_counts([], []).at_risk.tolist() == []


@pytest.mark.parametrize(
    ("ended", "still_open", "late"),
    [
        ([1, -1], [0, 0], None),
        ([1], [0, 0], None),
        ([[1]], [[0]], None),
        ([1, 0], [0, 1], [0, 1]),  # came on the day when the last one was last seen
    ],
)
def test_histograms_that_cannot_be_are_refused(ended, still_open, late) -> None:
    with pytest.raises(ValueError, match=r"histogram|under observation"):
        from_counts(ended, still_open, late)


@pytest.mark.parametrize(("days", "entry"), [([3], [3]), ([3], [-1])])
def test_entry_comes_before_the_last_day(days: list[int], entry: list[int]) -> None:
    with pytest.raises(ValueError, match="entry"):
        from_rows(days, [True], entry)


def test_negative_durations_are_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        from_rows([-1, 4], [True, True])


def test_entry_may_be_on_day_nought() -> None:
    assert from_rows([5, 5], [True, True], [0, None]).at_risk_on([0, 1]).tolist() == [1, 2]
