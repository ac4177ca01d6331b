"""What a snapshot lets an explorer choose among: what is counted, columns, dates, units, values and periods."""

from collections.abc import Iterator
from datetime import date, timedelta

from skillnad.analysis.calendars import known_column
from skillnad.analysis.merged import ON, TREE_LEVELS
from skillnad.analysis.results import MISSING_LEVEL, LevelKind
from skillnad.analysis.snapshot import Snapshot
from skillnad.analysis.trees import days_of_change
from skillnad.codebook.days_in_words import period_words
from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import EVENT, ORGANISATION, SPAN, Column, Population, SnapshotColumn
from skillnad.lib.errors import UserError
from skillnad.reports.contents.answers import instruments, title

Choices = list[tuple[str, str]]
Grouped = list[tuple[str, str | Choices]]
"""Single choices, and groups of them under a heading."""

POPULATIONS = {
    "arenden": (Population.CASES, "Ärenden"),
    "insatser": (Population.INTERVENTIONS, "Insatser"),
    "uppfoljningar": (Population.FOLLOW_UPS, "Uppföljningar"),
    "omprovningar": (Population.REVIEWS, "Omprövningar"),
    "brukare": (Population.CLIENTS, "Brukare"),
    "svar": (Population.ANSWERS, "Svar på frågor"),
}
STARTED = {
    Population.CASES: "Aktualiserade under perioden",
    Population.INTERVENTIONS: "Påbörjade under perioden",
    Population.FOLLOW_UPS: "Följdes upp under perioden",
    Population.REVIEWS: "Skulle omprövas under perioden",
    Population.CLIENTS: "Första ärendet under perioden",
    Population.ANSWERS: "Frågades under perioden",
}
HAPPENED = {
    "intake_date": "Aktualiserade under perioden",
    "decision_date": "Beslutade under perioden",
    "start_date": "Påbörjade under perioden",
    "end_date": "Avslutade under perioden",
    "closed_date": "Ärendet avslutat under perioden",
    "first_follow_up_date": "Följdes upp första gången under perioden",
    "follow_up_date": "Följdes upp senast under perioden",
    "due_date": "Skulle omprövas senast under perioden",
    "held_date": "Omprövade under perioden",
}
"""What a row's date in the period means, where it is not the row's own event."""
WENT_ON = "pagick"
ALL_TIME, OWN_DAYS = "", "egna"
NOT_RECORDED = "~"
"""How a form sends the level of what is not recorded: an empty value is one that nobody chose."""
CHANGES_BACK = 4
YEARS_BACK, HALVES_BACK, QUARTERS_BACK, MONTHS_BACK = 6, 6, 12, 24


def populations(snapshot: Snapshot) -> dict[str, tuple[Population, str]]:
    """What this snapshot has tables of: an extract without cases gives none to count."""
    return {slug: pair for slug, pair in POPULATIONS.items() if pair[0] in snapshot.manifest.tables}


def column_choices(snapshot: Snapshot, population: Population) -> Choices:
    """Coded columns, whether each date beside the rows' own event is known, and the event's calendar."""
    event = EVENT[population]
    return [
        *coded_choices(snapshot, population),
        (f"month:{event}", "Månad"),
        (f"quarter:{event}", "Kvartal"),
        (f"year:{event}", "År"),
        *tree_choices(snapshot, population),
    ]


def tree_choices(snapshot: Snapshot, population: Population) -> Choices:
    """The organisation of the days around each reorganisation, the latest first: before it, and from it on."""
    if "unit" not in snapshot.table(population).columns:
        return []
    changes = reversed(days_of_change(snapshot.manifest)[-CHANGES_BACK:])
    days = dict.fromkeys(day for change in changes for day in (change, change - timedelta(days=1)))
    return [
        (f"{level}{ON}{day}", f"{label} enligt organisationen {day}")
        for level, (label, _) in TREE_LEVELS.items()
        for day in days
    ]


def grouped_columns(snapshot: Snapshot, population: Population) -> Grouped:
    """The same, of answers with each instrument's questions first, under its name."""
    choices = column_choices(snapshot, population)
    if population is not Population.ANSWERS:
        return list(choices)
    offered = dict(choices)
    groups: Grouped = []
    for asked in instruments(snapshot.manifest):
        own = [(column.id, title(column)) for column in asked.columns if column.id in offered]
        groups += [(asked.title, own)] if own else []
        for name, _ in own:
            offered.pop(name)
    return [*groups, ("Vem, var och när", list(offered.items()))]


def coded_choices(snapshot: Snapshot, population: Population) -> Choices:
    """Coded columns, and whether each date beside the rows' own event is known."""
    return [(column.id, column.sv) for column in _coded(snapshot, population)]


