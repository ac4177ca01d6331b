"""What the door shows of a plain question, out of literal counts, with all margins and the gaps that are named."""

from collections.abc import Iterable, Mapping

from raw_tables import axis, counted

from skillnad.analysis.questions import Share, Where
from skillnad.analysis.results import MISSING_LEVEL, NO, UNKNOWN_OUTCOME, YES, Axis, Key

Counts = dict[Key, int | None]
OF = Share(Where("rating", ("3",)), by=("unit",))
OUTCOME = axis("share:rating", YES, NO, UNKNOWN_OUTCOME, unknown=UNKNOWN_OUTCOME)


def by_group(
    groups: Mapping[str, tuple[int, ...]], *, hidden: Iterable[str] = (), multiple: bool = False, unknown: str = ""
) -> tuple[tuple[Axis, ...], Counts]:
    """Outcome by group: (yes, no, not known, missing) a group, the last two 0 where they are not given. A group named
    `1;2` is in both. Yes and no of what is hidden are gaps."""
    codes = dict.fromkeys(code for name in groups for code in name.split(";") if code != MISSING_LEVEL)
    axes = (OUTCOME, axis("unit", *codes, multiple=multiple, unknown=unknown))
    outcomes = (YES, NO, UNKNOWN_OUTCOME, MISSING_LEVEL)
    rows = {
        (outcome, name): times
        for name, numbers in groups.items()
        for outcome, times in zip(outcomes, numbers, strict=False)
    }
    counts: Counts = dict(counted(axes, rows, OF).counts)
    for code in hidden:
        counts |= {(YES, code): None, (NO, code): None}
    return axes, counts


def gaps(counts: Counts, *keys: Key) -> Counts:
    return counts | dict.fromkeys(keys)
