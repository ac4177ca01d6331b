"""From groups to cells and margins."""

import numpy as np
import pytest

from skillnad.analysis.engines.cells import Dimension, apart, clients_in, keys, largest_in, quantiles, spread
from skillnad.analysis.results import ANY_VALUE, Axis, Level, LevelKind

AXIS = Axis("x", "x", (Level("a", "a"), Level("b", "b"), Level("", "-", LevelKind.MISSING)))
SINGLE = Dimension.of(AXIS, [(), (0,), (1,)])
SEVERAL = Dimension.of(AXIS, [(0, 1), (1,), ()])
ALL = [("a",), ("b",), ("",), ("*",)]


def numbers(*values: int) -> np.ndarray:
    return np.array(values, dtype=np.int64)


def test_keys_have_total_after_the_levels() -> None:
    assert list(keys([AXIS])) == ALL
    assert list(keys([AXIS, AXIS]))[:5] == [("a", "a"), ("a", "b"), ("a", ""), ("a", "*"), ("b", "a")]


def test_group_is_in_its_cell_and_in_the_total() -> None:
    found = spread([SINGLE], [numbers(1, 2, 0)], 3)
    assert found.count(numbers(5, 7, 2)).tolist() == [5, 7, 2, 14]


def test_group_of_several_levels_is_once_in_the_total() -> None:
    found = spread([SEVERAL], [numbers(0, 1, 2)], 3)
    assert found.count(numbers(5, 7, 2)).tolist() == [5, 12, 2, 14]


def test_two_axes_are_crossed() -> None:
    found = spread([SEVERAL, SINGLE], [numbers(0), numbers(2)], 1)
    counts = dict(zip(keys([AXIS, AXIS]), found.count(numbers(3)).tolist(), strict=True))
    assert {key: n for key, n in counts.items() if n} == dict.fromkeys(
        [("a", "b"), ("b", "b"), ("*", "b"), ("a", "*"), ("b", "*"), ("*", "*")], 3
    )


def test_no_axes_have_one_cell() -> None:
    assert spread([], [], 2).count(numbers(3, 4)).tolist() == [7]


def test_no_groups_give_zeros() -> None:
    assert spread([SINGLE], [numbers()], 0).count(numbers()).tolist() == [0, 0, 0, 0]


def test_client_is_counted_once_a_cell() -> None:
    found = spread([SINGLE], [numbers(1, 1, 2)], 3)
    assert clients_in(found, numbers(7, 7, 7)).tolist() == [1, 1, 0, 1]


def test_group_without_a_client_is_nobody() -> None:
    found = spread([SINGLE], [numbers(1, 1)], 2)
    assert clients_in(found, numbers(-1, 0)).tolist() == [1, 0, 0, 1]
    assert clients_in(found, numbers(-1, -1)).tolist() == [0, 0, 0, 0]


def test_many_clients_are_counted_in_wide_integers() -> None:
    found = spread([SINGLE], [numbers(1, 2)], 2)
    assert clients_in(found, numbers(2**40, 2**40)).tolist() == [1, 1, 0, 1]


def test_largest_is_of_a_client_not_of_a_group() -> None:
    found = spread([SINGLE], [numbers(1, 1, 2)], 3)
    assert largest_in(found, numbers(4, 4, 5), np.array([1.0, 2.0, 2.5])).tolist() == [3, 2.5, 0, 3]


@pytest.mark.parametrize(("p", "expected"), [(0.5, [1.5, 9, None, 2]), (1.0, [2, 9, None, 9])])
def test_quantiles_of_each_cell(p: float, expected: list[float | None]) -> None:
    found = spread([SINGLE], [numbers(1, 2, 1)], 3)
    assert quantiles(found, numbers(2, 9, 1), numbers(2, 2, 2), p) == expected


def test_value_is_also_any_value_and_what_nobody_knows_is_not() -> None:
    unknown, any_value = Level("u", "u", LevelKind.UNKNOWN), Level(ANY_VALUE, "+", LevelKind.ANY)
    axis = Axis("x", "x", (AXIS.levels[0], unknown, any_value, AXIS.levels[-1]))
    places = Dimension.of(axis, [(), (0,), (1,), (0, 1)])
    told = np.split(places.places, places.first[1:-1])
    assert [held.tolist() for held in told] == [[3, 4], [0, 2, 4], [1, 4], [0, 1, 2, 4]]


def test_how_many_are_at_each_level_follows_from_how_many_are_there_or_before() -> None:
    reached = numbers(2, 1, 5, 1, 6, 4, 6, 4)  # three levels and the total, by two groups
    assert apart(reached, 3).tolist() == [2, 1, 3, 0, 1, 3, 6, 4]
