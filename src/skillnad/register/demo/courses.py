"""One case's course: intake, investigation, decision, interventions, closing. Pure but for the dice."""

from dataclasses import dataclass
from datetime import date, timedelta

from skillnad.codebook.periods import age_at
from skillnad.register.demo.dice import Dice
from skillnad.register.demo.municipality import FIRST_DAY, LAST_DAY, Client
from skillnad.register.demo.places import PROVIDER_WEIGHTS
from skillnad.register.demo.profiles import Group, Profiles, Weights

YEARS = {2019: 0.5, 2020: 0.7, 2021: 1.0, 2022: 1.03, 2023: 1.06, 2024: 1.1, 2025: 1.12}
"""Two years before the first too: what began then and still goes on is ongoing when the five years begin."""

DIED = "7"
NEVER_BEGAN = "8"


@dataclass(frozen=True)
class Stay:
    """One intervention of a course, before it has a number. `last` is None while it goes on."""

    types: tuple[str, ...]
    provider: str
    decided: date
    began: date | None
    last: date | None
    closing_reason: str


@dataclass(frozen=True)
class Course:
    intake: date
    reasons: tuple[str, ...]
    problems: tuple[str, ...]
    decided: date | None
    stays: tuple[Stay, ...]
    closed: date | None

    @property
    def died(self) -> bool:
        return any(stay.closing_reason == DIED for stay in self.stays)


def an_intake(dice: Dice, group: Group) -> date:
    """A working day, by the group's own season."""
    year, month = dice.pick(YEARS), dice.pick(group.months)
    return working_day(date(year, month, dice.between(1, 28)))


def working_day(day: date) -> date:
    return day + timedelta(days=(7 - day.weekday()) % 7 if day.weekday() > 4 else 0)


def a_course(dice: Dice, profiles: Profiles, group: Group, client: Client, intake: date) -> Course:
    """What came of an intake. What lies after the last day of the five years is not known, and so not there."""
    reasons = _codes(dice, group.reasons, second=0.22)
    decided = working_day(intake + timedelta(days=dice.days(*group.investigation)))
    if decided > LAST_DAY:
        return Course(intake, reasons, (), None, (), None)
    problems = _problems(dice, group, reasons)
    if dice.chance(group.without):
        return Course(intake, reasons, problems, decided, (), decided)
    stays = _stays(dice, profiles, group, client, problems, decided)
    return Course(intake, reasons, problems, decided, stays, _closed(dice, stays))


def seen(course: Course) -> bool:
    """Whether the five years saw anything of it."""
    return course.closed is None or course.closed >= FIRST_DAY


def _codes(dice: Dice, weights: Weights, *, second: float) -> tuple[str, ...]:
    found = {dice.pick(weights)}
    if dice.chance(second):
        found.add(dice.pick(weights))
    return in_order(found)


def in_order(codes: set[str]) -> tuple[str, ...]:
    return tuple(sorted(codes, key=lambda code: (not code.isdigit(), int(code) if code.isdigit() else 0, code)))


def _problems(dice: Dice, group: Group, reasons: tuple[str, ...]) -> tuple[str, ...]:
    """An investigation keeps most reasons, drops some and finds others."""
    found = {code for code in reasons if dice.chance(group.kept)}
    if not found or dice.chance(0.3):
        found.add(dice.pick(group.problems))
    return in_order(found)


def _stays(
    dice: Dice, profiles: Profiles, group: Group, client: Client, problems: tuple[str, ...], decided: date
) -> tuple[Stay, ...]:
    stays = [_stay(dice, profiles, group, client, problems, decided)]
    while dice.chance(0.3) and len(stays) < 4 and stays[-1].closing_reason != DIED:
        gap = timedelta(days=dice.days(40, 1.0))
        following = (stays[-1].last or decided) if dice.chance(0.6) else decided
        if following + gap > LAST_DAY:
            break
        stays.append(_stay(dice, profiles, group, client, problems, working_day(following + gap)))
    return tuple(stay for stay in stays if stay.decided <= LAST_DAY)


def _stay(
    dice: Dice, profiles: Profiles, group: Group, client: Client, problems: tuple[str, ...], decided: date
) -> Stay:
    choices = group.interventions.get(dice.one_of(problems), group.interventions["other"])
    types = _codes(dice, choices, second=0.0 if _placed(profiles, choices) else 0.1)
    kind = profiles.kinds[types[0]]
    provider = dice.pick(PROVIDER_WEIGHTS[kind.provider])
    began = decided + timedelta(days=dice.days(*group.start))
    last = began + timedelta(days=max(1, dice.days(*kind.days)))
    reason = dice.pick(profiles.ending[_ending(client, kind.placement, last)])
    if reason == NEVER_BEGAN:
        return Stay(types, provider, decided, None, _known(decided + timedelta(days=dice.days(30, 0.6))), reason)
    if reason in ("3", "4", "5"):  # broken off: shorter than meant
        last = began + (last - began) * 0.45
    ended = _known(last)
    return Stay(types, provider, decided, _known(began), ended, reason if ended else "")


def _placed(profiles: Profiles, choices: Weights) -> bool:
    return any(profiles.kinds[code].placement for code in choices)


def _known(day: date) -> date | None:
    return day if day <= LAST_DAY else None


def _ending(client: Client, placement: bool, day: date) -> str:
    age = age_at(client.birth_date, day) if client.birth_date else 40
    if age >= 70:
        return "older"
    if placement:
        return "placement"
    return "children" if age < 18 else "adults"


def _closed(dice: Dice, stays: tuple[Stay, ...]) -> date | None:
    ends = [stay.last for stay in stays]
    last = [end for end in ends if end is not None]
    if len(last) < len(ends) or not last:
        return None
    return _known(max(last) + timedelta(days=dice.days(8, 0.8)))
