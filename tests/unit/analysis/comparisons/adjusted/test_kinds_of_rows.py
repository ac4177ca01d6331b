"""Rows that are alike, told apart by numbers and not by whole rows: the same kinds in the same order."""

import numpy as np
import pytest

from skillnad.analysis.comparisons.adjusted import protection
from skillnad.analysis.comparisons.adjusted.protection import kinds_of


def by_whole_rows(rows):
    return np.unique(rows, axis=0, return_inverse=True)[1].ravel()


@pytest.mark.parametrize("columns", [1, 3, 40], ids=["one", "few", "more-than-a-number-holds"])
def test_kinds_are_those_of_whole_rows(columns):
    rows = np.random.default_rng(columns).integers(0, 4, (500, columns))
    rows[250:] = rows[:250]
    kind, first = kinds_of(rows)
    assert (kind == by_whole_rows(rows)).all()
    assert (rows[first][kind] == rows).all()


def test_kinds_are_the_same_however_little_room_a_key_has(monkeypatch):
    monkeypatch.setattr(protection, "MOST_KEYS", 600)
    rows = np.random.default_rng(7).integers(0, 5, (100, 6))
    assert (kinds_of(rows)[0] == by_whole_rows(rows)).all()


def test_no_rows_are_of_no_kind():
    kind, first = kinds_of(np.zeros((0, 3), dtype=np.int64))
    assert (len(kind), len(first)) == (0, 0)
