"""How many units have a figure that can be used: what the ladder is for, measured."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from skillnad.reports.useful.ladder import Step
from skillnad.reports.useful.standing import Standing


@dataclass(frozen=True)
class Reach:
    """Of so many `units`, how many stand on each step."""

    units: int
    on: tuple[tuple[Step, int], ...]

    def at(self, step: Step) -> int:
        return dict(self.on).get(step, 0)

    @property
    def reached(self) -> int:
        """Those that have a figure, their own or their parent's."""
        return self.units - self.at(Step.NOWHERE)

    @property
    def own(self) -> int:
        return self.reached - self.at(Step.PARENT)

    @property
    def without(self) -> int:
        """Those that would have had one without the ladder: on its first step."""
        return self.at(Step.ANSWERS)

    @property
    def share(self) -> float:
        """0–1; 0 where there are no units."""
        return self.reached / self.units if self.units else 0.0


def reach(standings: Sequence[Standing]) -> Reach:
    counted = Counter(standing.step for standing in standings)
    return Reach(len(standings), tuple((step, counted[step]) for step in Step if counted[step]))
