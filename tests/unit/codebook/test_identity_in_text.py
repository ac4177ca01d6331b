import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillnad.codebook.identity_in_text import HIDDEN, contains_identity, hide_identities
from skillnad.codebook.made_up import made_up_identity

IDENTITIES = (
    "19570428-9999",
    "195704289999",
    "570428-9999",
    "5704289999",
    "570428 9999",
    "090527+1474",
    "19570428 – 9999",
    "19700488-9893",
    "19900101-T123",
    "900101-TF12",
    "900101T123",
    "19900101T123",
    "22900101-AB12",
)


@pytest.mark.parametrize("identity", IDENTITIES)
@pytest.mark.parametrize("text", ["{}", "Modern ({}) ringde.", "pnr:{};", "Barn{}".replace("Barn", "barn "), "{}."])
def test_identity_in_a_text_is_found(text, identity):
    assert contains_identity(text.format(identity))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Ring 070-123 45 67 eller 0701234567.",
        "Beslut 2025-01-31, möte 2025-02-01 kl. 13.00",
        "Dnr SN 2025/01234",
        "faktura 1234567890123",
        "5704289998",
        "konto 8327-9 123 456 789-0",
        "570428-99",
        "571328-9999",
    ],
)
def test_other_numbers_are_left_alone(text):
    assert not contains_identity(text)
    assert hide_identities(text) == text


def test_hiding_leaves_the_rest_of_the_text():
    text = "Modern 19570428-9999 och barnet 20000229-2399 flyttar."
    assert hide_identities(text) == f"Modern {HIDDEN} och barnet {HIDDEN} flyttar."


@given(st.dates(), st.booleans(), st.integers(0, 6299))
def test_made_up_identities_are_found_too(born, female, serial):
    born = born.replace(year=1900 + born.year % 126, day=min(born.day, 28))
    identity = made_up_identity(born, female, serial)
    assert contains_identity(f"x {identity} y")
    assert contains_identity(identity.replace("-", ""))


@given(st.text(max_size=80))
def test_nothing_is_left_to_find_after_hiding(text):
    assert not contains_identity(hide_identities(text))
