"""The paths of a Sequence: which are listed, and the axis that they make.

A path is a level of each step, and a row with several levels on a step is on several paths. That a rare path exists is
itself a disclosure, so that only the common ones have a name; all the others are told of together. They are never so
few that a reader who knows the whole could single them out: then the least common of the listed joins them. That holds
for the rows on other paths, for those on no listed path (the whole less the listed), and for those on both kinds.
"""

from collections.abc import Callable, Mapping, Sequence

from skillnad.analysis import questions
from skillnad.analysis.results import Axis, Level
from skillnad.analysis.snapshot import Snapshot

PATH_AXIS = "path"
OTHER = "other"
"""The level of rows with a path that is not listed."""
Path = tuple[int, ...]
"""The place of the level on each step."""


def step_axes(snapshot: Snapshot, question: questions.Sequence, *, language: str = "sv") -> tuple[Axis, ...]:
    population = question.selection.population
    return tuple(snapshot.axis(population, step, language=language) for step in question.steps)


def listed_paths(
    question: questions.Sequence, counts: Mapping[Path, int], others: Callable[[frozenset[Path]], tuple[int, int]]
) -> tuple[Path, ...]:
    """The most common paths, in the order of their levels: their rank among one another is not told.

    `others` says how many rows have a path that is not among those given, and how many have no other.
    """
    common = sorted((path for path, rows in counts.items() if rows >= question.least), key=lambda p: (-counts[p], p))
    listed = common[: question.top]
    while listed and _tells(others(frozenset(listed)), question.least):
        listed.pop()
    return tuple(sorted(listed))


def _tells(others: tuple[int, int], least: int) -> bool:
    """Are any of those that are told of together few?"""
    some, only = others
    return any(0 < rows < least for rows in (some, only, some - only))


def path_axis(axes: Sequence[Axis], listed: Sequence[Path], *, language: str = "sv") -> Axis:
    """A level a path, and the last one for all the others."""
    levels = tuple(_level([axis.levels[place] for axis, place in zip(axes, path, strict=True)]) for path in listed)
    return Axis(
        id=PATH_AXIS,
        label=" → ".join(axis.label for axis in axes),
        levels=(*levels, Level(OTHER, "Other paths" if language == "en" else "Andra vägar")),
        multiple=any(axis.multiple for axis in axes),
        sensitive=any(axis.sensitive for axis in axes),
    )


def _level(steps: Sequence[Level]) -> Level:
    return Level(">".join(step.code for step in steps), " → ".join(step.label for step in steps))
