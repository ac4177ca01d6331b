"""The standard report answers what the source of the 20 variables lists, and the survey's rows on placed children."""

from dataclasses import replace

import made_tables
import pytest
from made_tables import YEAR

from skillnad.analysis.questions import Count, CrossTable, Duration, Flow, Share, Sum, Where
from skillnad.analysis.results import MISSING_LEVEL, TOTAL
from skillnad.analysis.selection import selection_of
from skillnad.codebook.loading import load_codebook
from skillnad.codebook.model import Kind
from skillnad.codebook.snapshot_schema import AT_START, EVENT, Population
from skillnad.reports.contents.placements import FAMILY_HOME, FORMS, FOUR_MONTHS, HVB, NO_DUE_DATES, PLACEMENTS, chapter
from skillnad.reports.contents.results import ALL_GOALS, NEVER_BEGUN, UNPLANNED, WITH_OTHERS
from skillnad.reports.contents.standard import standard_outline, whole_outline
from skillnad.reports.outline import child_bands, columns_of, questions

BANDS = ("0-6", "7-12", "13-17", "18-20")
OUTLINE = whole_outline(BANDS)
ASKED = questions(OUTLINE, YEAR)
PLACED = next(chapter for chapter in OUTLINE.chapters if chapter.id == "placerade")


def crossed() -> set[tuple[str, str]]:
    return {(question.rows, question.columns) for question in ASKED if isinstance(question, CrossTable)}


def test_every_variable_but_the_identity_number_is_reported():
    reported = {column for question in ASKED for column in columns_of(question)} | {"intake_date", "start_date"}
    expected = {v.id for v in load_codebook().standard if v.kind is not Kind.IDENTITY} - {"age"} | {"age_group"}
    assert expected <= reported | {"follow_up_date"}


@pytest.mark.parametrize(
    "pair",
    [
        ("intake_reason", "problem"),  # how the problem differs from the reason
        ("problem", "intervention_type"),  # how interventions match problems
        ("intervention_type", "legal_sex"),  # which groups are offered what
        ("intervention_type", "age_group"),
        ("intervention_type", "origin"),
        ("goal_attainment", "legal_sex"),
        ("goal_attainment", "age_group"),
        ("goal_attainment", "origin"),
        ("problem", "collaboration"),
        ("closing_reason", "legal_sex"),
        ("closing_reason", "age_group"),
        ("closing_reason", "origin"),
    ],
)
def test_the_sources_cross_tables_are_asked(pair):
    assert pair in crossed()


@pytest.mark.parametrize("group", ["legal_sex", "age_group", "origin"])
@pytest.mark.parametrize(
    "span",
    [
        ("intake_date", "decision_date"),
        ("intake_date", "start_date"),
        ("start_date", "end_date"),
        ("intake_date", "end_date"),
    ],
)
def test_lead_times_are_asked_by_group(span, group):
    timed = {(q.start, q.end, q.by) for q in ASKED if isinstance(q, Duration)}
    assert (*span, (group,)) in timed


def test_a_lead_time_is_of_what_reached_its_end_in_the_period_or_of_what_began_in_it():
    assert all(q.selection.event in (q.start, q.end) for q in ASKED if isinstance(q, Duration))


def test_what_can_be_waited_for_is_also_followed_from_its_start():
    began = {(q.start, q.end) for q in ASKED if isinstance(q, Duration) and q.selection.event == q.start}
    assert began == {
        ("intake_date", "decision_date"),
        ("decision_date", "start_date"),
        ("intake_date", "start_date"),
        ("start_date", "end_date"),
        ("intake_date", "end_date"),
    }


def test_flow_is_told_by_month_and_for_placements_also_for_the_whole_period():
    flows = [question for question in ASKED if isinstance(question, Flow)]
    alone = [question for question in flows if not question.monthly]
    assert [replace(question, monthly=True) in flows for question in alone] == [True]
    assert "intervention_type" in [where.column for where in alone[0].where]


def test_decided_help_is_waited_for_by_those_who_got_the_decision_in_the_period():
    waited = [q for q in ASKED if isinstance(q, Duration) and (q.start, q.end) == ("decision_date", "start_date")]
    assert {q.selection.event for q in waited if q.by == ("legal_sex",)} == {"decision_date", "start_date"}


