"""The part that every form of the explorer has: which rows. A period, what happened in it, where, and which values.

A form is fetched, so its address is the question. Where a column is chosen its values are offered as boxes the next
time the form is shown: until then they are `pending`, which is a step on the way and no mistake.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict

from skillnad.analysis.comparisons.questions import Asked
from skillnad.analysis.questions import ONGOING, Selection, Where
from skillnad.analysis.results import MISSING_LEVEL, Axis
from skillnad.analysis.snapshot import Snapshot
from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import Population
from skillnad.lib.errors import UserError
from skillnad.web.analyst.choices import (
    ALL_TIME,
    NOT_RECORDED,
    OWN_DAYS,
    WENT_ON,
    coded_choices,
    happened_choices,
    period_choices,
    place_choices,
    value_choices,
)
from skillnad.web.analyst.fields import PeriodField, boxes, choice, own_day

VALUES_OF = {"varde": "av", "utanfor": "av", "ihop": "mellan", "bara1v": "bara1", "bara2v": "bara2"}
"""Each field of boxes, and the field whose column they are the values of."""
LEFT_ALONE = ("utanfor", "ihop")
"""Boxes of which none has to be chosen."""
OFFERED = "_av"
"""Ends the name of the hidden field that says which column's boxes the form had."""
ONE_AT_LEAST = "Kryssa för minst ett värde."
CONDITIONS = ("bara1", "bara2")
OWN_DAYS_PART = ("Egna datum", ("fran", "till"))
CONDITIONS_PART = ("Bara en enhet, eller bara vissa", ("enhet", "bara1", "bara1v", "bara2", "bara2v"))
MORE = "Fler val"
FIELDS_OF_PROBLEMS = {
    "ASK-004": "urval",
    "ASK-005": "tid_till",
    "ASK-007": "tid_till",
    "ASK-009": "varde",
    "ASK-016": "period",
    "ASK-019": "utanfor",
    "ASK-026": "granser",
    "ASK-034": "enhet",
    "ASK-035": "efter",
    "ASK-041": "bakgrund",
    "ASK-042": "mellan",
    "ASK-043": "bakgrund",
    "ASK-046": "spelar_roll",
    "ASK-047": "valda",
    "ASK-048": "ur",
    "ASK-049": "ur",
    "ASK-050": "mellan",
    "ASK-054": "mot",
    "ASK-055": "mot",
    "ASK-057": "mot",
    "ASK-058": "mellan",
    "ASK-066": "spelar_roll",
    "ASK-080": "urval",
}
"""Which choice a problem that the kernel finds is about, where the form has it."""


@dataclass(frozen=True)
class Section:
    """Fields that stand together; with a heading they are folded, until something in them is chosen or wrong."""

    fields: list[BoundField]
    heading: str = ""
    open: bool = False


