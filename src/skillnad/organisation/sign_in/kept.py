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
    """`token` and `refresh` are sealed, and `refresh` is empty where the provider gave none; `subject` is who userinfo
    is to be about; `basic` is how the client shows its secret at `renewal`; `asked` is in seconds since 1970."""

    provider: str
    subject: str
    userinfo: str
    renewal: str
    basic: bool
    token: str
    refresh: str
    asked: float


def keep(session: Any, kept: Kept) -> None:
    session[KEY] = asdict(kept)


def sealed(text: str, account: Account) -> str:
    return base64.b64encode(installed_keys().seal(text, account.pk, _KIND)).decode() if text else ""


def opened(text: str, account: Account) -> str:
    """Raises UserError where the key that sealed it is gone."""
    return installed_keys().unseal(base64.b64decode(text), account.pk, _KIND) if text else ""


def kept_in(session: Any) -> Kept | None:
    """None for a login with a password."""
    said = session.get(KEY)
    return Kept(**said) if said else None
