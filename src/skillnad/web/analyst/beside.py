"""Over time, between units, between groups: the forms of what is set beside something else."""

from collections.abc import Mapping
from typing import ClassVar

from skillnad.analysis.calendars import known_of
from skillnad.analysis.comparisons.questions import (
    REST,
    Adjusted,
    Chart,
    Comparison,
    Drawn,
    Funnel,
    OverTime,
    Ranking,
)
from skillnad.analysis.formulas.samples import Chosen
from skillnad.analysis.headline import listed
from skillnad.analysis.merged import merged
from skillnad.analysis.questions import Count, Duration, Share, Where
from skillnad.codebook.snapshot_schema import EVENT
from skillnad.web.analyst.choices import (
    WENT_ON,
    coded_choices,
    latest_months,
    organisation_choices,
    single_choices,
    value_choices,
)
from skillnad.web.analyst.comparing import SAMPLES
from skillnad.web.analyst.fields import boxes, choice, whole_number
from skillnad.web.analyst.lasting import DaysForm
from skillnad.web.analyst.selecting import MORE, codes

COUNT, SHARE, DAYS = "antal", "andel", "tid"
MEASURES = {COUNT: "Antal", SHARE: "En andel", DAYS: "En tid"}
STEPS = [("month", "Månad för månad"), ("quarter", "Kvartal för kvartal"), ("year", "År för år")]
CHARTS = [
    (Chart.RUN.value, "Seriediagram: medianen, och regler för skift och trend"),
    (Chart.CONTROL.value, "Styrdiagram: gränser för vad slumpen ger"),
]
ORDERS = [
    ("tratt", "Tratt, med slumpens gränser"),
    ("hogst", "Rangordning, högst andel först"),
    ("lagst", "Rangordning, lägst andel först"),
]
WAYS = [
    (Adjusted.MODEL.value, "Modell (logistisk regression)"),
    (Adjusted.STANDARD.value, "Direkt standardisering"),
]
MOST_BACKGROUNDS = 4
USUAL_OUTCOMES = ("review_in_time", "goal_attainment", "adherence_to_plan", "problem", "origin")
"""What a share is of before anything is chosen: the first of them that there is."""
MONTHS_FOLLOWED = 36
"""How far back a course over time goes, where no period is chosen yet."""
TOGETHER = "De sammanslagna"


class MeasuredForm(DaysForm):
    """A form of a share or a time, or of what else its `measures` have; `matt` in the address says which."""

    measures: ClassVar[tuple[str, ...]] = (SHARE,)

    @property
    def measure(self) -> str:
        asked = self.chosen.get("matt", "")
        return asked if asked in self.measures else self.measures[0]

    def measure_fields(self) -> None:
        if self.measure == DAYS:
            self.day_fields()
        elif self.measure == SHARE:
            self._share_fields()

    def starts_with(self) -> Mapping[str, str]:
        there = dict(coded_choices(self.snapshot, self.population))
        usual = next(({"av": name} for name in USUAL_OUTCOMES if name in there), {})
        return {**super().starts_with(), **usual}

    def _share_fields(self) -> None:
        columns = coded_choices(self.snapshot, self.population)
        self.fields["av"] = choice("Andelen som har ett visst värde av", columns, required=True)
        self.add_values("varde", "Andelen som har", named=True)
        of = self.chosen.get("av") or self.starts_with().get("av")
        if of in dict(single_choices(self.snapshot, self.population)):
            self.add_values("utanfor", "Räkna inte med dem som har", named=True)

    def check(self) -> None:
        super().check()
        chosen = self.cleaned_data
        values, outside = set(chosen.get("varde", ())), set(chosen.get("utanfor", ()))
        if "varde" in self.fields and len(values) == len(dict(self.fields["varde"].choices)):  # type: ignore[attr-defined]
            self.add_error("varde", "Välj inte alla värden: alla har något av dem.")
        if chosen.get("mellan") and chosen.get("mellan") == chosen.get("av"):
            self.add_error("mellan", "Välj andra grupper än det som andelen är av.")
        if values & outside:
            self.add_error("utanfor", "Ett värde kan inte både räknas med och stå utanför. Ta bort det på ett ställe.")

    def share(self, by: str) -> Share:
        chosen = self.cleaned_data
        outside = codes(chosen.get("utanfor", []))
        return Share(Where(chosen["av"], codes(chosen["varde"])), self.selection(), (by,), outside)

    def share_or_time(self, by: str) -> Share | Duration:
        chosen = self.cleaned_data
        if self.measure == SHARE:
            return self.share(by)
        return Duration(chosen["tid_fran"], chosen["tid_till"], self.selection(), (by,))


class OverTimeForm(MeasuredForm):
    """A count, a share or a median month by month, with its centre and the rules that tell when something changed."""

    key = "steg"
    first = ("av", "varde", "tid_fran", "tid_till", "steg", "diagram")
    more = ((MORE, ("utanfor", "baslinje")),)
    measures = (COUNT, SHARE, DAYS)

    def own_fields(self) -> None:
        self.measure_fields()
        self.fields["steg"] = choice("Följ det", STEPS, required=True)
        self.fields["diagram"] = choice("Diagram", CHARTS)
        self.fields["baslinje"] = whole_number(
            "Mittlinjen räknas på så många första punkter", hint="Lämna tomt för alla."
        )

    def starts_with(self) -> Mapping[str, str]:
        """The latest whole months: the years when a register was begun would set the limits of all the others."""
        return {**super().starts_with(), "period": str(latest_months(self.snapshot.manifest.as_of, MONTHS_FOLLOWED))}

    def check(self) -> None:
        super().check()
        if self.cleaned_data.get("urval") == WENT_ON:
            self.add_error("urval", "Det som pågår har ingen dag att följa. Välj ett av datumen.")

    def question(self) -> OverTime:
        chosen = self.cleaned_data
        by = f"{chosen['steg']}:{chosen['urval'] or EVENT[self.population]}"
        of = Count(self.selection(), (by,)) if self.measure == COUNT else self.share_or_time(by)
        return OverTime(of, Chart(chosen["diagram"] or Chart.RUN), chosen["baslinje"] or 0)


