"""Comparisons of what was ongoing are refused, through the door, with a way that would do."""

from pathlib import Path

import pytest
from snapshots_made import make_snapshot

from skillnad.analysis.comparisons.questions import Chart, Comparison, OverTime
from skillnad.analysis.comparisons.seen import seen_from_the_first_day
from skillnad.analysis.door import ask
from skillnad.analysis.questions import ONGOING, Count, Duration, Selection
from skillnad.codebook.periods import Period
from skillnad.lib.errors import UserError

YEAR = Period.year(2025)
ROWS = [
    {"legal_sex": sex, "start_date": f"2025-{month:02}-01", "end_date": f"2025-{month:02}-{month + day:02}"}
    for sex in "12"
    for month in range(1, 13)
    for day in (1, 5, 9)
]


def lasted(event: str, by: str = "legal_sex") -> Duration:
    return Duration("start_date", "end_date", Selection(period=YEAR, event=event), (by,))


def test_groups_of_what_was_ongoing_are_not_compared(tmp_path: Path) -> None:
    snapshot = make_snapshot(tmp_path, interventions=ROWS)
    with pytest.raises(UserError) as refused:
        ask(snapshot, Comparison(lasted(ONGOING), "2"))
    assert [problem.code for problem in refused.value.problems] == ["ASK-080"]
    assert "Jämför dem som började i perioden" in str(refused.value)


@pytest.mark.parametrize("event", ["start_date", "end_date"])
def test_groups_that_are_seen_from_their_first_day_are_compared(event: str, tmp_path: Path) -> None:
    shown = ask(make_snapshot(tmp_path, interventions=ROWS), Comparison(lasted(event), "2"))
    assert shown.value("median", "1") == shown.value("median", "2")


def test_course_of_what_was_ongoing_is_of_what_the_table_shows(tmp_path: Path) -> None:
    of = lasted(ONGOING, "month:start_date")
    shown = ask(make_snapshot(tmp_path, interventions=ROWS * 4), OverTime(of, Chart.RUN))
    assert shown.value("value", "2025-03") == 7


def test_only_durations_tell_of_rows_by_how_long_they_lasted() -> None:
    assert seen_from_the_first_day(lasted("start_date")) == lasted("start_date")
    with pytest.raises(TypeError):
        seen_from_the_first_day(Count())
