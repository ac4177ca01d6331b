import tomllib
from dataclasses import fields, replace

import pytest

from skillnad.analysis.disclosure.attackers import Attacker, Way
from skillnad.analysis.disclosure.policy import DEFAULT, MARKED, OWN_AREA, Policy
from skillnad.analysis.disclosure.policy_fields import FIELDS
from skillnad.analysis.disclosure.policy_files import (
    asked_policy,
    check_columns,
    municipal_policy,
    narrowed,
    policy_as_toml,
    policy_from_toml,
)
from skillnad.lib.errors import UserError

WHERE = "skydd.toml"
UNLIKE = Policy(
    name='vår "egen"',
    threshold=7,
    denominator=20,
    zeros_printed=False,
    zeros_protected=True,
    attacker=Attacker.PRIMARY_KNOWN,
    contributors=True,
    sensitive=("problem", MARKED),
    group_all=False,
    group_none=True,
    all_but=3,
    quantile_minimum=12,
    sum_clients=6,
    largest_share=0.4,
    p_percent=0.1,
    sum_margin=0.2,
    way=Way.ROUND,
    base=3,
    allow_looser=True,
    budget=1000,
)


def refused(text: str) -> UserError:
    with pytest.raises(UserError) as error:
        policy_from_toml(text, WHERE)
    return error.value


def test_file_that_says_nothing_is_the_default():
    assert policy_from_toml("", WHERE) == DEFAULT


def test_file_says_only_what_differs():
    assert policy_from_toml("threshold = 7\nquantile_minimum = 14", WHERE) == Policy(threshold=7, quantile_minimum=14)


@pytest.mark.parametrize("policy", [DEFAULT, UNLIKE])
def test_policy_comes_back_from_its_own_file(policy):
    assert policy_from_toml(policy_as_toml(policy), WHERE) == policy


def test_every_rule_but_the_right_to_see_is_told_in_the_file_in_swedish():
    assert {each.name for each in fields(Policy)} - set(FIELDS) == {"own_area"}
    assert all(f"# {field.sv}\n" in policy_as_toml(DEFAULT) for field in FIELDS.values())


def test_every_rule_of_the_unlike_policy_is_unlike():
    same = [name for name in FIELDS if getattr(UNLIKE, name) == getattr(DEFAULT, name)]
    assert same == []


def test_reader_that_is_not_named_stands_as_a_comment():
    assert "attacker" not in tomllib.loads(policy_as_toml(DEFAULT))
    assert "# attacker = " in policy_as_toml(DEFAULT)


def test_typo_names_the_nearest_rule_and_its_line():
    error = refused("threshold = 5\ntreshold = 4")
    assert error.code == "DISC-021"
    assert "skydd.toml, rad 2: Policyn har ingen regel ”treshold”. Menade du ”threshold”?" in error.text("sv")


def test_several_faults_are_told_at_once():
    assert [problem.code for problem in refused("tröskel = 4\nthreshold = 'fem'").problems] == ["DISC-020"]
    assert [problem.code for problem in refused("x = 4\nthreshold = 'fem'").problems] == ["DISC-021", "DISC-022"]


@pytest.mark.parametrize(
    "line",
    [
        "threshold = 5.5",
        "threshold = true",
        "zeros_printed = 1",
        "sensitive = 'problem'",
        "sensitive = [1]",
        "sensitive = ['']",
        "largest_share = 'half'",
        "largest_share = true",
        "name = 5",
        "attacker = 'A3'",
        "attacker = 1",
        "way = ['round']",
    ],
)
def test_value_of_another_kind_is_refused(line):
    assert refused(line).code == "DISC-022"


def test_word_with_a_typo_names_the_nearest():
    assert "Menade du ”suppress”?" in refused("way = 'supress'").text("sv")


def test_broken_line_is_named():
    assert "skydd.toml, rad 2" in refused("threshold = 5\nname = 'a").text("sv")


def test_rules_that_do_not_go_together_name_the_file():
    error = refused("zeros_protected = true")
    assert error.code == "DISC-001"
    assert error.text("sv").startswith("DISC-001 skydd.toml:")


def test_nobody_writes_themselves_a_right_to_see():
    assert refused("own_area = true").code == "DISC-021"


