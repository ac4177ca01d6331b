"""Short names for the questions that the standard report asks: each gives an `Ask`, a question waiting for its
period."""

from skillnad.analysis.questions import (
    ONGOING,
    Count,
    CrossTable,
    Duration,
    Flow,
    Percent,
    Selection,
    Share,
    Sum,
    Where,
)
from skillnad.codebook.snapshot_schema import Population
from skillnad.reports.outline import Ask

CLIENTS, CASES, INTERVENTIONS = Population.CLIENTS, Population.CASES, Population.INTERVENTIONS
FOLLOW_UPS, REVIEWS, COSTS = Population.FOLLOW_UPS, Population.REVIEWS, Population.COSTS

Conditions = tuple[Where, ...]


def counted(rows: Population, *by: str, event: str = "", where: Conditions = ()) -> Ask:
    """How many rows have their event in the period."""
    return lambda period: Count(Selection(rows, period, event, where), by)


def people(rows: Population, *by: str, ongoing: bool = False, where: Conditions = ()) -> Ask:
    """How many persons stand behind the rows, whose event is in the period or who are ongoing in it, and their shares:
    of people who can be in several groups a table of counts alone has none."""
    event = ONGOING if ongoing else ""
    return lambda period: Count(Selection(rows, period, event, where, people=True), by, shares=True)


def crossed(
    rows: Population,
    down: str,
    across: str,
    *,
    percent: Percent,
    event: str = "",
    where: Conditions = (),
    outside: tuple[str, ...] = (),
) -> Ask:
    """Two columns against each other; the codes `outside` of `down` are in the table but in no denominator."""
    return lambda period: CrossTable(down, across, Selection(rows, period, event, where), percent, outside)


def lasted(
    rows: Population, start: str, end: str, *by: str, where: Conditions = (), within: tuple[int, ...] = ()
) -> Ask:
    """How long it took, among rows that reached `end` in the period: what is still going on cannot be timed yet."""
    return lambda period: Duration(start, end, Selection(rows, period, end, where), by, within)


def began(
    rows: Population, start: str, end: str, *by: str, where: Conditions = (), within: tuple[int, ...] = ()
) -> Ask:
    """How long it takes, among rows that reached `start` in the period and are followed until now: who has not reached
    `end` is counted with the time that has passed. `within` are limits in days, whose shares are asked too."""
    return lambda period: Duration(start, end, Selection(rows, period, start, where), by, within)


def shared(
    rows: Population,
    column: str,
    codes: tuple[str, ...],
    *by: str,
    event: str = "",
    where: Conditions = (),
    outside: tuple[str, ...] = (),
) -> Ask:
    """The share of rows with any of the codes, among those that are known and are not `outside`."""
    return lambda period: Share(Where(column, codes), Selection(rows, period, event, where), by, outside)


def flowed(rows: Population, *, monthly: bool = True, where: Conditions = ()) -> Ask:
    """New, ongoing and closed."""
    return lambda period: Flow(period, rows, where, monthly=monthly)


def summed(column: str, *by: str, where: Conditions = ()) -> Ask:
    """The sum of a number column of the costs that began in the period."""
    return lambda period: Sum(column, Selection(COSTS, period, "", where), by)
