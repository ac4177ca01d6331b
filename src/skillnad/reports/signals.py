"""Signs of change in a course, in words: which rule says so, and at which points, run by run."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from skillnad.analysis.results import Level, Measure, MeasureKind, ProtectedTable
from skillnad.lib.text import listed, lowered
from skillnad.reports.reading import cell, named

MOST_RUNS = 3
"""So many runs are told of a rule; the table and the chart have them all."""
HIDDEN_POINTS = "Dolda punkter är inte med när reglerna prövas: de hoppas över."


def signals_told(table: ProtectedTable) -> tuple[str, ...]:
    """ "Tecken på förändring: minst sex punkter i rad … (mars–augusti 2025 och januari 2026)." for each rule."""
    rules = (measure for measure in table.measures if measure.kind is MeasureKind.SIGNAL)
    found = ((rule, _runs(table, rule)) for rule in rules)
    return tuple(f"Tecken på förändring: {lowered(rule.label)} ({_when(runs)})." for rule, runs in found if runs)


def hidden_told(table: ProtectedTable) -> tuple[str, ...]:
    """That points are left out of the rules, where some are."""
    value = table.measures[0]
    gone = any(table.cells[value.id].get((level.code,), 0) is None for level in named(table))
    return (HIDDEN_POINTS,) if gone else ()


def _runs(table: ProtectedTable, rule: Measure) -> list[list[Level]]:
    """Points of a rule, those that follow on one another together: a hidden one between them breaks no run."""
    there = [level for level in named(table) if cell(table, table.measures[0].id, level.code) is not None]
    places = [place for place, level in enumerate(there) if cell(table, rule.id, level.code)]
    starts = [0, *(at for at, (one, next) in enumerate(pairwise(places), 1) if next != one + 1), len(places)]
    return [[there[place] for place in places[first:last]] for first, last in pairwise(starts) if first < last]


def _when(runs: Sequence[Sequence[Level]]) -> str:
    more = len(runs) - MOST_RUNS
    told = [*_spans(runs[:MOST_RUNS]), *([f"{more} till"] if more > 0 else [])]
    return listed(told)


def _spans(runs: Sequence[Sequence[Level]]) -> Iterator[str]:
    for run in runs:
        yield run[0].label if len(run) == 1 else f"{run[0].label}–{run[-1].label}"
