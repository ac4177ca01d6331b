"""How many, and how large a share: the forms that a count, a cross table or shares come of."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms

from skillnad.analysis.questions import Count, CrossTable, Percent
from skillnad.web.analyst.choices import grouped_columns
from skillnad.web.analyst.fields import choice
from skillnad.web.analyst.selecting import MORE, SelectionForm

BY_ROW = "rader"
PERCENTS = {"kolumner": Percent.COLUMNS, BY_ROW: Percent.ROWS, "alla": Percent.ALL}
PERCENT_CHOICES = [
    ("kolumner", "Inom varje kolumn"),
    (BY_ROW, "Inom varje rad"),
    ("alla", "Av alla"),
]


def people_field() -> forms.BooleanField:
    return forms.BooleanField(
        label="Räkna personer, var och en högst en gång i varje grupp", required=False, widget=forms.CheckboxInput
    )


class CountForm(SelectionForm):
    """How many: rows, and perhaps columns."""

    key = "rader"
    first: ClassVar[tuple[str, ...]] = ("rader", "kolumner")
    more = ((MORE, ("personer",)),)

    def own_fields(self) -> None:
        columns = grouped_columns(self.snapshot, self.population)
        self.fields["rader"] = choice("Rader", columns, required=True)
        self.fields["kolumner"] = choice("Kolumner", [("", "Inga"), *columns])
        self.fields["personer"] = people_field()

    def check(self) -> None:
        chosen = self.cleaned_data
        if chosen.get("kolumner") and chosen.get("kolumner") == chosen.get("rader"):
            self.add_error("kolumner", "Välj andra kolumner än rader.")

    def question(self) -> Count | CrossTable:
        chosen = self.cleaned_data
        selection = self.selection(people=chosen["personer"])
        if not chosen["kolumner"]:
            return Count(selection, (chosen["rader"],))
        return CrossTable(chosen["rader"], chosen["kolumner"], selection)


class ShareForm(CountForm):
    """How large a share each value is: of all, or within each group."""

    first = ("rader", "kolumner", "andel")

    def own_fields(self) -> None:
        super().own_fields()
        self.fields["rader"].label = "Andelar av (rader)"
        self.fields["kolumner"].label = "Efter grupp (kolumner)"
        self.fields["andel"] = choice("Andelen räknas", PERCENT_CHOICES)

    def starts_with(self) -> Mapping[str, Any]:
        return {"andel": "kolumner"}

    def check(self) -> None:
        super().check()
        chosen = self.cleaned_data
        if chosen.get("andel") == BY_ROW and chosen.get("kolumner") == "":
            self.add_error("kolumner", "Välj kolumner, för att se andelar av raden.")

    def question(self) -> Count | CrossTable:
        chosen = self.cleaned_data
        selection = self.selection(people=chosen["personer"])
        if not chosen["kolumner"]:
            return Count(selection, (chosen["rader"],), shares=True)
        percent = PERCENTS.get(chosen["andel"], Percent.COLUMNS)
        return CrossTable(chosen["rader"], chosen["kolumner"], selection, percent)
