"""A case's course: what comes before what, and what is not yet known on the last day."""

from datetime import date, timedelta

import pytest

from skillnad.codebook.made_up import made_up_identity
from skillnad.register.demo import courses
from skillnad.register.demo.courses import Course, Stay
from skillnad.register.demo.dice import Dice
from skillnad.register.demo.municipality import FIRST_DAY, LAST_DAY, Client
from skillnad.register.demo.profiles import load_profiles

PROFILES = load_profiles()
MONDAY = date(2023, 3, 6)


def client(birth: date = date(1980, 5, 5)) -> Client:
    return Client(1, made_up_identity(birth, True, 1), birth, "1", "1")


def some(group: str = "beroende", intake: date = MONDAY, count: int = 200, **person: date) -> list[Course]:
    profile = PROFILES.groups[group]
    return [courses.a_course(Dice(n, "course"), PROFILES, profile, client(**person), intake) for n in range(count)]


def stays(**given: object) -> list[Stay]:
    return [stay for course in some(**given) for stay in course.stays]  # type: ignore[arg-type]


@pytest.mark.parametrize(("day", "moved"), [(4, 6), (5, 6), (6, 6), (10, 10)])
def test_working_day_moves_weekends_to_monday(day: int, moved: int) -> None:
    assert courses.working_day(date(2023, 3, day)) == date(2023, 3, moved)


def test_intake_is_a_working_day_within_the_years() -> None:
    days = [courses.an_intake(Dice(n, "intake"), PROFILES.groups["barn"]) for n in range(300)]
    assert all(day.weekday() < 5 for day in days)
    assert min(days).year >= 2019
    assert max(days) <= LAST_DAY


def test_intakes_of_children_follow_the_school_year() -> None:
    months = [courses.an_intake(Dice(n, "season"), PROFILES.groups["barn"]).month for n in range(3000)]
    assert months.count(7) < months.count(10) * 0.6


def test_decision_comes_after_intake_and_before_interventions() -> None:
    for course in some():
        assert course.decided is not None
        assert course.decided >= course.intake
        assert all(stay.decided >= course.decided for stay in course.stays)


def test_intervention_starts_at_its_decision_or_later_and_ends_after() -> None:
    for stay in stays():
        assert stay.began is None or stay.began >= stay.decided
        assert stay.last is None or stay.began is None or stay.last >= stay.began


def test_case_closes_when_its_last_intervention_has_ended() -> None:
    closed = [course for course in some() if course.closed and course.stays]
    assert closed
    assert all(course.closed >= max(stay.last for stay in course.stays if stay.last) for course in closed)


def test_nothing_after_the_last_day_is_known() -> None:
    for course in some(intake=date(2025, 9, 1)):
        days = [course.decided, course.closed, *(day for stay in course.stays for day in (stay.began, stay.last))]
        assert all(day is None or day <= LAST_DAY for day in days)


def test_case_that_is_being_investigated_has_no_problem_yet() -> None:
    undecided = [course for course in some("barn", LAST_DAY - timedelta(days=2)) if course.decided is None]
    assert undecided
    assert all(not course.problems and not course.stays and course.closed is None for course in undecided)


def test_ongoing_intervention_has_no_closing_reason_and_an_ended_one_has() -> None:
    assert all(bool(stay.last) == bool(stay.closing_reason) for stay in stays() if stay.began)


def test_intervention_that_never_began_has_no_start() -> None:
    never = [stay for stay in stays(count=600) if stay.closing_reason == courses.NEVER_BEGAN]
    assert never
    assert all(stay.began is None for stay in never)


def test_investigation_may_find_another_problem_than_the_intake_reason() -> None:
    found = some("unga", birth=date(2008, 1, 1))
    same = sum(course.reasons == course.problems for course in found)
    assert 0.2 < same / len(found) < 0.6


def test_some_cases_end_without_intervention() -> None:
    found = some("barn", birth=date(2016, 1, 1))
    without = [course for course in found if not course.stays]
    assert 0.3 < len(without) / len(found) < 0.55
    assert all(course.closed == course.decided for course in without)


def test_placement_broken_off_is_shorter() -> None:
    def median(*reasons: str) -> int:
        days = sorted(
            (stay.last - stay.began).days
            for stay in stays(group="ensamkommande", birth=date(2008, 1, 1), intake=date(2019, 6, 3), count=800)
            if stay.last and stay.began and stay.closing_reason in reasons
        )
        return days[len(days) // 2]

    assert median("3", "4", "5") < median("1", "2") * 0.75


def test_placement_stands_alone() -> None:
    placed = [s for s in stays(group="ensamkommande", birth=date(2008, 1, 1)) if PROFILES.kinds[s.types[0]].placement]
    assert placed
    assert all(len(stay.types) == 1 for stay in placed)


def test_old_people_die_and_young_people_hardly() -> None:
    old = [stay.closing_reason for stay in stays(group="äldre", birth=date(1935, 1, 1), intake=date(2019, 6, 3))]
    young = [stay.closing_reason for stay in stays(group="unga", birth=date(2008, 1, 1), intake=date(2019, 6, 3))]
    assert old.count(courses.DIED) > len(old) * 0.15
    assert courses.DIED not in young


def test_course_that_ended_before_the_five_years_is_not_seen() -> None:
    before = Course(date(2019, 1, 7), ("1",), ("1",), date(2019, 2, 1), (), FIRST_DAY - timedelta(days=1))
    assert not courses.seen(before)
    assert courses.seen(Course(date(2019, 1, 7), ("1",), (), None, (), None))


def test_codes_come_in_the_codebooks_order() -> None:
    assert courses.in_order({"S1", "10", "2"}) == ("2", "10", "S1")
