"""One-time codes for accounts with a password. Their secrets are sealed: the database alone tells none."""

import base64

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest

from skillnad.audit.keys import installed_keys
from skillnad.organisation.models import Account

KIND = "second-factor"


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
