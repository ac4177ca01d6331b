"""What stands beside a difference on the site: what is written, and for who may write the form."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.template.loader import render_to_string

from skillnad.codebook.periods import Period
from skillnad.improvement.actions import MOST
from skillnad.reports.explanations import ASKED, Explained, of_which_figures, signature
from skillnad.reports.render.explanations import Explain


@dataclass(frozen=True)
class Failed:
    """An explanation that was not kept: of which difference, what it said, and why."""

    difference: str
    text: str
    why: str


def explaining(request: HttpRequest, period: Period, may_write: bool, failed: Failed | None) -> Explain:
    """The markup of each difference's explanations, for `report_fragment`."""

    def explain(explained: Explained) -> str:
        here = failed if failed and failed.difference == explained.of.key else None
        shown = {
            "of": explained.of,
            "period": str(period),
            "asked": ASKED,
            "most": MOST,
            "may_write": may_write,
            "failed": here,
            "written": [(one, signature(one), of_which_figures(one)) for one in explained.written],
            "earlier": [(one, signature(one), of_which_figures(one)) for one in explained.earlier],
        }
        return render_to_string("skillnad/analyst/explanation.html", shown, request)

    return explain
