from itertools import count

import numpy as np
import pytest
from optimum_tasks import task

from skillnad.analysis.disclosure.optimum import best as best_module
from skillnad.analysis.disclosure.optimum.best import Best
from skillnad.analysis.disclosure.optimum.patterns import Tried
from skillnad.analysis.disclosure.optimum.pool import Pool
from skillnad.analysis.disclosure.optimum.separation import Separation

STEPS = 80


def cube(seed):
    return task(np.random.default_rng(seed).poisson(7, (4, 3, 3)))[1]


def countdown(steps=STEPS):
    """Time that goes by as it is asked for, the same on every machine."""
    asked = count()
    return lambda: float(steps - next(asked))


def searched(of, seed=0, steps=STEPS):
    best = Best(of, countdown(steps), seed)
    best.start(np.ones(len(of.value)))
    best.run()
    return best


@pytest.fixture
def as_if_large(monkeypatch):
    monkeypatch.setattr(best_module, "MANY", 0)
    monkeypatch.setattr(best_module, "ROUNDS", 2)
    monkeypatch.setattr(best_module, "SMALLEST", 8)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.usefixtures("as_if_large")
def test_neighbourhoods_make_the_first_choice_cheaper_and_keep_it_safe(seed):
    of = cube(seed)
    thinned = Tried(Separation(of), Pool(of))
    thinned.unmet(np.ones(len(of.value)))
    first = of.price(thinned.thinned(np.zeros(len(of.value))) > 0.5)
    best = searched(of)
    assert best.cost <= first
    assert Tried(Separation(of), Pool(of)).unmet(best.chosen) == []


@pytest.mark.usefixtures("as_if_large")
def test_same_seed_and_steps_give_the_same_choice():
    of = cube(4)
    assert np.array_equal(searched(of, seed=3).chosen, searched(of, seed=3).chosen)


@pytest.mark.usefixtures("as_if_large")
def test_bound_is_never_above_the_cost():
    best = searched(cube(5))
    assert 0 < best.bound <= best.cost + 1e-6


def test_start_that_is_not_safe_is_no_choice():
    of = cube(7)
    best = Best(of, lambda: 1.0, 0)
    best.start(of.open.astype(float))
    assert best.chosen is None


def test_start_is_a_choice_even_where_no_time_is_left():
    of = cube(8)
    best = Best(of, lambda: 0.0, 0)
    best.start(np.ones(len(of.value)))
    best.run()
    assert best.chosen is not None
