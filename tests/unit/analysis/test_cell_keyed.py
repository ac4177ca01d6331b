"""Tables with noise: what is shown of a raw one, and what is refused."""

import hashlib

import pytest
from raw_tables import axis, counted

from skillnad.analysis import cell_keyed
from skillnad.analysis.cell_keyed import with_noise_in
from skillnad.analysis.disclosure.attackers import Way
from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.questions import Count, CrossTable, Duration, Percent, Selection, Share, Where
from skillnad.analysis.results import NO, TOTAL, YES, Key, LeftOut, RawTable
from skillnad.lib.errors import UserError

NOISE = Policy(way=Way.CELL_KEYS)
AXES = (axis("unit", "A", "B"), axis("sex", "k", "m"))
ROWS = {("A", "k"): 3, ("A", "m"): 60, ("B", "k"): 200, ("B", "m"): 1, ("", "m"): 2}


def keys(raw: RawTable) -> dict[Key, int]:
    """Some key or other for each cell."""
    return {
        key: int.from_bytes(hashlib.blake2b(repr(key).encode(), digest_size=8).digest(), "big") for key in raw.counts
    }


def shown(raw: RawTable):
    return with_noise_in(raw, keys(raw), NOISE)


def crossed(percent: Percent = Percent.COLUMNS) -> RawTable:
    return counted(AXES, ROWS, CrossTable("unit", "sex", percent=percent))


def shared() -> RawTable:
    outcome = axis("share:goal", YES, NO, "unknown", unknown="unknown")
    rows = {(YES, "A"): 70, (NO, "A"): 40, (YES, "B"): 2, (NO, "B"): 9}
    return counted((outcome, AXES[0]), rows, Share(Where("goal", ("1",)), by=("unit",)))


def test_nothing_is_a_gap_and_nothing_small_is_shown() -> None:
    counts = shown(counted(AXES, ROWS)).cells["count"]
    assert None not in counts.values()
    assert not any(0 < count < 5 for count in counts.values())


def test_nought_stays_nought() -> None:
    raw = counted(AXES, ROWS)
    counts = shown(raw).cells["count"]
    assert all(counts[key] == 0 for key, count in raw.counts.items() if count == 0)


def test_measure_says_that_there_is_noise() -> None:
    assert [each.label for each in shown(crossed()).measures] == ["Antal, med brus", "Andel"]
    people = counted(AXES[:1], {("A",): 70}, Count(Selection(people=True), ("unit",)))
    assert shown(people).measures[0].label == "Personer, med brus"


@pytest.mark.parametrize("percent", [Percent.ROWS, Percent.COLUMNS, Percent.ALL])
def test_share_follows_from_the_counts_that_are_shown(percent) -> None:
    cells = shown(crossed(percent)).cells
    line = {Percent.ROWS: ("B", TOTAL), Percent.COLUMNS: (TOTAL, "k"), Percent.ALL: (TOTAL, TOTAL)}[percent]
    outside = {Percent.ROWS: ("B", ""), Percent.COLUMNS: ("", "k")}.get(percent)
    counts = cells["count"]
    if outside:
        whole = counts[line] - counts[outside]
        assert cells["share"]["B", "k"] == pytest.approx(min(1, counts["B", "k"] / whole), abs=0.005)
    assert 0 <= cells["share"]["B", "k"] <= 1


def test_share_of_an_outcome_follows_too() -> None:
    cells = shown(shared()).cells
    yes, no = cells["count"][YES, "A"], cells["count"][NO, "A"]
    assert cells["share"][YES, "A"] == round(100 * yes / (yes + no)) / 100


def test_share_of_few_is_not_shown() -> None:
    assert shown(shared()).cells["share"].get((YES, "B")) is None


def test_share_of_what_is_shown_as_nothing_is_not_there_whatever_is_behind_it() -> None:
    """With the least key every count has its least noise, and few are shown as none."""
    raw = shared()
    cells = with_noise_in(raw, dict.fromkeys(raw.counts, 0), NOISE).cells
    assert raw.counts[YES, "B"] + raw.counts[NO, "B"] == 11
    assert cells["count"][YES, "B"] == cells["count"][NO, "B"] == 0
    assert (YES, "B") not in cells["share"]


def test_table_without_shares_has_none() -> None:
    assert set(shown(counted(AXES, ROWS)).cells) == {"count"}


def test_same_keys_give_the_same_table() -> None:
    assert shown(crossed()) == shown(crossed())


def test_what_was_left_out_is_told_only_where_it_is_nothing() -> None:
    raw = counted(AXES, ROWS)
    told = RawTable(raw.question, raw.axes, raw.counts, {}, (LeftOut("open", 0), LeftOut("no_event_date", 40)))
    assert [one.rows for one in shown(told).left_out] == [0, None]


def test_times_are_refused() -> None:
    raw = counted(AXES[:1], {("A",): 70}, Duration("start_date", "end_date", by=("unit",)))
    with pytest.raises(UserError, match="DISC-079"):
        shown(raw)


def test_table_too_large_to_be_tried_is_refused(monkeypatch) -> None:
    monkeypatch.setattr(cell_keyed, "MOST_TRIED", 3)
    with pytest.raises(UserError, match="DISC-003"):
        shown(crossed())


def test_table_that_tells_a_small_count_by_its_sums_is_refused(monkeypatch) -> None:
    monkeypatch.setattr(cell_keyed, "told_too_closely", lambda *told: [("unit=A",)])
    with pytest.raises(UserError, match="DISC-073"):
        shown(crossed())
