"""Figures of the examples: those that are known from elsewhere, and that each shows what its text says of it."""

from math import comb, sqrt
from random import Random

import pytest

from skillnad.analysis.handbook import chapters, statistic

SPACE = "\N{NO-BREAK SPACE}"


def figures(name: str) -> dict[str, str]:
    example = statistic(name).example
    assert example is not None
    return {key: shown.replace(SPACE, " ") for key, shown in example().items()}


def as_number(shown: str) -> float:
    return float(shown.split()[0].replace(",", ".").replace("\N{MINUS SIGN}", "-"))


@pytest.mark.parametrize(
    ("name", "figure", "shown"),
    [
        ("share", "share", "37,5 %"),
        ("share", "known", "80"),
        ("unknown", "bounds", "30,0–50,0 %"),
        ("several-values", "together", "140 %"),
        ("share-of-all", "share", "29,1 %"),
        ("beside-gap", "share", "10 %"),
        ("beside-gap", "answer", "visas inte"),
        ("small-counts", "least", "5"),
        ("derived", "rows", "10"),
        ("quantile", "median", "38"),
        ("quantile", "mean", "79,7"),
        ("open-cases", "naive", "57,5"),
        ("kaplan-meier", "left1", "15/16"),
        ("wilson", "interval1", "10,8–60,3 %"),  # Newcombe's and R's
        ("clopper-pearson", "exact", "6,7–65,2 %"),  # R's binom.test
        ("many", "chance", "64 %"),
        ("many", "corrected", "0,018; 0,036; 0,042; 0,060; 0,36; 0,60"),
        ("nonresponse", "bounds", "22,5–92,5 %"),
        ("stratified", "north_weight", "15,0"),
        ("smallest-seen", "normal", "22,4"),  # 2,80 times 8
    ],
)
def test_figure_is_known(name: str, figure: str, shown: str) -> None:
    assert figures(name)[figure] == shown


def test_curve_is_the_product_of_its_own_steps() -> None:
    made, share = figures("kaplan-meier"), 1.0
    for step in "123":
        left, risk = map(int, made[f"left{step}"].split("/"))
        share *= left / risk
        assert as_number(made[f"share{step}"]) == pytest.approx(100 * share, abs=0.05)


def test_coverage_is_counted_out() -> None:
    made = figures("interval")
    held = range(22, 39)  # the counts of 100 whose interval holds 30 %
    chance = sum(comb(100, count) * 0.3**count * 0.7 ** (100 - count) for count in held)
    assert as_number(made["held"]) == pytest.approx(100 * chance, abs=0.05)


def test_rows_of_the_same_person_make_chance_show_more_than_is_said() -> None:
    told = figures("same-person")
    draw, times, people, yes = Random(5), 3000, int(told["people"]), 0.36

    def rows_with_it() -> int:
        """Both rows of a person are alike half of the time, beside those that are alike by chance: correlation 0.5."""
        first = [draw.random() < yes for _ in range(people)]
        return sum(one + (one if draw.random() < 0.5 else draw.random() < yes) for one in first)

    error = sqrt(2 * yes * (1 - yes) * 2 * people)
    shown = sum(abs(rows_with_it() - rows_with_it()) > 1.96 * error for _ in range(times)) / times
    assert shown == pytest.approx(as_number(told["false"]) / 100, abs=0.015)
    assert shown > 0.08


def test_those_still_open_make_the_median_longer() -> None:
    made = figures("open-cases")
    assert as_number(made["followed"]) > as_number(made["naive"])


def test_verdicts_are_one_of_each() -> None:
    made = figures("verdict")
    assert [made[f"verdict{place}"] for place in (1, 2, 3)] == [
        "skillnad visad",
        "ingen skillnad visad",
        "för få för att avgöra",
    ]


def test_standardised_shares_are_nearer_each_other_than_the_plain() -> None:
    made = figures("standardised-difference")
    assert abs(as_number(made["value"])) < abs(as_number(made["plain"])) / 5


def test_adjusted_difference_is_smaller_than_the_plain() -> None:
    made = figures("margins")
    assert abs(as_number(made["value"])) < abs(as_number(made["plain"])) / 2


def test_lot_in_a_small_population_is_surer() -> None:
    made = figures("sample")
    narrow, wide = (tuple(map(as_number, made[name].split("–"))) for name in ("interval", "wide"))
    assert wide[0] < narrow[0] < narrow[1] < wide[1]


def test_sample_that_is_not_random_has_a_reason_for_an_interval() -> None:
    assert figures("not-random")["reason"].startswith("De som ingår är inte slumpmässigt utvalda")


@pytest.mark.parametrize("name", ["run-chart", "control-chart", "control-chart-shares"])
def test_chart_of_the_example_says_something(name: str) -> None:
    assert figures(name)["said"] != "inget"


def test_funnel_has_units_inside_and_outside() -> None:
    places = figures("funnel")["rows"]
    assert "inom gränserna" in places
    assert "under den yttre gränsen" in places


def test_worst_are_better_next_time_though_nobody_changed() -> None:
    page = next(chapter for chapter in chapters() if chapter.name == "vad-uppfoljning-kan-saga")
    assert page.example is not None
    made = page.example()
    first, second, mean = (as_number(made[name]) for name in ("first", "second", "mean"))
    assert first < second < mean
    assert second - mean == pytest.approx(0.6 * (first - mean), abs=0.1)


def test_unit_that_is_better_in_each_part_looks_worse_as_a_whole() -> None:
    page = next(chapter for chapter in chapters() if chapter.name == "vad-uppfoljning-kan-saga")
    assert page.example is not None
    made = {
        name: as_number(shown.replace(SPACE, " "))
        for name, shown in page.example().items()
        if "%" in shown[-1] and "–" not in shown
    }
    assert made["other_lätta"] > made["own_lätta"]
    assert made["other_svåra"] > made["own_svåra"]
    assert made["other"] < made["own"]
