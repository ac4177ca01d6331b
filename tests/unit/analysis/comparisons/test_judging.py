"""What a page of comparisons says: each with all the others, plain and adjusted in one family."""

import random
from collections import Counter
from statistics import NormalDist

import pytest
from judged_tables import compared_days, compared_groups

from skillnad.analysis.comparisons.judging import compared, judged_page
from skillnad.analysis.formulas.intervals import Interval
from skillnad.analysis.formulas.verdicts import Verdict
from skillnad.analysis.results import TOTAL, MeasureKind

SHOWN, NONE_SHOWN, TOO_FEW = Verdict


def sexes(women: tuple[int, int], men: tuple[int, int], **how):
    return compared_groups({"1": women, "2": men}, **how)


def only(page):
    (judgement,) = page.judgements
    return judgement


def test_large_difference_is_shown():
    told = only(judged_page([sexes((340, 1000), (410, 1000))])).plain
    assert told.verdict is SHOWN
    assert told.value == pytest.approx(-0.07)


def test_equal_shares_of_many_are_none_shown():
    assert only(judged_page([sexes((3400, 10000), (3410, 10000))])).verdict is NONE_SHOWN


def test_few_are_too_few():
    assert only(judged_page([sexes((7, 20), (9, 20))])).verdict is TOO_FEW


def test_hidden_group_is_too_few_and_takes_no_part():
    page = judged_page([compared_groups({"1": (None, None), "2": (30, 60), "3": (40, 60)}, column="origin")])
    assert [one.plain.verdict for one in page.judgements] == [TOO_FEW] * 3
    assert page.judgements[0].plain.value is None


def test_correction_is_over_the_whole_page():
    close, nothing = sexes((340, 1000), (385, 1000)), sexes((341, 1000), (340, 1000))
    assert only(judged_page([close])).is_shown
    many = judged_page([close, *[nothing] * 20])
    assert not many.judgements[0].is_shown
    assert many.made == 21


def test_plain_and_adjusted_are_one_family():
    table = sexes((340, 1000), (410, 1000), adjusted={"1": (-0.03, -0.07, 0.01, 0.2)})
    page = judged_page([table])
    assert page.made == 2
    assert (only(page).plain.verdict, only(page).adjusted.verdict) == (SHOWN, TOO_FEW)
    assert only(page).plain.p == pytest.approx(2 * table.cells["p"][("1",)])


def test_difference_that_only_the_adjusted_shows_is_shown():
    table = sexes((340, 1000), (341, 1000), adjusted={"1": (0.08, 0.04, 0.12, 0.0001)})
    judgement = only(judged_page([table]))
    assert (judgement.plain.is_shown, judgement.is_shown) == (False, True)


def test_none_shown_needs_both():
    same = sexes((3400, 10000), (3410, 10000), adjusted={"1": (0.0, -0.2, 0.2, 0.9)})
    assert only(judged_page([same])).verdict is TOO_FEW
    sure = sexes((3400, 10000), (3410, 10000), adjusted={"1": (0.0, -0.01, 0.01, 0.9)})
    assert only(judged_page([sure])).verdict is NONE_SHOWN


def test_interval_of_what_is_shown_is_widened_when_picked_out_of_many():
    shown, nothing = sexes((340, 1000), (500, 1000)), sexes((341, 1000), (340, 1000))
    page = judged_page([shown, *[nothing] * 19])
    own, plain = page.judgements[0].plain.interval, judged_page([shown]).judgements[0].plain.interval
    assert page.confidence == pytest.approx(1 - 0.05 / 20)
    times = NormalDist().inv_cdf(1 - 0.05 / 40) / NormalDist().inv_cdf(0.975)
    assert -0.16 - own.low == pytest.approx(times * (-0.16 - plain.low))
    assert own.high - -0.16 == pytest.approx(times * (plain.high - -0.16))


def test_interval_of_what_is_not_shown_is_as_it_was():
    nothing = sexes((341, 1000), (340, 1000))
    low, high = (nothing.cells[f"difference_{end}"][("1",)] for end in ("low", "high"))
    page = judged_page([sexes((340, 1000), (500, 1000)), nothing])
    assert page.judgements[1].plain.interval == Interval(low, high)


