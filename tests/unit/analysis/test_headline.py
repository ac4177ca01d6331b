import pytest
from made_tables import YEAR, cross, durations, flow, frequency

from skillnad.analysis.headline import axis_words, headline
from skillnad.analysis.questions import ONGOING, Selection, Where
from skillnad.analysis.results import TOTAL, Axis
from skillnad.codebook.snapshot_schema import Population


def of_interventions(**selection):
    return headline(frequency({"1": 30}, selection=Selection(Population.INTERVENTIONS, **selection)))


def test_headline_names_rows_period_and_column():
    assert headline(frequency({"1": 30})) == "Ärenden 2025, efter problem"


def test_headline_of_two_columns_names_both():
    assert headline(cross({("1", "1"): 30, ("1", "2"): 20})) == "Ärenden 2025, efter goal_attainment och legal_sex"


def test_headline_without_a_period_names_none():
    assert of_interventions() == "Insatser, efter problem"


def test_headline_of_what_went_on_says_so():
    assert "som pågick någon gång under 2025" in of_interventions(period=YEAR, event=ONGOING)


def test_headline_of_people_counts_persons():
    assert of_interventions(people=True).startswith("Personer")


def test_headline_warns_of_a_selection():
    told = of_interventions(period=YEAR, where=(Where("unit", ("A",)),))
    assert told == "Insatser 2025, ett urval, efter problem"


def test_headline_of_a_duration_is_about_days():
    told = headline(durations({TOTAL: (200, 60)}))
    assert told == "Dagar från aktualisering till beslut, ärenden 2025, efter legal_sex"


def test_headline_of_a_flow_is_not_called_flow():
    told = headline(flow(1, 2, 3, 4))
    assert told.startswith("Pågående, nya och avslutade ")
    assert "flöde" not in told.lower()


@pytest.mark.parametrize(("id", "words"), [("month:start_date", "månad"), ("year:start_date", "år"), ("x", "namn")])
def test_calendar_is_named_by_its_step(id, words):
    assert axis_words(Axis(id, "Namn", ())) == words
