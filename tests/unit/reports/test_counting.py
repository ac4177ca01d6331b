from dataclasses import replace

import pytest
from made_tables import CASES, YEAR, cross, durations, flow, frequency, made, shared

from skillnad.analysis.comparisons.adjusted.figures import Unadjusted
from skillnad.analysis.comparisons.unknown_rows import Unknown
from skillnad.analysis.questions import ONGOING, Count, CrossTable, Duration, Percent, Selection
from skillnad.analysis.results import TOTAL, LeftOut, LevelKind
from skillnad.analysis.selection import Reason
from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import EVENT, Population
from skillnad.reports import counting
from skillnad.reports.counting import UNKNOWN_WHOLE, bases, basis, counted_how, rows_counted, whole_of_shares


def test_basis_tells_n_unknown_and_missing():
    told = basis(frequency({"1": 30, "x": 5, "": 7}))
    assert told == "n = 30 ärenden med uppgift om problem. ”Vet ej”: 5. Uppgift saknas: 7."


def test_basis_says_that_a_number_is_hidden():
    told = basis(frequency({"1": 30, "": None}, total=33))
    assert told == "n = [dolt] ärenden med uppgift om problem. Uppgift saknas: [dolt]."


def test_basis_of_a_duration_is_how_many_were_timed():
    assert basis(durations({TOTAL: (200, 60)})) == "n = 200 ärenden."


def test_basis_of_a_share_is_its_denominator():
    assert basis(shared({TOTAL: (75, 25)})).startswith("n = 100 omprövningar och överväganden med uppgift")


def test_basis_of_a_flow_is_the_table_itself():
    assert basis(flow(1, 2, 3, 4)) == ""


def test_counted_how_names_rows_event_and_period():
    assert counted_how(frequency({"1": 30})).startswith("Räknat på ärenden som aktualiserades under 2025.")


def test_counted_how_of_an_event_that_is_asked_for():
    selection = Selection(Population.INTERVENTIONS, YEAR, "end_date")
    assert "insatser som avslutades under 2025" in counted_how(frequency({"1": 30}, selection=selection))


def test_counted_how_of_people_says_so():
    selection = Selection(Population.INTERVENTIONS, YEAR, ONGOING, people=True)
    said = counted_how(frequency({"1": 30}, selection=selection, multiple=True))
    assert "olika personer bakom insatser som pågick någon dag under 2025" in said
    assert "En person räknas en gång i varje grupp" in said


def test_counted_how_of_several_values_says_so():
    assert "Ett ärende kan ha flera värden" in counted_how(frequency({"1": 30}, multiple=True))


def test_counted_how_speaks_of_no_shares_where_none_are_shown():
    said = counted_how(frequency({"1": 30}, multiple=True), shares=False)
    assert "ndel" not in said
    assert "antalen kan tillsammans bli fler än talet för alla" in said


def test_counted_how_names_what_stands_outside_the_denominator():
    table = cross({("1", "1"): 20, ("8", "1"): 10})
    question = replace(table.question, outside=("8",))
    levels = tuple(replace(o, kind=LevelKind.UNKNOWN) if o.code == "8" else o for o in table.axes[0].levels)
    outside = made(question, (replace(table.axes[0], levels=levels), table.axes[1]), table.cells)
    assert f"Inte heller ”{levels[1].label}” ingår i nämnaren." in counted_how(outside)
    assert "Inte heller" not in counted_how(table)


def test_counted_how_says_why_a_count_stands_without_its_share():
    table = cross({("1", "1"): 20, ("2", "1"): 10})
    assert UNKNOWN_WHOLE not in counted_how(table)
    hidden = {**table.cells["share"], ("1", "1"): None}
    assert UNKNOWN_WHOLE in counted_how(made(table.question, table.axes, {**table.cells, "share": hidden}))
    assert UNKNOWN_WHOLE not in counted_how(made(table.question, table.axes, table.cells), shares=False)


def test_counted_how_does_not_explain_the_share_of_a_hidden_count():
    table = cross({("1", "1"): 20, ("2", "1"): 10})
    key = ("1", "1")
    cells = {measure: {**numbers, key: None} for measure, numbers in table.cells.items()}
    assert UNKNOWN_WHOLE not in counted_how(made(table.question, table.axes, cells))


