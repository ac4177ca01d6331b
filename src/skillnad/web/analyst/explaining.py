"""What stands beside a difference on the site: what is written, and for who may write the form."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.template.loader import render_to_string

from skillnad.codebook.periods import Period
from skillnad.improvement.actions import MOST
from skillnad.organisation.models import Account
from skillnad.organisation.permissions import can_explain_differences, can_withdraw_explanations
from skillnad.reports.explanations import ASKED, Explained, Written, of_which_figures, signature
from skillnad.reports.render.explanations import Explain


@dataclass(frozen=True)
class Failed:
    """An explanation that was not kept: of which difference, what it said, and why."""

    difference: str
    text: str
    why: str


@dataclass(frozen=True)
class Reader:
    """Who reads: whether they write, and whether they may also withdraw what others wrote."""

    actor: str
    writes: bool
    withdraws_others: bool

    @classmethod
    def of(cls, request: HttpRequest) -> "Reader":
        user = request.user
        if not isinstance(user, Account) or not can_explain_differences(user):
            return cls("", writes=False, withdraws_others=False)
        return cls(user.actor, writes=True, withdraws_others=can_withdraw_explanations(user))

    def withdraws(self, written: Written) -> bool:
        return self.writes and (self.withdraws_others or written.actor == self.actor)


Told = tuple[Written, str, str, bool]
"""What is written, by whom and when, of which figures, and whether the reader may withdraw it."""


def told(written: Sequence[Written], reader: Reader) -> list[Told]:
    return [(one, signature(one), of_which_figures(one), reader.withdraws(one)) for one in written]


def explaining(request: HttpRequest, period: Period, reader: Reader, failed: Failed | None) -> Explain:
    """The markup of each difference's explanations, for `report_fragment`."""

    def explain(explained: Explained) -> str:
        here = failed if failed and failed.difference == explained.of.key else None
        shown = {
            "of": explained.of,
            "period": str(period),
            "asked": ASKED,
            "most": MOST,
            "may_write": reader.writes,
            "failed": here,
            "written": told(explained.written, reader),
            "earlier": told(explained.earlier, reader),
        }
        return render_to_string("skillnad/analyst/explanation.html", shown, request)

    return explain
