"""Limits that the handbook's prose says in words: where one changes, so does the sentence."""

import pytest

from skillnad.analysis.comparisons.days import told
from skillnad.analysis.comparisons.days.ends import enough_for_a_difference, told_interval
from skillnad.analysis.disclosure.policy import DEFAULT
from skillnad.analysis.formulas import control_charts, differences, funnel, medians, run_charts, verdicts
from skillnad.analysis.formulas.intervals import Interval
from skillnad.analysis.handbook import statistic
from skillnad.analysis.shares_of_all import MOST_OUTSIDE


@pytest.mark.parametrize(
    ("name", "limit", "value", "sentence"),
    [
        ("small-counts", DEFAULT.threshold, 5, "Antal från 1 till 4 visas därför inte"),
        ("derived", DEFAULT.quantile_minimum, 10, "minst tio rader bakom en median"),
        ("derived", DEFAULT.rows_for(0.25), 20, "En kvartil kräver tjugo"),
        ("derived", DEFAULT.rows_for(0.9), 50, "percentilen femtio"),
        ("derived", DEFAULT.sum_clients, 5, "minst fem personer"),
        ("derived", DEFAULT.largest_share, 0.5, "den största får ha högst hälften"),
        ("share-of-all", MOST_OUTSIDE, 0.05, "högst fem procent saknar uppgift"),
        ("p-value", differences.LEAST_EXPECTED, 5, "varje väntat antal i fyrfältstabellen är minst 5"),
        ("median-difference", medians.LEAST, 6, "minst sex värden"),
        ("verdict", verdicts.RELEVANT, 0.05, "förvalet är fem procentenheter"),
        ("verdict", told.LEAST_RELEVANT, 7, "dock minst sju dagar"),
        ("verdict", told.RELEVANT_PART, 0.1, "för tider en tiondel av medianen"),
        ("run-chart", run_charts.LEAST, 10, "behöver minst tio punkter utanför medianen"),
        ("control-chart", control_charts.LEAST, 12, "Tolv punkter ger preliminära gränser"),
        ("control-chart", control_charts.FIRM, 20, "tjugo fasta"),
        ("funnel", funnel.INNER, 0.95, "håller slumpen 95 procent av enheterna"),
        ("funnel", funnel.OUTER, 0.998, "inom de yttre 99,8"),
        ("funnel", funnel.DRAWN_IN, 0.1, "med tiondelen i varje ände indragen"),
    ],
)
def test_prose_says_the_limit_that_is_used(name: str, limit: float, value: float, sentence: str) -> None:
    assert limit == value
    assert sentence in " ".join((statistic(name).paragraph + statistic(name).formula).split())


@pytest.mark.parametrize("judged", verdicts.Verdict)
def test_prose_has_the_words_of_every_verdict(judged: verdicts.Verdict) -> None:
    assert judged.sv.capitalize() in " ".join(statistic("verdict").paragraph.split())


@pytest.mark.parametrize("place", funnel.Place)
def test_funnel_says_neither_better_nor_worse(place: funnel.Place) -> None:
    assert not any(word in place.sv for word in ("bättre", "sämre"))


def test_prose_says_how_many_rows_an_interval_of_a_median_takes() -> None:
    least = next(n for n in range(1, 99) if isinstance(told_interval(range(n), DEFAULT.threshold), Interval))
    assert least == 17
    assert "från sjutton rader" in " ".join(statistic("quantile-interval").paragraph.split())


def test_prose_says_how_many_rows_an_interval_of_two_medians_takes() -> None:
    assert next(n for n in range(6, 99) if enough_for_a_difference(range(n), DEFAULT.threshold)) == 19
    assert "minst nitton för att intervallet ska visas" in " ".join(statistic("median-difference").paragraph.split())
