"""A release's rules as the policy that they were."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from skillnad.analysis.disclosure.attackers import Attacker, Way
from skillnad.analysis.disclosure.policy import Policy


def policy_of_rules(rules: Mapping[str, Any]) -> Policy:
    """Raises UserError DISC-001 where they contradict each other; what this edition has no rule for is left out."""
    known = {field.name for field in fields(Policy)}
    told: dict[str, Any] = {name: value for name, value in rules.items() if name in known}
    told = {name: tuple(value) if isinstance(value, list) else value for name, value in told.items()}
    if told.get("attacker") is not None:
        told["attacker"] = Attacker(told["attacker"])
    if "way" in told:
        told["way"] = Way(told["way"])
    return Policy(**told)
