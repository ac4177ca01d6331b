"""Releases one after the other: what the first ones hid stays safe when all of them are read together."""

import pytest
from tables_from_files import given, tables_of

from skillnad.analysis.disclosure.attackers import Attacker
from skillnad.analysis.disclosure.policy import DEFAULT, Policy
from skillnad.analysis.disclosure.table_set import protecting
from skillnad.analysis.disclosure.table_set.protecting import protect
from skillnad.analysis.disclosure.table_set.tables import TableSet
from skillnad.analysis.disclosure.verify.verifying import verify
from skillnad.lib.errors import UserError

AB = "a b n / a0 b0 3 / a0 b1 7 / a1 b0 5 / a1 b1 9"
BC = "b c n / b0 c0 8 / b0 c1 0 / b1 c0 8 / b1 c1 8"
AC = "a c n / a0 c0 10 / a0 c1 0 / a1 c0 6 / a1 c1 8"
"""All of a0 is in c0, where no more than 8 are b1: of the ten in a0 two or more are then b0."""


def told(*texts):
    """Tables under names of their own: two of the same name are not one."""
    return TableSet(tuple(given(text, name=f"{text[0]}{text[2]}.csv") for text in texts), ())


@pytest.fixture(scope="module")
def first():
    return protect(told(AB), DEFAULT)


def test_tables_that_together_tell_too_much_of_the_first_are_refused(first):
    with pytest.raises(UserError, match="DISC-056") as refused:
        protect(told(BC, AC), DEFAULT, against=[first])
    assert refused.value.problems[0].where == "--against, ab.csv"


@pytest.mark.parametrize("text", [BC, AC])
def test_either_of_them_alone_may_follow(first, text):
    second = protect(told(text), DEFAULT, against=[first])
    assert verify([first, second], DEFAULT, [*told(AB).tables, *told(text).tables]) == []


def test_refusal_tells_no_number(first):
    with pytest.raises(UserError) as refused:
        protect(told(BC, AC), DEFAULT, against=[first])
    assert not any(
        character.isdigit() for character in refused.value.text("sv").split(": ", 1)[-1].replace("DISC-056", "")
    )


def test_all_of_them_in_one_command_are_safe():
    release = protect(told(AB, BC, AC), DEFAULT)
    assert verify(release, DEFAULT, told(AB, BC, AC).tables) == []


def test_one_that_is_in_the_way_alone_is_blamed_and_not_the_last(first):
    last = protect(tables_of("d n / d0 10 / d1 14"), DEFAULT)
    with pytest.raises(UserError) as refused:
        protect(told(BC, AC), DEFAULT, against=[first, last])
    assert refused.value.problems[0].where == "--against, ab.csv"


def test_last_is_blamed_where_none_is_in_the_way_alone(first):
    second = protect(told(BC), DEFAULT, against=[first])
    with pytest.raises(UserError) as refused:
        protect(told(AC), DEFAULT, against=[first, second])
    assert refused.value.problems[0].where == "--against, bc.csv"


def test_who_knows_which_gaps_are_small_is_not_answered_beside_a_release(first):
    """Which of its gaps are small is not in it; where it has none there is nothing to know."""
    knows = Policy(attacker=Attacker.PRIMARY_KNOWN)
    with pytest.raises(UserError, match="DISC-056"):
        protect(told(AC), knows, against=[first])
    open_release = protect(told(BC), knows)
    assert open_release.tables[0].gaps == 0
    assert protect(told(AC), knows, against=[open_release]).tables[0].gaps == 0


def test_first_release_asks_no_verifier_of_others(monkeypatch):
    monkeypatch.setattr(protecting, "verify_beside", lambda *_: pytest.fail("there is nothing beside it"))
    assert protect(told(AC), DEFAULT).tables[0].gaps == 0


def test_release_says_which_ones_it_was_made_beside(first):
    assert protect(told(AC), DEFAULT, against=[first]).against == (first.id,)
