"""What is taken out of the site as a file, or made in it, is logged: who, what, and which answer or snapshot."""

from collections.abc import Mapping

from django.http import HttpRequest
from django.utils import timezone

from skillnad.audit.actions import record
from skillnad.organisation.models import Account

FOLLOW_UP = "follow_up"
"""The purpose of every table and report: follow-up, evaluation and quality assurance."""


def log_answer(request: HttpRequest, ledger_key: str, kind: str) -> None:
    """A table of the explorer left as a file of the kind."""
    _log(request, "explorer.exported", "answer", ledger_key, {"file": kind})


def log_report(request: HttpRequest, action: str, snapshot: str, facts: Mapping[str, str]) -> None:
    """A report was made, or one of its files left: `report.made`, `report.exported`."""
    _log(request, action, "snapshot", snapshot, facts)


def _log(request: HttpRequest, action: str, kind: str, subject: str, facts: Mapping[str, str]) -> None:
    account = request.user
    if not isinstance(account, Account):
        raise TypeError("a page behind sign-in was asked for by nobody")
    record(
        by=account.actor,
        at=timezone.now(),
        action=action,
        purpose=FOLLOW_UP,
        subject_kind=kind,
        subjects=[subject],
        details=facts,
    )
