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
