"""What a reader of a joint system objects to, and who that reader is."""

from disclosure_tables import as_system
from numpy import array

from skillnad.analysis.disclosure.policy import DEFAULT, Policy
from skillnad.analysis.joint.watching import Watch

ALONE = Policy(contributors=True)
CORNERS = {("a00", "b00"), ("a00", "b01"), ("a01", "b00"), ("a01", "b01")}
TWO_ALONE = as_system(array([[1, 40, 50], [20, 1, 60]]))
ONE_ALONE = as_system(array([[1, 40, 50], [20, 30, 60]]))


def unmet(told, policy, safe=None):
    return [claim.name for claim in Watch(told, policy, set() if safe is None else safe).unmet(CORNERS)]


def test_gaps_that_tell_who_is_alone_of_another_are_unmet():
    assert set(unmet(TWO_ALONE, ALONE)) == {("a00", "b00"), ("a01", "b01")}
    assert unmet(TWO_ALONE, DEFAULT) == []


def test_gaps_that_tell_who_is_alone_nothing_are_met():
    assert unmet(ONE_ALONE, ALONE) == []


def test_what_was_safe_under_other_rules_is_looked_at_again():
    safe = set()
    assert unmet(TWO_ALONE, DEFAULT, safe) == []
    assert unmet(TWO_ALONE, ALONE, safe)
