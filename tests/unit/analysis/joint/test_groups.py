from skillnad.analysis.joint.groups import PEOPLE, Group
from skillnad.analysis.joint.sets import among, holding, stretch

ROWS = Group("cases")
WOMEN = ROWS.having(("legal_sex", among("1")))
IN_A = ("unit", among("A"))


def test_order_of_conditions_is_no_part_of_a_name():
    assert WOMEN.having(IN_A) == ROWS.having(IN_A, ("legal_sex", among("1")))
    assert WOMEN.having(IN_A).name == ("cases", "legal_sex=1", "unit=A")


def test_condition_twice_is_what_meets_both():
    assert ROWS.having(("unit", among("A", "B")), IN_A) == ROWS.having(IN_A)
    assert ROWS.having(("unit", among("B")), IN_A).name == ("cases", "unit=nothing")


def test_group_without_a_feature_is_all_that_is_alike_otherwise():
    assert WOMEN.having(IN_A).without("unit") == WOMEN
    assert WOMEN.values("legal_sex") == among("1")
    assert WOMEN.values("unit") is None


def test_group_lies_within_one_with_fewer_conditions():
    assert WOMEN.having(IN_A).within(WOMEN)
    assert WOMEN.within(ROWS)
    assert not ROWS.within(WOMEN)
    assert not WOMEN.within(Group("interventions"))


def test_narrower_values_lie_within_wider_ones():
    year, month = (ROWS.having(("intake_date", stretch(0, end))) for end in (365, 31))
    assert month.within(year)
    assert not year.within(month)
    assert ROWS.having(("problem", holding("1"))).within(ROWS.having(("problem", holding(["1", "2"]))))


def test_people_are_told_from_rows():
    people = Group(PEOPLE + "cases")
    assert people.people
    assert not ROWS.people
    assert people.name != ROWS.name
