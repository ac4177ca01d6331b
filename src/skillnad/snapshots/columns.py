"""Which columns each table of a snapshot has, in order, and what the manifest says of them."""

from collections.abc import Iterable, Mapping

from skillnad.codebook.model import AgeBand, Codebook, Entity
from skillnad.codebook.snapshot_schema import (
    AT_START,
    FIRST_FOLLOW_UP,
    KEYS,
    Column,
    Population,
    SnapshotColumn,
    SnapshotLevel,
)
from skillnad.snapshots.encoding import column_of
from skillnad.snapshots.rows import wanted

IN_TIME = (
    SnapshotLevel("in_time", "I tid", "In time"),
    SnapshotLevel("late", "För sent", "Late"),
    SnapshotLevel("not_held", "Inte gjord", "Not held"),
)


def _plain(kind: Column, **labels: tuple[str, str]) -> dict[str, SnapshotColumn]:
    return {name: SnapshotColumn(name, kind, sv, en) for name, (sv, en) in labels.items()}


_FIXED = {
    **_plain(
        Column.KEY,
        client=("Brukare", "Client"),
        case=("Ärende", "Case"),
        intervention=("Insats", "Intervention"),
        follow_up=("Uppföljning", "Follow-up"),
        answer=("Svarstillfälle", "Occasion of answers"),
    ),
    **_plain(
        Column.DATE,
        first_intake_date=("Första aktualisering", "First intake"),
        first_follow_up_date=("Första uppföljning", "First follow-up"),
        closed_date=("Ärendets sista dag", "Last day of the case"),
        review_date=("Omprövningens datum", "Date of the review"),
        due_date=("Omprövning senast", "Review due"),
        held_date=("Omprövning gjord", "Review held"),
        cost_from=("Kostnad från och med", "Cost from"),
        cost_to=("Kostnad till och med", "Cost to"),
        answer_date=("Svarsdatum", "Date of the answers"),
    ),
    **_plain(
        Column.NUMBER,
        interventions=("Antal insatser i ärendet", "Interventions in the case"),
        follow_ups=("Antal uppföljningar", "Number of follow-ups"),
        amount=("Kostnad (kr)", "Cost (SEK)"),
    ),
    "review_in_time": SnapshotColumn("review_in_time", Column.CODE, "Omprövning i tid", "Review in time", IN_TIME),
}

_ABOVE = {
    # population: entities whose variables a row has, from the top of the chain
    Population.CLIENTS: (Entity.CLIENT,),
    Population.CASES: (Entity.CLIENT, Entity.CASE),
    Population.INTERVENTIONS: (Entity.CLIENT, Entity.CASE, Entity.INTERVENTION, Entity.FOLLOW_UP),
    Population.FOLLOW_UPS: (Entity.CLIENT, Entity.CASE, Entity.INTERVENTION, Entity.FOLLOW_UP),
    Population.REVIEWS: (Entity.CLIENT, Entity.CASE, Entity.INTERVENTION),
    Population.COSTS: (Entity.CLIENT, Entity.CASE, Entity.INTERVENTION),
    Population.ANSWERS: (Entity.CLIENT, Entity.CASE, Entity.INTERVENTION, Entity.FOLLOW_UP),
}
_OWN = {
    # what stands last in a table: no variables of the codebook
    Population.CLIENTS: ("first_intake_date",),
    Population.CASES: ("closed_date", "interventions"),
    Population.INTERVENTIONS: ("closed_date", FIRST_FOLLOW_UP, "follow_ups"),
    Population.FOLLOW_UPS: ("closed_date",),
    Population.REVIEWS: ("closed_date", "review_date", "due_date", "held_date", "review_in_time"),
    Population.COSTS: ("closed_date", "cost_from", "cost_to", "amount"),
    Population.ANSWERS: ("closed_date", "answer_date"),
}

BELOW_INTERVENTIONS = (Population.FOLLOW_UPS, Population.REVIEWS, Population.COSTS, Population.ANSWERS)
"""What happens in the course of an intervention: each row also has the age band when it began."""

Levels = Mapping[str, tuple[SnapshotLevel, ...]]
"""Levels of committee, unit and provider."""


def columns_of(population: Population, codebook: Codebook, organisation: Levels) -> dict[str, SnapshotColumn]:
    """The columns of a table by id, in order: keys, organisation, age, variables, the table's own."""
    places = ("committee", "unit") if Entity.INTERVENTION not in _ABOVE[population] else tuple(_PLACES)
    columns = [
        *(_FIXED[key] for key in KEYS[population]),
        *(SnapshotColumn(place, Column.CODE, *_PLACES[place], organisation[place]) for place in places),
        *_age(population, codebook),
        *_variables(population, codebook),
        *(_FIXED[name] for name in _OWN[population] if name != FIRST_FOLLOW_UP or codebook["follow_up_date"].used),
    ]
    return {column.id: column for column in columns}


_PLACES = {"committee": ("Nämnd", "Committee"), "unit": ("Enhet", "Unit"), "provider": ("Utförare", "Provider")}


def _variables(population: Population, codebook: Codebook) -> Iterable[SnapshotColumn]:
    for entity in _ABOVE[population]:
        yield from (column_of(variable) for variable in wanted(codebook, entity))
    if population is Population.CASES and codebook["decision_date"].used:
        yield column_of(codebook["decision_date"])


def _age(population: Population, codebook: Codebook) -> Iterable[SnapshotColumn]:
    if "age" not in codebook or not codebook["age"].used:
        return
    bands = tuple(SnapshotLevel(band.code, band.label, _english(band)) for band in codebook.age_bands)
    yield column_of(codebook["age"])
    yield SnapshotColumn("age_group", Column.CODE, "Åldersgrupp", "Age group", bands)
    if population in BELOW_INTERVENTIONS:
        yield SnapshotColumn(AT_START, Column.CODE, *_AT_START, bands)


_AT_START = ("Åldersgrupp när insatsen började", "Age group when the intervention began")


def _english(band: AgeBand) -> str:
    return f"{band.first} years and over" if band.last is None else f"{band.first}–{band.last} years"


def not_used(codebook: Codebook) -> tuple[str, ...]:
    """The variables that the municipality does not use: absent from every table, and said so."""
    return tuple(variable.id for variable in codebook.variables.values() if not variable.used)