def _coded(snapshot: Snapshot, population: Population) -> Iterator[SnapshotColumn]:
    columns = snapshot.table(population).columns.values()
    yield from (column for column in columns if column.kind in (Column.CODE, Column.CODES))
    days = (column for column in columns if column.kind is Column.DATE and column.id != EVENT[population])
    yield from map(known_column, days)


def single_choices(snapshot: Snapshot, population: Population) -> Choices:
    """Columns that have one value a row, which can be set in order or beside each other."""
    return [(column.id, column.sv) for column in _coded(snapshot, population) if column.kind is Column.CODE]


def date_choices(snapshot: Snapshot, population: Population) -> Choices:
    columns = snapshot.table(population).columns.values()
    return [(column.id, column.sv) for column in columns if column.kind is Column.DATE]


def organisation_choices(snapshot: Snapshot, population: Population) -> Choices:
    """The levels of the organisation tree that rows are placed in."""
    columns = snapshot.table(population).columns
    return [(name, columns[name].sv) for name in reversed(ORGANISATION) if name in columns]


def place_choices(snapshot: Snapshot, population: Population) -> Grouped:
    """Every committee, unit and provider, under its level's name: `unit:VUX`."""
    columns = snapshot.table(population).columns
    levels = [columns[name] for name in ORGANISATION if name in columns]
    groups = [(column.sv, [(f"{column.id}:{level.code}", level.sv) for level in column.levels]) for column in levels]
    return [("", "Hela kommunen"), *groups]


def value_choices(snapshot: Snapshot, population: Population, column: str, *, named: bool = False) -> Choices:
    """A coded column's values; with `named` those that say something, else what is not recorded too. None of a column
    that is not there."""
    if column not in dict(coded_choices(snapshot, population)):
        return []
    levels = snapshot.axis(population, column).levels
    wanted = [level for level in levels if level.kind is LevelKind.VALUE or not named]
    return [(NOT_RECORDED if level.code == MISSING_LEVEL else level.code, level.label) for level in wanted]


def happened_choices(snapshot: Snapshot, population: Population) -> Choices:
    """Which rows: by their own event, by what went on (where the snapshot has its first and last day), or by another
    of their dates."""
    days = SPAN.get(population, ())
    there = dict(date_choices(snapshot, population))
    went_on = [(WENT_ON, "Pågick under perioden")] if days and set(days) <= set(there) else []
    others = [(name, HAPPENED.get(name, f"{label} i perioden")) for name, label in there.items()]
    return [
        ("", STARTED[population]),
        *went_on,
        *((name, label) for name, label in others if name != EVENT[population]),
    ]


def period_choices(as_of: date, chosen: str = "") -> Grouped:
    """The latest years, halves, quarters and months, and own days; and what an address asked for beside them."""
    offered: Grouped = [
        ("År", _latest(as_of, 1, YEARS_BACK)),
        ("Halvår", _latest(as_of, 2, HALVES_BACK)),
        ("Kvartal", _latest(as_of, 4, QUARTERS_BACK)),
        ("Månad", _latest(as_of, 12, MONTHS_BACK)),
    ]
    known = {value for _, group in offered if not isinstance(group, str) for value, _ in group}
    more = [] if chosen in (ALL_TIME, OWN_DAYS, *known) else _as_written(chosen)
    return [(ALL_TIME, "Hela tiden"), (OWN_DAYS, "Egna datum (skriv dem nedan)"), *more, *offered]


def latest_months(as_of: date, many: int) -> Period:
    """So many whole months, of which the last one is over on `as_of`."""
    month = Period.month(as_of.year, as_of.month)
    last = as_of if as_of == month.last_day else month.start - timedelta(days=1)
    return Period.through(last, last).leading_up(many)


def _latest(as_of: date, per_year: int, many: int) -> Choices:
    """So many parts of years, of which `per_year` make a year, back from the one of `as_of`."""
    last = as_of.year * per_year + (as_of.month - 1) * per_year // 12
    return [_part(*divmod(ordinal, per_year), per_year) for ordinal in range(last, last - many, -1)]


def _part(year: int, place: int, per_year: int) -> tuple[str, str]:
    """A period's text, as `Period.parse` reads it, and its words."""
    match per_year:
        case 1:
            return str(year), str(year)
        case 2:
            return f"{year}H{place + 1}", f"{('Första', 'Andra')[place]} halvåret {year}"
        case 4:
            return f"{year}K{place + 1}", f"Kvartal {place + 1} {year}"
        case _:
            text = f"{year}-{place + 1:02}"
            return text, period_words(Period.parse(text)).capitalize()


def _as_written(text: str) -> Grouped:
    try:
        return [(text, period_words(Period.parse(text)).capitalize())]
    except UserError:
        return []
