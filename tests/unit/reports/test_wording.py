"""Sentences use shown cells only, claim nothing that a gap could gainsay, and read well when all are gaps."""

import pytest
from made_tables import YEAR, cross, durations, flow, frequency

from skillnad.analysis.headline import listed, rows_of
from skillnad.analysis.questions import Percent, Selection
from skillnad.analysis.results import TOTAL
from skillnad.codebook.snapshot_schema import Population
from skillnad.reports import wording
from skillnad.reports.wording import TOO_FEW, UNTESTED


def plain(sentences: tuple[str, ...]) -> str:
    return " ".join(sentences).replace("\N{NO-BREAK SPACE}", " ")


def test_commonest_says_how_many_of_those_that_are_known():
    said = wording.commonest("problematiken")((frequency({"1": 30, "2": 60, "x": 40, "": 9}),))
    assert plain(said) == (
        "Den vanligaste problematiken är ”Två”: 60 av 90 ärenden (67 %). Därefter kommer ”Ett” (33 %)."
    )


def test_commonest_does_not_claim_what_a_gap_could_exceed():
    said = wording.commonest("problematiken")((frequency({"1": 30, "2": None, "3": None}, total=99),))
    assert "av dem som kan visas är ”Ett”" in plain(said)


def test_commonest_is_certain_where_all_gaps_together_are_fewer():
    said = wording.commonest("problematiken")((frequency({"1": 30, "2": None, "3": None}, total=50),))
    assert plain(said).startswith("Den vanligaste problematiken är ”Ett”: 30 av 50 ärenden")


def test_commonest_of_several_values_is_never_certain_beside_a_gap():
    table = frequency({"1": 30, "2": None, "3": None}, total=50, multiple=True)
    assert "av dem som kan visas är ”Ett”" in plain(wording.commonest("problematiken")((table,)))


def test_commonest_after_the_first_is_no_claim_either_where_something_is_hidden():
    said = wording.commonest("problematiken")((frequency({"1": 30, "2": 20, "3": None, "4": None}, total=99),))
    assert "Därefter, bland det som kan visas, kommer ”Två”" in plain(said)


def test_commonest_tells_a_tie_as_a_tie():
    said = plain(wording.commonest("problematiken")((frequency({"1": 30, "2": 30, "3": 7}),)))
    assert said == "Lika vanliga är ”Ett” och ”Två”: 30 ärenden var."


def test_commonest_of_gaps_is_too_few():
    assert wording.commonest("problematiken")((frequency({"1": None, "2": None}, total=None),)) == (TOO_FEW,)


def test_commonest_of_nothing_says_that_there_is_nothing():
    assert wording.commonest("problematiken")((frequency({"1": 0}),)) == ("Det finns inga ärenden att räkna.",)


def test_commonest_does_without_the_whole_where_it_is_hidden():
    said = plain(wording.commonest("problematiken")((frequency({"1": 30, "2": 12, "": None}, total=None),)))
    assert said.startswith("Den vanligaste problematiken är ”Ett”: 30 ärenden.")
    assert "%" not in said


def test_rows_are_people_where_people_are_counted():
    table = frequency({"1": 8}, selection=Selection(Population.INTERVENTIONS, YEAR, people=True))
    assert rows_of(table) == "personer"


def test_split_tells_every_shown_value():
    said = plain(wording.split("aktualiserades")((frequency({"1": 75, "2": 25}, column="legal_sex"),)))
    assert said == "100 ärenden aktualiserades: ”Ett” 75 (75 %) och ”Två” 25 (25 %)."


def test_split_says_that_something_is_hidden():
    said = plain(wording.split("aktualiserades")((frequency({"1": 75, "2": None, "3": None}, total=85),)))
    assert "”Ett” 75" in said
    assert said.endswith(wording.HIDDEN)


