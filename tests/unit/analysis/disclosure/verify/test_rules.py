from skillnad.analysis.disclosure.attackers import Way
from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.disclosure.verify.rules import policy_of_rules


def test_rules_of_a_release_are_the_policy_that_they_were():
    policy = Policy(threshold=7, sensitive=("a",), zeros_printed=False)
    rules = {
        "threshold": 7,
        "sensitive": ["a"],
        "zeros_printed": False,
        "way": "suppress",
        "attacker": None,
        "unheard_of": 1,
    }
    assert policy_of_rules(rules) == policy


def test_rules_that_say_nothing_are_the_usual_and_a_way_is_one_of_the_ways():
    assert policy_of_rules({}) == Policy()
    assert policy_of_rules({"way": "round"}).way is Way.ROUND
