"""A share beside a gap is shown where the shown counts alone give it, and of no other table differently."""

from itertools import product

import numpy as np
import pytest
from raw_tables import axis, counted
from scipy.optimize import Bounds, LinearConstraint, milp

from skillnad.analysis.disclosure.policy import DEFAULT
from skillnad.analysis.formulas.shares import cross_fractions, cross_shares, steady_percent, total
from skillnad.analysis.protection import protect_table
from skillnad.analysis.questions import CrossTable, Percent, Share, Where
from skillnad.analysis.results import TOTAL, Axis, Level, LevelKind, RawTable
from skillnad.analysis.shown_shares import shown_shares

MISSING = Level("", "Uppgift saknas", LevelKind.MISSING)
PERCENTS = [Percent.ROWS, Percent.COLUMNS, Percent.ALL]


def by_rows(*, multiple, values="abc"):
    rows = Axis("row", "Rad", (*(Level(code, code) for code in values), MISSING), multiple=multiple)
    columns = Axis("column", "Kolumn", (Level("1", "1"), Level("2", "2"), MISSING))
    return rows, columns


def kinds(axes):
    """Every kind of row: a set of values (one, unless they are several) and a column."""
    codes = [level.code for level in axes[0].levels if level.code]
    chosen = product([0, 1], repeat=len(codes)) if axes[0].multiple else np.eye(len(codes), dtype=int)
    sets = {frozenset(code for code, has in zip(codes, one, strict=True) if has) or frozenset({""}) for one in chosen}
    return list(product(sorted(sets | {frozenset({""})}, key=sorted), [level.code for level in axes[1].levels]))


def keys(axes):
    return list(product(*([*(level.code for level in axis.levels), TOTAL] for axis in axes)))


def membership(axes):
    """One line a cell, one column a kind of row: does the kind count in the cell?"""
    return np.array(
        [
            [key[0] in (TOTAL, *codes) and key[1] in (TOTAL, column) for codes, column in kinds(axes)]
            for key in keys(axes)
        ],
        dtype=float,
    )


def raw(axes, rows, percent):
    counts = dict(zip(keys(axes), (int(count) for count in membership(axes) @ rows), strict=True))
    return RawTable(CrossTable("row", "column", percent=percent), axes, counts, {})


def another(axes, shown, random):
    """A table that shows the same, drawn towards a random corner."""
    return cornered(axes, shown, random.normal(size=membership(axes).shape[1]))


def cornered(axes, shown, cost):
    """The table that shows the same and costs least."""
    low = [1 if shown[key] is None else shown[key] for key in keys(axes)]
    high = [np.inf if shown[key] is None else shown[key] for key in keys(axes)]
    cells = membership(axes)
    found = milp(
        cost,
        constraints=LinearConstraint(cells, low, high),
        bounds=Bounds(0, 5000),
        integrality=np.ones(cells.shape[1]),
    )
    assert found.success
    return np.round(found.x)


def protected(table, percent):
    """The shown counts, and the shares of the known that they give."""
    counts = protect_table(table, DEFAULT).cells["count"]
    return {"count": counts, "share": shown_shares(table, counts, cross_fractions(table.axes, percent), DEFAULT)}


@pytest.mark.parametrize("multiple", [False, True])
@pytest.mark.parametrize("percent", PERCENTS)
@pytest.mark.parametrize("seed", range(5))
def test_every_table_that_shows_the_same_counts_shows_the_same_shares(seed, percent, multiple):
    random, axes = np.random.default_rng(seed), by_rows(multiple=multiple)
    rows = random.choice([0, 1, 3, 8, 60, 400], len(kinds(axes)))
    table = raw(axes, rows, percent)
    shown = protected(table, percent)
    for _ in range(3):
        other = raw(axes, another(axes, shown["count"], random), percent)
        again = shown_shares(other, shown["count"], cross_fractions(axes, percent), DEFAULT)
        assert again == shown["share"]
        true = cross_shares(other.counts, axes, percent)
        assert all(abs(share - true[key]) <= 0.005 + 1e-9 for key, share in again.items() if share is not None)


def wholes(axes, shown, fraction):
    """The least and the most that the denominator is in any table that shows the same."""
    cells = dict(zip(keys(axes), membership(axes), strict=True))
    whole = sum(sign * cells[key] for key, sign in fraction.whole)
    return [round(float(whole @ cornered(axes, shown, direction * whole))) for direction in (1, -1)]


@pytest.mark.parametrize("multiple", [False, True])
@pytest.mark.parametrize("percent", PERCENTS)
@pytest.mark.parametrize("seed", range(5))
def test_share_that_is_hidden_differs_between_tables_that_show_the_same_counts(seed, percent, multiple):
    random, axes = np.random.default_rng(seed), by_rows(multiple=multiple)
    table = raw(axes, random.choice([0, 1, 3, 8, 60, 400], len(kinds(axes))), percent)
    shown, made = protected(table, percent), cross_fractions(axes, percent)
    for key in [key for key, share in shown["share"].items() if share is None]:
        part = total(shown["count"], made[key].part)
        assert part is None or steady_percent(part, *wholes(axes, shown["count"], made[key])) is None


def test_some_shares_beside_a_gap_are_shown_and_some_are_not():
    axes = (axis("row", "a", "b"), axis("column", "1", "2", "3"))
    told = {"a": (900, 100, 12, 2), "b": (31, 26, 9, 3), "": (40, 40, 40, 40)}
    counts = {(row, column): count for row, line in told.items() for column, count in zip("123 ", line, strict=True)}
    counts = {(row, column.strip()): count for (row, column), count in counts.items()}
    cells = protected(counted(axes, counts, CrossTable("row", "column", percent=Percent.ROWS)), Percent.ROWS)
    assert (cells["count"]["a", ""], cells["count"]["b", ""]) == (None, None)
    assert (cells["share"]["a", "1"], cells["share"]["a", "2"]) == (None, 0.1)  # 89 or 90 % of 1,001–1,013
    assert (cells["count"]["b", "1"], cells["share"]["b", "1"]) == (31, None)


def test_share_without_a_gap_is_not_rounded():
    axes = (axis("sex", "1", "2"), axis("unit", "A", "B"))
    counts = {("1", "A"): 10, ("1", "B"): 20, ("2", "A"): 30, ("2", "B"): 40}
    cells = protect_table(counted(axes, counts, CrossTable("sex", "unit", percent=Percent.ROWS)), DEFAULT).cells
    assert cells["share"]["1", "A"] == 10 / 30


def test_share_of_a_hidden_count_is_hidden():
    axes = (axis("sex", "1", "2"), axis("unit", "A", "B"))
    counts = {("1", "A"): 2, ("1", "B"): 200, ("2", "A"): 300, ("2", "B"): 400}
    cells = protect_table(counted(axes, counts, CrossTable("sex", "unit", percent=Percent.ROWS)), DEFAULT).cells
    assert cells["share"]["1", "A"] is None


def test_outcome_share_beside_a_hidden_no_is_shown_where_it_is_steady():
    outcome = Axis("share:x", "x", (Level("yes", "Ja"), Level("no", "Nej"), Level("unknown", "?"), MISSING))
    counts = {("yes",): 1000, ("no",): 2000, ("unknown",): 0, ("",): 3, (TOTAL,): 3003}
    table = RawTable(Share(Where("x", ("1",))), (outcome,), counts, {})
    cells = protect_table(table, DEFAULT).cells
    assert cells["count"]["yes",] is None or cells["count"]["no",] is None
    assert cells["share"]["yes",] in (None, 0.33)
