"""A proof's page is what its run showed."""

import base64
from datetime import date

import pytest

from benchmarks.proof import Circumstances, Line, Outcome, page
from benchmarks.proof.tests_run import read_report, run_tests

RUN = Circumstances(date(2026, 3, 2), "abc1234", 0.5, 7)
GOOD, BAD = Line("one thing", "10 kills", 3.2, True), Line("another", "2 kills", 1.0, False)


def test_page_says_when_on_what_and_how_much() -> None:
    text = page("kills", "Nothing is lost.", Outcome([GOOD], 4.4), RUN)
    for fact in ("| date | 2026-03-02 |", "| commit | abc1234 |", "| share of the whole | 0.5 |", "| seed | 7 |"):
        assert fact in text
    assert "| one thing | 10 kills | 3 | held |" in text
    assert "| outcome | held |" in text


def test_page_tells_a_failure() -> None:
    text = page("kills", "Nothing is lost.", Outcome([GOOD, BAD], 4.4, ["A remark."]), RUN)
    assert "| outcome | **failed** |" in text
    assert "| another | 2 kills | 1 | **failed** |" in text
    assert text.endswith("A remark.\n")


def test_outcome_of_nothing_tried_does_not_hold() -> None:
    assert not Outcome([], 1).held


def report(inside: str, statistics: str = "") -> str:
    told = base64.b64encode(statistics.encode()).decode()
    value = f'<property name="hypothesis-statistics-a.py::test_gaps_stay" value="{told}"/>'
    return f"<testsuites><testsuite><properties>{value}</properties>{inside}</testsuite></testsuites>"


def test_report_counts_what_hypothesis_tried_over_its_phases() -> None:
    told = "- 10 passing, 0 failing, and 1 invalid test cases\n- 20 passing, 2 failing, and 0 invalid test cases"
    (line,) = read_report(report('<testcase name="test_gaps_stay" time="2.5"/>', told))
    assert line == Line("gaps stay", "32 random instances", 2.5, True)


def test_report_has_what_a_test_recorded() -> None:
    case = '<testcase name="test_k" time="1"><properties><property name="kills" value="9"/></properties></testcase>'
    (line,) = read_report(report(case))
    assert line.tried == "9 kills"


@pytest.mark.parametrize("kind", ["failure", "error", "skipped"])
def test_report_of_a_test_that_did_not_pass_does_not_hold(kind: str) -> None:
    (line,) = read_report(report(f'<testcase name="test_k" time="1"><{kind}/></testcase>'))
    assert not line.held


def test_run_of_no_tests_does_not_hold() -> None:
    assert not run_tests("tests/unit/benchmarks/none.py", 1, 1, 1).held


def test_run_that_takes_too_long_does_not_hold() -> None:
    outcome = run_tests("tests/unit/benchmarks/test_mutations.py", 0.0001, 1, 1)
    assert not outcome.held
    assert "not at its end" in outcome.lines[0].tried
