"""The benchmark of the log measures what it says: a small log is made, shown to be whole and asked."""

from pathlib import Path

from benchmarks import audit_log


def test_goals_are_of_the_size_that_was_asked_for(tmp_path: Path) -> None:
    goals = list(audit_log._goals("SQLite", 2500, tmp_path, {}))
    assert [goal.name for goal in goals] == [
        "audit entries appended to SQLite",
        "audit verify of 2,500 entries, SQLite",
        "who has read about one person, SQLite",
    ]
    assert [goal.unit for goal in goals] == ["/s", "s", "s"]
    assert goals[2].note == "1 events found"


def test_goal_of_ten_million_is_two_minutes() -> None:
    assert audit_log.VERIFY_SECONDS * audit_log.EVENTS == 120
