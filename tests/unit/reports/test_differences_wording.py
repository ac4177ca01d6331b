"""Sentences about differences: both figures, size and interval, and what background changes; never what causes it."""

import re
from dataclasses import replace

import pytest
from judged_tables import compared_days, compared_groups
from made_tables import made

from skillnad.analysis.comparisons.adjusted_days.limits import LIMIT
from skillnad.analysis.comparisons.judging import judged_page
from skillnad.analysis.results import TOTAL, Level, MeasureKind
from skillnad.reports.contents.differences import RESULTS, TIMES
from skillnad.reports.differences_wording import (
    background_of,
    group_words,
    other_words,
    sentences,
    sized,
    title_of,
)

GOALS, LENGTH, WITHIN = RESULTS[0], TIMES[-2], TIMES[-1]
SHOWN_ADJUSTED = (-0.05, -0.09, -0.01, 0.001)


def judged(women=(340, 1000), men=(410, 1000), adjusted=None):
    (one,) = judged_page([compared_groups({"1": women, "2": men}, adjusted=adjusted and {"1": adjusted})]).judgements
    return one


def said(*args, **how):
    return " ".join(sentences(GOALS, judged(*args, **how))).replace("\N{NO-BREAK SPACE}", " ")


def test_difference_is_told_with_both_shares_its_size_and_its_interval():
    told = "Av insatserna för flickor och kvinnor nådde 34 % alla mål, för pojkar och män 41 %: 7 procentenheter lägre"
    assert said() == f"{told} (3–11), utan hänsyn till bakgrund."


def test_times_that_differ_by_nobody_knows_how_much_are_said_to_differ():
    one = judged()
    plain = replace(one.plain, kind=MeasureKind.DAYS, value=None, interval=None, p=0.001)
    (told,) = sentences(LENGTH, replace(one, plain=plain))
    assert told == (
        "Tiderna för flickor och kvinnor och för pojkar och män skiljer sig åt utan hänsyn till bakgrund, men det "
        "går inte att säga med hur mycket: för få är klara."
    )


def test_adjusted_that_stays_is_told_so():
    told = said(adjusted=(-0.065, -0.1, -0.03, 0.001))
    assert "Med hänsyn till problematik och ålder: 6 procentenheter lägre (3–10). Skillnaden finns kvar" in told


@pytest.mark.parametrize(
    ("adjusted", "words"),
    [
        (SHOWN_ADJUSTED, "Skillnaden finns kvar men är mindre: en del av den kan hänga ihop"),
        ((-0.12, -0.15, -0.09, 0.0001), "Skillnaden är större när grupperna görs lika"),
        ((0.05, 0.01, 0.09, 0.001), "Skillnaden går åt andra hållet"),
        ((-0.03, -0.09, 0.03, 0.3), "(från 9 lägre till 3 högre). Då är de för få för att avgöra"),
        ((0.0, -0.01, 0.01, 1.0), "ingen skillnad. Då är ingen skillnad visad"),
        ((None, None, None, None), "finns inget tal att visa: för få är lika i den, eller så skyddas talet."),
    ],
)
def test_what_background_changes_is_said(adjusted, words):
    assert words in said(adjusted=adjusted)


@pytest.mark.parametrize(
    ("adjusted", "end"),
    [
        (None, "(3–11), utan hänsyn till bakgrund."),
        ((None, None, None, None), "(3–11), utan hänsyn till bakgrund."),
        ((-0.03, -0.09, 0.03, 0.3), "), men inte visad med hänsyn till bakgrund."),
        (SHOWN_ADJUSTED, "procentenheter lägre (3–11)."),
    ],
)
def test_line_read_alone_says_what_background_makes_of_it(adjusted, end):
    assert sentences(GOALS, judged(adjusted=adjusted))[0].endswith(end)


def test_difference_that_only_background_shows_is_said_to_be_few_as_it_is():
    told = said((34, 100), (41, 100), adjusted=(-0.2, -0.3, -0.1, 0.0001))
    assert "7 procentenheter lägre, men de är för få för att avgöra utan hänsyn till bakgrund." in told
    assert "Skillnaden syns först när grupperna görs lika i bakgrund." in told


def within_days(limit):
    table = compared_groups({"1": (340, 1000), "2": (410, 1000)}, adjusted={"1": (-0.065, -0.1, -0.03, 0.001)})
    cells = {**table.cells, LIMIT.id: {(TOTAL,): limit}}
    (one,) = judged_page([made(table.question, table.axes, cells, measures=(*table.measures, LIMIT))]).judgements
    return one


