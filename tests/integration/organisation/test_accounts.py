from datetime import timedelta
from functools import partial
from typing import Any

import people
import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError

from skillnad.audit.models import AuditEvent
from skillnad.lib.errors import Denied, UserError
from skillnad.organisation import permissions
from skillnad.organisation.actions import grant_role, revoke_role
from skillnad.organisation.models import Account, Assignment, Role
from skillnad.organisation.permissions import has_right, roles_of
from skillnad.organisation.rights import TABLE, UNIT_ROLES, Right, rights_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]
WHEN: dict[str, Any] = {"by": people.BY, "at": people.NOW}


def test_account_has_its_password_and_its_role() -> None:
    anna = people.anna()
    assert anna.check_password(people.PASSWORD)
    assert not anna.is_superuser
    assert roles_of(anna) == {"caseworker"}
    assert anna.assignments.get().unit.code == "BU"


def test_name_that_is_taken_is_refused() -> None:
    people.alva()
    with pytest.raises(UserError, match="REG-003"):
        people.alva()
    assert Account.objects.count() == 1


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.UNIT_MANAGER])
def test_role_of_a_unit_needs_one_and_leaves_no_account_behind(role: Role) -> None:
    with pytest.raises(UserError, match="REG-004"):
        people.login("anna", role)
    assert not Account.objects.exists()


def test_log_knows_accounts_by_number_only() -> None:
    anna = people.anna()
    events = AuditEvent.objects.filter(subject_kind="account")
    assert [event.action for event in events.order_by("pk")] == ["account.create", "account.grant_role"]
    assert all(event.subjects == [anna.pk] for event in events)
    assert "anna" not in str(list(events.values()))
    assert anna.actor == f"account:{anna.pk}"


@pytest.mark.parametrize("role", list(Role))
def test_account_has_the_rights_that_the_table_gives_its_role(role: Role) -> None:
    account = people.login("x", role, unit=people.unit() if role in UNIT_ROLES else None)
    assert {right for right in Right if has_right(account, right)} == rights_of(role)


@pytest.mark.parametrize("right", list(Right))
def test_who_may_is_told_and_who_may_not_is_denied(right: Right) -> None:
    may = people.login("x", min(TABLE[right].roles), unit=people.unit())
    nobody = Account.objects.create(username="nobody")
    check, can = partial(permissions.check_right, right=right), getattr(permissions, f"can_{right}")
    check(may)
    assert can(may)
    assert not can(nobody)
    with pytest.raises(Denied, match="Den här inloggningen får inte"):
        check(nobody)


def test_denial_names_the_roles_that_may() -> None:
    with pytest.raises(Denied, match="Det får analytiker eller avtalsansvarig eller enhetschef"):
        permissions.check_can_explore_tables(people.anna())


def test_own_units_small_numbers_are_for_who_answers_for_the_unit() -> None:
    with pytest.raises(Denied, match="Det får enhetschef"):
        permissions.check_can_see_own_unit(people.alva())


def test_switched_off_login_has_no_rights() -> None:
    alva = people.alva()
    alva.is_active = False
    assert not any(has_right(alva, right) for right in Right)


def test_nobody_has_no_rights() -> None:
    assert not any(has_right(AnonymousUser(), right) for right in Right)


def test_superuser_has_no_rights_by_that() -> None:
    root = Account.objects.create(username="root", is_superuser=True)
    assert not any(has_right(root, right) for right in Right)


def test_roles_add_up_and_end_one_by_one() -> None:
    olle = people.olle()
    extra = grant_role(account=olle, role=Role.ANALYST, **WHEN)
    assert permissions.can_read_report(olle)
    revoke_role(assignment=extra, by=people.BY, at=people.NOW + timedelta(days=1))
    assert roles_of(olle) == {"operator"}
    assert Assignment.objects.get(pk=extra.pk).revoked_by == people.BY


def test_revoking_is_logged_with_the_role() -> None:
    olle = people.olle()
    revoke_role(assignment=olle.assignments.get(), **WHEN)
    event = AuditEvent.objects.order_by("pk").last()
    assert event is not None
    assert (event.action, event.subjects, event.details) == ("account.revoke_role", [olle.pk], {"role": "operator"})


def test_role_in_a_committee_is_for_that_committee() -> None:
    committee = people.exempelby().committees.get(code="ON")
    account = people.login("ana", Role.ANALYST, committee=committee)
    assert account.assignments.get().committee == committee


def test_nobody_gives_a_role_to_the_own_account() -> None:
    olle = people.olle()
    with pytest.raises(Denied, match="Ingen ger sig själv"):
        grant_role(account=olle, role=Role.ANALYST, by=olle.actor, at=people.NOW)
    assert roles_of(olle) == {"operator"}


def test_leave_to_see_the_protected_is_given_and_logged() -> None:
    account = people.login("ana", Role.ANALYST, committee=people.committee(), protected=True)
    assert account.assignments.get().protected
    event = AuditEvent.objects.order_by("pk").last()
    assert event is not None
    assert event.details["protected"] is True


def test_revoking_twice_keeps_the_first_moment() -> None:
    assignment = people.olle().assignments.get()
    for day in (1, 2):
        revoke_role(assignment=assignment, by=people.BY, at=people.NOW + timedelta(days=day))
    assignment.refresh_from_db()
    assert assignment.revoked_at == people.NOW + timedelta(days=1)


@pytest.mark.parametrize(
    "values",
    [
        {"role": "king"},
        {"role": Role.CASEWORKER},
        {"granted_by": ""},
        {"revoked_at": people.NOW},
        {"revoked_by": "account:1"},
        {"revoked_at": people.NOW - timedelta(days=1), "revoked_by": "account:1"},
    ],
)
def test_database_refuses_an_assignment(values: dict[str, Any]) -> None:
    account = Account.objects.create(username="x")
    row = {"role": Role.ANALYST, "granted_at": people.NOW, "granted_by": people.BY, **values}
    with pytest.raises(IntegrityError):
        Assignment.objects.create(account=account, **row)
