"""Follow-ups, reviews and costs while an intervention goes on."""

from datetime import date
from itertools import pairwise

import pytest

from skillnad.codebook.made_up import made_up_identity
from skillnad.register.demo import visits
from skillnad.register.demo.courses import Stay
from skillnad.register.demo.dice import Dice
from skillnad.register.demo.municipality import LAST_DAY, Client
from skillnad.register.demo.profiles import load_profiles

PROFILES = load_profiles()
CHILD = Client(1, made_up_identity(date(2014, 6, 1), True, 1), date(2014, 6, 1), "1", "1")
GROWN = Client(2, made_up_identity(date(1970, 6, 1), False, 1), date(1970, 6, 1), "2", "1")


def stay(began: date | None = date(2022, 1, 10), last: date | None = date(2024, 1, 9), reason: str = "1") -> Stay:
    return Stay(("10",), "FAM1", date(2022, 1, 3), began, last, reason if last else "")


def visit(problem: str, client: Client = CHILD, seed: int = 1) -> visits.Visit:
    return visits.a_visit(Dice(seed, "visit"), PROFILES, client, (problem,), stay(), date(2023, 1, 1))


def test_follow_ups_come_about_every_sixth_month() -> None:
    found = [visits.follow_up_days(Dice(n, "days"), stay()) for n in range(100)]
    assert 3.5 < sum(map(len, found)) / 100 < 5.5


def test_follow_ups_lie_within_the_intervention() -> None:
    days = [day for n in range(100) for day in visits.follow_up_days(Dice(n, "days"), stay())]
    assert min(days) >= date(2022, 1, 10)
    assert max(days) == date(2024, 1, 9)


def test_follow_ups_of_an_ongoing_intervention_stop_at_the_last_day() -> None:
    days = [day for n in range(50) for day in visits.follow_up_days(Dice(n, "days"), stay(last=None))]
    assert max(days) <= LAST_DAY


def test_follow_ups_of_one_intervention_are_on_different_days() -> None:
    for n in range(100):
        days = visits.follow_up_days(Dice(n, "days"), stay(last=date(2022, 7, 1)))
        assert len(set(days)) == len(days)


def test_follow_ups_of_what_never_began_are_none() -> None:
    assert visits.follow_up_days(Dice(1, "days"), stay(began=None)) == []


@pytest.mark.parametrize("problem", [str(code) for code in range(1, 15)])
def test_nobody_to_work_with_stands_alone(problem: str) -> None:
    found = [visit(problem, seed=n).collaboration for n in range(60)]
    assert all(len(codes) == 1 or not {"11", "12"} & set(codes) for codes in found)
    assert all(found)


def test_preschool_is_for_small_children_and_school_for_pupils() -> None:
    pupils = {code for n in range(300) for code in visit("1", seed=n).collaboration}
    grown = {code for n in range(300) for code in visit("1", GROWN, seed=n).collaboration}
    assert "2" not in pupils
    assert "3" in pupils
    assert not {"2", "3"} & grown


def test_plan_goes_with_health_care() -> None:
    def share(client: Client, problem: str) -> float:
        found = [visit(problem, client, seed=n) for n in range(400)]
        return sum(each.coordinated_plan == "1" for each in found) / len(found)

    assert share(GROWN, "4") > share(GROWN, "10") + 0.1


def test_goals_are_nearer_where_the_intervention_ended_with_them_met() -> None:
    def good(reason: str) -> int:
        found = [
            visits.a_visit(Dice(n, "goal"), PROFILES, GROWN, ("8",), stay(reason=reason), date(2023, 1, 1)).goals
            for n in range(800)
        ]
        return sum(goal in ("1", "2") for goal in found)

    assert good("1") > good("4") + 40


def test_plan_is_kept_more_often_where_goals_went_well() -> None:
    kept = {goal: sum(visits.an_adherence(Dice(n, "plan"), goal) == "1" for n in range(500)) for goal in ("1", "5")}
    assert kept["1"] > kept["5"] + 100


def test_reviews_are_due_every_sixth_month_while_placed() -> None:
    dues = [due for due, _ in visits.reviews(Dice(1, "review"), CHILD, stay())]
    assert dues == [date(2022, 7, 10), date(2023, 1, 10), date(2023, 7, 10)]


def test_reviews_end_when_the_child_is_grown() -> None:
    client = Client(3, "", date(2004, 9, 1), "1", "1")
    assert [due for due, _ in visits.reviews(Dice(1, "review"), client, stay())] == [date(2022, 7, 10)]


def test_reviews_are_mostly_in_time_some_late_and_few_never() -> None:
    found = [pair for n in range(300) for pair in visits.reviews(Dice(n, "review"), CHILD, stay())]
    late = sum(held is not None and held > due for due, held in found) / len(found)
    never = sum(held is None for _, held in found) / len(found)
    assert 0.10 < late < 0.20
    assert 0.02 < never < 0.09


def test_reviews_of_what_never_began_are_none() -> None:
    assert list(visits.reviews(Dice(1, "review"), CHILD, stay(began=None))) == []


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2023, 1, 10), 6, date(2023, 7, 10)),
        (date(2023, 8, 31), 6, date(2024, 2, 28)),
        (date(2023, 12, 1), 1, date(2024, 1, 1)),
    ],
)
def test_months_after_stays_in_the_calendar(day: date, months: int, later: date) -> None:
    assert visits.months_after(day, months) == later


def test_costs_cover_every_day_of_the_placement_once() -> None:
    found = list(visits.costs(Dice(1, "cost"), 31000, stay()))
    assert found[0][0] == date(2022, 1, 10)
    assert found[-1][1] == date(2024, 1, 9)
    assert all((after[0] - before[1]).days == 1 for before, after in pairwise(found))


def test_costs_of_part_of_a_month_are_a_part_of_the_price() -> None:
    first, whole, *_ = (amount for *_, amount in visits.costs(Dice(1, "cost"), 31000, stay(began=date(2022, 1, 17))))
    assert first == whole * 15 // 31


def test_costs_are_there_only_with_a_price() -> None:
    assert list(visits.costs(Dice(1, "cost"), 0, stay())) == []
