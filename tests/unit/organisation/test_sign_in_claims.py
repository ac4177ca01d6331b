"""What a provider says of a person, and what is made of it where it says something else than was agreed."""

from typing import Any

import pytest

from skillnad.organisation.sign_in.claims import grants_of, uid_of, username_of
from skillnad.organisation.sign_in.files import Grant, Provider

ANALYST, AUDITOR = Grant("analyst", committee="SN"), Grant("auditor")
KOMMUNEN = Provider(
    id="kommunen",
    name="Exempelby",
    issuer="https://login.exempelby.se",
    client_id="skillnad",
    secret="x",
    levels=("loa3",),
    grants={"A": (ANALYST,), "B": (AUDITOR, ANALYST)},
)


@pytest.mark.parametrize(
    ("groups", "grants"),
    [
        (["A"], {ANALYST}),
        ("A", {ANALYST}),
        (["A", "B", "C"], {ANALYST, AUDITOR}),
        ([], set()),
        (None, set()),
        (["a", "A ", "AB"], set()),
        ([["A"], {"A": 1}, 1], set()),
        ({"A": True}, set()),
        ("A,B", set()),
    ],
)
def test_groups_give_what_the_file_says_of_those_very_names(groups: Any, grants: set[Grant]) -> None:
    assert grants_of(KOMMUNEN, {"groups": groups}) == grants


@pytest.mark.parametrize(("said", "uid"), [(" e17 ", "e17"), ("", ""), (17, ""), (["e17"], ""), ("x" * 151, "")])
def test_person_is_known_by_a_text(said: Any, uid: str) -> None:
    assert uid_of(KOMMUNEN, {"sub": said}) == uid


@pytest.mark.parametrize("number", ["197004289895", "19700428-9895", "700428-9895"])
def test_person_is_known_by_no_identity_number(number: str) -> None:
    assert uid_of(KOMMUNEN, {"sub": number}) == ""
    assert username_of(KOMMUNEN, {"preferred_username": number}) == ""


@pytest.mark.parametrize(("said", "name"), [("asa.ek", "asa.ek"), ("Åsa Ek", "Åsa Ek"), ("a\nb", ""), (None, "")])
def test_name_of_a_login_is_one_line_of_text(said: Any, name: str) -> None:
    assert username_of(KOMMUNEN, {"preferred_username": said}) == name
