"""Switching a login off, a new start for its owner, and who has one."""

from typing import Any

import people
import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import authenticate

from skillnad.audit.models import AuditEvent
from skillnad.lib.errors import UserError
from skillnad.organisation.accounts.actions import disable_account, enable_account, forget_factor, renew_password
from skillnad.organisation.accounts.queries import Told, account_named, all_accounts
from skillnad.organisation.models import Account
from skillnad.organisation.permissions import roles_of

pytestmark = pytest.mark.django_db
WHEN: dict[str, Any] = {"by": people.BY, "at": people.NOW}


def lets_in(name: str, password: str = people.PASSWORD) -> bool:
    return authenticate(None, username=name, password=password) is not None


def logged() -> tuple[str, list[Any]]:
    event = AuditEvent.objects.latest("pk")
    return event.action, event.subjects


def test_disabled_login_gets_nowhere_until_it_is_enabled() -> None:
    account = people.alva()
    disable_account(account=account, **WHEN)
    assert logged() == ("account.disable", [account.pk])
    assert not lets_in("alva")
    assert roles_of(Account.objects.get()) == set()
    enable_account(account=account, **WHEN)
    assert logged() == ("account.enable", [account.pk])
    assert lets_in("alva")
    assert roles_of(Account.objects.get()) == {"analyst"}


def test_new_password_replaces_the_old() -> None:
    account = people.alva()
    renew_password(account=account, password="en helt ny mening", **WHEN)
    assert logged() == ("account.new_password", [account.pk])
    assert (lets_in("alva"), lets_in("alva", "en helt ny mening")) == (False, True)


def test_forgotten_factor_is_that_accounts_alone() -> None:
    account, other = people.alva(), people.olle()
    for each in (account, other):
        Authenticator.objects.create(user=each, type="totp", data={})
        Authenticator.objects.create(user=each, type="recovery_codes", data={})
    forget_factor(account=account, **WHEN)
    assert logged() == ("account.second_factor_forgotten", [account.pk])
    assert set(Authenticator.objects.values_list("user", flat=True)) == {other.pk}


def test_list_tells_of_each_login() -> None:
    bo, alva, rut = people.bo(), people.alva(), people.rut()
    Authenticator.objects.create(user=alva, type="totp", data={})
    SocialAccount.objects.create(user=rut, provider="kommunen", uid="r1")
    disable_account(account=bo, **WHEN)
    assert list(all_accounts()) == [
        Told("alva", ("analyst:SN", "analyst:ON"), "", True, True),
        Told("bo", ("unit_manager:BU",), "", False, False),
        Told("rut", ("auditor",), "kommunen", False, True),
    ]


def test_login_that_is_not_there_is_said_so() -> None:
    with pytest.raises(UserError, match="ACC-020"):
        account_named("ingen")
