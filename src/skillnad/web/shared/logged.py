"""From a request to an event of the audit log: who signed in, what was done, and to what."""

import json
import logging
from collections.abc import Mapping, Sequence

from django.http import HttpRequest
from django.utils import timezone

from skillnad.audit.actions import record
from skillnad.organisation.models import Account
from skillnad.web.shared.snapshot_reader import SnapshotReader

_log = logging.getLogger("skillnad.audit")


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

    Where there is no register, and so no audit log, it is a line of the process' own log. Raises TypeError where nobody
    is signed in, which is a bug of the page.
    """
    account = request.user
    if isinstance(account, SnapshotReader):
        told = {"snapshot": account.snapshot, "purpose": purpose, "kind": kind, "subjects": list(subjects)}
        _log.info("%s %s", action, json.dumps({**told, "facts": dict(facts or {})}))
        return
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
