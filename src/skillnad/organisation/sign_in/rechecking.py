"""Asking the provider again, while somebody is signed in: whoever has left the group is out at the next request."""

from datetime import datetime
from typing import Any

import requests

from skillnad.lib.errors import UserError
from skillnad.organisation.models import Account
from skillnad.organisation.sign_in.actions import refused, set_groups
from skillnad.organisation.sign_in.claims import Claims, grants_of
from skillnad.organisation.sign_in.files import BY_PROVIDER, Provider, SignIn
from skillnad.organisation.sign_in.kept import Kept, asked_now, token_of
from skillnad.organisation.sign_in.refusals import Reason, Refused

SECONDS_TO_ANSWER = 5
OK, NO_LONGER = 200, (400, 401, 403)


def check_again(*, session: Any, kept: Kept, account: Account, sign_in: SignIn, at: datetime) -> None:
    """Ask, where it is time, and give the account the roles of its groups as they are now.

    Raises Refused, with the account's roles by the provider taken back, unless the provider is silent: then nothing is
    given and nothing taken, and nobody gets on without an answer.
    """
    provider = sign_in.provider(kept.provider)
    if provider and 0 <= at.timestamp() - kept.asked < provider.recheck_seconds:
        return
    try:
        grants = grants_of(provider, _said(kept, account)) if provider else frozenset()
        _set(provider, account, grants, at)
    except Refused as refusal:
        if refusal.reason is not Reason.SILENT:
            _out(kept.provider, provider, account, refusal.reason, at)
        raise
    asked_now(session, kept, at.timestamp())


def _set(provider: Provider | None, account: Account, grants: frozenset[Any], at: datetime) -> None:
    if provider is None:
        raise Refused(Reason.ENDED)
    if not set_groups(account=account, provider=provider, grants=grants, by=provider.actor, at=at):
        raise Refused(Reason.NO_GROUP)


def _said(kept: Kept, account: Account) -> Claims:
    try:
        headers = {"Authorization": f"Bearer {token_of(kept, account)}"}
        answer = requests.get(kept.userinfo, headers=headers, timeout=SECONDS_TO_ANSWER, allow_redirects=False)
        said = answer.json() if answer.status_code == OK else {}
    except UserError:  # the key that sealed the token is gone
        raise Refused(Reason.ENDED) from None
    except requests.RequestException:
        raise Refused(Reason.SILENT) from None
    if answer.status_code in NO_LONGER:
        raise Refused(Reason.ENDED)
    if answer.status_code != OK:
        raise Refused(Reason.SILENT)
    if not isinstance(said, dict) or said.get("sub") != kept.subject:
        raise Refused(Reason.SUBJECT)
    return said


def _out(name: str, provider: Provider | None, account: Account, reason: Reason, at: datetime) -> None:
    by = f"{BY_PROVIDER}{name}"
    if provider:
        set_groups(account=account, provider=provider, grants=(), by=by, at=at)
    refused(provider=name, reason=reason, account=account, by=by, at=at)