@pytest.mark.parametrize(("counts", "of_all"), [({"1": 30, "": None}, True), ({"1": 30, "": 7}, False)])
def test_counted_how_of_a_frequency_says_what_its_shares_are_of(counts, of_all):
    said = counted_how(frequency(counts, total=37))
    assert ("Andelarna är av alla, även dem utan uppgift" in said) is of_all
    assert ("saknade uppgifter ingår inte" in said) is not of_all


def test_counted_how_of_a_frequency_says_why_there_are_no_shares():
    assert UNKNOWN_WHOLE in counted_how(frequency({"1": 30, "": None}, total=None))


def test_counted_how_calls_a_row_what_it_is():
    selection = Selection(Population.INTERVENTIONS, YEAR)
    assert "En insats kan ha" in counted_how(frequency({"1": 30}, selection=selection, multiple=True))


def test_counted_how_without_a_period_is_of_the_whole_snapshot():
    assert "hela ögonblicksbilden" in counted_how(frequency({"1": 30}, selection=Selection(Population.CASES)))


@pytest.mark.parametrize(("missing", "said"), [(293, ("de 307 som har uppgift, av 600",)), (0, ()), (None, ())])
def test_shares_of_all_say_how_many_they_are_of_where_the_margin_has_more(missing, said):
    table = cross({("1", "1"): 200, ("1", "2"): 107, ("", "1"): missing, ("", "2"): 0})
    told = whole_of_shares(table)
    assert len(told) == len(said)
    assert all(part in told[0] for part in said)


def test_counted_how_tells_what_was_left_out_and_why():
    table = frequency({"1": 30}, left_out=(LeftOut("end_before_start", 12), LeftOut("open", None)))
    said = counted_how(table)
    assert "Utanför: 12 ärenden som har ett slut före sin början." in said
    assert "Utanför: [dolt] ärenden som ännu inte har nått sitt slut." in said


def test_counted_how_says_why_an_ended_row_has_no_date():
    selection = Selection(Population.INTERVENTIONS, YEAR, "end_date")
    table = frequency({"1": 30}, selection=selection, left_out=(LeftOut("no_event_date", 12),))
    assert "saknar slutdatum, för att de pågår" in counted_how(table)


def test_counted_how_says_that_a_row_without_its_date_is_of_no_period():
    selection = Selection(Population.INTERVENTIONS, YEAR, "start_date")
    table = frequency({"1": 30}, selection=selection, left_out=(LeftOut("no_event_date", 12),))
    assert "12 insatser som saknar datum och därför inte kan räknas till någon period." in counted_how(table)


def test_counted_how_of_people_leaves_out_rows_and_not_people():
    selection = Selection(Population.INTERVENTIONS, YEAR, ONGOING, people=True)
    table = frequency({"1": 30}, selection=selection, multiple=True, left_out=(LeftOut("no_first_day", 12),))
    assert "Utanför, oavsett period: 12 insatser som saknar första dag." in counted_how(table)


def test_bases_tell_each_table_once():
    before, after = frequency({"1": 30}), frequency({"1": 20, "": 10}, column="intake_reason")
    assert bases((before, before)) == basis(before)
    assert bases((before, after)) == f"{basis(before)} {basis(after)}"


def test_shares_of_several_values_are_said_to_overlap_where_they_do():
    overlap = "så andelarna kan tillsammans bli mer än 100 %"
    assert overlap in counted_how(frequency({"1": 30}, multiple=True))
    assert overlap not in counted_how(durations({TOTAL: (200, 60)}))
    assert overlap not in counted_how(cross({("1", "1"): 30}))


@pytest.mark.parametrize(("event", "warned"), [(ONGOING, True), ("decision_date", False), ("", False)])
def test_durations_of_what_went_on_are_said_to_be_long(event, warned):
    table = durations({TOTAL: (200, 60)})
    table.question = replace(table.question, selection=Selection(Population.CASES, YEAR, event))
    assert ("Det som varar länge pågår oftare" in counted_how(table)) is warned
    assert ("Det som varar länge pågår oftare" in rows_counted(table)) is warned
    assert ("räknar varje rad först från det antal dagar som den hade varat" in counted_how(table)) is warned


