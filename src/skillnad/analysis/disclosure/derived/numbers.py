"""Every number that leaves, and what it is a fact about. A number that is not here is an objection of the auditor's.

Words ("nearly all"), charts and "n =" are made of a protected table and of nothing else, so that they say no more than
its numbers do.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatchcase


class How(StrEnum):
    """How a number is accounted for."""

    COUNT = "count"  # protected itself
    AMOUNT = "amount"  # a sum, protected itself
    LINEAR = "linear"  # a constraint on counts: its rounding is inverted
    BANDS = "bands"  # a constraint on how many ended within each limit
    FOLLOWS = "follows"  # of counts at its own key, which must all be shown
    APART = "apart"  # of rows too: protected where it is made, and only where the counts at its own key are shown
    OF_TWO = "of_two"  # of counts at its own key and at what it is compared with
    SHOWN = "shown"  # of all groups that are shown
    ROWS = "rows"  # of the rows' own days: takes as many rows as it needs on each side


SV: Mapping[How, str] = {
    How.COUNT: "skyddas själv",
    How.AMOUNT: "skyddas själv, som summa",
    How.LINEAR: "är en ekvation om antal, och visas bara där den följer av de antal som visas",
    How.BANDS: "är hur många som avslutats inom gränsen; inget antal mellan två gränser får följa",
    How.FOLLOWS: "räknas av de antal som visas på samma rad; är ett av dem en lucka är talet det",
    How.APART: "räknas också av rader: prövas för sig när det räknas fram, och finns bara där radens antal visas",
    How.OF_TWO: "räknas av de antal som visas för båda som jämförs; är ett av dem en lucka är talet det",
    How.SHOWN: "räknas av de grupper som visas",
    How.ROWS: "räknas av radernas egna dagar, och kräver så många rader på var sida som policyn säger",
}


@dataclass(frozen=True)
class Number:
    """`ids` are patterns of what measures are called."""

    sv: str
    how: How
    ids: tuple[str, ...]


NUMBERS = (
    Number("antal rader eller personer", How.COUNT, ("count", "clients", "open", "part", "whole")),
    Number("tillfrågade och svarande", How.COUNT, ("asked", "answered")),
    Number("parens fyra antal, och de som inte är kända", How.COUNT, ("both", "only_*", "neither", "not_known")),
    Number("summa i kronor", How.AMOUNT, ("sum",)),
    Number("andel, svarsfrekvens och svarsgränser", How.LINEAR, ("share", "rate", "bound_low", "bound_high")),
    Number("parens andelar", How.LINEAR, ("first", "second", "agreement")),
    Number("median, kvartiler och 90:e percentil", How.ROWS, ("median", "q1", "q3", "p90", "km_*")),
    Number("medelvärden i dagar, och intervall kring medianer", How.ROWS, ("mean", "mean_*", "median_*")),
    Number("gräns i dagar som är medianen för alla", How.ROWS, ("limit",)),
    Number("ett diagrams punkter", How.FOLLOWS, ("value",)),
    Number("skillnad och kvot, med ändar", How.OF_TWO, ("difference", "ratio", "difference_*", "ratio_*")),
    Number(
        "andelar inom en gräns, jämförda",
        How.OF_TWO,
        ("within_*_difference*", "within_*_p", "within_*_seen", "within_*_verdict"),
    ),
    Number("ändarna av en andels intervall", How.FOLLOWS, ("*_low", "*_high")),
    Number("andel inom en gräns", How.BANDS, ("within_*",)),
    Number("p, minsta skillnad som kunnat synas och utfall", How.OF_TWO, ("p", "seen", "verdict")),
    Number("hur mycket osäkrare flera rader av en person gör talet", How.APART, ("repeated",)),
    Number("hur många svar ett urval är värt", How.FOLLOWS, ("effective",)),
    Number("justerade tal", How.APART, ("adjusted", "adjusted_*")),
    Number("plats i en rangordning", How.FOLLOWS, ("best", "worst")),
    Number("läge i ett trattdiagram", How.FOLLOWS, ("placing",)),
    Number("styrgränser och regler som bryts", How.FOLLOWS, ("low", "high", "signal:*")),
    Number("mittlinje, spridning och vidgning", How.SHOWN, ("centre", "target", "spread", "widened")),
)


def number_of(measure: str, *, signal: bool = False) -> Number | None:
    """What a measure is; the first that it fits, those without a pattern before those with one."""
    name = f"signal:{measure}" if signal else measure
    exact = [number for number in NUMBERS if name in number.ids]
    like = [number for number in NUMBERS if any(fnmatchcase(name, pattern) for pattern in number.ids)]
    return next(iter((*exact, *like)), None)
