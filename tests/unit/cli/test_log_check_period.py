from datetime import date

import pytest

from skillnad.cli.service.audit_review import month_before


@pytest.mark.parametrize(
    ("today", "first", "last"),
    [
        (date(2026, 3, 1), date(2026, 2, 1), date(2026, 2, 28)),
        (date(2026, 1, 31), date(2025, 12, 1), date(2025, 12, 31)),
        (date(2024, 3, 15), date(2024, 2, 1), date(2024, 2, 29)),
    ],
)
def test_month_before_is_whole(today: date, first: date, last: date) -> None:
    assert month_before(today) == (first, last)
