"""What happens while an intervention goes on: follow-ups, the reviews of a child's placement, and costs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from skillnad.codebook.periods import Period, age_at
from skillnad.register.demo.courses import Stay, in_order
from skillnad.register.demo.dice import Dice
from skillnad.register.demo.municipality import LAST_DAY, Client
from skillnad.register.demo.profiles import Profiles, Weights

NOBODY = ("11", "12")
HEALTH_CARE = "1"
PRESCHOOL = "2"
SCHOOL = "3"
REVIEW_EVERY = 6
"""Months between the reviews of a child's placement."""


@dataclass(frozen=True)
class Visit:
    """One follow-up, before it has a number."""

    day: date
    collaboration: tuple[str, ...]
    coordinated_plan: str
    parallel: str
    goals: str


def follow_up_days(dice: Dice, stay: Stay) -> list[date]:
    """About every sixth month, and mostly when it ends; one in twelve is forgotten."""
    if stay.began is None:
        return []
    days = []
    day = stay.began + timedelta(days=dice.days(175, 0.2))
    while day <= (stay.last or LAST_DAY):
        if dice.chance(0.92):
            days.append(day)
        day += timedelta(days=max(60, dice.days(182, 0.18)))
    if stay.last and dice.chance(0.8) and stay.last not in days:
        days.append(stay.last)
    return days


def a_visit(dice: Dice, profiles: Profiles, client: Client, problems: tuple[str, ...], stay: Stay, day: date) -> Visit:
    together = _collaboration(dice, profiles, problems, _age(client, day))
    return Visit(
        day=day,
        collaboration=together,
        coordinated_plan=_plan(dice, together),
        parallel=dice.pick({"1": 34, "2": 60, "3": 6}),
        goals=_goals(dice, profiles, client, stay, day),
    )


def _age(client: Client, day: date) -> int:
    return age_at(client.birth_date, day) if client.birth_date else 40


def _collaboration(dice: Dice, profiles: Profiles, problems: tuple[str, ...], age: int) -> tuple[str, ...]:
    """Values 11 and 12 stand alone; preschool and school go with age."""
    found: set[str] = set()
    for problem in problems:
        code = dice.pick(_fitting(profiles.collaboration[problem], age))
        if code not in NOBODY:
            found.add(code)
        elif not found:
            return (code,)
    return in_order(found)


def _fitting(weights: Weights, age: int) -> Weights:
    unfit = {PRESCHOOL} if age > 5 else {SCHOOL}
    unfit |= {SCHOOL} if age > 19 else set()
    return {code: weight for code, weight in weights.items() if code not in unfit}


def _plan(dice: Dice, together: tuple[str, ...]) -> str:
    if HEALTH_CARE in together:
        return dice.pick({"1": 46, "2": 22, "3": 32})
    return dice.pick({"1": 8, "2": 14, "3": 78})


def _goals(dice: Dice, profiles: Profiles, client: Client, stay: Stay, day: date) -> str:
    """Value of variable 17. Groups differ a little, and goals are nearer at the end."""
    weights = dict(profiles.goals[_goal_class(profiles, client, stay, day)])
    better = 1.0 + (0.10 if client.legal_sex == "1" else 0.0) - (0.07 if client.origin == "4" else 0.0)
    better *= 1.5 if stay.closing_reason == "1" else 0.8
    better *= 0.8 if stay.provider == "HVB2" else 1.0
    for code in ("1", "2"):
        weights[code] *= better
    return dice.pick(weights)


def _goal_class(profiles: Profiles, client: Client, stay: Stay, day: date) -> str:
    if _age(client, day) >= 65:
        return "older"
    if profiles.kinds[stay.types[0]].placement:
        return "placement"
    return "children" if _age(client, day) < 18 else "adults"


def an_adherence(dice: Dice, goals: str) -> str:
    """Value of variable 19, which goes with how the goals went."""
    went_well = goals in ("1", "2", "3")
    return dice.pick({"1": 70, "2": 26, "3": 4} if went_well else {"1": 36, "2": 46, "3": 18})


def reviews(dice: Dice, client: Client, stay: Stay) -> Iterator[tuple[date, date | None]]:
    """Due and held dates, every sixth month of a placement while the client is under 18."""
    if stay.began is None:
        return
    due = months_after(stay.began, REVIEW_EVERY)
    while due <= (stay.last or LAST_DAY) and _age(client, due) < 18:
        yield due, _held(dice, due)
        due = months_after(due, REVIEW_EVERY)


def _held(dice: Dice, due: date) -> date | None:
    """Four of five in time, most of the others some weeks late, a few never."""
    late = dice.pick({"in time": 80, "late": 15, "never": 5})
    if late == "never":
        return None
    held = due + timedelta(days=dice.between(1, 70) if late == "late" else -dice.between(0, 21))
    return held if held <= LAST_DAY else None


def months_after(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, min(day.day, 28))


def costs(dice: Dice, month: int, stay: Stay) -> Iterator[tuple[date, date, int]]:
    """First day, last day and amount in öre of each calendar month of a placement that costs `month` SEK a month."""
    if stay.began is None or not month:
        return
    price = month * dice.between(85, 120)  # whole öre: SEK times a hundredth
    stayed = Period.through(stay.began, stay.last or LAST_DAY)
    for whole in stayed.months():
        part = Period(max(whole.start, stayed.start), min(whole.end, stayed.end))
        yield part.start, part.last_day, price * part.days // whole.days