def test_widened_interval_that_holds_none_shows_nothing():
    table = sexes((340, 1000), (341, 1000), adjusted={"1": (0.05, -0.001, 0.1, 0.0001)})
    assert not only(judged_page([table])).is_shown


def test_interval_of_shares_stays_between_all_and_none():
    table = sexes((980, 1000), (10, 1000), adjusted={"1": (0.97, 0.95, 0.999, 1e-9)})
    page = judged_page([table, *[sexes((341, 1000), (340, 1000))] * 30])
    assert page.judgements[0].adjusted.interval.high == 1.0


def test_days_are_judged_in_days():
    table = compared_days({"1": (-14.0, -20.0, -8.0, 0.0001)}, {"1": 50.0, "2": 64.0})
    told = only(judged_page([table])).plain
    assert (told.kind, told.verdict, told.at_least) == (MeasureKind.DAYS, SHOWN, pytest.approx(8 / 7))


def test_widened_days_are_told_as_a_table_tells_them_and_never_less():
    wide, close = ((-14.0, -24.0, -4.0, 0.0), (-4.0, -5.0, -3.0, 0.0))
    tables = [compared_days({"1": ends}, {"1": 50.0, "2": 64.0}) for ends in (wide, close)]
    page = judged_page([*tables, *[sexes((341, 1000), (340, 1000))] * 18])
    assert [one.plain.interval for one in page.judgements[:2]] == [(-29.0, 1.0), (-5.5, -2.5)]


def test_few_days_are_no_difference_shown():
    table = compared_days({"1": (1.0, -3.0, 5.0, 0.6)}, {"1": 50.0, "2": 49.0})
    assert only(judged_page([table])).verdict is NONE_SHOWN


def test_longer_times_need_larger_differences_to_matter():
    week = compared_days({"1": (9.0, 8.0, 10.0, 0.0001)}, {"1": 50.0, "2": 41.0, TOTAL: 45.0})
    tenth = compared_days({"1": (9.0, 8.0, 10.0, 0.0001)}, {"1": 310.0, "2": 301.0, TOTAL: 305.0})
    assert only(judged_page([week])).plain.relevant == 7
    assert only(judged_page([tenth])).plain.relevant == pytest.approx(30.5)


def test_p_of_times_that_is_told_as_none_is_what_it_may_be():
    table = compared_days({"1": (-14.0, -20.0, -8.0, 0.0)}, {"1": 50.0, "2": 64.0})
    assert only(judged_page([table])).plain.p == pytest.approx(0.00005)
    page = judged_page([table, *[sexes((341, 1000), (340, 1000))] * 1000])
    assert not page.judgements[0].is_shown


def test_adjusted_that_is_hidden_says_nothing():
    same = sexes((3400, 10000), (3410, 10000), adjusted={"1": (None, None, None, None)})
    judgement = only(judged_page([same]))
    assert (judgement.verdict, judgement.adjusted.value) == (NONE_SHOWN, None)


def test_reader_can_say_what_is_relevant():
    table = compared_days({"1": (1.0, -3.0, 5.0, 0.6)}, {"1": 50.0, "2": 49.0})
    assert only(judged_page([table], relevant={MeasureKind.DAYS: 2.0})).verdict is TOO_FEW


def test_sure_and_large_counts_more_than_large():
    sure, unsure = sexes((300, 1000), (500, 1000)), sexes((12, 30), (21, 30))
    first, second = judged_page([sure, unsure]).judgements
    assert first.plain.at_least > second.plain.at_least > 0


def test_two_groups_are_one_comparison_and_empty_groups_none():
    assert [level.code for level in compared(sexes((3, 10), (4, 10)))] == ["1"]
    ages = compared_groups({"1": (3, 10), "2": (4, 10), "3": (0, 0)}, column="age_group")
    assert [level.code for level in compared(ages)] == ["1", "2"]


def test_the_one_compared_with_is_not_compared():
    ages = compared_groups({"1": (3, 10), "2": (4, 10), "3": (5, 10)}, column="age_group", against="2")
    assert [level.code for level in compared(ages)] == ["1", "3"]


