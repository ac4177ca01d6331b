"""What a session remembers of a login by a provider: enough to ask the provider again, sealed to the account."""

import base64
from dataclasses import asdict, dataclass
from typing import Any

from skillnad.audit.keys import installed_keys
from skillnad.organisation.models import Account

KEY = "signed_in_by"
_KIND = "sign-in"


@dataclass(frozen=True)
class Kept:
    """`token` is sealed; `subject` is who userinfo is to be about; `asked` is when, in seconds since 1970."""

    provider: str
    subject: str
    userinfo: str
    token: str
    asked: float


def keep(session: Any, account: Account, *, provider: str, subject: str, userinfo: str, token: str, now: float) -> None:
    sealed = installed_keys().seal(token, account.pk, _KIND)
    session[KEY] = asdict(Kept(provider, subject, userinfo, base64.b64encode(sealed).decode(), now))


def kept_in(session: Any) -> Kept | None:
    """None for a login with a password."""
    said = session.get(KEY)
    return Kept(**said) if said else None


def token_of(kept: Kept, account: Account) -> str:
    return installed_keys().unseal(base64.b64decode(kept.token), account.pk, _KIND)


def asked_now(session: Any, kept: Kept, now: float) -> None:
    session[KEY] = {**asdict(kept), "asked": now}