class SelectionForm(forms.Form):
    """Which rows, and by its subclasses what is asked of them."""

    key: ClassVar[str]
    """The field that an address has once the question is asked."""
    first: ClassVar[tuple[str, ...]]
    """What is asked, in the order of the fields; the selection comes after."""
    more: ClassVar[tuple[tuple[str, tuple[str, ...]], ...]] = ()
    """What can be left alone: folded fields, under their headings."""
    has_event: ClassVar[bool] = True
    all_time: ClassVar[bool] = True
    """Whether no period at all is a choice."""

    def __init__(self, chosen: QueryDict, *, snapshot: Snapshot, population: Population) -> None:
        self.chosen = fresh(chosen)
        self.snapshot, self.population = snapshot, population
        self.pending: list[str] = []
        super().__init__(self.chosen if self.key in chosen else None)
        self.own_fields()
        self._selection_fields()
        if not self.is_bound:
            self.initial = {**self.starts_with(), **_given(self.fields, self.chosen)}

    def own_fields(self) -> None:
        """Adds the fields of `first` and `more`."""
        raise NotImplementedError

    def starts_with(self) -> Mapping[str, str]:
        """What is chosen before anything is asked."""
        return {}

    def question(self) -> Asked:
        """The question of a form that is ready."""
        raise NotImplementedError

    @property
    def is_ready(self) -> bool:
        return self.is_bound and self.is_valid() and not self.pending

    def _selection_fields(self) -> None:
        as_of = self.snapshot.manifest.as_of
        periods = period_choices(as_of, self.chosen.get("period", self.starts_with().get("period", "")))
        offered = [each for each in periods if self.all_time or each[0] != ALL_TIME]
        self.fields["period"] = PeriodField(
            label="Period", choices=offered, required=False, widget=forms.Select(attrs={"class": "ds-input"})
        )
        if self.has_event:
            self.fields["urval"] = choice("Vilka", happened_choices(self.snapshot, self.population))
        self.fields["fran"], self.fields["till"] = own_day("Från och med"), own_day("Till och med")
        self.fields["enhet"] = choice("Var", place_choices(self.snapshot, self.population))
        self._condition_fields()

    def _condition_fields(self) -> None:
        columns = [("", "Inget villkor"), *coded_choices(self.snapshot, self.population)]
        for name, label in zip(CONDITIONS, ("Bara de som har ett visst värde av", "… och av"), strict=True):
            self.fields[name] = choice(label, columns)
            self.add_values(f"{name}v", "Något av")

    def add_values(self, name: str, label: str, *, named: bool = False) -> None:
        """Boxes for the values of the column that is chosen, where one is."""
        column = self.chosen.get(VALUES_OF[name], "") or self.starts_with().get(VALUES_OF[name], "")
        if values := value_choices(self.snapshot, self.population, column, named=named):
            self.fields[name] = boxes(f"{label}: {dict(coded_choices(self.snapshot, self.population))[column]}", values)
            self.fields[name].offered = column  # type: ignore[attr-defined]

    def sections(self) -> Iterator[Section]:
        """The form in the order of reading: what, when, and folded what may be left alone."""
        yield Section([*self._there(self.first), *self._there(("period", "urval"))])
        yield from (
            self._folded(*more) for more in (OWN_DAYS_PART, CONDITIONS_PART, *self.more) if self._there(more[1])
        )

    def _there(self, names: tuple[str, ...]) -> list[BoundField]:
        return [self[name] for name in names if name in self.fields]

    def _folded(self, heading: str, names: tuple[str, ...]) -> Section:
        chosen = any(any(self.chosen.getlist(name)) for name in names)
        wrong = any(name in self.errors for name in names)
        own = "fran" in names and self.chosen.get("period") == OWN_DAYS
        return Section(self._there(names), heading, chosen or wrong or own)

    def clean(self) -> dict[str, Any]:
        """A choice that another one makes empty is said, not passed over."""
        self._check_days()
        self._check_values()
        self._check_period()
        self.check()
        return self.cleaned_data

    def check(self) -> None:
        """Adds what is wrong with a subclass's own fields."""

    def _check_days(self) -> None:
        chosen = self.cleaned_data
        first, last = chosen.get("fran"), chosen.get("till")
        if chosen.get("period") == OWN_DAYS and not self.errors:
            if not (first and last):
                self.add_error("till" if first else "fran", "Skriv både den första och den sista dagen.")
            elif last < first:
                self.add_error("till", "Den sista dagen är före den första. Byt plats på dem.")
        elif (first or last) and chosen.get("period") != OWN_DAYS:
            self.add_error("period", "Du har skrivit egna datum. Välj ”Egna datum” här, eller ta bort datumen.")

    def _check_values(self) -> None:
        for values, of in VALUES_OF.items():
            if values in self.fields and values not in LEFT_ALONE and not self.cleaned_data.get(values):
                if values in self.errors:
                    continue
                if self.chosen.get(values + OFFERED) == self.chosen.get(of):
                    self.add_error(values, ONE_AT_LEAST)
                else:
                    self.pending.append(values)

    def _check_period(self) -> None:
        chosen = self.cleaned_data
        if chosen.get("period") == ALL_TIME and chosen.get("urval") == WENT_ON:
            self.add_error("period", "Välj en period, för att räkna det som pågick under den.")
        elif chosen.get("period") == ALL_TIME and (chosen.get("urval") or not self.all_time):
            self.add_error("period", "Välj en period: det som räknas är vad som hände under den.")

    def add_problems(self, error: UserError) -> list[str]:
        """Says each of the kernel's problems beside the choice that it is about; returns those that are about none."""
        others = []
        for problem in error.problems:
            name = FIELDS_OF_PROBLEMS.get(problem.code, "")
            if name in self.fields:
                self.add_error(name, problem.sv)
            else:
                others.append(problem.text())
        return others

    def period(self) -> Period | None:
        chosen = self.cleaned_data
        if chosen["period"] == OWN_DAYS:
            return Period.through(chosen["fran"], chosen["till"])
        return Period.parse(chosen["period"]) if chosen["period"] else None

    def selection(self, *, people: bool = False) -> Selection:
        happened = self.cleaned_data.get("urval", "")
        event = ONGOING if happened == WENT_ON else happened
        return Selection(self.population, self.period(), event, self.conditions(), people)

    def conditions(self) -> tuple[Where, ...]:
        chosen = self.cleaned_data
        column, _, code = chosen["enhet"].partition(":")
        place = (Where(column, (code,)),) if column else ()
        return (*place, *(Where(chosen[name], codes(chosen[f"{name}v"])) for name in CONDITIONS if chosen[name]))

    def told(self) -> list[str]:
        """What the heading has no room for, in words: "Bara Enhet: Norr eller Söder."."""
        asked = [(where, self.snapshot.axis(self.population, where.column)) for where in self.conditions()]
        return [f"Bara {axis.label}: {' eller '.join(_labels(axis, where))}." for where, axis in asked]


def _labels(axis: Axis, where: Where) -> Iterator[str]:
    yield from (level.label for level in axis.levels if level.code in where.codes)


def codes(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(MISSING_LEVEL if value == NOT_RECORDED else value for value in values)


def fresh(chosen: QueryDict) -> QueryDict:
    """Without the values of a column that is not the one chosen any more."""
    kept = chosen.copy()
    for values, of in VALUES_OF.items():
        if kept.get(values + OFFERED, kept.get(of)) != kept.get(of):
            kept.pop(values, None)
    return kept


def _given(fields: Mapping[str, forms.Field], chosen: QueryDict) -> Mapping[str, str | list[str] | date]:
    """What an address says already, as a form that is not asked yet shows it."""
    return {
        name: chosen.getlist(name) if isinstance(field, forms.MultipleChoiceField) else str(chosen[name])
        for name, field in fields.items()
        if name in chosen
    }
