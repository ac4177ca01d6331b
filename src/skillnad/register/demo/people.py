"""Made-up people: who they are when their case comes in. No identity number here can be anyone's."""

from datetime import date, timedelta

from skillnad.codebook.periods import age_at
from skillnad.register.demo.dice import Dice
from skillnad.register.demo.profiles import Group, Profiles

GIRL_OR_WOMAN = "1"
BOY_OR_MAN = "2"
PROTECTED = 0.006
ALREADY_KNOWN = ("2", "3")


def a_birth_date(dice: Dice, group: Group, intake: date) -> date:
    """So that the age at intake is one of the group's."""
    first, last = dice.pick(group.ages)
    years = dice.between(first, last)
    birthday = date(intake.year - years, intake.month, min(intake.day, 28))
    return max(birthday - timedelta(days=dice.between(0, 364)), date(intake.year - 110, 1, 1))


def a_legal_sex(dice: Dice, group: Group) -> str:
    return GIRL_OR_WOMAN if dice.chance(group.female) else BOY_OR_MAN


def a_household(dice: Dice, profiles: Profiles, birth: date, day: date) -> str:
    """A household that someone of that age can live in."""
    age = age_at(birth, day)
    for first, last, weights in profiles.households:
        if first <= age <= last:
            return dice.pick(weights)
    return "7"


def a_previous_contact(dice: Dice, group: Group, since: int | None) -> str:
    """Value of variable 8. `since` is the days since the client's own last case ended, None at the first."""
    if since is None:
        return dice.pick(group.known)
    recent, long_ago = ALREADY_KNOWN
    return recent if since < 730 else long_ago
