from pathlib import Path

import pytest
from published_tables import found, published

from skillnad.analysis.disclosure.attack.findings import Kind, attack
from skillnad.analysis.disclosure.attackers import Attacker
from skillnad.lib.errors import UserError

PILOT = Path(__file__).parents[4] / "fixtures" / "published" / "pilot-2022.csv"
SQUARE = "a,b,n\nA,x,\nA,y,17\nA,Total,20\nB,x,9\nB,y,8\nB,Total,17\nTotal,x,\nTotal,y,25\nTotal,Total,37\n"
RECTANGLE = """a,b,n
A,x,\nA,y,\nA,z,30\nA,Total,53\nB,x,\nB,y,\nB,z,60\nB,Total,150\nC,x,0\nC,y,8\nC,z,7\nC,Total,15
Total,x,43\nTotal,y,78\nTotal,z,97\nTotal,Total,218\n"""


def test_lone_gap_follows_from_its_sum():
    assert found(published(SQUARE)) == {"A, x": ("sums", 3, 3), "x": ("sums", 12, 12)}


def test_rectangle_of_gaps_tells_nothing():
    assert found(published(RECTANGLE)) == {}


def test_small_number_that_is_shown_is_found():
    assert found(published("a,n\nA,3\nB,20\nTotal,23\n")) == {"A": ("shown", 3, 3)}


def test_gap_that_stands_in_another_table_is_found():
    first = published("a,n\nA,\nB,\nC,0\nTotal,20\n")
    told = found(first, published("a,n\nB,17\n", "other.csv"))
    assert told == {"B": ("elsewhere", 17, 17), "A": ("sums", 3, 3)}


def test_two_gaps_of_two_are_one_each_where_zeros_are_printed():
    told = "a,n\nA,\nB,\nC,0\nD,8\nTotal,10\n"
    assert found(published(told)) == {"A": ("limits", 1, 1), "B": ("limits", 1, 1)}
    assert found(published(told), reader=Attacker.NOT_NEGATIVE) == {"A": ("narrow", 0, 2), "B": ("narrow", 0, 2)}


def test_gap_is_not_known_to_be_somebody_where_no_zero_is_printed():
    assert found(published("a,n\nA,\nB,\nD,8\nTotal,10\n"))["A"] == ("narrow", 0, 2)


def test_reader_who_knows_which_gaps_are_small_draws_the_others_in():
    told = published("a,n,small\nA,,ja\nB,,nej\nC,0,\nTotal,8,\n", marked="small")
    assert found(told) == {}
    assert found(told, reader=Attacker.PRIMARY_KNOWN) == {"A": ("narrow", 1, 3)}


def test_reader_who_knows_which_gaps_are_small_learns_nothing_of_two_wide_ones():
    told = published("a,n,small\nA,,ja\nB,,nej\nC,0,\nTotal,30,\n", marked="small")
    assert found(told, reader=Attacker.PRIMARY_KNOWN) == {}


def test_overlapping_groupings_tell_what_neither_tells():
    first = "a,g,h,n\n1,G,K,\n2,G,L,\n3,H,K,0\n4,H,L,9\n"
    told = found(
        published(first + "Total,G,Total,20\n", groupings=(("a", "g"), ("a", "h"))),
        published("h,n\nL,26\n", "other.csv", groupings=(("a", "h"),)),
    )
    assert told == {"1, G, K": ("sums", 3, 3), "2, G, L": ("sums", 17, 17)}


def test_combined_category_is_the_people_of_both():
    groups = {"a": {"A+B": frozenset("AB")}}
    told = "a,n\nA,\nB,17\nC,\nD,0\nTotal,60\n"
    assert found(published(told, groups=groups), published("a,n\nA+B,20\n", "o.csv", groups=groups)) == {
        "A": ("sums", 3, 3),
        "C": ("sums", 40, 40),
    }


def test_last_years_table_of_both_years_gives_this_year_away():
    both, last = published("a,n\nA,20\nB,40\n", "both.csv"), {"last.csv": (("year", "2024"),)}
    this = published("year,a,n\n2025,A,\n2025,B,30\n", "this.csv")
    told = found(both, published("a,n\nA,17\nB,10\n", "last.csv", within=last), this)
    assert told == {"2025, A": ("sums", 3, 3)}


def test_share_with_its_denominator_is_a_count():
    told = "a,n,share\nA,20,\nB,40,\nTotal,60,\n"
    more = 'a,b,n,share\nA,x,,"15,0"\n'
    assert found(published(told, share="share"), published(more, "o.csv", share="share")) == {"A, x": ("share", 3, 3)}


def test_share_of_an_unknown_number_bounds_both():
    told = published('a,b,n,share\nA,x,,"50,0"\nA,Total,,\nA,y,2,\nB,Total,0,\n', share="share")
    assert found(told) == {"A": ("limits", 4, 4), "A, y": ("shown", 2, 2)}


