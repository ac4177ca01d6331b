"""What an analyst wants to know, in plain words: each with its form, and what it can be asked of."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict

from skillnad.analysis.snapshot import Snapshot
from skillnad.codebook.snapshot_schema import Population
from skillnad.web.analyst.asking import CountForm, ShareForm
from skillnad.web.analyst.beside import GroupsForm, OverTimeForm, UnitsForm
from skillnad.web.analyst.choices import (
    POPULATIONS,
    WENT_ON,
    date_choices,
    happened_choices,
    organisation_choices,
    populations,
)
from skillnad.web.analyst.lasting import DurationForm, FlowForm
from skillnad.web.analyst.selecting import SelectionForm

USUAL = "insatser"
"""What is asked about before anything is chosen."""


@dataclass(frozen=True)
class Kind:
    """One choice of the first question."""

    label: str
    told: str
    form: type[SelectionForm]


KINDS: Mapping[str, Kind] = {
    "antal": Kind("Hur många?", "Antal, i en tabell med rader och kolumner.", CountForm),
    "andel": Kind("Hur stor andel?", "Andelar i procent, för alla eller inom varje grupp.", ShareForm),
    "tid": Kind("Hur lång tid?", "Dagar mellan två datum, utan och med dem som pågår.", DurationForm),
    "flode": Kind("In och ut?", "Nya, pågående och avslutade under en period.", FlowForm),
    "over-tid": Kind("Över tid?", "Månad för månad, med regler för när något har ändrats.", OverTimeForm),
    "enheter": Kind("Mellan enheter?", "Vilka enheter ligger utanför det som slumpen ger?", UnitsForm),
    "grupper": Kind("Mellan grupper?", "Skiljer sig grupper åt, också med hänsyn till bakgrund?", GroupsForm),
}
ASKED = ("om", "rader")
"""What an address had before there was more than one thing to want to know."""


def kind_of(chosen: QueryDict) -> str:
    """What is asked; of an address without it a table, with shares where it says of what. Nothing where nothing is."""
    if chosen.get("fraga") in KINDS:
        return str(chosen["fraga"])
    if not any(name in chosen for name in ASKED):
        return ""
    return "andel" if chosen.get("andel") else "antal"


def offered(kind: str, snapshot: Snapshot) -> dict[str, tuple[Population, str]]:
    """What the snapshot has, and the question can be asked of."""
    return {slug: pair for slug, pair in populations(snapshot).items() if _can(KINDS[kind].form, snapshot, pair[0])}


def _can(form: type[SelectionForm], snapshot: Snapshot, population: Population) -> bool:
    if form is FlowForm:
        return WENT_ON in dict(happened_choices(snapshot, population))
    if form is DurationForm:
        return len(date_choices(snapshot, population)) > 1
    return form is not UnitsForm or bool(organisation_choices(snapshot, population))


def population_of(chosen: QueryDict, there: Mapping[str, tuple[Population, str]]) -> Population | None:
    """What is asked about; where there is none of it, interventions, or else the first that there is."""
    slug = next((slug for slug in (chosen.get("om"), USUAL, *there) if slug in there), None)
    return there[slug][0] if slug else None


def slug_of(population: Population) -> str:
    return next(slug for slug, (one, _) in POPULATIONS.items() if one is population)