def test_the_placement_chapter_has_the_surveys_14_rows():
    assert len(PLACED.items) == 14


def test_every_placement_row_is_answered_or_says_what_is_needed():
    assert all(item.parts or "behövs" in item.lacking for item in PLACED.items)


def placement_questions():
    return [ask(YEAR) for item in PLACED.items for part in item.parts for ask in part.asks]


def of_placements(question) -> bool:
    """All but the investigations, which are of every child, and the table of every form of placement."""
    selection = selection_of(question)
    forms = {code for where in selection.where if where.column == "intervention_type" for code in where.codes}
    return selection.population is not Population.CASES and forms != set(FORMS)


def test_children_are_told_by_every_form_of_placement():
    (asked,) = [q for q in placement_questions() if not of_placements(q) and isinstance(q, Count)]
    assert (asked.by, asked.selection.people) == (("intervention_type",), True)
    names = {each.code: each.sv for each in load_codebook()["intervention_type"].values}
    assert {names[code] for code in FORMS} == {
        "§ 12 LVU-hem",
        "Familjehem",
        "Hem för vård eller boende",
        "Jourhem och beredskapshem",
        "Nätverkshem",
        "Stödboende",
    }


def test_a_form_that_the_snapshot_has_no_code_for_is_not_asked(described):
    table = described.manifest.tables[Population.INTERVENTIONS]
    kinds = table.columns["intervention_type"]
    fewer = replace(kinds, levels=tuple(level for level in kinds.levels if level.code in PLACEMENTS))
    tables = {Population.INTERVENTIONS: replace(table, columns={**table.columns, "intervention_type": fewer})}
    outline = standard_outline(replace(described.manifest, tables=tables), YEAR)
    asked = [q for q in questions(outline, YEAR) if isinstance(q, Count) and q.selection.people]
    forms = [w.codes for q in asked for w in q.selection.where if w.column == "intervention_type"]
    assert set(forms) == {PLACEMENTS}


def test_investigations_are_of_children_under_18_those_that_came_and_those_decided():
    asked = [q for q in placement_questions() if isinstance(q, Duration) and q.within]
    assert [q.selection.event for q in asked] == ["intake_date", "decision_date"]
    assert {(q.start, q.end, q.within) for q in asked} == {("intake_date", "decision_date", (FOUR_MONTHS,))}
    assert {q.selection.where for q in asked} == {(Where("age_group", ("0-6", "7-12", "13-17")),)}


def test_no_childrens_investigations_where_no_band_ends_before_18():
    for bands in ((), ("0-20",)):
        assert not any(isinstance(q, Duration) and q.within for q in questions(whole_outline(bands), YEAR))


@pytest.mark.parametrize("question", [question for question in placement_questions() if of_placements(question)])
def test_placement_questions_are_about_placed_children_by_the_age_when_the_placement_began(question):
    conditions = question.where if isinstance(question, Flow) else question.selection.where
    population = question.population if isinstance(question, Flow) else question.selection.population
    told = {where.column: where.codes for where in conditions}
    assert population is Population.REVIEWS or set(told.pop("intervention_type")) <= set(PLACEMENTS)
    assert told == {"age_group" if population is Population.INTERVENTIONS else AT_START: BANDS}


def test_age_of_an_intervention_is_the_one_when_it_began():
    assert EVENT[Population.INTERVENTIONS] == "start_date"


def test_reviews_are_counted_whatever_they_hang_on():
    law = next(item for item in PLACED.items if item.id == "laguppfyllelse")
    in_time, held = (part.asks[0](YEAR).selection for part in law.parts[:2])
    assert [where.column for where in (*in_time.where, *held.where)] == [AT_START, AT_START]
    assert (in_time.event, held.event) == ("", "held_date")


def test_reviews_by_age_go_by_the_age_when_the_placement_began():
    law = next(item for item in PLACED.items if item.id == "laguppfyllelse")
    assert [ask(YEAR).by for ask in law.parts[0].asks] == [("legal_sex",), (AT_START,)]