def test_what_the_only_one_of_a_group_is_not_is_found():
    pilot = published(PILOT.read_text("utf-8").replace("antal", "n"), share="andel")
    assert found(pilot) == {
        "annat": ("shown", 1, 1),
        "bristande": ("share", 1, 1),
        "annat, mycket bra": ("group", 0, 0),
    }


def test_attack_counts_gaps_and_tells_the_small_ones_first():
    told = attack([published(SQUARE)], Attacker.ZEROS_PRINTED, 5)
    assert (told.gaps, told.cells) == (2, 9)
    assert [finding.small for finding in told.findings] == [True, False]
    assert len(told.small) == 1


def test_threshold_says_what_is_small():
    assert len(attack([published(SQUARE)], Attacker.ZEROS_PRINTED, 15).small) > 2


def test_two_numbers_of_the_same_people_are_refused():
    with pytest.raises(UserError) as refused:
        found(published("a,n\nA,3\n"), published("a,n\nA,4\n", "other.csv"))
    assert refused.value.code == "DISC-080"
    assert "other.csv" in str(refused.value)


def test_sum_that_is_not_its_parts_is_refused_without_a_number():
    with pytest.raises(UserError) as refused:
        found(published("a,n\nA,37\nB,41\nTotal,99\n"))
    assert refused.value.code == "DISC-084"
    assert not any(number in str(refused.value) for number in ("37", "41", "99"))


def test_tables_that_no_counts_agree_with_are_refused():
    told = "a,b,n\nA,x,\nA,y,9\nA,Total,6\nB,x,\nB,y,0\nB,Total,5\nTotal,x,\nTotal,y,9\nTotal,Total,11\n"
    with pytest.raises(UserError) as refused:
        found(published(told))
    assert refused.value.code == "DISC-083"


def test_share_that_no_count_gives_is_refused():
    with pytest.raises(UserError) as refused:
        found(published("a,n,share\nTotal,7,\nA,,63\n", share="share"))
    assert refused.value.code == "DISC-082"


def test_number_that_is_not_small_may_stand_there():
    assert found(published("a,n\nA,5\nB,20\nTotal,25\n")) == {}
    assert found(published("a,n\nA,4\nB,20\nTotal,24\n")) == {"A": ("shown", 4, 4)}


def test_gap_that_follows_and_is_no_small_number_is_told_after_those_that_are():
    told = attack([published("a,n\nA,\nB,5\nTotal,10\n")], Attacker.ZEROS_PRINTED, 5)
    assert [(finding.low, finding.small) for finding in told.findings] == [(5, False)]


def test_both_ends_of_a_narrow_gap_are_explained():
    """At most 3, as the other is at least 1; that it is at least 1 needs no reason."""
    told = attack([published("a,n\nA,\nB,\nC,0\nD,8\nTotal,12\n")], Attacker.ZEROS_PRINTED, 5)
    assert [[route.upward for route in finding.routes] for finding in told.findings] == [[True], [True]]
    assert {route.value for finding in told.findings for route in finding.routes} == {3}


def test_low_end_is_explained_where_it_is_more_than_was_known():
    """B is a part of what is at most 10."""
    text = "a,b,n\nA,x,\nA,y,\nA,Total,11\nB,x,\nB,y,0\nB,Total,5\nTotal,x,\nTotal,y,\nTotal,Total,16\n"
    told = attack([published(text)], Attacker.ZEROS_PRINTED, 5)
    assert {route.upward for finding in told.findings for route in finding.routes} <= {None, True, False}
    assert all(finding.routes for finding in told.findings)


def test_no_more_than_so_many_are_explained():
    text = "a,n\nA,\nB,\nC,0\nD,8\nTotal,12\n"
    told = attack([published(text)], Attacker.ZEROS_PRINTED, 5, most_routes=1)
    assert [bool(finding.routes) for finding in told.findings] == [True, False]


@pytest.mark.parametrize(("total", "small"), [(10, True), (11, True), (12, True), (13, False), (40, None)])
def test_narrow_gap_is_of_few_where_it_leaves_less_than_was_promised(total, small):
    """Two gaps of 2, 3, 4, 5 and 32 together."""
    told = attack([published(f"a,n\nA,\nB,\nC,0\nD,8\nTotal,{total}\n")], Attacker.ZEROS_PRINTED, 5)
    assert [finding.small for finding in told.findings[:1]] == ([] if small is None else [small])


def test_who_knows_which_gaps_are_small_knows_it_where_no_zero_is_printed_too():
    told = published("a,n,s\nA,,ja\nB,,nej\nD,30,\nTotal,33,\n", marked="s")
    assert found(told, reader=Attacker.PRIMARY_KNOWN) == {"A": ("narrow", 1, 3), "B": ("narrow", 0, 2)}


