"""From an explorer's form to a question, and back to the choices that the form offers."""

from typing import Any, cast

from django import forms
from django.http import QueryDict

from skillnad.analysis.calendars import known_column
from skillnad.analysis.questions import ONGOING, Count, CrossTable, Percent, Selection
from skillnad.analysis.snapshot import Snapshot
from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import EVENT, SPAN, Column, Population

POPULATIONS = {
    "arenden": (Population.CASES, "Ärenden"),
    "insatser": (Population.INTERVENTIONS, "Insatser"),
    "uppfoljningar": (Population.FOLLOW_UPS, "Uppföljningar"),
    "brukare": (Population.CLIENTS, "Brukare"),
}
STARTED = {
    Population.CASES: "Aktualiserade under perioden",
    Population.INTERVENTIONS: "Påbörjade under perioden",
    Population.FOLLOW_UPS: "Följdes upp under perioden",
    Population.CLIENTS: "Första ärendet under perioden",
}
WENT_ON = "pagick"
BY_ROW = "rader"
PERCENTS = {BY_ROW: Percent.ROWS, "kolumner": Percent.COLUMNS}
PERCENT_CHOICES = [
    ("", "Antal"),
    (BY_ROW, "Antal, och andel av raden"),
    ("kolumner", "Antal, och andel av kolumnen"),
]
YEARS_BACK = 6

Choices = list[tuple[str, str]]


class TableForm(forms.Form):
    """What to count: rows, perhaps columns, a period, and whether shares are wanted.

    `population` is chosen by a link before the form, since it decides which columns there are.
    """

    rader = forms.ChoiceField(label="Rader")
    kolumner = forms.ChoiceField(label="Kolumner", required=False)
    period = forms.ChoiceField(label="Period", required=False)
    urval = forms.ChoiceField(label="Urval", required=False)
    andel = forms.ChoiceField(label="Visa", required=False)

    def __init__(self, data: QueryDict, *, snapshot: Snapshot, population: Population) -> None:
        super().__init__(data)
        self.population = population
        columns = column_choices(snapshot, population)
        self._choices("rader", columns)
        self._choices("kolumner", [("", "Inga"), *columns])
        self._choices("period", period_choices(snapshot))
        self._choices("urval", urval_choices(snapshot, population))
        self._choices("andel", PERCENT_CHOICES)

    def _choices(self, name: str, choices: Choices) -> None:
        field = cast(forms.ChoiceField, self.fields[name])
        field.choices = choices
        field.error_messages["invalid_choice"] = "Välj ett av alternativen i listan."

    def clean(self) -> dict[str, Any]:
        """A choice that another one makes empty is said, not passed over."""
        chosen: dict[str, Any] = self.cleaned_data
        if chosen.get("andel") == BY_ROW and chosen.get("kolumner") == "":
            self.add_error("kolumner", "Välj kolumner, för att se andelar av raden.")
        if chosen.get("kolumner") and chosen.get("kolumner") == chosen.get("rader"):
            self.add_error("kolumner", "Välj andra kolumner än rader.")
        if chosen.get("urval") == WENT_ON and chosen.get("period") == "":
            self.add_error("period", "Välj en period, för att räkna det som pågick under den.")
        return chosen

    def question(self) -> Count | CrossTable:
        """The question of a valid form."""
        chosen = self.cleaned_data
        period = Period.parse(chosen["period"]) if chosen["period"] else None
        event = ONGOING if chosen["urval"] == WENT_ON else ""
        selection = Selection(population=self.population, period=period, event=event)
        if not chosen["kolumner"]:
            return Count(selection=selection, by=(chosen["rader"],), shares=bool(chosen["andel"]))
        percent = PERCENTS.get(chosen["andel"], Percent.NONE)
        return CrossTable(rows=chosen["rader"], columns=chosen["kolumner"], selection=selection, percent=percent)


def populations(snapshot: Snapshot) -> dict[str, tuple[Population, str]]:
    """What this snapshot has tables of: an extract without cases gives none to count."""
    return {slug: pair for slug, pair in POPULATIONS.items() if pair[0] in snapshot.manifest.tables}


def column_choices(snapshot: Snapshot, population: Population) -> Choices:
    """Coded columns of the population, whether each date beside its own event is known, and the event's calendar."""
    columns = snapshot.manifest.tables[population].columns.values()
    event = EVENT[population]
    days = (known_column(column) for column in columns if column.kind is Column.DATE and column.id != event)
    coded = [column for column in columns if column.kind in (Column.CODE, Column.CODES)]
    return [
        *((column.id, column.sv) for column in (*coded, *days)),
        (f"month:{event}", "Månad"),
        (f"year:{event}", "År"),
    ]


def period_choices(snapshot: Snapshot) -> Choices:
    last = snapshot.manifest.as_of.year
    return [("", "Hela tiden"), *((str(year), str(year)) for year in range(last, last - YEARS_BACK, -1))]


def urval_choices(snapshot: Snapshot, population: Population) -> Choices:
    """What went on is asked about only where the snapshot has both its first and its last day."""
    started = [("", STARTED[population])]
    days = SPAN.get(population, ())
    told = days and all(day in snapshot.manifest.tables[population].columns for day in days)
    return [*started, (WENT_ON, "Pågick under perioden")] if told else started
