"""Switching a login off, and giving its owner a new start."""

from datetime import datetime

from allauth.mfa.models import Authenticator

from skillnad.audit.actions import record
from skillnad.audit.writing import writing
from skillnad.organisation.models import Account


@writing()
def disable_account(*, account: Account, by: str, at: datetime) -> None:
    """The login is out at its next page, and no password or group lets it in; what it was and did remains."""
    Account.objects.filter(pk=account.pk).update(is_active=False)
    record(by=by, at=at, action="account.disable", subject_kind="account", subjects=[account.pk])


@writing()
def enable_account(*, account: Account, by: str, at: datetime) -> None:
    Account.objects.filter(pk=account.pk).update(is_active=True)
    record(by=by, at=at, action="account.enable", subject_kind="account", subjects=[account.pk])


@writing()
def renew_password(*, account: Account, password: str, by: str, at: datetime) -> None:
    """Its sessions end with the old password."""
    account.set_password(password)
    account.save(update_fields=["password"])
    record(by=by, at=at, action="account.new_password", subject_kind="account", subjects=[account.pk])


@writing()
def forget_factor(*, account: Account, by: str, at: datetime) -> None:
    """For a telephone that is lost: one-time codes and codes in reserve are set up anew at the next sign-in."""
    Authenticator.objects.filter(user=account).delete()
    record(by=by, at=at, action="account.second_factor_forgotten", subject_kind="account", subjects=[account.pk])
