"""What the handbook's examples work out, by the id of the statistic or the name of the page."""

from collections.abc import Mapping
from typing import Final

from skillnad.analysis.handbook.examples import (
    background,
    charts,
    comparisons,
    intervals,
    pages,
    samples,
    shares,
    times,
)
from skillnad.analysis.handbook.model import Example

EXAMPLES: Final[Mapping[str, Example]] = {
    **shares.EXAMPLES,
    **times.EXAMPLES,
    **intervals.EXAMPLES,
    **comparisons.EXAMPLES,
    **samples.EXAMPLES,
    **background.EXAMPLES,
    **charts.EXAMPLES,
    **pages.EXAMPLES,
}
