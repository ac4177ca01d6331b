"""Questions about the answer to another question: how its groups differ, stand in order, or move over time.

Each holds a plain question and has its selection; its table is made of the plain one's protected table. `by` of what is
compared is one column: legal sex, unit, `year:end_date` for periods.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from skillnad.analysis.formulas.samples import Chosen
from skillnad.analysis.questions import Count, Duration, Question, Selection, Share, Where

REST = ""
"""Compared with all the others together."""


class _OfAnother:
    """A question about the answer to another: its rows are that one's, and so are its groups."""

    of: Count | Share | Duration

    @property
    def selection(self) -> Selection:
        return self.of.selection

    @property
    def by(self) -> tuple[str, ...]:
        return self.of.by


class Adjusted(StrEnum):
    """How a comparison is adjusted for background: by a logistic model's average marginal effects, or by direct
    standardisation."""

    MODEL = "model"
    STANDARD = "standard"


@dataclass(frozen=True)
class Weight:
    """How many people a standard population has in a stratum: a level of each column adjusted for."""

    levels: tuple[str, ...]
    people: float


@dataclass(frozen=True)
class Drawn:
    """How the rows of a selection were chosen, where they are a sample: what they say of those who were not.

    Rows drawn by lot say of how many: `of_all`, or, where each group was drawn by itself, `of_each` group. Where
    everyone was asked neither is needed: they are as many as the rows, or `of_all` where those who did not answer have
    none. Rows that were not drawn at random say nothing of any others, however many those are.
    """

    chosen: Chosen
    of_all: int | None = None
    of_each: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Comparison(_OfAnother):
    """How the groups of a share or a duration differ: difference and ratio with intervals, p, and the smallest
    difference that could have been seen.

    It is of rows whose group and outcome are known (`known`). Each level of the one column of `of.by` is compared with
    the level `against`, or with all the others together. The rows of a share can be adjusted for background columns;
    with `way` STANDARD the weights are `standard`'s, or, where there are none, those of all the rows together.

    `relevant` is the smallest difference worth seeing, which the verdict "no difference shown" rules out: 0–1 of a
    share, days of a duration's median. None is the usual one: five percentage points, or a week, or a tenth of the
    median of all where that is more. Of the shares within a limit of a duration it is always five points.

    `drawn` says that the rows of a share are a sample; its figures are then of all that it was drawn from.
    """

    of: Share | Duration
    against: str = REST
    adjusted_for: tuple[str, ...] = ()
    way: Adjusted = Adjusted.MODEL
    standard: tuple[Weight, ...] = ()
    relevant: float | None = None
    drawn: Drawn | None = None


@dataclass(frozen=True)
class Ranking(_OfAnother):
    """Groups (units, providers) in the order of a share, each with the places that it may have; of rows whose group and
    outcome are known."""

    of: Share
    highest_first: bool = True


@dataclass(frozen=True)
class Funnel(_OfAnother):
    """Each group's share beside the limits that chance gives a group of its size; `target` is all groups' own share
    where it is not given. Of rows whose group and outcome are known."""

    of: Share
    target: float | None = None


class Chart(StrEnum):
    RUN = "run"
    CONTROL = "control"


@dataclass(frozen=True)
class OverTime(_OfAnother):
    """A count, a share or a median month by month or year by year, with its centre, its limits, and the rules of its
    chart that it breaks. `of.by` is the calendar of a date. `baseline` is how many of the first points centre and
    limits are made of; 0 is all."""

    of: Count | Share | Duration
    chart: Chart = Chart.RUN
    baseline: int = 0


@dataclass(frozen=True)
class Paired:
    """Two judgements of the same rows beside each other: how often each holds, how often both, and the difference with
    an interval for pairs. Rows where either is not known are left out, and counted.

    What is counted is whether the first holds by the second's values: a table with fewer, and so fewer small, cells
    than the two columns crossed."""

    first: Where
    second: Where
    selection: Selection = field(default_factory=Selection)
    by: tuple[str, ...] = ()

    @property
    def of(self) -> Share:
        return Share(self.first, self.selection, (self.second.column, *self.by))


@dataclass(frozen=True)
class ResponseRate:
    """How many of those asked have answered `question`, and between what the share with `codes` lies whatever the
    others would have said. "Don't know" is an answer; only what is missing is not."""

    question: str
    codes: tuple[str, ...] = ()
    selection: Selection = field(default_factory=Selection)
    by: tuple[str, ...] = ()

    @property
    def of(self) -> Count | Share:
        if self.codes:
            return Share(Where(self.question, self.codes), self.selection, self.by)
        return Count(self.selection, (self.question, *self.by))


Comparative = Comparison | Ranking | Funnel | OverTime | Paired | ResponseRate
Asked = Question | Comparative
"""All that the door answers."""


def plain(question: Asked) -> Question:
    """What is counted: the question itself, or the one that it is about."""
    return question.of if isinstance(question, Comparative) else question