def test_whole_number_will_do_for_a_part():
    assert policy_from_toml("p_percent = 0", WHERE).p_percent == 0.0


LOOSER = [
    {"threshold": 4},
    {"denominator": 4},
    {"attacker": Attacker.NOT_NEGATIVE},
    {"quantile_minimum": 9},
    {"sum_clients": 4},
    {"largest_share": 0.6},
    {"sum_margin": 0.05},
    {"all_but": 4},
    {"group_all": False},
    {"way": Way.ROUND},
    {"base": 3},
    {"allow_looser": True},
]


@pytest.mark.parametrize("change", LOOSER)
def test_report_that_asks_for_less_is_refused_by_name(change):
    with pytest.raises(UserError, match="DISC-023") as error:
        narrowed(DEFAULT, replace(DEFAULT, **change), "rapport.toml")
    assert f"”{next(iter(change))}”" in error.value.text("sv")


@pytest.mark.parametrize(
    "change",
    [
        {"threshold": 6},
        {"zeros_printed": False},
        {"zeros_printed": False, "zeros_protected": True},
        {"attacker": Attacker.PRIMARY_KNOWN},
        {"attacker": Attacker.ZEROS_PRINTED},
        {"contributors": True},
        {"zeros_printed": False, "sensitive": ("problem",)},
        {"p_percent": 0.1},
        {"largest_share": 0.4},
        {"budget": 1000},
        {"name": "rapport"},
    ],
)
def test_report_may_be_as_strict_or_stricter(change):
    asked = replace(DEFAULT, **change)
    assert narrowed(DEFAULT, asked, "rapport.toml") == asked


def test_report_may_not_drop_a_sensitive_column():
    own = Policy(zeros_printed=False, sensitive=("problem", "gender"))
    with pytest.raises(UserError, match="DISC-023"):
        narrowed(own, replace(own, sensitive=("problem",)), "rapport.toml")


def test_reader_a2_may_not_become_the_usual_one_where_zeros_are_hidden():
    own = Policy(zeros_printed=False, attacker=Attacker.PRIMARY_KNOWN)
    with pytest.raises(UserError, match="attacker"):
        narrowed(own, Policy(zeros_printed=False), "rapport.toml")


def test_municipality_may_allow_less():
    own = Policy(allow_looser=True, quantile_minimum=12)
    asked = Policy(threshold=3, allow_looser=True)
    assert narrowed(own, asked, "rapport.toml") is asked


def test_municipality_without_a_file_has_the_default(tmp_path):
    assert municipal_policy(tmp_path) == municipal_policy(None) == DEFAULT


def test_report_inherits_what_the_municipality_says(tmp_path):
    (tmp_path / "skydd.toml").write_text("threshold = 7\nname = 'Visby'", encoding="utf-8")
    own = tmp_path / "rapport.toml"
    own.write_text("contributors = true", encoding="utf-8")
    assert asked_policy(tmp_path, None) == Policy(name="Visby", threshold=7)
    assert asked_policy(tmp_path, own) == Policy(name="Visby", threshold=7, contributors=True)


def test_report_that_loosens_the_municipality_is_refused(tmp_path):
    (tmp_path / "skydd.toml").write_text("threshold = 7", encoding="utf-8")
    own = tmp_path / "rapport.toml"
    own.write_text("threshold = 5", encoding="utf-8")
    with pytest.raises(UserError, match="som har 7"):
        asked_policy(tmp_path, own)


def test_policy_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(UserError, match="DISC-024"):
        asked_policy(None, tmp_path / "saknas.toml")


def test_policy_that_is_not_utf_8_is_refused(tmp_path):
    (tmp_path / "skydd.toml").write_bytes("name = 'Östra'".encode("latin-1"))
    with pytest.raises(UserError, match="DISC-024"):
        municipal_policy(tmp_path)


def test_sensitive_column_that_is_none_is_refused_with_the_nearest():
    with pytest.raises(UserError, match="Menade du ”problem”"):
        check_columns(Policy(zeros_printed=False, sensitive=("problm",)), ["problem", "gender"])


def test_sensitive_columns_that_are_there_will_do():
    check_columns(Policy(zeros_printed=False, sensitive=("problem", MARKED)), ["problem", "gender"])
    check_columns(OWN_AREA, [])
