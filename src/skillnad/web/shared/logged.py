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
    if isinstance(account := request.user, SnapshotReader):
        told = {"snapshot": account.snapshot, "purpose": purpose, "kind": kind, "subjects": list(subjects)}
        _log.info("%s %s", action, json.dumps({**told, "facts": dict(facts or {})}))
        return
    record(
        by=actor_of(request),
        at=timezone.now(),
        action=action,
        purpose=purpose,
        subject_kind=kind,
        subjects=subjects,
        details=facts,
    )


def account_of(request: HttpRequest) -> Account:
    """Whoever is signed in. Raises TypeError where nobody is: the page's rule has let no other through."""
    if not isinstance(request.user, Account):
        raise TypeError("a page behind sign-in was asked for by nobody")
    return request.user


def actor_of(request: HttpRequest) -> str:
    return account_of(request).actor
