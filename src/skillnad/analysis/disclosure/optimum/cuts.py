"""Cuts: what every safe choice of gaps satisfies, as sums of choices that are at least so much."""

from dataclasses import dataclass

import numpy as np

from skillnad.analysis.disclosure.optimum.task import Task

SMALL = 1e-9
NOISE = 1e-7
VIOLATED = 1e-4


@dataclass(frozen=True)
class Cut:
    """The sum of `weight` × choice over `columns` is at least `least`."""

    columns: tuple[int, ...]
    weight: tuple[float, ...]
    least: float

    def missing(self, chosen: np.ndarray) -> float:
        """By how much a choice breaks it."""
        return self.least - float(np.dot(self.weight, chosen[list(self.columns)]))


def capacity_cut(task: Task, need: float, slopes: np.ndarray) -> Cut | None:
    """From what an attacker's programme says each hidden cell is worth (`slopes`: reduced costs, positive where the
    cell would be raised): together they must be worth the need. No cell needs to be worth more than what is missing
    (Fischetti and Salazar-González 2000, section 4.2); None where the open cells are worth it already."""
    rising = np.flatnonzero(slopes > NOISE)
    worth = np.minimum(need, np.maximum(-slopes, 0.0) * task.room)
    worth[rising] = np.minimum(need, slopes[rising] * task.limit[rising])
    missing = need - float(worth[task.open].sum())
    if missing <= 1e-6 * need:
        return None
    columns = np.flatnonzero((worth > SMALL) & ~task.open)
    weight = np.minimum(1.0, worth[columns] / missing)
    return Cut(tuple(columns.tolist()), tuple(np.round(weight, 9).tolist()), 1.0)


def line_cuts(task: Task) -> list[Cut]:
    """Beside a primary cell each relation has another gap."""
    found = []
    lines = task.lines
    wanted = {column for column, _ in task.wanted}
    for start, end in zip(lines.indptr[:-1], lines.indptr[1:], strict=True):
        columns = lines.indices[start:end]
        own = [int(column) for column in columns if task.open[column]]
        if len(own) == 1 and own[0] in wanted:
            others = tuple(int(column) for column in columns if column != own[0])
            found.append(Cut(others, (1.0,) * len(others), 1.0))
    return found


def bridge_cuts(task: Task, chosen: np.ndarray) -> list[Cut]:
    """A gap that is alone in a relation tells itself: it is no use. Those that a choice breaks."""
    lines = task.lines
    sums = lines @ chosen
    found = []
    for line, (start, end) in enumerate(zip(lines.indptr[:-1], lines.indptr[1:], strict=True)):
        columns = lines.indices[start:end]
        alone = columns[2 * chosen[columns] > sums[line] + VIOLATED]
        for one in alone[~task.open[alone]].tolist():
            if not task.open[columns].any():
                weight = tuple(-1.0 if column == one else 1.0 for column in columns.tolist())
                found.append(Cut(tuple(columns.tolist()), weight, 0.0))
    return found
