"""Two judgements of the same rows where one person has several."""

import numpy as np
import pytest
from compared_tables import GOALS
from made_tables import CASES, axis
from unit.analysis.comparisons.adjusted.registers import FewRows

from skillnad.analysis.comparisons.made import Made
from skillnad.analysis.comparisons.pairs import paired
from skillnad.analysis.comparisons.questions import Paired
from skillnad.analysis.comparisons.repeated_pairs import repeats_of_pairs
from skillnad.analysis.comparisons.rows import NOBODY, ByClient
from skillnad.analysis.disclosure.policy import DEFAULT
from skillnad.analysis.questions import Where
from skillnad.analysis.results import NO, TOTAL, YES

KNOWN = (("1",), ("2",))
FOUR = {(YES, "1"): 60, (YES, "2"): 40, (NO, "1"): 20, (NO, "2"): 80}


def rows(of: dict[tuple[str, str], int], *, size: int, known: bool = True) -> ByClient:
    """Clients with `size` rows each, all judged alike."""
    cells = [(way, code) for (way, code), count in of.items() for _ in range(count // size)]
    client = np.arange(len(cells)) if known else np.full(len(cells), NOBODY)
    pattern = np.array([int(code != "1") for _, code in cells])
    part = np.array([size * (way == YES) for way, _ in cells])
    return ByClient((("1",), ("2",)), client, pattern, part, np.full(len(cells), size))


class Held(FewRows):
    def __init__(self, of: ByClient) -> None:
        self.told = of

    def by_client(self, columns: tuple[str, ...]) -> ByClient:
        assert columns == ("rating",)
        return self.told


def made(of: ByClient | None) -> Made:
    question = Paired(GOALS, Where("rating", ("1",)), CASES)
    axes = (axis("share:goal_attainment", YES, NO), axis("rating", "1", "2"))
    ways = {one: [key for key in FOUR if one in (key[0], TOTAL)] for one in (YES, NO, TOTAL, "")}
    counts = {
        (one, other): sum(FOUR[key] for key in keys if other in (key[1], TOTAL))
        for one, keys in ways.items()
        for other in ("1", "2", TOTAL, "")
    }
    return paired(question, axes, counts, DEFAULT, None if of is None else lambda: Held(of))


@pytest.mark.parametrize("known", [True, False])
def test_rows_that_are_each_anothers_are_as_sure_as_ever(known):
    found = repeats_of_pairs(rows(FOUR, size=1, known=known), KNOWN, [()], [()], DEFAULT)
    assert found.difference == found.first == found.second == found.agreement == {}


def test_all_four_are_half_as_sure_where_clients_have_two_rows_alike():
    found = repeats_of_pairs(rows(FOUR, size=2), KNOWN, [()], [()], DEFAULT)
    for effects in (found.first, found.second, found.agreement, found.difference):
        assert effects[()] == pytest.approx(1.95, abs=0.051)


def test_each_has_its_own_number():
    """A client of whom both judgements change together: they differ alike, though neither is alike from row to row."""
    number = np.repeat(np.arange(200), 2)
    turn = np.tile([0, 1], 200)
    told = ByClient((("1",), ("2",)), number, turn, 1 - turn, np.ones(400, np.int64))
    found = repeats_of_pairs(told, KNOWN, [()], [()], DEFAULT)
    assert found.first[()] == 1
    assert found.second[()] == 1


def test_paired_difference_is_less_sure_and_no_other():
    plain, found = made(None), made(rows(FOUR, size=2))
    for name in ("first", "second", "agreement", "difference"):
        assert found.cells[name] == plain.cells[name]
        assert found.cells[f"{name}_low"][()] < plain.cells[f"{name}_low"][()]
        assert found.cells[f"{name}_high"][()] > plain.cells[f"{name}_high"][()]
    assert found.cells["p"][()] > plain.cells["p"][()]
    assert found.cells["seen"][()] > plain.cells["seen"][()]


def test_rows_of_whom_the_second_is_not_known_are_no_part_of_it():
    told = rows(FOUR, size=2)
    client, pattern = (np.append(each, more) for each, more in ((told.client, 999), (told.pattern, 2)))
    more = ByClient((*told.patterns, ("",)), client, pattern, np.append(told.part, 0), np.append(told.whole, 90))
    by = (KNOWN, [()], [()], DEFAULT)
    assert repeats_of_pairs(more, *by) == repeats_of_pairs(told, *by)
