"""Gaps that are added for promises that do not hold, and how few programmes that takes."""

import numpy as np
import pytest
from disclosure_tables import Solver, as_system

from skillnad.analysis.disclosure.policy import DEFAULT
from skillnad.analysis.disclosure.programme import Moves
from skillnad.analysis.joint.mending import Mending
from skillnad.analysis.joint.watching import Watch

TABLE = np.array([[2, 30, 41], [17, 28, 39], [25, 33, 52]])
CORNER = ("a00", "b00")


def small(told):
    return {cell.name for cell in told.cells if 0 < cell.value < DEFAULT.threshold}


def mended(told, hidden, kept=(), worth=None):
    made = Mending(told, DEFAULT, set(hidden), kept, worth or {})
    made.mend(Watch(told, DEFAULT).unmet(made.hidden))
    return made


@pytest.fixture
def asked(monkeypatch):
    """What is asked of a programme of moves."""
    found, together = [], Moves.together
    monkeypatch.setattr(Moves, "together", lambda self, needs: found.append(needs) or together(self, needs))
    return found


def test_small_cell_is_mended_by_three_more():
    made = mended(as_system(TABLE), {CORNER})
    assert len(made.hidden) == 4
    assert made.stuck == []
    assert Solver(TABLE, made.hidden).interval(CORNER)[1] >= DEFAULT.threshold


def test_move_that_is_found_serves_upward_and_downward(asked):
    mended(as_system(TABLE), {CORNER})
    assert [amount for need in asked for _, amount in need] == [3.0]


def test_move_that_reaches_no_further_down_is_sought_again(asked):
    table = TABLE.copy()
    table[0, 1:] = table[1:, 0] = 60
    table[1:, 1:] = 1
    told = as_system(table)
    made = mended(told, small(told))
    assert Watch(told, DEFAULT).unmet(made.hidden) == []
    assert len(asked) > 1


def test_what_is_kept_is_not_hidden():
    told = as_system(TABLE)
    kept = {("a01", "b01"), ("a01", "b00")}
    made = mended(told, {CORNER}, kept)
    assert not made.hidden & kept
    assert Watch(told, DEFAULT).unmet(made.hidden) == []


def test_what_cannot_move_is_stuck():
    told = as_system(TABLE)
    made = mended(told, {CORNER}, {cell.name for cell in told.cells} - {CORNER})
    assert [claim.name for claim in made.stuck] == [CORNER]


def test_dearer_cells_are_spared():
    told = as_system(TABLE)
    cheap = mended(told, {CORNER}).hidden
    spared = cheap - {CORNER}
    assert not mended(told, {CORNER}, worth=dict.fromkeys(spared, 50.0)).hidden & spared


@pytest.mark.parametrize("seed", range(6))
def test_what_is_mended_no_reader_can_tell(seed):
    random = np.random.default_rng(seed)
    table = random.poisson(7, (4, 4)) * (random.random((4, 4)) < 0.9)
    told = as_system(table)
    made, watch = Mending(told, DEFAULT, small(told)), Watch(told, DEFAULT)
    while unmet := watch.unmet(made.hidden):
        made.mend(unmet)
        assert made.stuck == []
    reader = Solver(table, made.hidden)
    for name in small(told):
        low, high = reader.interval(name)
        assert high >= DEFAULT.threshold
        assert low <= max(1, name.count("*"))