def test_over_the_year_names_the_heaviest_and_the_lightest_month():
    table = frequency({"2025-01": 50, "2025-02": 10, "2025-03": 30}, column="month:intake_date")
    assert plain(wording.over_the_year("aktualiseringar", "kom")((table,))) == (
        "Flest aktualiseringar kom i januari 2025 (50) och färst i februari 2025 (10). "
        "Sammanlagt var det 90 aktualiseringar, i genomsnitt 30 i månaden."
    )


def test_over_the_year_names_all_months_of_a_tie():
    table = frequency({"2025-01": 50, "2025-02": 50, "2025-03": 30}, column="month:intake_date")
    assert "januari 2025 och februari 2025 (50 i varje)" in plain(wording.over_the_year("x", "kom")((table,)))


def test_over_the_year_does_not_call_a_month_light_that_is_not_over():
    months = {"2025-11": 50, "2025-12": 30, "2026-01": 1}  # the snapshot ends on 31 December 2025
    said = plain(wording.over_the_year("aktualiseringar", "kom")((frequency(months, column="month:intake_date"),)))
    assert said == "Flest aktualiseringar kom i november 2025 (50) och färst i december 2025 (30)."


def test_over_the_year_speaks_of_the_months_that_can_be_shown():
    table = frequency({"2025-01": 50, "2025-02": None, "2025-03": None}, column="month:intake_date", total=58)
    assert "av de månader som kan visas" in plain(wording.over_the_year("x", "kom")((table,)))


def test_how_long_gives_the_median_the_slow_tenth_and_the_groups():
    table = durations({TOTAL: (200, 60), "1": (120, 58), "2": (80, 61.5)})
    said = wording.how_long("ärendena", "till beslut")((table,))
    assert plain(said) == (
        "För hälften av ärendena var tiden till beslut högst 60 dagar (n = 200). "
        "För ungefär en av tio var den 180 dagar eller längre. "
        f"Medianen i grupperna: ”Ett” 58 dagar (n = 120) och ”Två” 61,5 dagar (n = 80). {UNTESTED}"
    )


def test_how_long_tells_no_tenths_of_a_long_time():
    said = plain(wording.how_long("ärendena", "till beslut")((durations({TOTAL: (200, 99.5)}),)))
    assert "högst 99,5 dagar" in said
    assert "den 299 dagar eller längre" in said


def test_how_long_without_a_median_is_too_few():
    assert wording.how_long("ärendena", "till beslut")((durations({TOTAL: (None, None)}),)) == (TOO_FEW,)


def test_still_the_same_reads_the_diagonal():
    table = cross({("1", "1"): 30, ("1", "2"): 10, ("2", "1"): 1, ("2", "2"): 0}, percent=Percent.ROWS)
    assert "Av 40 ärenden som aktualiserades för ”Ett” och är utredda hade 75 %" in plain(
        wording.still_the_same(1)((table,))
    )


def test_before_and_after_tells_the_same_value_twice():
    before, after = frequency({"1": 20, "2": 80}), frequency({"1": 50, "2": 50})
    assert plain(wording.before_and_after(1)((before, after))) == (
        "”Två” var orsak i 80 % av ärendena (n = 100) och problematik efter utredning i 50 % (n = 100)."
    )


def test_before_and_after_needs_both():
    assert wording.before_and_after(1)((frequency({"1": 20}),)) == ()


def test_new_ongoing_closed_leaves_out_what_is_hidden():
    assert plain(wording.new_ongoing_closed()((flow(120, None, 30, None),))) == (
        "Insatser: vid periodens början pågick 120 och 30 avslutades."
    )


def test_new_ongoing_closed_of_gaps_is_too_few():
    assert wording.new_ongoing_closed()((flow(None, None, None, None),)) == (TOO_FEW,)


@pytest.mark.parametrize(("words", "text"), [(["a"], "a"), (["a", "b"], "a och b"), (["a", "b", "c"], "a, b och c")])
def test_listed_is_a_swedish_enumeration(words, text):
    assert listed(words) == text


def test_amount_of_does_without_a_whole_that_is_hidden():
    assert wording.amount_of(12, None, "ärenden") == "12 ärenden"
