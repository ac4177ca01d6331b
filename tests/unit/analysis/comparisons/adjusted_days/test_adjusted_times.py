"""Times adjusted for background, the whole way through the door."""

from datetime import date

import pytest
from snapshots_made import make_snapshot
from unit.analysis.comparisons.adjusted_days.times_made import ENDED, asked, row, uneven

from skillnad.analysis.comparisons.adjusted_days.limits import limit_of
from skillnad.analysis.comparisons.questions import Adjusted, Comparison
from skillnad.analysis.door import ask
from skillnad.analysis.formulas.verdicts import Verdict
from skillnad.analysis.questions import Duration, Selection
from skillnad.analysis.results import ProtectedTable
from skillnad.codebook.periods import Period
from skillnad.lib.errors import UserError


@pytest.fixture(scope="module")
def of_the_median() -> ProtectedTable:
    return asked(uneven(), selection=ENDED)


@pytest.fixture(scope="module")
def with_open() -> ProtectedTable:
    return asked(uneven(open_rows=True), (30,))


def said(table: ProtectedTable, measure: str) -> Verdict:
    number = table.cells[measure]["1",]
    assert number is not None
    return list(Verdict)[int(number)]


@pytest.mark.parametrize("table", ["of_the_median", "with_open"])
def test_difference_that_comes_of_background_is_not_there_when_it_is_adjusted_for(table, request):
    found = request.getfixturevalue(table)
    assert said(found, "verdict") is Verdict.DIFFERENCE_SHOWN
    assert found.cells["difference"]["1",] < -0.1
    assert said(found, "adjusted_verdict") is not Verdict.DIFFERENCE_SHOWN
    assert abs(found.cells["adjusted_difference"]["1",]) < 0.03


def test_limit_is_the_median_of_all_in_whole_days(of_the_median):
    days = sorted((each["end_date"] - each["start_date"]).days for each in uneven())
    assert limit_of(of_the_median) == (days[299] + days[300] + 1) // 2
    assert of_the_median.cells["share"]["*",] == pytest.approx(sum(d <= limit_of(of_the_median) for d in days) / 600)


def test_limit_that_is_given_stands():
    table = asked(uneven(), (30,), selection=ENDED)
    assert limit_of(table) == 30
    assert next(measure.label for measure in table.measures if measure.id == "share") == "Klara inom 30 dagar"


def test_measures_are_those_of_an_adjusted_share(of_the_median):
    names = {measure.id for measure in of_the_median.measures}
    assert {"whole", "share", "difference", "p", "seen", "verdict"} <= names
    assert {f"adjusted{end}" for end in ("", "_low", "_high", "_difference", "_p", "_seen", "_verdict")} <= names
    assert "open" not in names


def test_open_rows_are_told_where_there_can_be_any(with_open):
    open_rows = sum(not each["end_date"] for each in uneven(open_rows=True))
    assert with_open.cells["open"]["*",] == open_rows > 20


def test_question_stands_as_it_was_asked(of_the_median):
    assert of_the_median.question.of.within == ()


def test_engines_answer_alike():
    rows = uneven(200)
    first, second = (asked(rows, (30,), selection=ENDED, engine=engine) for engine in ("duckdb", "in_memory"))
    for measure, cells in first.cells.items():
        assert cells == pytest.approx(second.cells[measure], abs=1e-12)


def test_named_group_is_compared_with():
    table = asked(uneven(), (30,), against="1", selection=ENDED)
    mirrored = asked(uneven(), (30,), selection=ENDED)
    assert table.cells["adjusted_difference"]["2",] == -mirrored.cells["adjusted_difference"]["1",]


def test_without_a_median_that_is_shown_nothing_is_adjusted():
    few = [row("1" if place % 2 else "2", "3", place) for place in range(8)]
    table = asked(few)
    assert limit_of(table) is None
    assert [one.reason for one in table.left_out] == ["no_limit"]
    assert "adjusted" not in table.cells


def test_background_that_is_too_thin_says_so():
    rows = [row("1" if place % 2 else "2", "3" if place < 3 else "1", place) for place in range(60)]
    table = asked(rows, (30,), selection=Selection(period=Period(date(2025, 1, 1), date(2026, 1, 1)), event="end_date"))
    assert "thin_background" in [one.reason for one in table.left_out]
    assert table.cells["adjusted"] == {}
    assert table.cells["share"]["1",] is not None


def test_group_whose_share_is_hidden_is_hidden_adjusted_too():
    rows = [row("1", "1" if place % 2 else "3", place) for place in range(60)]
    rows += [row("2", "1" if place % 2 else "3", 60 if place < 3 else 10) for place in range(30)]
    table = asked(rows, (30,))
    assert table.cells["share"]["2",] is None
    assert table.cells["adjusted"]["2",] is None
    assert table.cells["adjusted_difference"]["1",] is None


@pytest.mark.parametrize(
    ("within", "more", "code"),
    [
        ((30, 60), {}, "ASK-065"),
        ((31,), {}, "ASK-065"),
        ((), {"way": Adjusted.STANDARD}, "ASK-040"),
        ((), {"relevant": 14.0}, "ASK-066"),
        ((), {"adjusted_for": ("legal_sex",)}, "ASK-041"),
    ],
)
def test_question_that_cannot_be_adjusted_is_refused(tmp_path, within, more, code):
    snapshot = make_snapshot(tmp_path, interventions=uneven(20))
    of = Duration("start_date", "end_date", by=("legal_sex",), within=within)
    with pytest.raises(UserError) as refused:
        ask(snapshot, Comparison(of, **({"adjusted_for": ("origin",)} | more)))
    assert code in [problem.code for problem in refused.value.problems]


def test_rows_without_figures_are_no_number_where_all_are_hidden(tmp_path):
    """Of C alone some are open, few: that they are 43 in C would tell how many there are in all."""
    many = {"A": 120, "B": 120, "C": 40}
    ended = [row("1", "12"[n // 3 % 2], n * 7 % 90) | {"unit": unit} for unit in many for n in range(many[unit])]
    still = [row("1", "1", 90, over=False) | {"unit": "C"} for _ in range(3)]
    question = Comparison(Duration("start_date", "end_date", by=("unit",), within=(30,)), adjusted_for=("origin",))
    table = ask(make_snapshot(tmp_path, as_of=date(2025, 12, 31), interventions=[*ended, *still]), question)
    assert (table.value("whole", "A"), table.value("whole", "C"), table.value("whole")) == (120, None, None)
    assert {one.reason: one.rows for one in table.left_out} == {"open": None, "outside_model": None}