@pytest.mark.parametrize(
    ("event", "said"),
    [
        ("intake_date", ""),
        ("decision_date", "Bara det som nått beslut är med; det som slutade dessförinnan är inte med i tiderna."),
        ("closed_date", ""),
        (ONGOING, ""),
        ("due_date", ""),
    ],
)
def test_durations_of_what_came_to_a_day_on_the_way_are_said_to_be(event, said):
    table = durations({TOTAL: (200, 60)})
    table.question = Duration("intake_date", "closed_date", Selection(Population.CASES, YEAR, event))
    for told in (counted_how(table), rows_counted(table)):
        assert said in told
        assert ("Bara det som nått" in told.replace("Bara det som nått tidens", "")) is bool(said)


def test_durations_that_were_over_before_the_day_are_not_said_to_end_before_it():
    table = durations({TOTAL: (200, 60)})
    table.question = Duration("intake_date", "decision_date", Selection(Population.CASES, YEAR, "closed_date"))
    assert "är med." in counted_how(table)
    assert "dessförinnan" not in counted_how(table)


def test_durations_of_every_period_are_of_no_chosen_day():
    """Then the open are there too, also where the population's own event is the last day."""
    table = durations({TOTAL: (200, 60)})
    table.question = Duration("decision_date", "start_date", Selection(Population.INTERVENTIONS))
    assert "Bara det som nått" not in counted_how(table)


def test_rows_with_both_dates_are_not_all_where_the_open_are_counted():
    days = Duration("intake_date", "closed_date", CASES)
    assert "; bara rader med båda datumen räknas." in counting._method(days)[0]
    assert "; i de vanliga tiderna räknas bara rader med båda datumen." in counting._method(days, followed=True)[0]


def test_shares_within_a_limit_are_said_to_count_the_open():
    days = Duration("intake_date", "closed_date", CASES, within=(30,))
    assert counting.WITHIN_FOLLOWED in counting._method(days, followed=True)
    assert counting.WITHIN_FOLLOWED not in counting._method(days)
    assert counting.WITHIN_FOLLOWED not in counting._method(replace(days, within=()), followed=True)


@pytest.mark.parametrize(("event", "told"), [("decision_date", True), ("intake_date", False), (ONGOING, False)])
def test_durations_of_what_ended_are_said_to_be_of_what_ended(event, told):
    table = durations({TOTAL: (200, 60)})
    table.question = replace(table.question, selection=Selection(Population.CASES, YEAR, event))
    assert ("Bara det som nått tidens sista datum är med." in counted_how(table)) is told


def test_event_of_the_population_is_an_end_too():
    table = durations({TOTAL: (200, 60)})
    table.question = Duration("decision_date", "start_date", Selection(Population.INTERVENTIONS, YEAR))
    assert "Bara det som nått tidens sista datum är med." in counted_how(table)


def test_a_period_beyond_the_snapshot_is_said_to_be_cut_short():
    later = Selection(Population.CASES, Period.parse("2026"))
    assert "Underlaget slutar 31 december 2025, så perioden är inte hel" in counted_how(
        frequency({"1": 30}, selection=later)
    )
    assert "Underlaget slutar" not in counted_how(frequency({"1": 30}))


def test_every_reason_to_leave_rows_out_has_a_sentence():
    of_rows = {reason.value for reason in (*Reason, *Unadjusted, *Unknown)} - {Unadjusted.UNUSED_BACKGROUND}
    assert set(counting.LEFT_OUT) == of_rows


def test_background_that_is_left_out_is_no_rows_left_out():
    left = (LeftOut(Unadjusted.UNUSED_BACKGROUND, 0, "age_group"), LeftOut(Reason.NO_CLIENT, 7))
    said = counted_how(frequency({"1": 30}, left_out=left))
    assert said.count("Utanför") == 1
    assert "Utanför: 7 ärenden som inte går att knyta till en person." in said


def test_every_event_has_a_word():
    assert set(EVENT.values()) <= set(counting.EVENT_WORDS)


def test_shares_of_rows_and_of_columns_are_told_apart():
    rows = counting._method(CrossTable("problem", "legal_sex", CASES, Percent.ROWS))
    columns = counting._method(CrossTable("problem", "legal_sex", CASES, Percent.COLUMNS))
    assert rows != columns != counting._method(Count(CASES, ("problem",)))
