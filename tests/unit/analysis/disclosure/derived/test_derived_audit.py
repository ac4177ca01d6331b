"""The auditor of derived numbers, on tables where a number has been let out that should not have been."""

from dataclasses import replace

import pytest
from made_tables import axis, made
from raw_tables import axis as raw_axis
from raw_tables import counted

from skillnad.analysis.comparisons.questions import Comparison, OverTime, Paired, ResponseRate
from skillnad.analysis.disclosure.derived.audit import (
    BAND,
    BESIDE,
    FEW,
    NARROWS,
    UNKNOWN,
    objections,
    objections_together,
)
from skillnad.analysis.disclosure.policy import DEFAULT, OWN_AREA, Policy
from skillnad.analysis.protection import protect_table
from skillnad.analysis.questions import CrossTable, Duration, Percent, Selection, Share, Where
from skillnad.analysis.results import TOTAL, Measure, MeasureKind
from skillnad.analysis.shares_of_all import SHARE_OF_ALL

ZEROS = Policy(zeros_printed=False)
OUTCOME = axis("share:origin", "yes", "no", "unknown")
UNIT = axis("unit", "A", "B")


def why(table, policy=DEFAULT, **also):
    return {(one.cell[0], one.cell[1], one.why) for one in objections(table, policy, **also)}


def share(yes, no, told, missing=0):
    """A share of all, with nobody unknown."""
    whole = None if None in (yes, no, missing) else yes + no + missing
    return share_of(yes, no, told, missing, whole)


def share_of(yes, no, told, missing, whole):
    outcome = replace(OUTCOME, levels=(*OUTCOME.levels[:2], OUTCOME.levels[-1]))
    counts = {("yes",): yes, ("no",): no, ("",): missing, (TOTAL,): whole}
    return made(Share(Where("origin", ("1",))), (outcome,), {"count": counts, "share": told})


def test_share_of_shown_counts_tells_nothing():
    assert why(share(30, 70, {("yes",): 0.3})) == set()


def test_share_beside_gaps_tells_of_them():
    assert why(share_of(None, None, {("yes",): 0.3}, 0, 10)) == {("share", ("yes",), NARROWS)}


def test_share_that_does_not_agree_with_its_counts_is_found():
    assert why(share(30, 70, {("yes",): 0.31})) == {("share", ("yes",), NARROWS)}


def test_per_cent_that_every_table_agrees_to_tells_nothing():
    assert why(share_of(0, None, {("yes",): 0.0}, None, 40)) == set()


def test_that_there_is_no_share_tells_that_there_is_nobody():
    assert why(share_of(None, None, {}, None, 12), ZEROS) == {("share", ("yes",), NARROWS)}


def test_gap_for_a_share_tells_nothing_where_zeros_may_be_hidden():
    assert why(share_of(None, None, {("yes",): None}, None, 12), ZEROS) == set()


def test_share_of_all_that_is_left_beside_its_gap_is_found():
    counts = {("A",): None, ("B",): None, ("",): 0, (TOTAL,): 40}
    told = made(
        CrossTable("unit", "x", percent=Percent.COLUMNS),
        (UNIT, axis("x")),
        {
            "count": {(*key, code): value for key, value in counts.items() for code in ("", TOTAL)},
            "share": {("A", TOTAL): 0.25},
        },
        measures=(Measure("count", "Antal", MeasureKind.COUNT), SHARE_OF_ALL),
    )
    assert ("share", ("A", TOTAL), NARROWS) in why(told)


def crossed(percent):
    """A table of three units and two sexes as it is protected, with a small count."""
    rows = {("1", "A"): 30, ("1", "B"): 3, ("1", "C"): 50, ("2", "A"): 40, ("2", "B"): 25, ("2", "C"): 35, ("", "A"): 8}
    raw = counted(
        (raw_axis("sex", "1", "2"), raw_axis("unit", *"ABC")), rows, CrossTable("sex", "unit", percent=percent)
    )
    shown = protect_table(raw, DEFAULT)
    return made(raw.question, raw.axes, {name: dict(cells) for name, cells in shown.cells.items()}, (), shown.measures)


