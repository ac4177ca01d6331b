"""What is taken out of the site as a file, or made in it, is logged: who, what, and which answer or snapshot."""

from collections.abc import Mapping

from django.http import HttpRequest

from skillnad.web.shared.logged import log

FOLLOW_UP = "follow_up"
"""The purpose of every table and report: follow-up, evaluation and quality assurance."""


def log_answer(request: HttpRequest, ledger_key: str, kind: str) -> None:
    """A table of the explorer left as a file of the kind."""
    log(request, "explorer.exported", kind="answer", subjects=[ledger_key], purpose=FOLLOW_UP, facts={"file": kind})


def log_report(request: HttpRequest, action: str, snapshot: str, facts: Mapping[str, str]) -> None:
    """A report was made, or one of its files left: `report.made`, `report.exported`."""
    log(request, action, kind="snapshot", subjects=[snapshot], purpose=FOLLOW_UP, facts=facts)