def test_reviews_without_due_dates_are_not_told_as_late_or_in_time():
    in_time = next(item for item in PLACED.items if item.id == "laguppfyllelse").parts[0]
    table = made_tables.shared({TOTAL: (0, 0), "0-6": (0, 0)})
    cells = {"count": {**table.cells["count"], (TOTAL, TOTAL): 40, (MISSING_LEVEL, TOTAL): 40}}
    undated = made_tables.made(table.question, table.axes, cells)
    assert in_time.say((undated,)) == (NO_DUE_DATES,)


def test_reviews_with_due_dates_are_told_as_a_share():
    in_time = next(item for item in PLACED.items if item.id == "laguppfyllelse").parts[0]
    (first, *_) = in_time.say((made_tables.shared({TOTAL: (30, 10), "0-6": (30, 10)}),))
    assert first.startswith("75\u00a0% av 40 omprövningar och överväganden som skulle göras")


def test_placement_chapter_without_age_bands_says_all_ages():
    chapter = next(chapter for chapter in whole_outline(()).chapters if chapter.id == "placerade")
    assert "i alla åldrar" in chapter.lead


def test_reviews_and_costs_are_asked():
    populations = {q.selection.population for q in ASKED if isinstance(q, Share | Sum)}
    assert {Population.REVIEWS, Population.COSTS} <= populations


def labels(variable: str, codes: tuple[str, ...]) -> list[str]:
    return [load_codebook()[variable].value(code).sv for code in codes]


def test_codes_mean_what_the_report_takes_them_for():
    assert labels("intervention_type", (FAMILY_HOME, HVB)) == ["Familjehem", "Hem för vård eller boende"]
    assert all("alla mål har uppnåtts" in label for label in labels("goal_attainment", ALL_GOALS))
    assert all("oplanerat" in label for label in labels("closing_reason", UNPLANNED))
    assert not any("Ingen samverkan" in label for label in labels("collaboration", WITH_OTHERS))


def breakdowns():
    return [q for q in ASKED if isinstance(q, Share) and q.of.codes == UNPLANNED] + [
        q for q in ASKED if isinstance(q, CrossTable) and q.rows == "closing_reason"
    ]


def test_what_never_began_is_in_no_denominator_of_what_was_broken_off():
    assert len(breakdowns()) == 4
    assert {question.outside for question in breakdowns()} == {NEVER_BEGUN}
    assert labels("closing_reason", NEVER_BEGUN) == ["Insatsen påbörjades aldrig"]


def test_items_on_breakdowns_say_that_what_never_began_is_left_out():
    told = [
        item for item in OUTLINE.items if item.id in ("avslut-kon", "avslut-alder", "avslut-ursprung", "vid-avslut")
    ]
    assert len(told) == 4
    assert all("aldrig påbörjades" in item.lead for item in told)


@pytest.mark.parametrize("id", ["mal-kon", "mal-alder", "mal-ursprung", "resultat-hvb", "resultat-familjehem"])
def test_items_on_goals_say_that_what_cannot_be_judged_is_in_the_denominator(id):
    assert "”Kan inte bedöma” ingår i nämnaren" in next(item for item in OUTLINE.items if item.id == id).lead


def test_no_title_or_lead_promises_an_effect():
    told = " ".join(f"{item.title} {item.lead} {item.lacking}" for item in OUTLINE.items).lower()
    assert not any(word in told for word in ("effekt", "leder till", "bidrar till", "tack vare"))


def test_the_chapter_on_placed_children_says_whose_age_it_goes_by_and_who_is_left_out():
    assert "åldern som gäller också för placeringens kostnader, omprövningar och uppföljningar" in PLACED.lead
    assert "Unga över" not in PLACED.lead
    assert "Unga över 17 år ingår inte" in chapter(("0-12", "13-17")).lead
    assert "okänd" not in chapter(()).lead


def test_the_chapter_on_placed_children_reaches_20_with_the_standards_own_bands(described):
    bands = described.manifest.tables[Population.INTERVENTIONS].columns["age_group"]
    assert child_bands(bands) == BANDS
