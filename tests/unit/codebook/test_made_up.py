from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillnad.codebook.identity import IdentityKind, parse_identity, sex_hint
from skillnad.codebook.made_up import made_up_identity

BORN = date(1990, 1, 1)
TODAY = date(2025, 11, 1)


def test_made_up_identities_of_a_day_are_all_different():
    made = {made_up_identity(BORN, female, serial) for female in (True, False) for serial in range(6300)}
    assert len(made) == 12600


@given(st.dates(date(1901, 1, 1), TODAY), st.booleans(), st.integers(0, 6299))
def test_made_up_identity_can_be_nobodys(born, female, serial):
    identity = parse_identity(made_up_identity(born, female, serial), TODAY)
    assert (identity.kind, identity.warnings, identity.birth_date) == (IdentityKind.RESERVE_LOCAL, (), born)


@given(st.dates(date(1901, 1, 1), TODAY), st.booleans(), st.integers(0, 449))
def test_made_up_identity_says_its_sex_in_the_third_character(born, female, serial):
    assert sex_hint(parse_identity(made_up_identity(born, female, serial), TODAY)) == ("1" if female else "2")


@pytest.mark.parametrize("serial", [-1, 6300])
def test_made_up_identity_has_a_last_serial(serial):
    with pytest.raises(ValueError, match="6299"):
        made_up_identity(BORN, True, serial)
