"""What a comparison says of the rows that it is without: no more than follows from what is shown."""

import pytest
from snapshots_made import make_snapshot
from unit.analysis.comparisons.shown_tables import by_group, gaps

from skillnad.analysis.comparisons.questions import Comparison, Funnel, Ranking
from skillnad.analysis.comparisons.unknown_rows import Unknown, unknown_rows
from skillnad.analysis.disclosure.policy import DEFAULT
from skillnad.analysis.door import ask
from skillnad.analysis.questions import Share, Where
from skillnad.analysis.results import MISSING_LEVEL, NO, TOTAL, UNKNOWN_OUTCOME, YES
from skillnad.reports.counting import LEFT_OUT

GROUPS = {"A": (30, 20, 6, 4), "B": (18, 32, 0, 10), MISSING_LEVEL: (7, 9, 0, 3)}


def told(groups, *hidden, **how) -> dict[str, int | None]:
    axes, counts = by_group(groups, **how)
    return {one.reason: one.rows for one in unknown_rows(axes, gaps(counts, *hidden), DEFAULT)}


def test_rows_without_an_outcome_and_without_a_group_are_told_apart() -> None:
    assert told(GROUPS) == {"no_outcome": 23, "no_group": 16}


def test_of_whom_all_are_known_nothing_is_said() -> None:
    assert told({"A": (30, 20), "B": (18, 32)}) == {}


def test_few_are_told_without_how_many() -> None:
    assert told({"A": (30, 20, 1, 2), "B": (18, 32), MISSING_LEVEL: (2, 2)}) == {"no_outcome": None, "no_group": None}


def test_group_that_nobody_can_name_counts_as_none() -> None:
    assert told({"A": (30, 20), "B": (18, 32), "5": (6, 8)}, unknown="5") == {"no_group": 14}


def test_hidden_number_is_told_where_it_follows_from_shown_ones() -> None:
    assert told(GROUPS, (UNKNOWN_OUTCOME, TOTAL))["no_outcome"] == 23
    assert told(GROUPS, (YES, MISSING_LEVEL), (NO, MISSING_LEVEL))["no_group"] == 16


def test_hidden_number_that_follows_from_none_is_hidden() -> None:
    without = [(code, TOTAL) for code in (YES, NO, UNKNOWN_OUTCOME, MISSING_LEVEL)]
    assert told(GROUPS, *without)["no_outcome"] is None
    cells = [(code, group) for code in (YES, NO) for group in ("A", MISSING_LEVEL)]
    assert told(GROUPS, *cells, (TOTAL, MISSING_LEVEL))["no_group"] == 16
    assert told(GROUPS, *cells, (TOTAL, MISSING_LEVEL), (TOTAL, "A"))["no_group"] is None


def test_overlapping_groups_give_no_number_that_is_hidden() -> None:
    groups = {"1": (30, 20), "2": (18, 32), "1;2": (9, 9), MISSING_LEVEL: (7, 9)}
    assert told(groups, multiple=True) == {"no_group": 16}
    assert told(groups, (YES, MISSING_LEVEL), multiple=True) == {"no_group": None}


@pytest.mark.parametrize("question", [Comparison, Ranking, Funnel])
def test_every_comparison_of_groups_shares_tells(tmp_path, question) -> None:
    rows = [{"unit": "AB"[n % 2], "rating": "13"[n % 3 > 0] if n % 4 else ""} for n in range(120)]
    table = ask(make_snapshot(tmp_path, interventions=rows), question(Share(Where("rating", ("3",)), by=("unit",))))
    assert [(one.reason, one.rows) for one in table.left_out] == [("no_outcome", 30)]


def test_each_reason_has_a_sentence() -> None:
    assert {each.value for each in Unknown} <= LEFT_OUT.keys()