@pytest.mark.parametrize(("gap", "small"), [(1, True), (4, True), (5, False), (0, False)])
def test_gap_that_follows_is_small_from_one_to_the_threshold(gap, small):
    told = attack([published(f"a,n\nA,\nB,20\nC,9\nTotal,{29 + gap}\n")], Attacker.NOT_NEGATIVE, 5)
    assert [(finding.low, finding.small) for finding in told.findings] == [(gap, small)]


def test_share_is_explained_by_what_it_is_a_share_of():
    (told,) = attack([published(PILOT.read_text("utf-8").replace("antal", "n"), share="andel")],
                     Attacker.ZEROS_PRINTED, 5).findings[1:2]  # fmt: skip
    (route,) = told.routes
    assert [(term.factor, term.count, term.share) for term in route.terms] == [(0.02, 49, True)]


def test_part_of_a_small_group_that_is_nobody_is_found_only_where_the_group_is_small():
    """The row of A and y is left out."""
    text = "a,b,n\nA,x,{}\nA,Total,{}\nB,x,20\nB,y,30\nB,Total,50\n"
    assert found(published(text.format(7, 7))) == {}
    assert found(published(text.format(4, 4)))["A, y"] == ("group", 0, 0)


def test_findings_name_every_table_that_speaks_of_the_people():
    told = attack(
        [published("a,n\nA,\nB,\nC,0\nTotal,20\n"), published("a,n\nB,17\n", "other.csv")], Attacker.ZEROS_PRINTED, 5
    )
    assert {finding.tables for finding in told.findings} == {("t.csv",), ("t.csv", "other.csv")}


def the_first(text, reader=Attacker.ZEROS_PRINTED, **manner):
    return attack([published(text, **manner)], reader, 5).findings[0]


@pytest.mark.parametrize(("rest", "low", "small"), [(172, 3, True), (171, 4, False)])
def test_gap_of_two_numbers_is_narrow_and_of_few_only_below_the_threshold(rest, low, small):
    """B is 19 or 20 of 195."""
    finding = the_first(f"a,n,p\nA,,\nB,,10\nD,{rest},\nTotal,195,\n", share="p")
    assert (finding.kind, finding.low, finding.high, finding.small) == (Kind.NARROW, low, low + 1, small)


def test_low_end_leans_on_what_another_is_at_most():
    finding = the_first("a,n,p\nA,,\nB,,10\nD,171,\nTotal,195,\n", share="p")
    assert [(route.upward, round(route.value, 3)) for route in finding.routes] == [(False, 4), (True, 5)]
    assert [[term.count for term in route.terms] for route in finding.routes] == [[195, 171, 20], [195, 171, 19]]


@pytest.mark.parametrize(
    ("text", "reader", "low"),
    [
        ("a,n,s\nA,,nej\nB,,nej\nC,0,\nTotal,10,\n", Attacker.PRIMARY_KNOWN, 5),
        ("a,n,s\nA,,\nB,,\nC,8,\nTotal,8,\n", Attacker.NOT_NEGATIVE, 0),
    ],
)
def test_gap_that_its_limits_make_nothing_or_the_threshold_is_not_of_few(text, reader, low):
    finding = the_first(text, reader, marked="s")
    assert (finding.kind, finding.low, finding.high, finding.small) == (Kind.LIMITS, low, low, False)


@pytest.mark.parametrize(("group", "told"), [(0, None), (1, ("group", 0, 0)), (4, ("group", 0, 0)), (5, None)])
def test_group_is_small_from_one_to_the_threshold(group, told):
    """Row y of A is left out."""
    text = f"a,b,n\nA,x,{group}\nA,Total,{group}\nB,x,20\nB,y,30\nB,Total,50\n"
    assert found(published(text)).get("A, y") == told


def test_part_that_is_nobody_of_a_small_group_is_of_few():
    told = attack([published("a,b,n\nA,x,4\nA,Total,4\nB,x,20\nB,y,30\nB,Total,50\n")], Attacker.ZEROS_PRINTED, 5)
    assert [each.small for each in told.findings if each.kind is Kind.GROUP] == [True]


def test_part_that_is_nobody_of_a_group_of_unknown_size_is_none():
    assert found(published("a,b,n\nA,x,\nA,Total,\nB,x,20\nB,y,30\nB,Total,50\nTotal,y,30\n")) == {}


def test_share_of_nobody_is_explained_by_nobody():
    told = [published("a,n,p\nA,,0\nB,0,\nTotal,0,\n", share="p"), published("a,n\nA,\n", "o.csv")]
    (finding,) = attack(told, Attacker.ZEROS_PRINTED, 5).findings
    assert (finding.kind, finding.low, finding.small) == (Kind.SHARE, 0, False)
    assert [(term.factor, term.count) for term in finding.routes[0].terms] == [(0, 0)]
