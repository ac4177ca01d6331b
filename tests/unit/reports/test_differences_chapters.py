"""The chapters of the page of differences: what comes first, what each is called, and what is said over it."""

import pytest
from judged_tables import compared_days, compared_groups

from skillnad.analysis.comparisons.judging import judged_page
from skillnad.reports.contents.differences import DECIDED, RESULTS, TIMES
from skillnad.reports.differences_chapters import (
    FOREMOST,
    anchor_of,
    chapters_of,
    difference_of,
    figures_of,
    key_of,
)
from skillnad.reports.outline import Chapter, Outline, ReportItem

GOALS, BETTER = RESULTS[:2]
WAIT = next(matter for matter in TIMES if matter.id == "vantetid")
LARGE, SMALL = {"1": (300, 1000), "2": (600, 1000)}, {"1": (500, 1000), "2": (600, 1000)}
NOTHING = Outline(())


def chapters(*compared, outline=NOTHING):
    """Of matters with their tables, each of two groups."""
    page = judged_page([table for _, table in compared])
    matters = {id(table): matter for matter, table in compared}
    return chapters_of([(matters[id(one.table)], one) for one in page.judgements], page, outline)


def shown(*compared):
    return [item.item.id for item in chapters(*compared)[0].items]


def one_of(table):
    (judgement,) = judged_page([table]).judgements
    return judgement


def lead(place, *compared):
    return chapters(*compared)[place].chapter.lead


def test_larger_difference_comes_before_a_smaller_one():
    assert shown((GOALS, compared_groups(SMALL)), (BETTER, compared_groups(LARGE)))[1:] == [
        "forandring-legal-sex-1",
        "mal-legal-sex-1",
    ]


def test_results_come_before_times_and_offers_last():
    days = compared_days({"1": (-30.0, -34.0, -26.0, 0.0)}, {"1": 50.0, "2": 80.0})
    found = shown((DECIDED, compared_groups(LARGE)), (WAIT, days), (GOALS, compared_groups(SMALL)))
    assert found[1:] == ["mal-legal-sex-1", "vantetid-legal-sex-1", "beslut-legal-sex-1"]


def test_of_times_days_come_before_shares_within_the_median():
    within = next(matter for matter in TIMES if matter.id == "vantetid-inom")
    days = compared_days({"1": (-9.0, -12.0, -6.0, 0.0)}, {"1": 71.0, "2": 80.0})
    found = shown((within, compared_groups(LARGE)), (WAIT, days))
    assert found[1:] == ["vantetid-legal-sex-1", "vantetid-inom-legal-sex-1"]


def test_difference_that_only_background_shows_is_placed_by_the_adjusted():
    few = compared_groups({"1": (34, 100), "2": (41, 100)}, adjusted={"1": (-0.4, -0.45, -0.35, 0.0)})
    assert shown((GOALS, compared_groups(SMALL)), (BETTER, few))[1] == "forandring-legal-sex-1"


def test_foremost_stand_in_the_summary():
    matters = [*RESULTS, DECIDED]
    tables = [compared_groups(LARGE) for _ in matters]
    items = chapters(*zip(matters, tables, strict=True))[0].items[1:]
    assert len(items) > FOREMOST
    assert [item.item.key_figure for item in items] == [place < FOREMOST for place in range(len(items))]


def test_page_says_first_how_many_are_shown_and_that_the_foremost_follow():
    matters = [*RESULTS, DECIDED]
    many = chapters(*zip(matters, [compared_groups(LARGE) for _ in matters], strict=True))[0].chapter.in_short
    assert many == f"{len(matters)} av {len(matters)} jämförelser visar en skillnad. De {FOREMOST} främsta:"
    assert chapters((GOALS, compared_groups(LARGE)))[0].chapter.in_short == "1 av 1 jämförelser visar en skillnad."


@pytest.mark.parametrize(
    ("compared", "said"),
    [
        ([(GOALS, compared_groups({"1": (50, 100), "2": (51, 100)}))], "Ingen av 1 jämförelser visar en skillnad."),
        ([], "Perioden har inga rader att jämföra grupper av."),
    ],
)
def test_page_that_shows_none_says_so_first(compared, said):
    assert [one.chapter.in_short for one in chapters(*compared)] == [said, "", ""]


