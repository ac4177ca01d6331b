"""From a share table in the explorer to a comparison of its groups: which share, and what each is compared with."""

from typing import Any, cast

from django import forms
from django.http import QueryDict

from skillnad.analysis.calendars import calendar_of
from skillnad.analysis.comparisons.questions import REST, Comparison, Drawn
from skillnad.analysis.formulas.samples import Chosen
from skillnad.analysis.questions import Count, CrossTable, Percent, Share, Where
from skillnad.analysis.results import Axis, LevelKind
from skillnad.analysis.snapshot import Snapshot

ASKED = "jamfor"
"""The parameter that says that a comparison is asked for."""
OWN = (ASKED, "varde", "mot", "valda", "ur")
"""What an address has of the comparison; all else is the table that is compared."""

Choices = list[tuple[str, str]]
ALL_ROWS = ""
SAMPLES: Choices = [
    (ALL_ROWS, "inget urval"),
    (Chosen.BY_LOT, "dragna med lott"),
    (Chosen.EVERYONE, "alla tillfrågade"),
    (Chosen.FIRST_MET, "de första som kom"),
    (Chosen.BY_HAND, "valda av någon"),
    (Chosen.THEMSELVES, "valda av sig själva"),
]


class CompareForm(forms.Form):
    """Which values make the share, the group that the others are compared with, and what the rows are a sample of."""

    varde = forms.MultipleChoiceField(
        label="Andelen som har",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Välj minst ett värde."},
    )
    mot = forms.ChoiceField(label="Jämför varje grupp med", required=False)
    valda = forms.ChoiceField(
        label="Raderna är",
        choices=SAMPLES,
        required=False,
        error_messages={"invalid_choice": "Välj bland alternativen."},
    )
    ur = forms.IntegerField(
        label="Dragna ur så många",
        required=False,
        min_value=1,
        error_messages={"invalid": "Skriv ett heltal.", "min_value": "Skriv ett tal som är minst 1."},
    )

    def __init__(self, data: QueryDict | None, *, snapshot: Snapshot, table: CrossTable) -> None:
        super().__init__(data)
        self.table = table
        self.groups, self.of = _columns(table)
        selection = table.selection
        axes = (snapshot.axis(selection.population, each, within=selection.period) for each in (self.of, self.groups))
        self.values, groups = map(_choices, axes)
        self._offer("varde", self.values)
        self._offer("mot", [(REST, "Alla övriga"), *groups])

    def _offer(self, name: str, choices: Choices) -> None:
        field = cast(forms.ChoiceField, self.fields[name])
        field.choices = choices
        field.error_messages["invalid_choice"] = "Välj bland alternativen."

    def clean(self) -> dict[str, Any]:
        chosen: dict[str, Any] = self.cleaned_data
        if len(chosen.get("varde", ())) == len(self.values):
            self.add_error("varde", "Välj inte alla värden: alla har något av dem.")
        if chosen.get("ur") and not chosen.get("valda"):
            self.add_error("valda", "Säg hur urvalet valdes, eller ta bort antalet.")
        return chosen

    def question(self) -> Comparison:
        """The comparison of a valid form."""
        chosen = self.cleaned_data
        of = Share(Where(self.of, tuple(chosen["varde"])), self.table.selection, (self.groups,))
        sample = Drawn(Chosen(chosen["valda"]), chosen["ur"]) if chosen["valda"] else None
        return Comparison(of, chosen["mot"], drawn=sample)


def compare_form(chosen: QueryDict, snapshot: Snapshot, question: Count | CrossTable) -> CompareForm | None:
    """For a table that has shares of a coded column; its groups are what they are shares of. Unbound where no
    comparison is asked for. People can be in several groups, and are not compared."""
    if not isinstance(question, CrossTable) or question.percent is Percent.NONE or question.selection.people:
        return None
    if calendar_of(_columns(question)[1]):
        return None
    return CompareForm(chosen if ASKED in chosen else None, snapshot=snapshot, table=question)


def kept(chosen: QueryDict) -> Choices:
    """The table's own choices, which the form sends along."""
    return [(name, value) for name, values in chosen.lists() for value in values if name not in OWN and value]


def _columns(table: CrossTable) -> tuple[str, str]:
    """The groups' column, and that of the share."""
    by_row = table.percent is Percent.ROWS
    return (table.rows, table.columns) if by_row else (table.columns, table.rows)


def _choices(axis: Axis) -> Choices:
    return [(level.code, level.label) for level in axis.levels if level.kind is LevelKind.VALUE]
