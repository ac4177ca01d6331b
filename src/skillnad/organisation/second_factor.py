"""One-time codes for accounts with a password. Their secrets are sealed: the database alone tells none."""

import base64
from collections import Counter
from collections.abc import Mapping, Sequence

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest

from skillnad.audit.keys import installed_keys
from skillnad.audit.writing import writing
from skillnad.lib.errors import UserError
from skillnad.lib.sealing import Keys
from skillnad.organisation.models import Account

KIND = "second-factor"
SEALED = ("secret", "seed")
"""What allauth seals in an authenticator's data: the secret of the codes, and that of the codes in reserve."""


class SealingAdapter(DefaultMFAAdapter):
    def encrypt(self, text: str) -> str:
        return base64.b64encode(installed_keys().seal(text, 0, KIND)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return installed_keys().unseal(base64.b64decode(encrypted_text), 0, KIND)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return not settings.SKILLNAD_SECOND_FACTOR


def has_factor(account: Account) -> bool:
    return bool(is_mfa_enabled(account, [Authenticator.Type.TOTP]))


def has_shown_factor(request: HttpRequest, account: Account) -> bool:
    """Whether this session has had a code, which asks the database nothing."""
    return any(step["method"] == "mfa" for step in get_authentication_records(request, account))


def factors_by_key() -> Mapping[str, int]:
    """How many secrets each key has sealed."""
    rows = Authenticator.objects.values_list("data", flat=True)
    return dict(Counter(_key(data[name]) for data in rows for name in SEALED if name in data))


def reseal_factors(keys: Keys, older: Sequence[str]) -> int:
    """Seal with the present key what the keys named `older` sealed; says how many. One that does not open is left."""
    numbers = Authenticator.objects.order_by("pk").values_list("pk", flat=True)
    return sum(_resealed(number, keys, older) for number in list(numbers))


@writing()
def _resealed(number: int, keys: Keys, older: Sequence[str]) -> int:
    """One row, held meanwhile: a code in reserve that is used in this moment is marked in the same field."""
    row = Authenticator.objects.select_for_update().filter(pk=number).first()
    data = dict(row.data) if row else {}
    fresh = {
        name: sealed
        for name in SEALED
        if name in data and _key(data[name]) in older and (sealed := _again(data[name], keys))
    }
    if row and fresh:
        row.data = {**data, **fresh}
        row.save(update_fields=["data"])
    return len(fresh)


def _again(sealed: str, keys: Keys) -> str:
    try:
        text = keys.unseal(base64.b64decode(sealed), 0, KIND)
    except UserError:
        return ""
    return base64.b64encode(keys.seal(text, 0, KIND)).decode()


def _key(sealed: str) -> str:
    return base64.b64decode(sealed)[1:5].hex()  # after the version's byte (lib.sealing)