def test_page_of_nothing_says_nothing():
    assert judged_page([]).judgements == ()


def by_chance(dice: random.Random, groups: int, strata: int = 3):
    """A question where all groups have the same share in each stratum, and the strata are spread alike over groups."""
    base = [dice.uniform(0.1, 0.6) for _ in range(strata)]
    asked: Counter[tuple[str, int]] = Counter()
    held: Counter[tuple[str, int]] = Counter()
    for group in range(1, groups + 1):
        for _ in range(dice.randint(60, 150)):
            stratum = dice.randrange(strata)
            asked[str(group), stratum] += 1
            held[str(group), stratum] += dice.random() < base[stratum]
    cells = {key: (held[key], n) for key, n in asked.items()}
    totals = {code: _sum(cells, lambda key, code=code: key[0] == code) for code in {code for code, _ in cells}}
    adjusted = {code: _stratified(cells, code, strata) for code in sorted(totals)}
    column = "legal_sex" if groups == 2 else "origin"
    return compared_groups(dict(sorted(totals.items())), column=column, adjusted=adjusted)


def _sum(cells, wanted):
    found = [counted for key, counted in cells.items() if wanted(key)]
    return sum(part for part, _ in found), sum(whole for _, whole in found)


def _stratified(cells, code, strata):
    """The difference from the others within each stratum, weighted as Mantel and Haenszel do."""
    value = spread = weights = 0.0
    for stratum in range(strata):
        x, n = cells[code, stratum]
        y, m = _sum(cells, lambda key, s=stratum: key[1] == s and key[0] != code)
        weight, pooled = n * m / (n + m), (x + y) / (n + m)
        value += weight * (x / n - y / m)
        spread += weight**2 * pooled * (1 - pooled) * (1 / n + 1 / m)
        weights += weight
    value, error = value / weights, spread**0.5 / weights
    p = 2 * (1 - NormalDist().cdf(abs(value) / error)) if error else 1.0
    return value, value - 1.96 * error, value + 1.96 * error, p


@pytest.fixture(scope="module")
def pages_without_differences():
    """240 pages of three outcomes by sex and by origin, where no group truly differs."""
    dice = random.Random(20_251_122)
    return [
        judged_page([by_chance(dice, groups) for _ in range(3) for groups in (2, 4)], relevant={}) for _ in range(240)
    ]


def test_at_most_one_page_in_twenty_shows_a_difference_where_there_is_none(pages_without_differences):
    # 240 pages of which 5 % show one: 12 on average, over 22 in less than one run of 300
    assert sum(any(one.is_shown for one in page.judgements) for page in pages_without_differences) <= 22


def test_uncorrected_most_pages_would_show_one(pages_without_differences):
    def uncorrected(page):
        return any(one.table.cells["p"][(one.group.code,)] <= 0.05 for one in page.judgements)

    assert sum(map(uncorrected, pages_without_differences)) > 100


def days_without_a_size(p: float | None, **how):
    """Too few have ended for a median, so that nothing but p is told of the difference."""
    return compared_days({"1": (None, None, None, p)}, {"2": 64.0}, **how)


def test_times_that_differ_though_nobody_knows_by_how_much_are_shown():
    told = only(judged_page([days_without_a_size(0.001)])).plain
    assert (told.verdict, told.value, told.interval, told.unsized) == (SHOWN, None, None, True)


def test_p_without_a_size_is_one_of_the_family():
    page = judged_page([days_without_a_size(0.6), sexes((340, 1000), (410, 1000))])
    assert page.made == 2
    assert [one.verdict for one in page.judgements] == [TOO_FEW, SHOWN]


def test_hidden_times_have_no_p_at_all():
    page = judged_page([days_without_a_size(None)])
    assert (page.made, only(page).verdict, only(page).plain.unsized) == (0, TOO_FEW, False)


def test_question_says_which_difference_is_worth_seeing():
    shares, days = sexes((340, 1000), (410, 1000), relevant=0.2), days_without_a_size(0.6, relevant=21.0)
    assert [one.plain.relevant for one in judged_page([shares, days]).judgements] == [0.2, 21.0]
