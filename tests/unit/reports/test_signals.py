"""Signs of change in words: each rule with its own points, and no span over points that it says nothing of."""

from compared_tables import course

from skillnad.analysis.comparisons.questions import Chart
from skillnad.reports.comparison_wording import STEADY, told
from skillnad.reports.courses import course_told
from skillnad.reports.signals import HIDDEN_POINTS, hidden_told, signals_told

CALM = [30, 34, 31, 33]


def peaks(*places, length=48):
    """Calm months, and one far above them at each of the places."""
    return course([CALM[n % 4] if n not in places else 90 for n in range(length)], chart=Chart.CONTROL)


def outside(table):
    (said,) = [each for each in signals_told(table) if "utanför" in each]
    return said


def test_points_apart_are_told_apart():
    assert outside(peaks(4, 40)).endswith("(2022-05 och 2025-05).")


def test_points_in_a_row_are_told_as_one_run():
    assert outside(peaks(4, 5, 40)).endswith("(2022-05–2022-06 och 2025-05).")


def test_more_than_three_runs_are_counted():
    assert outside(peaks(4, 14, 24, 34, 44)).endswith("(2022-05, 2023-03, 2024-01 och 2 till).")


def test_both_tellings_have_the_same_signals():
    table = peaks(4, 40)
    said = signals_told(table)
    assert said
    assert told(table) == said
    assert course_told("Antalet")((table,))[1:] == said


def test_hidden_point_breaks_no_run_and_is_said_to_be_left_out():
    table = course([30, 34] * 6 + [50] * 5 + [None] + [50] * 6)
    assert any("2023-01–2023-12" in said for said in signals_told(table))
    assert told(table)[-1] == HIDDEN_POINTS
    assert course_told("Antalet")((table,))[-1] == HIDDEN_POINTS


def test_course_without_hidden_points_says_nothing_of_them():
    assert hidden_told(peaks(4)) == ()
    assert told(course([30, 34] * 12)) == (STEADY,)
