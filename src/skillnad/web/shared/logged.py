"""From a request to an event of the audit log: who signed in, what was done, and to what."""

from collections.abc import Mapping, Sequence

from django.http import HttpRequest
from django.utils import timezone

from skillnad.audit.actions import record
from skillnad.organisation.models import Account


def log(
    request: HttpRequest,
    action: str,
    *,
    kind: str,
    subjects: Sequence[str],
    purpose: str = "",
    facts: Mapping[str, str] | None = None,
) -> None:
    """One event by the account of the request. `subjects` are ids of `kind`, `facts` are codes: nothing that was typed.

    Raises TypeError where nobody is signed in, which is a bug of the page.
    """
    account = request.user
    if not isinstance(account, Account):
        raise TypeError("a page behind sign-in was asked for by nobody")
    record(
        by=account.actor,
        at=timezone.now(),
        action=action,
        purpose=purpose,
        subject_kind=kind,
        subjects=subjects,
        details=facts,
    )
