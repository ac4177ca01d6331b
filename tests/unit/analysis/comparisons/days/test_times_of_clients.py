"""Times of clients with several rows: as unsure as so many fewer rows, and as ever where each has one."""

from datetime import timedelta
from math import inf, sqrt
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from r_figures import assert_same, r_figures
from snapshots_made import Row, make_snapshot
from unit.analysis.comparisons.days.days_made import AS_OF, ENDED, told

from skillnad.analysis.comparisons.days.together import (
    ended_by,
    middle_day,
    of_time,
    scored,
    unsurer,
    unsurer_ratio,
    widened,
)
from skillnad.analysis.comparisons.questions import Comparison as Asked
from skillnad.analysis.comparisons.rows import NOBODY, Lasting, LastingBy
from skillnad.analysis.door import ask
from skillnad.analysis.formulas.clusters import design_effect, intraclass_correlation, of_two, weakened
from skillnad.analysis.formulas.intervals import Comparison, Interval, NoInterval, Why
from skillnad.analysis.questions import Duration, Selection
from skillnad.analysis.results import TOTAL, ProtectedTable

EACH = LastingBy(
    (("A",), ("B",)),
    *(np.array(numbers) for numbers in ([0, 0, 0, 1], [7, 7, 7, NOBODY], [3, 9, 9, 3], [1, 1, 0, 2], [0, 0, 2, 1])),
)


ALL = ("A", "B", "C")


def numbers(found) -> list[tuple[int, ...]]:
    return sorted(zip(*(each.tolist() for each in (found.client, found.pattern, found.part, found.whole)), strict=True))


def test_clients_rows_are_told_once_for_each_pattern():
    assert numbers(ended_by(EACH, 5, with_open=True)) == [(NOBODY, 1, 2, 3), (7, 0, 1, 4)]


def test_open_rows_are_not_counted_where_there_can_be_none():
    assert numbers(ended_by(EACH, 9, with_open=False)) == [(NOBODY, 1, 2, 2), (7, 0, 2, 2)]


def test_middle_day_is_when_half_of_what_has_ended_had():
    days, ended, open_rows = (np.array(each) for each in ([1, 5, 9], [1, 2, 1], [50, 0, 0]))
    assert middle_day(Lasting(days, ended, open_rows)) == 5
    assert middle_day(Lasting(days, ended * 0, open_rows)) is None
    assert middle_day(None) is None


def test_each_reach_grows_by_itself():
    assert widened(10, Interval(8, 16), 4.0) == Interval(6, 22)
    assert widened(10, Interval(8, inf), 4.0) == Interval(6, inf)
    assert widened(10, NoInterval(Why.TOO_FEW), 4.0) == NoInterval(Why.TOO_FEW)


def test_no_time_is_below_nought():
    assert of_time(10, Interval(2, 16), 4.0) == Interval(0, 22)
    assert of_time(10, Interval(2, 16), 1.0) == Interval(2, 16)


def test_difference_is_as_far_from_nought_in_its_new_errors():
    found = unsurer(Comparison(10.0, Interval(-4, 16), 0.03), 2.25)
    assert found == Comparison(10.0, Interval(-11, 19), weakened(0.03, 2.25))
    assert unsurer(found, 1.0) is found


def test_ratio_is_widened_on_its_own_scale():
    found = unsurer_ratio(Comparison(2.0, Interval(1, 4), 0.03), 4.0)
    assert found.interval == Interval(pytest.approx(0.5), pytest.approx(8))
    assert found.p == weakened(0.03, 4.0)


def test_ratio_that_may_be_below_nought_is_widened_as_a_difference():
    found = unsurer_ratio(Comparison(2.0, Interval(-0.5, 4), 0.03), 4.0)
    assert found == Comparison(2.0, Interval(-3.0, 6.0), weakened(0.03, 4.0))


def of_r() -> tuple[dict, LastingBy]:
    """Each row by itself."""
    right = r_figures("clustered_times")
    rows, ended = right["rows"], np.array(right["rows"]["ended"], np.int64)
    group = np.array([ord(code) - ord("A") for code in rows["group"]])
    given = (group, np.array(rows["client"]), np.array(rows["days"]), ended, 1 - ended)
    return right, LastingBy((("A",), ("B",), ("C",)), *given)


def test_scores_of_clients_are_as_alike_as_in_r():
    right, given = of_r()
    each = scored(given, ALL)
    groups = [each.where({place}).merged().clusters for place in range(3)]
    found = intraclass_correlation(groups)
    # in thousandths, and so to four digits; what they are made of is R's to six (`test_log_rank`)
    assert found == pytest.approx(right["rho"], rel=1e-4)
    effects = [design_effect(one.pairs, int(one.size.sum()), right["rho"]) for one in groups]
    assert_same(effects, right["effect"])


