"""What follows from shown quantiles for who knows the other rows: nothing of the longest, nothing of the shortest."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from proof_sizes import examples

from skillnad.analysis.disclosure.policy import DEFAULT, Policy
from skillnad.analysis.engines.lasting_rows import Stay, lasting
from skillnad.analysis.measures import QUANTILES, followed
from skillnad.analysis.protection import protect_table
from skillnad.analysis.questions import ONGOING, Duration, Selection
from skillnad.analysis.results import RawTable
from skillnad.codebook.periods import Period

LONGEST = 150
BESIDE = DEFAULT.threshold - 1
"""So many rows on each side may be anything that keeps them there."""
FOLLOWED = [followed(name) for name in QUANTILES]
EVERY = Duration("start_date", "end_date")
CLOSED = Duration("start_date", "end_date", Selection(period=Period.year(2025), event="end_date"))
WENT_ON = Duration("start_date", "end_date", Selection(period=Period.year(2025), event=ONGOING), within=(30,))


def shown(stays: list[Stay], question: Duration = EVERY, policy: Policy = DEFAULT) -> dict[str, float | None]:
    """What is shown of one cell; without what has no meaning."""
    values = {name: {(): value} for name, value in lasting(question, stays).items()}
    raw = RawTable(question, (), {(): sum(stay.ended for stay in stays)}, values)
    return {name: cells[()] for name, cells in protect_table(raw, policy).cells.items() if () in cells}


def ended(*days: int) -> list[Stay]:
    return [Stay(day, True) for day in days]


def told(known: list[int], table: dict[str, float | None], policy: Policy = DEFAULT) -> list[int]:
    """The attacker: knows every row but one, and tries each number of days that it can have."""
    return [day for day in range(LONGEST) if shown(ended(*known, day), CLOSED, policy) == table]


def test_attacker_finds_the_longest_where_ten_rows_are_enough_for_every_quantile(monkeypatch):
    monkeypatch.setattr(Policy, "rows_for", lambda policy, p: policy.quantile_minimum)
    known = list(range(9))
    assert told(known, shown(ended(*known, 117), CLOSED)) == [117]


@pytest.mark.parametrize("rows", [10, 19, 20, 49, 50, 63])
def test_attacker_who_knows_all_others_learns_no_more_of_the_longest_than_that(rows):
    known = list(range(rows - 1))
    found = told(known, shown(ended(*known, 117), CLOSED))
    assert found[-1] == LONGEST - 1
    assert found == list(range(found[0], LONGEST))
    assert found[0] <= rows - BESIDE


@pytest.mark.parametrize("rows", [10, 19, 20, 49, 50, 63])
def test_attacker_who_knows_all_others_learns_no_more_of_the_shortest_than_that(rows):
    known = list(range(40, 40 + rows - 1))
    found = told(known, shown(ended(3, *known), CLOSED))
    assert found == list(range(found[-1] + 1))
    assert found[-1] >= 40 + BESIDE - 1


DAYS = st.lists(st.integers(0, 60), min_size=10, max_size=70).map(sorted)


@examples(200, 4_000)
@given(days=DAYS, more=st.lists(st.integers(0, 80), min_size=BESIDE, max_size=BESIDE))
def test_few_longest_are_no_part_of_what_is_shown(days, more):
    longer = [day + further for day, further in zip(days[-BESIDE:], more, strict=True)]
    assert shown(ended(*days[:-BESIDE], *longer), CLOSED) == shown(ended(*days), CLOSED)


@examples(200, 4_000)
@given(days=DAYS, less=st.lists(st.integers(0, 60), min_size=BESIDE, max_size=BESIDE))
def test_few_shortest_are_no_part_of_what_is_shown(days, less):
    shorter = [max(0, day - nearer) for day, nearer in zip(days[:BESIDE], less, strict=True)]
    assert shown(ended(*shorter, *days[BESIDE:]), CLOSED) == shown(ended(*days), CLOSED)


STAYS = st.lists(st.tuples(st.integers(0, 60), st.booleans()), min_size=10, max_size=70).map(sorted)


@examples(200, 4_000)
@given(rows=STAYS, more=st.lists(st.integers(0, 80), min_size=BESIDE, max_size=BESIDE))
def test_few_longest_are_no_part_of_followed_quantiles(rows, more):
    """Ended or open: how far they go on beyond the others is not to be seen."""
    stays = [Stay(*row) for row in rows]
    longer = [Stay(stay.days + further, stay.ended) for stay, further in zip(stays[-BESIDE:], more, strict=True)]
    one, other = shown(stays), shown([*stays[:-BESIDE], *longer])
    assert {name: day for name in FOLLOWED if (day := one.get(name)) is not None} == {
        name: day for name in FOLLOWED if (day := other.get(name)) is not None
    }


@examples(200, 4_000)
@given(rows=STAYS)
def test_followed_quantile_has_as_many_on_each_side(rows):
    found = shown([Stay(*row) for row in rows])
    for name in FOLLOWED:
        if (day := found.get(name)) is not None:
            assert sum(over and days <= day for days, over in rows) >= DEFAULT.threshold
            assert sum(days >= day for days, _ in rows) >= DEFAULT.threshold


@examples(100, 2_000)
@given(days=DAYS)
def test_with_nothing_open_the_two_kinds_stand_in_the_same_groups(days):
    found = shown(ended(*days))
    assert [found[name] is None for name in QUANTILES] == [found[name] is None for name in FOLLOWED]


def test_few_seen_from_their_first_day_give_no_quantile_and_no_share():
    """Of forty that went on when the year began, and two that began in it, the early days are told by the two."""
    early, late = ended(40, 41), [Stay(50 + day, True, late=10) for day in range(40)]
    found = shown([*early, *late], WENT_ON)
    assert {found[name] for name in (*FOLLOWED, "within_30")} == {None}
    assert found["median"] is not None


def test_enough_seen_from_their_first_day_give_both():
    early, late = ended(*range(40, 100)), [Stay(50 + day, True, late=10) for day in range(40)]
    found = shown([*early, *late], WENT_ON)
    assert found["within_30"] == 0
    assert None not in {found[name] for name in FOLLOWED}


def test_share_of_rows_that_came_late_is_told_to_three_decimals():
    early, late = ended(*range(30), *range(60, 100)), [Stay(50 + day, True, late=10) for day in range(37)]
    raw, share = lasting(WENT_ON, [*early, *late])["within_30"], shown([*early, *late], WENT_ON)["within_30"]
    assert share == round(raw, 3) != raw


def with_open(*gone: int, then: int) -> dict[str, float | None]:
    """33 have ended, one a day. Of 10 open few are gone before day 60."""
    last_seen = [*gone, *[90] * (10 - len(gone))]
    days = [*range(11, 21), *range(then, then + 23)]
    return shown([*ended(*days), *(Stay(day, False) for day in last_seen)], replace(EVERY, within=(60,)))


def test_half_a_day_is_not_told_beside_open_rows_that_are_hidden():
    """10 of 40 at risk are exactly a quarter: of 43 rows that takes three that are gone, and neither one nor two."""
    assert with_open(0, 0, 0, then=21)["km_q1"] is None


def test_whole_day_is_told_whoever_is_open():
    assert with_open(0, 0, 0, then=20)["km_q1"] == with_open(0, then=20)["km_q1"] == 20
