"""What a reader may see of how long it takes, and what follows from what is seen."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from proof_sizes import examples
from snapshots_made import make_snapshot

from skillnad.analysis.disclosure.policy import DEFAULT
from skillnad.analysis.engines.in_memory import InMemoryEngine
from skillnad.analysis.measures import OPEN, ended_within, open_within
from skillnad.analysis.protection import Protected, protect_table
from skillnad.analysis.questions import ONGOING, Duration, Selection
from skillnad.analysis.results import RawTable
from skillnad.codebook.periods import Period

LIMITS = (30, 60)
DAYS = {"soon": "2025-01-11", "later": "2025-02-10", "last": "2025-06-01", "open": "", "new": ""}


BY_UNIT = Duration("start_date", "end_date", by=("unit",), within=LIMITS)


def protected(folder: Path, question: Duration = BY_UNIT, **units: dict[str, int]) -> tuple[RawTable, Protected]:
    rows = [
        {"unit": unit, "start_date": "2025-12-20" if kind == "new" else "2025-01-01", "end_date": DAYS[kind]}
        for unit, kinds in units.items()
        for kind, times in kinds.items()
        for _ in range(times)
    ]
    raw = InMemoryEngine().count(make_snapshot(folder, interventions=rows or "unit | start_date | end_date"), question)
    return raw, protect_table(raw, DEFAULT)


@pytest.fixture
def asked(tmp_path: Path) -> partial[tuple[RawTable, Protected]]:
    return partial(protected, tmp_path)


def test_share_within_a_limit_is_shown_where_every_part_is_large(asked):
    _, shown = asked(A={"soon": 20, "later": 20, "last": 10})
    assert (shown.cells["within_30"]["A",], shown.cells["within_60"]["A",]) == (0.4, 0.8)


def test_share_of_which_the_complement_is_three_is_hidden(asked):
    _, shown = asked(A={"soon": 20, "later": 20, "last": 3})
    assert shown.cells["count"]["A",] == 43
    assert shown.cells["within_60"]["A",] is None


def test_few_between_two_limits_hide_one_of_the_shares(asked):
    _, shown = asked(A={"soon": 20, "later": 2, "last": 20})
    assert None in (shown.cells["within_30"]["A",], shown.cells["within_60"]["A",])


def test_share_with_a_small_number_open_is_hidden_with_it(asked):
    _, shown = asked(A={"soon": 20, "last": 20, "open": 3})
    assert (shown.cells["open"]["A",], shown.cells["within_30"]["A",]) == (None, None)
    assert shown.cells["median"]["A",] is not None


def test_share_that_rests_on_open_rows_is_rounded(asked):
    _, shown = asked(A={"soon": 20, "later": 20, "last": 20, "new": 7})
    assert shown.cells["within_60"]["A",] == round(shown.cells["within_60"]["A",], 3)


def test_few_rows_have_no_share_and_no_followed_quantile(asked):
    _, shown = asked(A={"soon": 5}, B={"soon": 20})
    assert (shown.cells["within_30"]["A",], shown.cells["km_median"]["A",]) == (None, None)


def test_quantile_that_too_few_have_reached_is_blank_and_no_gap(asked):
    _, shown = asked(A={"soon": 10, "open": 30})
    assert ("A",) not in shown.cells["km_median"]


def test_rows_chosen_by_their_end_have_no_measures_of_open_rows(asked):
    closed = Duration("start_date", "end_date", Selection(period=Period.year(2025), event="end_date"), ("unit",))
    _, shown = asked(closed, A={"soon": 20, "open": 30})
    assert [measure.id for measure in shown.measures] == ["count", "q1", "median", "q3", "p90"]


KINDS = st.fixed_dictionaries({kind: st.integers(0, 12) for kind in DAYS})


@examples(25, 300)
@given(units=st.fixed_dictionaries(dict.fromkeys("ABC", KINDS)))
def test_no_shown_share_tells_of_a_small_part(units):
    with TemporaryDirectory() as folder:
        raw, shown = protected(Path(folder), **units)
    for key in raw.counts:
        for limit in LIMITS:
            if shown.cells[f"within_{limit}"].get(key) is not None:
                assert not any(DEFAULT.small(part) for part in parts(raw, key, limit))


def parts(raw: RawTable, key: tuple[str, ...], limit: int) -> list[float]:
    """What who knows the shown share, and the counts beside it, can work out."""
    ended, still_open = raw.values[ended_within(limit)][key], raw.values[open_within(limit)][key]
    return [ended, still_open, raw.counts[key], raw.values[OPEN][key]]


@pytest.mark.parametrize("measure", ["q1", "median", "q3", "p90", "km_median", "km_p90"])
def test_quantile_tells_nothing_of_a_band_that_is_hidden(asked, measure):
    """Which side of a limit a quantile is on would tell how many of the few are there."""
    _, shown = asked(A={"soon": 19, "last": 3}, B={"soon": 30, "last": 30})
    assert shown.cells[measure]["A",] is None


OTHERS = {"soon": 60, "later": 60, "last": 60, "open": 30, "new": 30}
FOLLOWED = ("km_q1", "km_median", "km_q3")


def quantiles(shown: Protected) -> dict[str, int | float | None]:
    return {measure: shown.cells[measure].get(("A",)) for measure in FOLLOWED}


def test_few_that_go_on_for_long_hide_their_share_but_no_followed_quantile_before_the_limits(asked):
    """60 to 80 of 85 to 100 are the third quarter, whenever the open were seen."""
    _, shown = asked(A={"soon": 60, "later": 20, "last": 5, "open": 3, "new": 12}, B=OTHERS)
    assert (shown.cells["within_60"]["A",], shown.cells["open"]["A",]) == (None, 15)
    assert quantiles(shown) == {"km_q1": 10, "km_median": 10, "km_q3": 40}


@pytest.mark.parametrize("few", [1, 2, 4])
def test_what_goes_on_for_long_can_be_any_small_number(asked, few):
    told = [
        asked(A={"soon": 60, "later": 20, "last": 5, "open": number, "new": 15 - number}, B=OTHERS)[1]
        for number in (3, few)
    ]
    assert quantiles(told[0]) == quantiles(told[1])


def test_followed_quantile_that_is_beyond_a_limit_by_what_is_hidden_is_hidden(asked):
    """27 soon are half of those with few open early, and not of those with many."""
    _, shown = asked(A={"soon": 27, "later": 20, "last": 5, "open": 3, "new": 12}, B=OTHERS)
    assert shown.cells["within_30"]["A",] is None
    assert shown.cells["km_median"]["A",] is None


def test_few_open_hide_what_is_followed(asked):
    """Of nine open, three that go on are nearly told by six that do not."""
    _, shown = asked(A={"soon": 60, "later": 20, "last": 5, "open": 3, "new": 6}, B=OTHERS)
    assert set(quantiles(shown).values()) == {None}


def test_late_rows_have_no_followed_quantile_beside_what_is_hidden(asked):
    late = replace(BY_UNIT, selection=Selection(period=Period.year(2025), event=ONGOING))
    _, shown = asked(late, A={"soon": 60, "later": 20, "last": 5, "open": 3, "new": 12}, B=OTHERS)
    assert set(quantiles(shown).values()) == {None}


def test_quantiles_of_a_unit_whose_bands_are_shown_stand(asked):
    _, shown = asked(A={"soon": 20, "later": 20, "last": 10})
    assert shown.cells["median"]["A",] == 40
