"""What a report loses to protection, told before it is published: its gaps, the part of its figures that is shown, and
the tables of which nothing can be.

Counted in the tables as a reader sees them, so it tells an analyst nothing that the report itself would not.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from skillnad.analysis.comparisons.questions import Asked
from skillnad.codebook.periods import Period
from skillnad.reports.report import AnsweredItem, Report
from skillnad.reports.views import View


@dataclass(frozen=True)
class Lost:
    """One table: how many of its figures are shown and how many are gaps. `asked` are the questions behind it."""

    id: str
    title: str
    caption: str
    shown: int
    gaps: int
    asked: tuple[Asked, ...] = ()

    @property
    def figures(self) -> int:
        return self.shown + self.gaps

    @property
    def withheld(self) -> bool:
        """Nothing of it can be shown."""
        return self.gaps > 0 and self.shown == 0


@dataclass(frozen=True)
class Losses:
    """Every table of a report, in its order."""

    tables: tuple[Lost, ...]

    @property
    def shown(self) -> int:
        return sum(each.shown for each in self.tables)

    @property
    def gaps(self) -> int:
        return sum(each.gaps for each in self.tables)

    @property
    def share(self) -> float:
        """The part of the figures that is shown, 0–1; 1 where there are none."""
        every = self.shown + self.gaps
        return self.shown / every if every else 1.0

    @property
    def withheld(self) -> tuple[Lost, ...]:
        return tuple(each for each in self.tables if each.withheld)

    @property
    def most(self) -> tuple[Lost, ...]:
        """Those that have gaps, most first."""
        return tuple(sorted((each for each in self.tables if each.gaps), key=lambda each: -each.gaps))

    def table(self, id: str) -> Lost | None:
        return next((each for each in self.tables if each.id == id), None)


def losses(report: Report) -> Losses:
    """Of every table that the report answers from the register; what others have published has no gaps of ours."""
    period = report.facts.period
    return Losses(tuple(lost for item in report.items for lost in _of_item(item, period)))


def _of_item(answered: AnsweredItem, period: Period) -> Iterator[Lost]:
    for part, answer in zip(answered.item.parts, answered.answers, strict=False):
        shown, gaps = _counted(answer.view)
        asked = tuple(ask(period) for ask in part.asks)
        yield Lost(answer.id, answered.item.title, answer.view.caption, shown, gaps, asked)


def _counted(view: View) -> tuple[int, int]:
    """The whole table's figures where the view is a part of it."""
    cells = [cell for part in view.full or (view,) for row in part.rows for cell in row.cells if not cell.blank]
    shown = sum(cell.value is not None for cell in cells)
    return shown, len(cells) - shown