def test_log_rank_test_of_clients_is_near_rs_robust_one():
    """One number for how alike rows are, and each client's own scores: the two agree where clients are many."""
    right, given = of_r()
    each = scored(given, ALL)
    groups = [each.where({place}).merged().clusters for place in (0, 1)]
    sizes = tuple(int(one.size.sum()) for one in groups)
    each_effect = (design_effect(one.pairs, rows, right["rho"]) for one, rows in zip(groups, sizes, strict=True))
    effect = of_two(tuple(each_effect), sizes)
    assert right["a_and_b"]["plain"] / effect == pytest.approx(right["a_and_b"]["robust"], rel=0.15)


def test_rows_that_are_alike_are_told_as_each_by_itself():
    _, given = of_r()
    numbers = (given.pattern, given.client, given.days)
    kinds, place = np.unique(np.array(numbers), axis=1, return_inverse=True)
    ended, still_open = (np.bincount(place.ravel(), rows).astype(np.int64) for rows in (given.ended, given.open))
    together, alone = (scored(each, ALL) for each in (LastingBy(given.patterns, *kinds, ended, still_open), given))
    for name in ("client", "pattern", "total", "squares", "size"):
        assert getattr(together, name).tolist() == getattr(alone, name).tolist()


def test_rows_of_nobody_known_are_each_another_ones_in_the_test():
    found = scored(EACH, ALL)
    assert found.size.tolist() == [4, 1, 1, 1]
    assert len(set(found.client.tolist())) == 4
    assert found.pattern.tolist() == [0, 1, 1, 1]


def test_hidden_group_has_no_part_in_the_scores_of_those_shown():
    _, given = of_r()
    hidden = given.pattern == 2
    other = LastingBy(
        given.patterns, given.pattern, given.client, np.where(hidden, 900, given.days), given.ended, given.open
    )
    one, two = (scored(each, ("A", "B", TOTAL)).where({0, 1}) for each in (given, other))
    assert one.total.tolist() == two.total.tolist()
    assert scored(given, ALL).total.tolist() != scored(other, ALL).total.tolist()


def rows(clients: int, each: int, *, over: bool = True) -> list[Row]:
    """So many clients with so many rows each, all of a client of one length; every third of B's is open where not all
    are over."""
    made = []
    for client in range(clients):
        days = 20 + 3 * (client % 40)
        for number in range(each):
            ended = over or (client + number) % 3 > 0
            first = AS_OF - timedelta(days=days)
            unit, whose = "AB"[client % 2], client + 1
            made.append({"client": whose, "unit": unit, "start_date": first, "end_date": AS_OF if ended else ""})
    return made


def answered(of: list[Row], selection: Selection, *within: int) -> ProtectedTable:
    with TemporaryDirectory() as folder:
        snapshot = make_snapshot(Path(folder), as_of=AS_OF, interventions=of)
        return ask(snapshot, Asked(Duration("start_date", "end_date", selection, ("unit",), within)))


@pytest.mark.parametrize(("selection", "over", "least"), [(ENDED, True, 1.6), (Selection(), False, 1.1)])
def test_rows_of_one_client_twice_tell_little_more_than_once(selection, over, least):
    twice = answered(rows(120, 2, over=over), selection, 60)
    alone = [{**row, "client": place + 1} for place, row in enumerate(rows(120, 2, over=over))]
    each = answered(alone, selection, 60)
    for measure in ("median", "difference", "within_60", "within_60_difference"):
        value, low, high = told(twice, measure, "A")
        other, narrow_low, narrow_high = told(each, measure, "A")
        assert value == other
        assert high - low > sqrt(0.95 * least) * (narrow_high - narrow_low)
    assert twice.cells["repeated"]["A",] > least
    assert twice.cells["p"]["A",] >= each.cells["p"]["A",]


def test_clients_with_a_row_each_are_told_nothing_more():
    known = answered(rows(120, 1), ENDED, 60)
    unknown = answered([{**row, "client": ""} for row in rows(120, 1)], ENDED, 60)
    assert known.cells == unknown.cells
    assert "repeated" not in known.cells


def test_means_are_as_unsure():
    twice = answered(rows(120, 2), ENDED)
    once = answered(rows(120, 1), ENDED)
    (_, low, high), (_, first, last) = told(twice, "mean", "A"), told(once, "mean", "A")
    assert (high - low) / (last - first) == pytest.approx(sqrt(twice.cells["repeated"]["A",] / 2), rel=0.1)


def test_difference_that_matters_is_the_questions(tmp_path):
    snapshot = make_snapshot(tmp_path, as_of=AS_OF, interventions=rows(120, 1))
    of = Duration("start_date", "end_date", ENDED, ("unit",))
    usual, wide = (ask(snapshot, Asked(of, relevant=days)).cells["verdict"]["A",] for days in (None, 60.0))
    assert (usual, wide) == (2, 1)


def test_group_too_small_for_figures_is_not_told_how_its_rows_go_together():
    few = [{**row, "unit": "C", "client": 999} for row in rows(6, 1)]
    table = answered([*rows(120, 2), *few], ENDED)
    assert table.cells["whole"]["C",] == 6
    assert set(table.cells["repeated"]) == {("A",), ("B",), ("*",)}
