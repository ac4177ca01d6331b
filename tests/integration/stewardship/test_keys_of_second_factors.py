"""A new key seals the secrets of one-time codes as well: nobody is left outside when the old one is taken away."""

import people
import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator

from skillnad.audit.keys import installed_keys
from skillnad.organisation.second_factor import factors_by_key, reseal_factors
from skillnad.stewardship.keys import rotate_keys
from skillnad.stewardship.keys_resealing import Resealed

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("key_file")]


@pytest.fixture
def factors() -> str:
    """Of one account: codes and codes in reserve, of which the second is used; the name of the key."""
    account, seal = people.olle(), get_adapter().encrypt
    Authenticator.objects.create(user=account, type="totp", data={"secret": seal("HEMLIGT")})
    Authenticator.objects.create(user=account, type="recovery_codes", data={"seed": seal("fröet"), "used_mask": 2})
    return installed_keys().current


def test_secrets_come_under_the_new_key_and_open(factors: str) -> None:
    assert rotate_keys(by=people.BY, at=people.NOW) == Resealed(2, 0, 0)
    assert factors_by_key() == {installed_keys().current: 2}
    assert factors not in factors_by_key()
    secret, seed = Authenticator.objects.order_by("pk").values_list("data", flat=True)
    assert get_adapter().decrypt(secret["secret"]) == "HEMLIGT"
    assert get_adapter().decrypt(seed["seed"]) == "fröet"
    assert seed["used_mask"] == 2


def test_secret_that_does_not_open_is_left_and_told(factors: str) -> None:
    row = Authenticator.objects.get(type="totp")
    sealed = row.data["secret"]
    row.data = {"secret": sealed[:-8] + ("A" * 7 + "=")}
    row.save()
    done = rotate_keys(by=people.BY, at=people.NOW)
    assert (done.values, done.left, done.unreadable) == (1, 1, 1)
    assert Authenticator.objects.get(type="totp").data == row.data


def test_secrets_of_other_keys_are_left_alone(factors: str) -> None:
    before = list(Authenticator.objects.values_list("data", flat=True))
    assert reseal_factors(installed_keys(), ["00000000"]) == 0
    assert list(Authenticator.objects.values_list("data", flat=True)) == before
