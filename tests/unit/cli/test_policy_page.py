import re
from pathlib import Path

from skillnad.analysis.disclosure.derived.numbers import NUMBERS
from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.disclosure.policy_fields import FIELDS
from skillnad.analysis.disclosure.policy_files import policy_from_toml
from skillnad.cli.kernel.policy_page import NAME, TITLE, policy_page
from skillnad.cli.kernel.reference_pages import index_page

TOLD = (Path(__file__).parents[3] / "docs" / "policy.md").read_text(encoding="utf-8")
PAGE = policy_page("<!-- made -->")


def test_page_says_first_that_it_is_made():
    assert PAGE.startswith("<!-- made -->")
    assert f"# {TITLE}" in PAGE


def test_page_has_every_rule_with_its_default():
    assert all(f"| `{name}` |" in PAGE for name in FIELDS)
    assert "| `threshold` | `5` | högre |" in PAGE
    assert "| `attacker` | – |" in PAGE


def test_page_has_every_number():
    assert all(f"| {number.sv} |" in PAGE for number in NUMBERS)


def test_rows_have_as_many_cells_as_their_heading():
    lines = [line for line in PAGE.splitlines() if line.startswith("|")]
    assert {line.count("|") for line in lines} == {4, 5}


def test_reference_leads_to_the_page():
    assert f"[{TITLE}]({NAME})" in index_page(())


def test_example_of_the_handwritten_page_is_a_policy():
    (example,) = re.findall(r"```toml\n(.*?)```", TOLD, re.DOTALL)
    assert policy_from_toml(example, "skydd.toml") == Policy(name="Exempelby", threshold=7, quantile_minimum=14)


def test_handwritten_page_names_only_rules_that_there_are():
    named = set(re.findall(r"`(\w+) = ", TOLD))
    assert named <= set(FIELDS)
    assert len(named) >= 5
