"""What a comparative question's table holds, and what its measures are called."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from skillnad.analysis.formulas.intervals import Comparison as Compared
from skillnad.analysis.formulas.intervals import Interval, MaybeInterval
from skillnad.analysis.results import Axis, Key, LeftOut, Measure, MeasureKind

Counts = Mapping[Key, int | float | None]
"""One measure of a table; None is a gap."""

PART = Measure("part", "Antal", MeasureKind.COUNT)
WHOLE = Measure("whole", "Av", MeasureKind.COUNT)
SHARE = Measure("share", "Andel", MeasureKind.SHARE)
P = Measure("p", "p", MeasureKind.CHANCE)
SEEN = Measure("seen", "Minsta skillnad som kunnat synas", MeasureKind.POINTS)
REPEATED = Measure("repeated", "Osäkrare för att en person kan ha flera rader, gånger", MeasureKind.RATIO)
"""How many times larger a share's variance is for that: there where some group's is."""
VERDICT = Measure("verdict", "Utfall", MeasureKind.VERDICT)
"""Which `Verdict` of the table alone, by its number; a page of several tables judges them together."""


def with_ends(measure: Measure) -> tuple[Measure, Measure, Measure]:
    """A figure, and the lower and the upper end of its interval."""
    low, high = (f"{measure.label}, {words}" for words in ("lägst", "högst"))
    return (
        measure,
        Measure(f"{measure.id}_low", low, measure.kind),
        Measure(f"{measure.id}_high", high, measure.kind),
    )


@dataclass(frozen=True)
class Made:
    """A table: every measure that any cell has, in order. A key that a measure lacks is a figure without meaning (the
    difference from itself, an interval of too few); a figure that is hidden is None."""

    axes: tuple[Axis, ...]
    measures: tuple[Measure, ...]
    cells: Mapping[str, Counts]
    left_out: tuple[LeftOut, ...] = ()


@dataclass
class Figures:
    """A table under way."""

    measures: dict[str, Measure] = field(default_factory=dict)
    cells: dict[str, dict[Key, int | float | None]] = field(default_factory=dict)

    def put(self, measure: Measure, key: Key, value: int | float | None) -> None:
        self.column(measure)[key] = value

    def put_ends(self, measure: Measure, key: Key, value: float | None, interval: MaybeInterval) -> None:
        """The figure, and its interval where it has one."""
        named = with_ends(measure)
        for each in named:
            self.column(each)
        self.put(measure, key, value)
        if isinstance(interval, Interval):
            for each, end in zip(named[1:], interval, strict=True):
                self.put(each, key, end)

    def put_compared(self, measure: Measure, key: Key, compared: Compared) -> None:
        """A difference or a ratio that can be told, and its interval."""
        for each in with_ends(measure):
            self.column(each)
        if compared.value is not None:
            self.put_ends(measure, key, compared.value, compared.interval)

    def column(self, measure: Measure) -> dict[Key, int | float | None]:
        self.measures.setdefault(measure.id, measure)
        return self.cells.setdefault(measure.id, {})

    def made(self, axes: tuple[Axis, ...], left_out: tuple[LeftOut, ...] = ()) -> Made:
        return Made(axes, tuple(self.measures.values()), self.cells, left_out)