def test_share_within_a_limit_says_the_days():
    one = within_days(120)
    told = " ".join(sentences(WITHIN, one)).replace("\N{NO-BREAK SPACE}", " ")
    assert "avslutades 34 % inom 120 dagar från verkställandet, för pojkar och män 41 %: 7 procentenheter" in told
    assert "Med hänsyn till problematik och ålder: 6 procentenheter lägre (3–10). Skillnaden finns kvar" in told
    assert title_of(WITHIN, one).startswith("Avslutad inom 120 dagar: flickor och kvinnor jämfört med")


def test_share_within_a_limit_that_is_not_shown_is_named_by_the_median():
    assert title_of(WITHIN, within_days(None)).startswith("Avslutad inom mediantiden: ")


@pytest.mark.parametrize("matter", [one for one in TIMES if one.limited], ids=lambda one: one.id)
def test_every_share_within_a_limit_names_it_once(matter):
    assert matter.limited.count("{limit}") == matter.rest.count("{limit}") == 1
    assert "{" not in matter.title


def test_many_without_a_difference_are_none_shown_as_it_is():
    told = said((3400, 10000), (3401, 10000), adjusted=(-0.2, -0.3, -0.1, 0.0001))
    assert "men ingen skillnad visad utan hänsyn till bakgrund" in told


def test_small_difference_keeps_a_decimal():
    assert "0,4 procentenheter högre" in said((34_400, 100_000), (34_000, 100_000), adjusted=None)


def test_one_point_is_singular():
    assert "1 procentenhet lägre" in said((34_000, 100_000), (35_000, 100_000))


@pytest.mark.parametrize(("days", "words"), [(-14.0, "14 dagar kortare (9–19)"), (14.0, "14 dagar längre (9–19)")])
def test_times_are_told_in_days(days, words):
    table = compared_days({"1": (days, days - 5, days + 5, 0.0)}, {"1": 50.0, "2": 50.0 - days})
    (one,) = judged_page([table]).judgements
    told = sentences(LENGTH, one)[0]
    assert told.startswith("För hälften av insatserna för flickor och kvinnor varade insatsen högst 50 dagar")
    assert words in told


def test_half_days_add_up_in_the_sentence():
    table = compared_days({"1": (57.5, 43.0, 72.0, 0.0)}, {"1": 90.5, "2": 33.0})
    (one,) = judged_page([table]).judgements
    told = sentences(LENGTH, one)[0]
    assert "högst 90,5 dagar från verkställande till avslut, för pojkar och män 33: 57,5 dagar längre (43–72)" in told


def test_hidden_group_is_told_without_numbers():
    (one,) = judged_page([compared_groups({"1": (None, None), "2": (30, 60)})]).judgements
    assert not re.search(r"\d", sentences(GOALS, one)[0])
    assert sized(one.plain) == "skillnaden visas inte"


@pytest.mark.parametrize(
    ("column", "level", "words"),
    [
        ("legal_sex", Level("2", "Pojke/Man"), "pojkar och män"),
        ("age_group", Level("65-79", "65–79 år"), "personer 65–79 år"),
        ("origin", Level("4", "Född utanför Europa"), "personer födda utanför Europa"),
        (
            "origin",
            Level("1", "Född i Sverige, med minst en förälder född i Sverige"),
            "personer födda i Sverige med minst en förälder född i Sverige",
        ),
        ("origin", Level("x", "Annat"), "gruppen ”Annat”"),
        ("legal_sex", Level("9", "Annat"), "gruppen ”Annat”"),
    ],
)
def test_groups_are_named_as_people_are(column, level, words):
    assert group_words(column, level) == words


def test_what_a_group_is_compared_with_is_named():
    assert other_words(compared_groups({"1": (3, 10), "2": (4, 10)})) == "pojkar och män"
    ages = {"1": (3, 10), "2": (4, 10), "3": (5, 10)}
    assert other_words(compared_groups(ages, column="age_group")) == "övriga"
    assert other_words(compared_groups(ages, column="age_group", against="2")) == "personer Två"


def test_title_says_what_and_who():
    assert title_of(GOALS, judged()) == "Alla mål uppnådda: flickor och kvinnor jämfört med pojkar och män"


def test_background_stands_in_one_order():
    table = compared_groups({"1": (3, 10), "2": (4, 10)}, adjusted_for=("origin", "household_type", "problem"))
    assert background_of(table) == "problematik, ursprung och hushåll"
    assert background_of(compared_groups({"1": (3, 10), "2": (4, 10)})) == ""


def test_no_sentence_speaks_of_effects():
    every = [said(), said(adjusted=SHOWN_ADJUSTED), said((34, 100), (41, 100), adjusted=(-0.2, -0.3, -0.1, 0.0001))]
    assert not re.search("effekt|beror på|orsakar|leder till|signifikant", " ".join(every))
