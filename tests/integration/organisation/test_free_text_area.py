"""Where an account may read what people wrote: where its role as analyst is, and nowhere else."""

from typing import Any

import people
import pytest
from django.contrib.auth.models import AnonymousUser

from skillnad.organisation.actions import grant_role, revoke_role
from skillnad.organisation.models import Account, Role
from skillnad.organisation.permissions import free_text_area
from skillnad.organisation.standing import Area

pytestmark = pytest.mark.django_db


def analyst(**where: Any) -> Account:
    return people.login("astrid", Role.ANALYST, **where)


def test_analyst_of_no_place_in_particular_sees_no_person() -> None:
    assert free_text_area(people.astrid()) == Area()


def test_analyst_has_each_committee_that_was_given() -> None:
    both = frozenset(people.exempelby().committees.values_list("pk", flat=True))
    assert free_text_area(people.alva()) == Area(committees=both)


def test_protected_identities_need_leave_in_every_place() -> None:
    account = analyst(committee=people.committee("SN"), protected=True)
    assert free_text_area(account).protected
    grant_role(account=account, role=Role.ANALYST, committee=people.committee("ON"), by=people.BY, at=people.NOW)
    assert not free_text_area(account).protected


def test_analyst_of_a_committee_or_a_unit_has_it_alone() -> None:
    unit = people.unit()
    account = analyst(committee=unit.committee)
    assert free_text_area(account) == Area(committees=frozenset({unit.committee_id}))
    grant_role(account=account, role=Role.ANALYST, unit=unit, by=people.BY, at=people.NOW)
    assert free_text_area(account) == Area(committees=frozenset({unit.committee_id}), units=frozenset({unit.pk}))


def test_unit_with_its_committee_named_is_the_unit_alone() -> None:
    unit = people.unit()
    area = free_text_area(analyst(unit=unit, committee=unit.committee))
    assert area == Area(units=frozenset({unit.pk}))


def test_another_role_somewhere_else_widens_nothing() -> None:
    account = analyst(unit=people.unit())
    grant_role(account=account, role=Role.OPERATOR, by=people.BY, at=people.NOW)
    grant_role(account=account, role=Role.UNIT_MANAGER, unit=people.unit("LSS"), by=people.BY, at=people.NOW)
    assert free_text_area(account) == Area(units=frozenset({people.unit().pk}))


def test_role_that_is_taken_back_leaves_nothing() -> None:
    account = analyst(committee=people.committee())
    revoke_role(assignment=account.assignments.get(), by=people.BY, at=people.NOW)
    assert free_text_area(account) == Area()


def test_login_that_is_switched_off_has_nothing() -> None:
    account = analyst(committee=people.committee())
    account.is_active = False
    assert free_text_area(account) == free_text_area(AnonymousUser()) == Area()
