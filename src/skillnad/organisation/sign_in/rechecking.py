"""Asking the provider again, while somebody is signed in: whoever has left the group is out at the next request."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import requests

from skillnad.lib.errors import UserError
from skillnad.organisation.models import Account
from skillnad.organisation.sign_in.actions import refused, set_groups
from skillnad.organisation.sign_in.claims import Claims, grants_of
from skillnad.organisation.sign_in.files import BY_PROVIDER, Provider, SignIn
from skillnad.organisation.sign_in.kept import Kept, keep, opened, sealed
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
        if provider is None:
            raise Refused(Reason.ENDED)
        said, kept = _asked(kept, account, provider)
        if not set_groups(
            account=account, provider=provider, grants=grants_of(provider, said), by=provider.actor, at=at
        ):
            raise Refused(Reason.NO_GROUP)
    except Refused as refusal:
        if refusal.reason is not Reason.SILENT:
            _out(kept.provider, provider, account, refusal.reason, at)
        raise
    keep(session, replace(kept, asked=at.timestamp()))


def _asked(kept: Kept, account: Account, provider: Provider) -> tuple[Claims, Kept]:
    """What the provider says of the person now; with a new token, once, where the old one has had its time."""
    try:
        token, refresh = opened(kept.token, account), opened(kept.refresh, account)
    except UserError:
        raise Refused(Reason.ENDED) from None
    try:
        return _said(kept, token), kept
    except Refused as refusal:
        if refusal.reason is not Reason.ENDED or not refresh:
            raise
    given = _renewed(kept, provider, refresh)
    token, refresh = str(given.get("access_token", "")), str(given.get("refresh_token") or refresh)
    renewed = replace(kept, token=sealed(token, account), refresh=sealed(refresh, account))
    return _said(renewed, token), renewed


def _said(kept: Kept, token: str) -> Claims:
    said = _answer("GET", kept.userinfo, headers={"Authorization": f"Bearer {token}"})
    if said.get("sub") != kept.subject:
        raise Refused(Reason.SUBJECT)
    return said


def _renewed(kept: Kept, provider: Provider, refresh: str) -> Claims:
    words = {"grant_type": "refresh_token", "refresh_token": refresh}
    if kept.basic:
        return _answer("POST", kept.renewal, data=words, auth=(provider.client_id, provider.secret))
    secret = {"client_id": provider.client_id, "client_secret": provider.secret}
    return _answer("POST", kept.renewal, data={**words, **secret})


def _answer(method: str, address: str, **words: Any) -> Claims:
    """The provider's answer; none of its refusals or silences is taken for one."""
    try:
        answer = requests.request(method, address, timeout=SECONDS_TO_ANSWER, allow_redirects=False, **words)
        said = answer.json() if answer.status_code == OK else {}
    except requests.RequestException:
        raise Refused(Reason.SILENT) from None
    if answer.status_code in NO_LONGER:
        raise Refused(Reason.ENDED)
    if answer.status_code != OK:
        raise Refused(Reason.SILENT)
    return said if isinstance(said, dict) else {}


def _out(name: str, provider: Provider | None, account: Account, reason: Reason, at: datetime) -> None:
    by = f"{BY_PROVIDER}{name}"
    if provider:
        set_groups(account=account, provider=provider, grants=(), by=by, at=at)
    refused(provider=name, reason=reason, account=account, by=by, at=at)
