"""How many rows a standardised comparison is without, where the numbers that are told would give a small one."""

from collections.abc import Mapping
from pathlib import Path

from snapshots_made import make_snapshot

from skillnad.analysis.comparisons.questions import Adjusted, Comparison, Weight
from skillnad.analysis.door import ask
from skillnad.analysis.questions import Share, Where
from skillnad.analysis.results import ProtectedTable

OF = Share(Where("rating", ("3",)), by=("unit",))


def told(folder: Path, units: Mapping[str, tuple[str, ...]], *standard: Weight, against: str = "") -> ProtectedTable:
    """`units`: where each one's rows come from, in turn; every other pair of rows is rated 3."""
    rows = [
        {"unit": unit, "origin": origin, "rating": "13"[number // 2 % 2]}
        for unit, origins in units.items()
        for number, origin in enumerate(origins)
    ]
    question = Comparison(OF, against, ("origin",), Adjusted.STANDARD, standard)
    return ask(make_snapshot(folder, interventions=rows), question, engine="in_memory")


def left_out(table: ProtectedTable) -> dict[str, int | None]:
    return {one.reason: one.rows for one in table.left_out}


def test_a_hidden_group_is_not_told_as_one_without_figures(tmp_path):
    """40 beside 243 in all and 200 in the other would tell of three."""
    table = told(tmp_path, {"A": ("1", "2") * 100, "B": ("1", "2") * 20, "C": ("1",) * 3}, against="B")
    assert [table.value("whole", code) for code in "ABC"] == [200, None, None]
    assert left_out(table) == {"outside_model": None}


def test_all_hidden_groups_together_follow_and_are_told(tmp_path):
    table = told(tmp_path, {"A": ("1", "2") * 100, "B": ("1", "2") * 20, "C": ("1",) * 3})
    assert left_out(table) == {"outside_model": 43}


def test_few_with_a_background_are_not_told_by_all_the_others(tmp_path):
    table = told(tmp_path, {"A": ("",) * 30, "B": ("1", "1", "2") + ("",) * 27})
    assert (table.value("whole"), left_out(table)) == (60, {"no_background": None, "thin_stratum": 60})


def test_few_in_the_standard_are_not_told_by_all_the_others(tmp_path):
    units = {"A": ("1",) * 20 + ("",) * 10, "B": ("1",) * 17 + ("",) * 10 + ("2",) * 3}
    table = told(tmp_path, units, Weight(("2",), 100))
    assert left_out(table) == {"no_background": None, "outside_standard": None, "thin_stratum": 60}


def test_numbers_that_tell_of_none_are_told(tmp_path):
    units = {"A": ("1",) * 20 + ("",) * 10, "B": ("1",) * 14 + ("",) * 10 + ("2",) * 6}
    assert left_out(told(tmp_path, units, Weight(("2",), 100)))["outside_standard"] == 34