def test_every_matter_and_long_table_is_folded_and_what_is_shown_stands_by_kind():
    alike = compared_groups({"1": (50, 100), "2": (51, 100)})
    first, *rest = chapters((GOALS, compared_groups(SMALL)), (BETTER, compared_groups(LARGE)), (DECIDED, alike))
    assert [item.item.under for item in first.items] == ["", *2 * ["Resultat: 2 visade skillnader"]]
    assert all(item.item.folded for chapter in (first, *rest) for item in chapter.items)


def test_one_of_a_kind_is_counted_as_one():
    assert chapters((DECIDED, compared_groups(LARGE)))[0].items[1].item.under == "Vad som erbjuds: 1 visad skillnad"


def test_overview_has_a_row_for_each_shown_difference():
    first, *others = chapters((GOALS, compared_groups(SMALL)), (BETTER, compared_groups(LARGE)))[0].items
    (answer,) = first.answers
    assert [row.link for row in answer.view.rows] == [item.item.id for item in others]


def test_difference_is_named_the_same_from_one_period_to_the_next():
    one = one_of(compared_groups(SMALL))
    assert (key_of(GOALS, one), anchor_of(GOALS, one)) == ("mal.legal_sex.1", "mal-legal-sex-1")


@pytest.mark.parametrize("code", ["65-79", "Å/Ä", "a.b#c"])
def test_anchor_holds_any_group_in_letters_that_an_address_may_have(code):
    one = one_of(compared_groups({code: (30, 100), "x": (60, 100)}, column="age_group"))
    assert anchor_of(GOALS, one) == "mal-age-group-1"
    assert key_of(GOALS, one) == f"mal.age_group.{code}"


def test_explanation_is_kept_with_the_figures_as_they_are_and_adjusted():
    kept = figures_of(one_of(compared_groups(LARGE, adjusted={"1": (-0.25, -0.3, -0.2, 0.0)})))
    assert kept["difference"] == pytest.approx(-0.3)
    assert (kept["adjusted_difference"], kept["adjusted_p"]) == (-0.25, 0.0)
    assert kept["low"] < kept["difference"] < kept["high"]


def test_what_was_not_adjusted_has_no_adjusted_figures():
    assert set(figures_of(one_of(compared_groups(LARGE)))) == {"difference", "low", "high", "p"}


def test_difference_is_told_in_words_for_who_explains_it():
    of = difference_of(GOALS, one_of(compared_groups(LARGE)))
    assert of.about.startswith("30 procentenheter lägre (")
    assert of.title == "Alla mål uppnådda: flickor och kvinnor jämfört med pojkar och män"


def test_lead_counts_what_is_shown_of_all():
    alike = compared_groups({"1": (50, 100), "2": (51, 100)})
    assert lead(0, (GOALS, compared_groups(LARGE)), (BETTER, alike)).startswith("1 av 2 jämförelser visar en skillnad.")


def test_page_that_shows_none_asks_for_no_explanations():
    told = lead(0, (GOALS, compared_groups({"1": (50, 100), "2": (51, 100)})))
    assert told.startswith("Ingen av 1 jämförelser visar en skillnad.")
    assert "Skriv en förklaring" not in told


def test_page_where_all_could_be_told_says_so():
    assert lead(1, (GOALS, compared_groups(LARGE))) == "Alla jämförelser kunde avgöras."


def test_page_where_none_could_be_ruled_out_says_so():
    assert "I ingen jämförelse är de så många" in lead(2, (GOALS, compared_groups(LARGE)))


def test_page_without_rows_says_that_nothing_was_compared():
    assert {one.chapter.lead for one in chapters()} == {"Perioden har inga rader att jämföra grupper av."}


def test_what_the_extracts_lack_is_said_among_what_cannot_be_told():
    lacking = ReportItem("mal", "Alla mål uppnådda", (), lacking="Kommunens underlag har inte målen.")
    outline = Outline((Chapter("resultat", "Resultat", (lacking,)),))
    _, few, _ = chapters((WAIT, compared_days({"1": (1.0, -9.0, 9.0, 0.8)}, {"1": 50.0, "2": 49.0})), outline=outline)
    results, times = few.items
    assert (results.item.lacking, results.answers) == ("Alla mål uppnådda: Kommunens underlag har inte målen.", ())
    assert times.answers
