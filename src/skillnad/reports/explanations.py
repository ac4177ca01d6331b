"""What people have written to explain a shown difference, as a page shows it: by whom, when, and of which figures."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

ASKED = "Vilka behov och önskemål finns bakom skillnaden? Saknas förklaring: vad ska göras?"


@dataclass(frozen=True)
class Difference:
    """A shown difference as an explanation knows it: its name from one period to the next, what it is called, where it
    stands on the page, and its figures in words and in numbers."""

    key: str
    title: str
    anchor: str
    about: str
    figures: Mapping[str, float | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Written:
    """`about` is the difference in words, as it was shown when the explanation was written of `period`."""

    text: str
    by: str
    on: date
    period: str
    about: str
    title: str = ""
    id: int = 0  # what keeps it calls it so; 0 where nothing keeps it
    actor: str = ""  # who wrote it, as who keeps it knows them; `by` is a name


@dataclass(frozen=True)
class Explained:
    """The explanations of one difference: of the page's own period, and of others; the last written first."""

    of: Difference
    written: tuple[Written, ...] = ()
    earlier: tuple[Written, ...] = ()


@dataclass(frozen=True)
class Explanations:
    """All that is written, by the key of a difference; the last written first."""

    written: Mapping[str, tuple[Written, ...]] = field(default_factory=dict)

    def of(self, difference: Difference, period: str) -> Explained:
        every = self.written.get(difference.key, ())
        own = tuple(one for one in every if one.period == period)
        return Explained(difference, own, tuple(one for one in every if one.period != period))

    def of_others(self, keys: Collection[str], period: str) -> tuple[Written, ...]:
        """What is written of the period's differences that are none of `keys`: no longer shown."""
        others = (one for key, written in self.written.items() if key not in keys for one in written)
        return tuple(one for one in others if one.period == period)


def signature(written: Written) -> str:
    """Who wrote it and when."""
    return f"{written.by}, {written.on.isoformat()}"


def of_which_figures(written: Written) -> str:
    """What it was written of: an explanation may outlive its figures."""
    return f"Skrivet om {written.period}: {written.about}"
