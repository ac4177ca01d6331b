"""Every matter of the page reads as Swedish, with figures in it: a share, a time, and a share within the median."""

from dataclasses import replace

import pytest
from judged_tables import compared_days, compared_groups
from made_tables import made

from skillnad.analysis.comparisons.adjusted_days.limits import LIMIT
from skillnad.analysis.comparisons.judging import judged_page
from skillnad.analysis.results import TOTAL, Level
from skillnad.reports.contents.differences import DECIDED, RESULTS, TIMES, matters
from skillnad.reports.differences_wording import matter_of, sentences

GROUPS = {"1": (340, 1000), "2": (410, 1000)}
DAYS = [matter for matter in TIMES if not matter.limited]
WITHIN = [matter for matter in TIMES if matter.limited]


def judged(table):
    (one,) = judged_page([table]).judgements
    return one


def share(limit=None):
    table = compared_groups(GROUPS)
    if limit is None:
        return judged(table)
    cells = {**table.cells, LIMIT.id: {(TOTAL,): limit}}
    return judged(made(table.question, table.axes, cells, measures=(*table.measures, LIMIT)))


def said(matter, one):
    return sentences(matter, one)[0].replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("id", "words"),
    [
        ("mal", "Av insatserna för flickor och kvinnor nådde 34 % alla mål, för pojkar och män 41 %"),
        (
            "forandring",
            "Av insatserna för flickor och kvinnor hade 34 % en positiv förändring, för pojkar och män 41 %",
        ),
        ("oplanerat", "Av insatserna för flickor och kvinnor avbröts 34 % oplanerat, för pojkar och män 41 %"),
        ("aldrig-paborjad", "Av insatserna för flickor och kvinnor påbörjades 34 % aldrig, för pojkar och män 41 %"),
        ("uppfoljning", "Av insatserna för flickor och kvinnor följdes 34 % upp, för pojkar och män 41 %"),
        ("beslut", "Av de avslutade ärendena för flickor och kvinnor ledde 34 % till ett beslut, för pojkar och män"),
    ],
)
def test_share_is_said_in_a_sentence(id, words):
    (matter,) = [each for each in (*RESULTS, DECIDED) if each.id == id]
    assert said(matter, share()).startswith(words)


@pytest.mark.parametrize(
    ("id", "words"),
    [
        (
            "utredningstid-inom",
            "Av ärendena för flickor och kvinnor fick 34 % beslut inom 42 dagar från aktualiseringen",
        ),
        ("vantetid-inom", "Av insatserna för flickor och kvinnor verkställdes 34 % inom 42 dagar från beslutet"),
        ("insatstid-inom", "Av insatserna för flickor och kvinnor avslutades 34 % inom 42 dagar från verkställandet"),
    ],
)
def test_share_within_the_median_is_said_with_its_days(id, words):
    (matter,) = [each for each in WITHIN if each.id == id]
    assert said(matter, share(42)).startswith(words)


@pytest.mark.parametrize("matter", DAYS, ids=lambda matter: matter.id)
def test_time_is_said_of_half_of_the_rows(matter):
    one = judged(compared_days({"1": (-14.0, -20.0, -8.0, 0.0)}, {"1": 50.0, "2": 64.0}))
    assert said(matter, one).startswith(f"För hälften av {matter.rows} för flickor och kvinnor {matter.verb} högst 50")
    assert "14 dagar kortare (8–20)" in said(matter, one)


def test_days_have_no_limit_in_their_name():
    one = judged(compared_days({"1": (-14.0, -20.0, -8.0, 0.0)}, {"1": 50.0, "2": 64.0}))
    assert [matter_of(matter, one.table) for matter in DAYS] == [matter.title for matter in DAYS]


def test_time_and_its_share_within_the_median_ask_of_the_same_rows():
    assert [matter.id for matter in WITHIN] == [f"{matter.id}-inom" for matter in DAYS]
    assert [matter.rows for matter in WITHIN] == [matter.rows for matter in DAYS]


def test_matters_have_names_of_their_own():
    kinds = (Level("10", "Familjehem"), Level("12", "HVB"))
    every = matters(kinds)
    assert len({matter.id for matter in every}) == len({matter.title for matter in every}) == len(every)


def test_limit_that_is_hidden_leaves_the_median_in_the_title():
    one = share(42)
    table = replace_limit(one.table, None)
    assert [matter_of(matter, table) for matter in WITHIN] == [matter.title for matter in WITHIN]
    assert all("mediantiden" in matter.title for matter in WITHIN)


def replace_limit(table, limit):
    return made(table.question, table.axes, {**table.cells, LIMIT.id: {(TOTAL,): limit}}, measures=table.measures)


def test_offer_is_said_by_its_kind():
    (offer,) = [matter for matter in matters((Level("10", "Familjehem"),)) if matter.id == "insatstyp-10"]
    one = replace(share(), adjusted=None)
    assert said(offer, one).startswith("Av de beslutade insatserna för flickor och kvinnor var 34 % ”Familjehem”, för")
