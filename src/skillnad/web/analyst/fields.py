"""The fields that the explorer's forms are made of, each with what it says when a choice cannot be."""

from typing import Any

from django import forms

from skillnad.analysis.validation import MOST_DAYS, MOST_LIMITS
from skillnad.codebook.periods import Period
from skillnad.lib.errors import UserError
from skillnad.web.analyst.choices import ALL_TIME, OWN_DAYS, Choices, Grouped

WRONG_LIMITS = f"Skriv hela dagar från 0 till {MOST_DAYS}, med komma emellan, och högst {MOST_LIMITS}: 30, 90, 120."
WHOLE_NUMBER = {"invalid": "Skriv ett heltal.", "min_value": "Skriv ett tal som är minst 1."}


class PeriodField(forms.ChoiceField):
    """A period from the list, or any that an address writes as the command line does."""

    def validate(self, value: Any) -> None:
        if value in (ALL_TIME, OWN_DAYS):
            return
        try:
            Period.parse(value)
        except UserError as error:
            raise forms.ValidationError(error.problems[0].sv) from None


def choice(label: str, choices: Choices | Grouped, *, required: bool = False, hint: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=choices,
        required=required,
        help_text=hint,
        widget=forms.Select(attrs={"class": "ds-input"}),
        error_messages={"invalid_choice": "Välj ett av alternativen i listan.", "required": "Välj i listan."},
    )


def boxes(label: str, choices: Choices, *, hint: str = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        choices=choices,
        required=False,
        help_text=hint,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Välj bland alternativen."},
    )


def own_day(label: str) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "ds-input"}),
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": "Skriv datumet som 2025-03-31."},
    )


def whole_number(label: str, *, hint: str = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=1,
        help_text=hint,
        widget=forms.NumberInput(attrs={"class": "ds-input"}),
        error_messages=WHOLE_NUMBER,
    )


class LimitsField(forms.CharField):
    """Whole days with commas or blanks between, as a sorted tuple."""

    def __init__(self, label: str, hint: str) -> None:
        widget = forms.TextInput(attrs={"class": "ds-input", "autocomplete": "off"})
        super().__init__(label=label, required=False, help_text=hint, widget=widget)

    def clean(self, value: str | None) -> tuple[int, ...]:
        parts = (value or "").replace(";", " ").replace(",", " ").split()
        if len(parts) > MOST_LIMITS or any(not _is_days(part) for part in parts):
            raise forms.ValidationError(WRONG_LIMITS)
        return tuple(sorted({int(part) for part in parts}))


def _is_days(part: str) -> bool:
    return part.isascii() and part.isdigit() and len(part) < 7 and int(part) <= MOST_DAYS
