"""Times compared, from the rows to what the door tells: equal to R's, and no more than may be shown."""

from collections.abc import Sequence
from functools import cache

import pytest
from r_figures import r_figures
from unit.analysis.comparisons.days.days_made import ENDED, Groups, asked, spread, told, verdict

from skillnad.analysis.comparisons.days.told import relevant_days
from skillnad.analysis.formulas.verdicts import Verdict
from skillnad.analysis.questions import Selection
from skillnad.analysis.results import ProtectedTable
from skillnad.lib.errors import UserError

R = r_figures("durations")
UNITS = ("A", "B", "C")
EACH = pytest.mark.parametrize("unit", UNITS)
ALL = "*"


def register() -> Groups:
    rows = list(zip(R["unit"], R["days"], R["ended"], strict=True))
    return {
        unit: tuple([day for one, day, over in rows if one == unit and over is kind] for kind in (True, False))
        for unit in UNITS
    }


@cache
def followed(engine: str = "", against: str = "") -> ProtectedTable:
    return asked(register(), within=(R["limit"],), engine=engine, against=against)


@cache
def ended() -> ProtectedTable:
    return asked(register(), ENDED)


def as_told(right: Sequence[float], decimals: int | None = None) -> tuple[float, ...]:
    """R's figure and its ends, as days are told or with so many decimals."""
    value, low, high = right
    if decimals is not None:
        return tuple(round(each, decimals) for each in right)
    digits = 0 if high - low >= 10 else 1
    return round(value, 1), round(low, digits), round(high, digits)


@pytest.mark.parametrize(("code", "name"), [*zip(UNITS, UNITS, strict=True), (ALL, "all")])
def test_each_units_followed_median_and_share_are_rs(code: str, name: str) -> None:
    table, right = followed(), R["curves"][name]
    assert (table.value("whole", code), table.value("open", code)) == (right["rows"], right["open"])
    assert told(table, "median", code) == as_told(right["median"])
    assert told(table, "within_90", code) == pytest.approx(as_told(right["within"], 3))


@EACH
def test_followed_differences_from_the_others_are_rs(unit: str) -> None:
    table, right = followed(), R["followed"][unit]
    assert told(table, "difference", unit) == as_told(right["difference"])
    assert told(table, "ratio", unit) == as_told(right["ratio"], 2)
    assert told(table, "within_90_difference", unit) == pytest.approx(as_told(right["within"], 3))
    assert table.value("p", unit) == round(right["p"], 4)
    assert table.value("within_90_p", unit) == round(right["within_p"], 4)


@pytest.mark.parametrize("engine", ["duckdb", "in_memory"])
def test_difference_from_a_named_unit_is_rs_on_every_engine(engine: str) -> None:
    table, right = followed(engine, "B"), R["followed_two"]
    assert set(table.cells["difference"]) == {("A",), ("C",)}
    assert told(table, "difference", "A") == as_told(right["difference"])
    assert table.value("p", "A") == round(right["p"], 4)


@EACH
def test_ended_differences_from_the_others_are_rs(unit: str) -> None:
    table, right = ended(), R["of_ended"][unit]
    assert told(table, "difference", unit) == as_told(right["difference"])
    assert told(table, "ratio", unit) == as_told(right["ratio"], 2)
    assert told(table, "mean_difference", unit) == as_told(right["mean_difference"])
    assert table.value("p", unit) == round(right["p"], 4)


@EACH
def test_ended_medians_and_means_are_rs(unit: str) -> None:
    table, right = ended(), R["means"][unit]
    assert (table.value("whole", unit), table.value("median", unit)) == (right["n"], right["median"])
    assert told(table, "mean", unit) == as_told(right["mean"])


def test_what_is_open_is_no_part_where_rows_are_chosen_by_their_end() -> None:
    assert "open" not in ended().cells
    assert sum(over for over in R["ended"]) == ended().value("whole")


