"""How long, and in and out: the forms that a duration and a flow come of."""

from collections.abc import Mapping
from typing import cast

from skillnad.analysis.questions import Duration, Flow
from skillnad.analysis.validation import MOST_LIMITS
from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import Population
from skillnad.web.analyst.choices import coded_choices, column_choices, date_choices
from skillnad.web.analyst.fields import LimitsField, choice
from skillnad.web.analyst.selecting import MORE, SelectionForm

USUAL_DAYS = {
    Population.CASES: ("intake_date", "decision_date"),
    Population.INTERVENTIONS: ("start_date", "end_date"),
    Population.FOLLOW_UPS: ("start_date", "follow_up_date"),
    Population.REVIEWS: ("start_date", "held_date"),
}
"""From when to when people mostly ask."""
LIMITS_HINT = f"Till exempel 30, 90, 120. Högst {MOST_LIMITS}. Visar hur stor andel som är klara inom dem."


class DaysForm(SelectionForm):
    """A form where a time goes from one date to another."""

    def day_fields(self) -> None:
        dates = date_choices(self.snapshot, self.population)
        self.fields["tid_fran"] = choice("Tiden går från", dates, required=True)
        self.fields["tid_till"] = choice("Tiden går till", dates, required=True)

    def starts_with(self) -> Mapping[str, str]:
        """The usual dates, where the snapshot has them."""
        there = dict(date_choices(self.snapshot, self.population))
        days = USUAL_DAYS.get(self.population, ())
        return dict(zip(("tid_fran", "tid_till"), days, strict=True)) if days and set(days) <= set(there) else {}

    def check(self) -> None:
        chosen = self.cleaned_data
        if chosen.get("tid_fran") and chosen.get("tid_fran") == chosen.get("tid_till"):
            self.add_error("tid_till", "Välj ett annat datum än det som tiden börjar.")


class DurationForm(DaysForm):
    """How long: two dates, perhaps groups, perhaps limits."""

    key = "tid_fran"
    first = ("tid_fran", "tid_till", "efter", "granser")
    more = ((MORE, ("efter2",)),)

    def own_fields(self) -> None:
        self.day_fields()
        columns = [("", "Ingen uppdelning"), *column_choices(self.snapshot, self.population)]
        self.fields["efter"] = choice("Uppdelat efter", columns)
        self.fields["granser"] = LimitsField("Andel inom ett antal dagar", LIMITS_HINT)
        self.fields["efter2"] = choice("Och också efter", columns)

    def check(self) -> None:
        super().check()
        chosen = self.cleaned_data
        if chosen.get("efter2") and chosen.get("efter2") == chosen.get("efter"):
            self.add_error("efter2", "Välj en annan uppdelning än den första.")

    def question(self) -> Duration:
        chosen = self.cleaned_data
        by = tuple(filter(None, (chosen["efter"], chosen["efter2"])))
        return Duration(chosen["tid_fran"], chosen["tid_till"], self.selection(), by, chosen["granser"])


class FlowForm(SelectionForm):
    """In and out: what was ongoing, new and closed in a period."""

    key = "visa"
    first = ("visa", "efter")
    has_event = False
    all_time = False

    def own_fields(self) -> None:
        steps = [("hela", "Hela perioden"), ("manader", "Månad för månad")]
        self.fields["visa"] = choice("Visa", steps, required=True)
        columns = [("", "Ingen uppdelning"), *coded_choices(self.snapshot, self.population)]
        self.fields["efter"] = choice("Uppdelat efter", columns)

    def starts_with(self) -> Mapping[str, str]:
        return {"period": str(self.snapshot.manifest.as_of.year)}

    def question(self) -> Flow:
        chosen = self.cleaned_data
        by = (chosen["efter"],) if chosen["efter"] else ()
        return Flow(cast(Period, self.period()), self.population, self.conditions(), by, chosen["visa"] == "manader")
