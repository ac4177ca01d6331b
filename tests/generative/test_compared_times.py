"""Comparisons of times on random registers: engines agree, and nothing is told of a group that is too small for it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from generative.made_questions import CODES, SEVERAL, durations, rows, snapshot_of
from hypothesis import given
from hypothesis import strategies as st
from proof_sizes import examples

from skillnad.analysis.comparisons.days.told import p_at_most
from skillnad.analysis.comparisons.questions import REST, Comparison
from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.door import ask
from skillnad.analysis.formulas.multiplicity import adjusted
from skillnad.analysis.formulas.verdicts import Verdict
from skillnad.analysis.questions import Duration
from skillnad.analysis.results import ProtectedTable
from skillnad.analysis.selection import late_entries

POLICY = Policy("small", threshold=2, quantile_minimum=3)
"""So low that registers of 25 rows have something to show, and something to hide."""
COLUMNS = [*CODES, *SEVERAL, "year:start_date", "year:end_date"]
COUNTS = ("whole", "open")


def comparisons() -> st.SearchStrategy[Comparison]:
    one = st.builds(
        lambda of, by: Duration(of.start, of.end, replace(of.selection, where=()), (by,), of.within),
        durations(),
        st.sampled_from(COLUMNS),
    ).filter(lambda of: not late_entries(of))
    two_named = st.builds(Comparison, one.filter(lambda of: of.by == ("legal_sex",)), st.sampled_from([REST, "2"]))
    return st.one_of(st.builds(Comparison, one), two_named)


def told(data: list, question: Comparison, engine: str = "in_memory") -> ProtectedTable:
    with TemporaryDirectory() as folder:
        return ask(snapshot_of(Path(folder), data), question, POLICY, engine=engine)


def figures(table: ProtectedTable) -> Iterator[tuple[str, str]]:
    """Every figure of a group that is told, but for how many they are: its measure, and the group."""
    for measure, cells in table.cells.items():
        yield from ((measure, code) for (code,), value in cells.items() if value is not None and measure not in COUNTS)


@examples(25, 1_000)
@given(data=rows(), question=comparisons())
def test_engines_tell_the_same(data: list, question: Comparison) -> None:
    right, found = told(data, question), told(data, question, "duckdb")
    assert (found.measures, found.cells, found.left_out) == (right.measures, right.cells, right.left_out)


@examples(40, 2_000)
@given(data=rows(), question=comparisons())
def test_no_more_is_told_than_may_be_and_verdicts_follow_from_it(data: list, question: Comparison) -> None:
    table = told(data, question)
    figures_are_of_groups_that_are_enough(table, question)
    means_are_of_every_group_or_of_none(table)
    verdicts_follow_from_what_is_told(table, question)


def figures_are_of_groups_that_are_enough(table: ProtectedTable, question: Comparison) -> None:
    for measure, code in figures(table):
        if measure.startswith("within_") and "open" not in table.cells and question.of.by[0].endswith(question.of.end):
            continue  # a share of all rests on the open too, who are of no group that has an end
        assert (table.cells["whole"][code,] or 0) >= POLICY.quantile_minimum, measure


def means_are_of_every_group_or_of_none(table: ProtectedTable) -> None:
    means = table.cells.get("mean", {})
    if any(value is not None for value in means.values()):
        assert None not in means.values()
        assert None not in table.cells["whole"].values()
        assert means.keys() == {key for key, whole in table.cells["whole"].items() if whole}


def verdicts_follow_from_what_is_told(table: ProtectedTable, question: Comparison) -> None:
    cells, prefixes = table.cells, ["", *(f"within_{limit}_" for limit in question.of.within)]
    made = [(prefix, key) for prefix in prefixes for key in cells[f"{prefix}verdict"]]
    p_values = {at: cells[f"{at[0]}p"].get(at[1]) for at in made if takes_part(table, *at)}
    corrected = dict(zip(p_values, adjusted([p_at_most(p or 0.0) for p in p_values.values()]), strict=True))
    for prefix, key in made:
        if cells[f"{prefix}verdict"][key] == list(Verdict).index(Verdict.DIFFERENCE_SHOWN):
            assert corrected[prefix, key] <= 0.05
            low, high = (cells[f"{prefix}difference_{end}"].get(key) for end in ("low", "high"))
            assert low is None or high is None or not low <= 0 <= high


def takes_part(table: ProtectedTable, prefix: str, key: tuple[str, ...]) -> bool:
    """Is it a difference with an interval, or one that cannot be told yet, and does it have a p?"""
    unsized = key not in table.cells[f"{prefix}difference"]
    with_ends = table.cells[f"{prefix}difference_low"].get(key) is not None
    return table.cells[f"{prefix}p"].get(key) is not None and (unsized or with_ends)
