import pytest
from compared_tables import FOUR, TWO, answers, compared, course, funnel_of_units, paired_judgements, ranked_units

from skillnad.analysis.column_words import column_words
from skillnad.analysis.comparisons.in_words import condition
from skillnad.analysis.comparisons.questions import Chart, Comparison, Drawn
from skillnad.analysis.formulas.samples import Chosen
from skillnad.analysis.headline import headline, hidden_rest
from skillnad.analysis.questions import Duration, Where
from skillnad.analysis.results import MeasureKind
from skillnad.reports.comparison_wording import told


def test_comparison_says_what_differs_between_whom() -> None:
    assert headline(compared(TWO)) == "Skillnader i måluppfyllelse: ärenden 2025, efter legal_sex"


def test_comparison_of_times_names_both_dates() -> None:
    table = compared(TWO)
    table.question = Comparison(Duration("intake_date", "decision_date", table.question.selection, ("legal_sex",)))
    assert headline(table).startswith("Skillnader i dagar från aktualisering till beslut: ärenden 2025")


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        (("age_group",), ", justerat för åldersgrupp"),
        (("age_group", "unit", "own"), ", justerat för åldersgrupp, enhet och own"),
    ],
)
def test_adjusted_comparison_says_what_for(columns, words) -> None:
    table = compared(TWO)
    table.question = Comparison(table.question.of, adjusted_for=columns)
    assert headline(table).endswith(f"efter legal_sex{words}")


def test_comparison_says_how_much_matters_where_that_is_asked() -> None:
    table = compared(TWO)
    table.question = Comparison(table.question.of, adjusted_for=("age_group",), relevant=0.025)
    assert headline(table).endswith(", justerat för åldersgrupp, där 2,5 procentenheter spelar roll")
    table.question = Comparison(Duration("intake_date", "decision_date", by=("legal_sex",)), relevant=14.0)
    assert headline(table).endswith("efter legal_sex, där 14 dagar spelar roll")


HALF_HIDDEN = {"1": (60, 40), "2": (50, 100), "3": (None, None), "4": (None, None)}


def test_comparison_of_which_all_is_hidden_says_what_would_do() -> None:
    table = compared(HALF_HIDDEN, column="unit")
    table.cells = {**table.cells, "difference": {(code,): None for code in HALF_HIDDEN}}
    said = hidden_rest(table)
    assert told(table) == (said,)
    assert said.startswith("Ingen grupp går att jämföra med alla övriga")
    assert said.endswith("till exempel ”Två” (--against 2).")


@pytest.mark.parametrize(
    "table",
    [
        compared(TWO),
        compared(FOUR, against="1"),
        compared(HALF_HIDDEN, against="2"),
        compared({"1": (60, 40), "2": (None, None)}),
        compared({"1": (60, 40), "2": (None, None), "3": (None, None)}),
        funnel_of_units(),
    ],
)
def test_comparison_that_says_something_needs_no_other(table) -> None:
    assert hidden_rest(table) == ""


@pytest.mark.parametrize(
    ("drawn", "words"),
    [
        (Drawn(Chosen.FIRST_MET), "bland de första som kom"),
        (Drawn(Chosen.BY_HAND), "bland dem som någon valde"),
        (Drawn(Chosen.BY_LOT, 1400), "i ett slumpmässigt urval ur 1 400"),
        (Drawn(Chosen.BY_LOT, of_each=(("1", 300), ("2", 200))), "i ett slumpmässigt urval ur 500"),
        (Drawn(Chosen.EVERYONE), "där alla tillfrågades"),
        (Drawn(Chosen.EVERYONE, 800), "där alla 800 tillfrågades"),
    ],
)
def test_comparison_of_a_sample_says_how_it_was_chosen(drawn, words) -> None:
    table = compared(TWO)
    table.question = Comparison(table.question.of, drawn=drawn)
    assert headline(table).endswith(f"efter legal_sex, {words}")


@pytest.mark.parametrize(
    ("table", "start"),
    [
        (ranked_units(), "Rangordning, måluppfyllelse: ärenden 2025, efter unit"),
        (funnel_of_units(), "Trattdiagram, måluppfyllelse: ärenden 2025, efter unit"),
        (course([1, 2]), "Seriediagram: ärenden, efter månad"),
        (course([1, 2], chart=Chart.CONTROL), "Styrdiagram: ärenden, efter månad"),
        (course([1, 2], kind=MeasureKind.DAYS), "Seriediagram, dagar från aktualisering till beslut: ärenden"),
        (paired_judgements(9, 9, 9, 9), "Två bedömningar, måluppfyllelse och rating"),
        (answers({"A": (9, 9, 9)}), "Svarsfrekvens, måluppfyllelse: ärenden 2025, efter unit"),
    ],
)
def test_every_comparative_table_has_a_line_of_its_own(table, start) -> None:
    assert headline(table).startswith(start)


def test_condition_names_its_value_where_it_is_one_and_short() -> None:
    assert condition(Where("legal_sex", ("1",))) == "juridiskt kön ”Flicka/Kvinna”"
    assert condition(Where("legal_sex", ("1", "2"))) == "juridiskt kön"
    assert condition(Where("goal_attainment", ("6",))) == "måluppfyllelse"
    assert condition(Where("own", ("a",))) == "own ”a”"


def test_column_is_called_as_in_a_sentence() -> None:
    assert [column_words(name) for name in ("decision_date", "unit", "own")] == ["beslut", "enhet", "own"]
    assert column_words("known:follow_up_date") == "uppgift om datum för uppföljning"