def test_verdict_is_of_the_followed_times_and_not_of_those_that_have_ended() -> None:
    # what has ended of B is as short as A's, since the long ones are still open
    groups: Groups = {"A": (spread(40, 60), ()), "B": (spread(40, 60), [200] * 200), "C": ((), ())}
    table = asked(groups, against="A")
    assert verdict(asked(groups, ENDED, against="A"), "B") is Verdict.TOO_FEW_TO_TELL
    assert table.value("p", "B") == 0.0
    table = asked({**groups, "B": (spread(40, 60), [200] * 50)}, against="A")
    assert verdict(table, "B") is Verdict.DIFFERENCE_SHOWN


def test_times_that_differ_are_shown_to_before_there_is_a_median() -> None:
    table = asked({"A": (spread(40, 60), ()), "B": (spread(40, 60), [200] * 90), "C": ((), ())}, against="A")
    assert {("B",)} & table.cells["median"].keys() == {("B",)} & table.cells["difference"].keys() == set()
    assert verdict(table, "B") is Verdict.DIFFERENCE_SHOWN


def test_times_alike_with_no_median_are_too_few_to_tell() -> None:
    few_ended = (spread(40, 20), [200] * 90)
    table = asked({"A": few_ended, "B": few_ended, "C": ((), ())}, against="A")
    assert table.value("p", "B") == 1.0
    assert verdict(table, "B") is Verdict.TOO_FEW_TO_TELL


def test_two_groups_are_compared_once() -> None:
    table = asked({"1": (spread(100, 30), ()), "2": (spread(20, 40), ())}, ENDED, column="legal_sex")
    assert table.cells["difference"] == {("1",): 80.0}
    assert verdict(table, "1") is Verdict.DIFFERENCE_SHOWN


def test_alike_and_many_have_no_difference_shown() -> None:
    table = asked({unit: (5 * spread(40, 60), ()) for unit in UNITS}, ENDED)
    assert {verdict(table, unit) for unit in UNITS} == {Verdict.NO_DIFFERENCE_SHOWN}


def test_alike_and_few_are_too_few_to_tell() -> None:
    table = asked({unit: (spread(100, 12, 9), ()) for unit in UNITS}, ENDED)
    assert {verdict(table, unit) for unit in UNITS} == {Verdict.TOO_FEW_TO_TELL}


def test_days_that_are_all_one_can_be_told_apart() -> None:
    table = asked({"A": ([0] * 40, ()), "B": ([0] * 50, ()), "C": ([30] * 20, ())}, ENDED, against="A")
    assert told(table, "difference", "B") == (0.0, 0.0, 0.0)
    assert told(table, "difference", "C") == (30.0, 30.0, 30.0)
    assert verdict(table, "B") is Verdict.NO_DIFFERENCE_SHOWN
    assert verdict(table, "C") is Verdict.DIFFERENCE_SHOWN


def test_share_within_a_limit_has_a_verdict_of_its_own() -> None:
    groups: Groups = {"1": (3 * spread(100, 100), ()), "2": (3 * spread(80, 100), ())}
    table = asked(groups, ENDED, column="legal_sex", within=(90, 400))
    assert table.value("within_90_difference", "1") == -0.2
    assert verdict(table, "1", "within_90_verdict") is Verdict.DIFFERENCE_SHOWN
    assert table.value("within_400_difference", "1") == 0.0
    assert verdict(table, "1", "within_400_verdict") is Verdict.NO_DIFFERENCE_SHOWN


def test_group_that_the_table_lacks_cannot_be_compared_with() -> None:
    with pytest.raises(UserError) as refused:
        asked(register(), against="year", column="unit", selection=Selection())
    assert refused.value.code in ("ASK-038", "ASK-056")


@pytest.mark.parametrize(("common", "relevant"), [(None, 7), (0, 7), (70, 7), (71, 7.1), (400, 40)])
def test_relevant_difference_is_a_tenth_of_the_median_and_a_week_at_least(common: float, relevant: float) -> None:
    assert relevant_days(common) == pytest.approx(relevant)