class UnitsForm(MeasuredForm):
    """A share of each unit, committee or provider: in a funnel, or in order with the places that each may have."""

    key = "mellan"
    first = ("av", "varde", "mellan", "visa")
    more = ((MORE, ("utanfor",)),)

    def own_fields(self) -> None:
        self.measure_fields()
        self.fields["mellan"] = choice("Mellan", organisation_choices(self.snapshot, self.population), required=True)
        self.fields["visa"] = choice("Visa som", ORDERS)

    def question(self) -> Funnel | Ranking:
        chosen = self.cleaned_data
        of = self.share(chosen["mellan"])
        return Funnel(of) if chosen["visa"] in ("", "tratt") else Ranking(of, chosen["visa"] == "hogst")


class GroupsForm(MeasuredForm):
    """How groups differ in a share or a time, plain and adjusted for a named background."""

    key = "mellan"
    first = ("av", "varde", "tid_fran", "tid_till", "mellan", "mot")
    more = (
        ("Ta hänsyn till bakgrund", ("bakgrund", "satt")),
        (MORE, ("ihop", "utanfor", "spelar_roll", "valda", "ur")),
    )
    measures = (SHARE, DAYS)

    def own_fields(self) -> None:
        self.measure_fields()
        columns = coded_choices(self.snapshot, self.population)
        self.fields["mellan"] = choice("Mellan grupperna i", columns, required=True)
        groups = value_choices(self.snapshot, self.population, self.chosen.get("mellan", ""), named=True)
        self.fields["mot"] = choice("Jämför varje grupp med", [(REST, "Alla övriga"), *groups])
        if self.chosen.get("mellan") in dict(single_choices(self.snapshot, self.population)):
            self.add_values("ihop", "Slå ihop till en grupp, mot de övriga", named=True)
        hint = f"Högst {MOST_BACKGROUNDS}. Det ojusterade står alltid bredvid."
        backgrounds = [(name, label) for name, label in columns if not known_of(name)]
        self.fields["bakgrund"] = boxes("Justera för", backgrounds, hint=hint)
        of_share = self.measure == SHARE
        step = "procentenheter" if of_share else "dagar"
        self.fields["spelar_roll"] = whole_number(f"Minsta skillnad som spelar roll, {step}")
        if of_share:
            self.fields["satt"] = choice("Sätt att justera", WAYS)
            self.fields["valda"] = choice("Raderna är", SAMPLES)
            self.fields["ur"] = whole_number("Dragna ur så många")

    def starts_with(self) -> Mapping[str, str]:
        there = dict(coded_choices(self.snapshot, self.population))
        return {**super().starts_with(), **({"mellan": "legal_sex"} if "legal_sex" in there else {})}

    def check(self) -> None:
        super().check()
        chosen = self.cleaned_data
        background, taken = chosen.get("bakgrund", []), {chosen.get("av"), chosen.get("mellan")}
        if len(background) > MOST_BACKGROUNDS:
            self.add_error("bakgrund", f"Välj högst {MOST_BACKGROUNDS}: med fler blir det för få i varje del.")
        if set(background) & taken:
            self.add_error("bakgrund", "Det går inte att justera för det som jämförs. Ta bort det här.")
        if chosen.get("satt") == Adjusted.STANDARD and not background:
            self.add_error("bakgrund", "Välj vad som ska standardiseras för.")
        together = chosen.get("ihop", [])
        if together and chosen.get("mot"):
            self.add_error("mot", "Den sammanslagna gruppen jämförs med alla övriga. Välj det här.")
        if together and len(together) == len(dict(self.fields["ihop"].choices)):  # type: ignore[attr-defined]
            self.add_error("ihop", "Lämna minst ett värde utanför, att jämföra med.")
        if chosen.get("ur") and not chosen.get("valda"):
            self.add_error("valda", "Säg hur urvalet valdes, eller ta bort antalet.")

    def question(self) -> Comparison:
        chosen = self.cleaned_data
        background = tuple(chosen["bakgrund"])
        way = Adjusted(chosen.get("satt") or Adjusted.MODEL) if background else Adjusted.MODEL
        of, drawn = self.share_or_time(self._groups()), chosen.get("valda")
        return Comparison(
            of,
            chosen["mot"],
            background,
            way,
            relevant=self._relevant(),
            drawn=Drawn(Chosen(drawn), chosen["ur"]) if drawn else None,
        )

    def told(self) -> list[str]:
        """Which values are put together too."""
        together = dict(getattr(self.fields.get("ihop"), "choices", ()))
        labels = [together[code] for code in self.cleaned_data.get("ihop", [])]
        return [*super().told(), *([f"{TOGETHER}: {listed(labels)}."] if labels else [])]

    def _groups(self) -> str:
        """The column of the groups, or its values put together in one group and the others."""
        column, together = self.cleaned_data["mellan"], self.cleaned_data.get("ihop", [])
        return merged(column, {TOGETHER: together}) if together else str(column)

    def _relevant(self) -> float | None:
        """Of a share 0–1, of a time days."""
        least = self.cleaned_data["spelar_roll"]
        return least / 100 if least and self.measure == SHARE else least