@pytest.mark.parametrize("percent", [Percent.ROWS, Percent.COLUMNS, Percent.ALL])
def test_cross_table_as_it_is_protected_tells_nothing(percent):
    assert crossed(percent).gaps > 4
    assert why(crossed(percent)) == set()


@pytest.mark.parametrize("percent", [Percent.ROWS, Percent.COLUMNS, Percent.ALL])
def test_every_share_that_is_let_out_is_found(percent):
    gaps = [key for key, value in crossed(percent).cells["share"].items() if value is None]
    for key in gaps:
        table = crossed(percent)
        table.cells["share"][key] = 0.1
        assert ("share", key, NARROWS) in why(table)


COMPARED = ("part", "whole", "share", "share_low", "difference", "p")


def compared(a, total, **told):
    """Of groups A and B, 30 of 70 in B."""
    groups = {"A": a, "B": (30, 70), "": (0, 0), TOTAL: total}
    cells = {name: {} for name in COMPARED}
    for code, pair in groups.items():
        cells["part"][code,], cells["whole"][code,] = pair
        if pair[1] != 0:
            cells["share"][code,] = pair[0] / pair[1] if pair[1] else None
    for name, value in told.items():
        cells[name]["A",] = value
    return made(Comparison(Share(Where("origin", ("1",)), by=("unit",))), (UNIT,), cells)


def test_difference_of_shown_groups_tells_nothing():
    assert why(compared((10, 50), (40, 120), share=0.2, share_low=0.1, difference=-0.2, p=0.03)) == set()


@pytest.mark.parametrize("name", ["share_low", "difference", "p"])
def test_number_of_a_hidden_group_is_found(name):
    assert ("A",) in {key for measure, key, found in why(compared((None, None), (None, None), **{name: 0.2}))}
    assert (name, ("A",), BESIDE) in why(compared((None, None), (None, None), **{name: 0.2}))


def test_difference_from_others_that_are_hidden_is_found():
    assert (("difference", ("A",), BESIDE)) in why(compared((10, 50), (None, None), difference=0.1))
    assert (("share_low", ("A",), BESIDE)) not in why(compared((10, 50), (None, None), share_low=0.1))


def test_number_that_nobody_has_accounted_for_is_found():
    table = made(Share(Where("origin", ("1",))), (), {"count": {(): 40}, "risk": {(): 7}})
    assert why(table) == {("risk", (), UNKNOWN)}


@pytest.mark.parametrize(("count", "name", "found"), [(9, "median", True), (10, "median", False), (49, "p90", True)])
def test_quantile_of_too_few_is_found(count, name, found):
    table = made(Duration("start_date", "end_date"), (), {"count": {(): count}, name: {(): 14}})
    assert why(table) == ({(name, (), FEW)} if found else set())


def test_followed_quantile_counts_the_open_too():
    told = {"count": {(): 6}, "open": {(): 4}, "km_median": {(): 14}}
    assert why(made(Duration("start_date", "end_date"), (), told)) == set()
    assert why(made(Duration("start_date", "end_date"), (), told | {"open": {(): None}})) == {("km_median", (), FEW)}


def within(*groups, limits=(30, 60)):
    """Groups of (how many, share within each limit …)."""
    codes = [chr(ord("A") + at) for at in range(len(groups))]
    known = [0 if group[0] is None else group[0] for group in groups]
    counts = {(code,): group[0] for code, group in zip(codes, groups, strict=True)} | {("",): 0, (TOTAL,): sum(known)}
    cells = {"count": counts}
    for place, limit in enumerate(limits, start=1):
        cells[f"within_{limit}"] = {(code,): group[place] for code, group in zip(codes, groups, strict=True)}
    return made(Duration("start_date", "end_date", by=("unit",), within=limits), (axis("unit", *codes),), cells)


def test_shares_within_limits_that_leave_few_between_them_are_found():
    assert why(within((40, 0.25, 0.3))) == {("within_60", ("A",), BAND), ("within_60", (TOTAL,), BAND)}


