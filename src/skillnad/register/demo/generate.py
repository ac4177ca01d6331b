"""The made-up municipality, made: the same number of clients and the same seed give the same municipality."""

from dataclasses import dataclass, field
from datetime import date

from skillnad.codebook.made_up import made_up_identity
from skillnad.register.demo import courses, people, visits
from skillnad.register.demo.courses import Course, Stay
from skillnad.register.demo.dice import Dice
from skillnad.register.demo.municipality import (
    LAST_DAY,
    Case,
    Client,
    Cost,
    FollowUp,
    Intervention,
    Municipality,
    Review,
)
from skillnad.register.demo.places import PROVIDERS, UNITS
from skillnad.register.demo.profiles import Group, Profiles, load_profiles

AGAIN = 0.3
"""Chance of one more case after one that is closed."""
ELSEWHERE = 0.05
"""Chance that a grown client of the care committee also has a case with the social committee."""
NO_IDENTITY = 0.008
"""Share of clients whose support is given, and documented, without needs assessment and without identity."""


@dataclass
class Books:
    """What has been made so far. Numbers run through the whole municipality."""

    profiles: Profiles
    clients: list[Client] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    interventions: list[Intervention] = field(default_factory=list)
    follow_ups: list[FollowUp] = field(default_factory=list)
    reviews: list[Review] = field(default_factory=list)
    costs: list[Cost] = field(default_factory=list)
    born: dict[tuple[date, str], int] = field(default_factory=dict)  # how many identities a day and sex has


def make_municipality(clients: int, seed: int) -> Municipality:
    """A municipality with `clients` people over five years."""
    books = Books(load_profiles())
    shares = {name: group.share for name, group in books.profiles.groups.items()}
    for number in range(1, clients + 1):
        dice = Dice(seed, f"client {number}")
        if dice.chance(NO_IDENTITY):
            _without_identity(books, dice, number)
        else:
            _client(books, dice, number, books.profiles.groups[dice.pick(shares)])
    return Municipality(
        seed=seed,
        units=UNITS,
        providers=PROVIDERS,
        clients=tuple(books.clients),
        cases=tuple(books.cases),
        interventions=tuple(books.interventions),
        follow_ups=tuple(books.follow_ups),
        reviews=tuple(books.reviews),
        costs=tuple(books.costs),
    )


def _client(books: Books, dice: Dice, number: int, group: Group) -> None:
    intake = courses.an_intake(dice, group)
    client = _person(books, dice, number, group, intake)
    course = _course_seen(books, dice, group, client, intake)
    if course is None:
        intake = intake.replace(year=intake.year + 2)
        course = courses.a_course(dice, books.profiles, group, client, intake)
    books.clients.append(client)
    _enter(books, dice, group, client, course, None)
    _later(books, dice, group, client, course)
    if group.system == "omsorg" and _grown(client) and dice.chance(ELSEWHERE) and not course.died:
        _elsewhere(books, dice, client)


def _course_seen(books: Books, dice: Dice, group: Group, client: Client, intake: date) -> Course | None:
    course = courses.a_course(dice, books.profiles, group, client, intake)
    return course if courses.seen(course) else None


def _grown(client: Client) -> bool:
    """Of an age where ten digits still say the century."""
    return client.birth_date is not None and 25 < LAST_DAY.year - client.birth_date.year < 90


def _person(books: Books, dice: Dice, number: int, group: Group, intake: date) -> Client:
    birth, sex = people.a_birth_date(dice, group, intake), people.a_legal_sex(dice, group)
    serial = books.born[birth, sex] = books.born.get((birth, sex), 0) + 1
    return Client(
        number=number,
        identity=made_up_identity(birth, sex == people.GIRL_OR_WOMAN, serial),
        birth_date=birth,
        legal_sex=sex,
        origin=dice.pick(group.origins),
        protected=dice.chance(people.PROTECTED),
    )


def _later(books: Books, dice: Dice, group: Group, client: Client, course: Course) -> None:
    """The cases that come after the first."""
    while course.closed and not course.died and dice.chance(AGAIN):
        since = dice.days(260, 0.9) + 1
        intake = courses.working_day(date.fromordinal(course.closed.toordinal() + since))
        if intake > LAST_DAY:
            return
        course = courses.a_course(dice, books.profiles, group, client, intake)
        if courses.seen(course):
            _enter(books, dice, group, client, course, since)


