"""The fast engine's curves are the formula's, cell by cell, and the reference's."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillnad.analysis.engines.cells import Dimension, spread
from skillnad.analysis.engines.lasting import Lasted, lasting
from skillnad.analysis.engines.lasting_rows import Stay
from skillnad.analysis.engines.lasting_rows import lasting as by_rows
from skillnad.analysis.formulas.life_tables import from_rows
from skillnad.analysis.formulas.survival import Curve, kaplan_meier, share_within, time_until
from skillnad.analysis.questions import Duration
from skillnad.analysis.results import Axis, Level, LevelKind

ROWS = st.lists(st.tuples(st.integers(0, 30), st.booleans()), min_size=1, max_size=40)
UNIT = Axis("unit", "Enhet", (Level("A", "Norr"), Level("", "Uppgift saknas", LevelKind.MISSING)))
FREIREICH = [6, 6, 6, 7, 10, 13, 16, 22, 23], [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
"""Weeks of remission on 6-mercaptopurine, ended and open: E. J. Freireich et al., Blood 21 (1963), 699-716."""


def measures(rows, *limits):
    """Of every row, in one cell that is a level and in the total."""
    signed = np.array([day if over else -1 - day for day, over in rows])
    dimension = Dimension.of(UNIT, [(0,)])
    found = spread([dimension], [np.zeros(len(rows), np.int64)], len(rows))
    lasted = Lasted.of(signed, np.ones(len(rows), np.int64))
    return lasting(Duration("a", "b", within=limits), found, lasted)


def test_published_example_comes_out_as_published():
    rows = [(week, True) for week in FREIREICH[0]] + [(week, False) for week in FREIREICH[1]]
    found = measures(rows, 6, 10, 22)
    assert found["km_median"] == [23, None, 23]
    assert found["within_6"][0] == pytest.approx(1 - 0.857, abs=5e-4)
    assert found["within_10"][0] == pytest.approx(1 - 0.753, abs=5e-4)
    assert found["within_22"][0] == pytest.approx(1 - 0.538, abs=5e-4)


def test_median_rests_on_those_left_after_its_day():
    """Six are left in the 23rd week, when one ends; nine have ended by then."""
    rows = [(week, True) for week in FREIREICH[0]] + [(week, False) for week in FREIREICH[1]]
    assert measures(rows)["km_median_beside"][0] == 5


@pytest.mark.parametrize(
    ("rows", "name", "beside"),
    [
        ([(day, True) for day in range(20)], "km_q1", 5),  # between the fifth and the sixth
        ([(day, True) for day in range(21)], "km_q1", 5),  # the sixth
        ([(day, True) for day in range(19)], "km_q1", 4),
        ([(day, True) for day in range(50)], "km_p90", 5),
        ([(day, True) for day in range(49)], "km_p90", 4),
        ([(7, True)] * 10, "km_median", 5),  # those of one day end in some order
        ([(7, True)] * 10, "km_p90", 1),
        ([(7, True)] * 60, "km_p90", 6),
        ([(3, True), *[(7, True)] * 9, (8, True)], "km_median", 5),
        ([*[(day, True) for day in range(10)], *[(30, False)] * 9], "km_median", 9),
        ([*[(day, True) for day in range(10)], *[(30, False)] * 10], "km_median", 0),  # halfway to the last day of all
        ([*[(day, True) for day in range(10)], *[(30, False)] * 9, (31, True)], "km_median", 1),
    ],
)
def test_followed_quantile_rests_on_the_side_that_has_fewest(rows, name, beside):
    assert measures(rows)[f"{name}_beside"][0] == beside


@given(rows=ROWS, limit=st.integers(0, 35))
def test_curve_is_the_formulas(rows, limit):
    curve = kaplan_meier(from_rows(*zip(*rows, strict=True)))
    assert isinstance(curve, Curve)
    found = measures(rows, limit)
    for name, p in (("km_q1", 0.25), ("km_median", 0.5), ("km_q3", 0.75), ("km_p90", 0.9)):
        assert found[name][0] == getattr(time_until(curve, p), "value", None)
    assert found[f"within_{limit}"][0] == pytest.approx(getattr(share_within(curve, limit), "value", None), abs=1e-12)


@given(rows=ROWS, limits=st.lists(st.integers(0, 35), max_size=2, unique=True))
def test_curve_is_the_exact_fractions(rows, limits):
    right = by_rows(Duration("a", "b", within=tuple(limits)), [Stay(*row) for row in rows])
    found = measures(rows, *limits)
    assert found.keys() == right.keys()
    assert all(found[name][cell] == pytest.approx(right[name], abs=1e-12) for name, cell in product(right, (0, 2)))


def test_cell_of_no_rows_has_no_quantile_and_no_share():
    assert {name: values[1] for name, values in measures([(3, True)], 5).items() if values[1] is not None} == {
        "open": 0,
        "ended_5": 0,
        "open_5": 0,
    }


def test_nothing_open_gives_the_plain_share():
    assert measures([(1, True), (2, True), (9, True)], 2)["within_2"][0] == pytest.approx(2 / 3)
