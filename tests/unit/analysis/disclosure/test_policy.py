import pytest

from skillnad.analysis.disclosure.attackers import Attacker, Way
from skillnad.analysis.disclosure.policy import DEFAULT, MARKED, OWN_AREA, Policy
from skillnad.lib.errors import UserError


def test_policy_default_hides_one_to_four():
    assert [count for count in range(8) if DEFAULT.small(count)] == [1, 2, 3, 4]


def test_policy_id_names_every_rule():
    changed = [Policy(threshold=6), Policy(zeros_printed=False), Policy(quantile_minimum=12), Policy(sum_margin=0.2)]
    assert len({DEFAULT.id, *(policy.id for policy in changed)}) == 5


def test_policy_id_is_the_same_for_the_same_rules():
    assert Policy(threshold=5).id == DEFAULT.id


def test_policy_where_zeros_are_printed_has_gaps_of_at_least_one():
    assert (DEFAULT.gap_floor, Policy(zeros_printed=False).gap_floor) == (1, 0)


@pytest.mark.parametrize(
    "wrong", [{"threshold": 1}, {"quantile_minimum": 4}, {"largest_share": 1}, {"largest_share": 0}]
)
def test_policy_that_makes_no_sense_is_refused(wrong):
    with pytest.raises(UserError, match="DISC-001"):
        Policy(**wrong)


def test_policy_may_be_as_mild_as_its_limits() -> None:
    assert Policy(threshold=2, quantile_minimum=2).small(1)
    assert not Policy(threshold=2, quantile_minimum=2).small(2)


def test_policy_by_default_is_the_one_that_the_handbook_tells_of() -> None:
    told = (DEFAULT.threshold, DEFAULT.quantile_minimum, DEFAULT.sum_clients, DEFAULT.largest_share, DEFAULT.sum_margin)
    assert told == (5, 10, 5, 0.5, 0.1)


@pytest.mark.parametrize(("p", "rows"), [(0.5, 10), (0.25, 20), (0.75, 20), (0.9, 50), (0.1, 50), (0.95, 100)])
def test_quantile_needs_as_many_rows_on_each_side(p, rows):
    assert DEFAULT.rows_for(p) == rows


def test_median_needs_its_minimum_too():
    assert Policy(quantile_minimum=30).rows_for(0.5) == 30
    assert Policy(threshold=8, quantile_minimum=10).rows_for(0.5) == 16


def test_answers_of_an_earlier_edition_have_another_id(monkeypatch):
    now = DEFAULT.id
    monkeypatch.setattr("skillnad.analysis.disclosure.policy.EDITION", 1)
    assert DEFAULT.id != now


def test_policy_reader_follows_from_the_zeros():
    assert DEFAULT.reader is Attacker.ZEROS_PRINTED
    assert Policy(zeros_printed=False).reader is Attacker.NOT_NEGATIVE


def test_policy_reader_can_be_named():
    told = Policy(attacker=Attacker.PRIMARY_KNOWN)
    assert (told.reader, told.gap_floor) == (Attacker.PRIMARY_KNOWN, 1)


def test_reader_who_only_knows_of_negatives_sees_gaps_of_nothing():
    assert Policy(attacker=Attacker.NOT_NEGATIVE).gap_floor == 0


def test_policy_that_protects_zeros_finds_them_small():
    protecting = Policy(zeros_printed=False, zeros_protected=True)
    assert [count for count in range(8) if protecting.small(count)] == [0, 1, 2, 3, 4]


@pytest.mark.parametrize(
    ("wrong", "remedy"),
    [
        ({"zeros_protected": True}, "zeros_printed = false"),
        ({"sensitive": ("problem",)}, "zeros_printed = false"),
        ({"sensitive": ("problem",), "group_all": False, "group_none": True}, "zeros_printed = false"),
        ({"sensitive": ("problem",), "zeros_printed": False, "all_but": 6}, "högst lika högt som tröskeln"),
        ({"attacker": Attacker.ZEROS_PRINTED, "zeros_printed": False}, 'attacker = "A0"'),
        ({"base": 4}, "base = 3 eller base = 5"),
        ({"own_area": True}, "ett annat namn"),
        ({"name": "own_area"}, "ett annat namn"),
        ({"p_percent": 10}, "0.1 för tio procent"),
        ({"sum_margin": 0}, "0.1 för tio procent"),
        ({"denominator": 1}, "Minsta nämnare"),
        ({"name": " "}, "högst 40 tecken"),
    ],
)
def test_policy_with_rules_that_do_not_go_together_says_what_would(wrong, remedy):
    with pytest.raises(UserError) as refused:
        Policy(**wrong)
    assert remedy in refused.value.text("sv")


def test_policy_that_is_wrong_twice_says_both():
    with pytest.raises(UserError) as refused:
        Policy(threshold=1, base=4)
    assert len(refused.value.problems) == 2


def test_sensitive_columns_are_those_named_and_those_marked_where_asked():
    named, marked = (Policy(zeros_printed=False, sensitive=(name,)) for name in ("problem", MARKED))
    assert [named.is_sensitive(column, marked=True) for column in ("problem", "gender")] == [True, False]
    assert [marked.is_sensitive("problem", marked=told) for told in (True, False)] == [True, False]


def test_own_area_is_a_policy_of_its_own():
    assert OWN_AREA.own_area
    assert not DEFAULT.own_area
    assert OWN_AREA.id.startswith("own_area-")


@pytest.mark.parametrize("each", [*Attacker, *Way])
def test_attackers_and_ways_are_told_in_words(each):
    assert each.sv == each.sv.strip().rstrip(".") != ""


def test_all_but_a_few_can_be_protected_where_zeros_are_printed():
    assert Policy(sensitive=("problem",), group_all=False).zeros_printed
