"""A snapshot's keys follow random pseudonyms, so that they tell nothing of the order of case numbers."""

from datetime import date

import polars as pl

from skillnad.snapshots.rows import renumbered

CASES = pl.DataFrame(
    {
        "case_id": [1, 2, 3, 4],
        "client": [900, 100, 900, 500],
        "intake_date": [date(2025, 5, 1), date(2025, 1, 1), date(2024, 1, 1), None],
    }
)


def numbers() -> dict[int, int]:
    _, stands_for = renumbered(CASES, "case", "client", "intake_date")
    return dict(stands_for.select("case_id", "case").iter_rows())


def test_numbers_follow_the_pseudonym_and_then_the_day() -> None:
    assert numbers() == {2: 1, 4: 2, 3: 3, 1: 4}


def test_register_key_is_gone_from_the_rows() -> None:
    rows, _ = renumbered(CASES, "case", "client", "intake_date")
    assert set(rows.columns) == {"case", "client", "intake_date"}


def test_same_rows_in_another_order_get_the_same_numbers() -> None:
    _, stands_for = renumbered(CASES.reverse(), "case", "client", "intake_date")
    assert dict(stands_for.select("case_id", "case").iter_rows()) == numbers()