def _elsewhere(books: Books, dice: Dice, client: Client) -> None:
    group = books.profiles.groups["våldsutsatta" if client.legal_sex == "1" else "beroende"]
    intake = courses.an_intake(dice, group)
    course = _course_seen(books, dice, group, client, intake)
    if course:
        _enter(books, dice, group, client, course, None)


def _without_identity(books: Books, dice: Dice, number: int) -> None:
    """Support without needs assessment (insatser utan behovsprövning), documented without identity."""
    group = books.profiles.groups["beroende"]
    sex = people.a_legal_sex(dice, books.profiles.groups["socialpsykiatri"])
    client = Client(number, "", None, sex, "5")
    intake = courses.working_day(dice.day(date(2025, 7, 1), date(2025, 12, 1)))  # the law's first day, and after
    last = date.fromordinal(intake.toordinal() + 1 + dice.days(60, 0.5))
    ended = last if last <= LAST_DAY else None
    stay = Stay((dice.pick({"28": 7.0, "29": 3.0}),), "EGEN", intake, intake, ended, "1" if ended else "")
    problem = (dice.pick({"6": 3.0, "8": 4.0, "2": 2.0}),)
    books.clients.append(client)
    _enter(books, dice, group, client, Course(intake, problem, problem, None, (stay,), ended), None)


def _enter(books: Books, dice: Dice, group: Group, client: Client, course: Course, since: int | None) -> None:
    """Give a course its numbers."""
    birth = client.birth_date
    case = Case(
        number=len(books.cases) + 1,
        client=client.number,
        system=group.system,
        group=group.id,
        unit=dice.one_of(group.units),
        intake_date=course.intake,
        intake_reason=course.reasons,
        household_type=people.a_household(dice, books.profiles, birth, course.intake) if birth else "",
        previous_contact=people.a_previous_contact(dice, group, since) if birth else "4",
        problem=course.problems,
        decision_date=course.decided,
        closed_date=course.closed,
    )
    books.cases.append(case)
    for stay in course.stays:
        _enter_stay(books, dice, client, case, stay)


def _enter_stay(books: Books, dice: Dice, client: Client, case: Case, stay: Stay) -> None:
    number = len(books.interventions) + 1
    goals = _enter_visits(books, dice, client, case, stay, number)
    books.interventions.append(
        Intervention(
            number=number,
            case=case.number,
            provider=stay.provider,
            types=stay.types,
            decision_date=stay.decided if client.identity else None,
            start_date=stay.began,
            end_date=stay.last,
            adherence_to_plan=_adherence(dice, stay, goals),
            closing_reason=stay.closing_reason,
        )
    )
    kind = books.profiles.kinds[stay.types[0]]
    if kind.placement and client.birth_date:
        for due, held in visits.reviews(dice, client, stay):
            books.reviews.append(Review(len(books.reviews) + 1, number, due, held))
    for first, last, amount in visits.costs(dice, kind.month, stay):
        books.costs.append(Cost(len(books.costs) + 1, number, first, last, amount))


def _enter_visits(books: Books, dice: Dice, client: Client, case: Case, stay: Stay, intervention: int) -> str:
    """The follow-ups of a stay; returns the last one's goal attainment, "" where there is none."""
    goals = ""
    days = visits.follow_up_days(dice, stay) if client.identity else []
    for day in days:
        visit = visits.a_visit(dice, books.profiles, client, case.problem, stay, day)
        goals = visit.goals
        books.follow_ups.append(
            FollowUp(
                number=len(books.follow_ups) + 1,
                intervention=intervention,
                day=day,
                collaboration=visit.collaboration,
                coordinated_plan=visit.coordinated_plan,
                parallel_interventions=visit.parallel,
                goal_attainment=visit.goals,
            )
        )
    return goals


def _adherence(dice: Dice, stay: Stay, goals: str) -> str:
    if stay.closing_reason == courses.NEVER_BEGAN:
        return "3"
    return visits.an_adherence(dice, goals) if stay.last else ""