def test_shares_within_limits_with_many_or_none_between_them_tell_nothing():
    assert why(within((40, 0.25, 0.5), (40, 0.25, 0.25))) == set()


def test_few_who_ended_after_the_last_limit_are_found():
    assert ("count", ("A",), BAND) in why(within((40, 0.25, 0.95)))


def test_quantiles_on_each_side_of_a_limit_tell_how_many_ended_after_it():
    """Of 12 rows at least 9 are no longer than the upper quartile, and at least 2 are longer than the 60 days."""
    table = within((12, None, None), limits=(30, 60))
    assert why(table) == set()
    table = made(table.question, table.axes, table.cells | {"q3": {("A",): 50}, "p90": {("A",): 70}})
    assert ("count", ("A",), BAND) in why(table)


def test_limits_of_two_tables_tell_together_what_neither_does():
    """20 of 40 within 30 days, and 22 within 31: two on the last day."""
    one, other = within((40, 0.5), limits=(30,)), within((40, 0.55), limits=(31,))
    assert why(one) == why(other) == set()
    told = objections_together([one, other], DEFAULT)
    assert {("within_31", ("A",), BAND)} <= {(*each.cell, each.why) for each in told}


def test_tables_of_other_rows_tell_nothing_together():
    one = within((40, 0.5), limits=(30,))
    other = made(Duration("start_date", "end_date", within=(31,)), (), {"count": {(): 40}, "within_31": {(): 0.55}})
    assert objections_together([one, other, share(30, 70, {("yes",): 0.3})], DEFAULT) == []


def test_what_one_table_tells_is_told_of_several_once():
    table = within((40, 0.25, 0.3))
    assert {(*each.cell, each.why) for each in objections_together([table, table], DEFAULT)} == why(table)


def test_response_rate_follows_from_who_was_asked():
    told = {"asked": {(): 40}, "answered": {(): 30}, "rate": {(): 0.75}, "rate_low": {(): 0.6}, "part": {(): None}}
    question = ResponseRate("rating", ("1",))
    assert why(made(question, (), told)) == set()
    assert why(made(question, (), told | {"answered": {(): None}})) == {
        ("rate", (), NARROWS),
        ("rate_low", (), BESIDE),
    }


def test_bounds_of_nonresponse_beside_a_gap_are_found():
    told = {"asked": {(): 40}, "answered": {(): 30}, "part": {(): None}, "bound_low": {(): 0.25}}
    assert why(made(ResponseRate("rating", ("1",)), (), told)) == {("bound_low", (), NARROWS)}


FOUR = {"both": {(): 20}, "only_first": {(): None}, "only_second": {(): None}, "neither": {(): 20}}


def test_share_of_a_pair_is_told_by_the_table_that_it_is_made_of():
    question = Paired(Where("origin", ("1",)), Where("unit", ("A",)))
    table = made(question, (), FOUR | {"first": {(): 0.5}})
    counts = {("yes", "A"): 20, ("yes", "B"): None, ("no", "A"): None, ("no", "B"): 20}
    counts |= {("yes", TOTAL): 30, ("no", TOTAL): 30, (TOTAL, TOTAL): 60, (TOTAL, "A"): None, (TOTAL, "B"): None}
    counts |= {key: 0 for code in ("A", "B", "", TOTAL) for key in (("", code),)}
    counts |= {(code, ""): 0 for code in ("yes", "no", TOTAL)}
    outcome = replace(OUTCOME, levels=(*OUTCOME.levels[:2], OUTCOME.levels[-1]))
    plain = made(question.of, (outcome, UNIT), {"count": counts})
    assert ("first", (), NARROWS) in why(table)
    assert why(table, plain=plain) == set()


def test_points_of_a_chart_follow_from_their_counts():
    question = OverTime(Share(Where("origin", ("1",)), Selection(), ("unit",)))
    cells = {"part": {("A",): None}, "whole": {("A",): None}, "value": {("A",): 0.5}}
    assert ("value", ("A",), BESIDE) in why(made(question, (UNIT,), cells))


def test_own_area_has_nothing_to_hide():
    assert objections(share_of(None, None, {("yes",): 0.3}, 0, 10), OWN_AREA) == []
