"""What keeps its time series from one version of an instrument to the next.

Answers stay tied to the version they were given on. An item with the same id is the same series as long as its codes,
what they mean and its direction are the same; other words make no other series. What is not the same must be said in
the version's note (`breaks`), so that nobody draws one line through two meanings unawares.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from skillnad.instruments.asked import Item
from skillnad.instruments.counted import Score
from skillnad.instruments.model import Instrument

_MEANING: Final = ("kind", "direction", "least", "most", "decimals", "unit_of_measure", "perspectives", "not_asked")
_WORDS: Final = ("label_sv", "text", "standard")
_COUNTING: Final = (
    *("kind", "items", "scores", "reverse", "codes", "terms", "constant", "factor", "at_most", "missing", "minimum"),
    *("round", "needs", "zero_when", "only_when", "low", "high", "direction", "perspectives"),
)


@dataclass(frozen=True)
class Series:
    """The items and scores of a newer version against an older one's, by id in the newer's order."""

    kept: tuple[str, ...]
    reworded: tuple[str, ...]  # of the kept: asked in other words
    broken: tuple[str, ...]  # same id, and by its note or its meaning another series
    unsaid: tuple[str, ...]  # of the broken: no note says so
    added: tuple[str, ...]
    dropped: tuple[str, ...]


def series_of(old: Instrument, new: Instrument) -> Series:
    """What becomes of each item and score of `old` in `new`."""
    before, after = _parts(old), _parts(new)
    common = [name for name in after if name in before]
    said = breaks_since(new, old.version)
    changed = _changed(before, after, common)
    broken = [name for name in common if name in said or name in changed]
    kept = [name for name in common if name not in broken]
    return Series(
        kept=tuple(kept),
        reworded=tuple(name for name in kept if _words(before[name]) != _words(after[name])),
        broken=tuple(broken),
        unsaid=tuple(name for name in broken if name not in said),
        added=tuple(name for name in after if name not in before),
        dropped=tuple(name for name in before if name not in after),
    )


def breaks_since(instrument: Instrument, version: str) -> frozenset[str]:
    """All that the notes after `version` say begin a new series; of a matrix, all its cells."""
    order = version_order(version)
    notes = [note for note in instrument.versions if version_order(note.version) > order]
    named = frozenset(name for note in notes for name in note.breaks)
    return named | {item.id for item in instrument.items.values() if item.matrix in named}


def version_order(version: str) -> tuple[int, ...]:
    """2026.10 comes after 2026.9; of an addition (2015.1+2026.2) the addition's own version counts."""
    return tuple(int(part) for part in version.rpartition("+")[2].split(".") if part.isdecimal())


def series_names(versions: Sequence[Instrument]) -> Mapping[tuple[str, str], str]:
    """The column of each (version, item or score), `versions` with the oldest first.

    The newest series of an id has the plain name ("trygghet__day"); an older one carries the version that it began
    with ("trygghet__day__v2025_1").
    """
    began: dict[tuple[str, str], str] = {}
    for index, instrument in enumerate(versions):
        before = versions[index - 1] if index else None
        kept = set(series_of(before, instrument).kept) if before else set()
        for name in _parts(instrument):
            start = began[before.version, name] if before and name in kept else instrument.version
            began[instrument.version, name] = start
    newest = {name: start for (_, name), start in began.items()}
    return {
        (version, name): _column(versions[0].id, name, "" if start == newest[name] else start)
        for (version, name), start in began.items()
    }


def _column(instrument: str, name: str, began: str) -> str:
    plain = f"{instrument}__{name.replace('.', '__')}"
    return f"{plain}__v{'_'.join(map(str, version_order(began)))}" if began else plain


def _parts(instrument: Instrument) -> dict[str, Item | Score]:
    return {**instrument.items, **instrument.scores}


def _changed(before: Mapping[str, Any], after: Mapping[str, Any], common: Iterable[str]) -> set[str]:
    """Those that mean something else, and the scores that are made of them."""
    changed: set[str] = set()
    for name in common:
        part = after[name]
        made_of = {*part.items, *part.scores, *(term.item for term in part.terms)} if isinstance(part, Score) else set()
        if _meaning(before[name]) != _meaning(part) or made_of & changed:
            changed.add(name)
    return changed


def _meaning(part: Item | Score) -> tuple[Any, ...]:
    if isinstance(part, Score):
        return tuple(getattr(part, name) for name in _COUNTING)
    options = tuple((option.code, option.means, option.points) for option in part.options)
    return (options, *(getattr(part, name) for name in _MEANING))


def _words(part: Item | Score) -> tuple[Any, ...]:
    if isinstance(part, Score):
        return (part.sv,)
    return (*(getattr(part, name) for name in _WORDS), *(option.sv for option in part.options))
