"""Sentences use shown cells only, claim nothing that a gap could gainsay, and read well when all are gaps."""

from made_tables import cross, shared

from skillnad.analysis.questions import Percent
from skillnad.analysis.results import TOTAL
from skillnad.reports import groups
from skillnad.reports.wording import IN_THE_TABLE, TOO_FEW, UNTESTED


def plain(sentences: tuple[str, ...]) -> str:
    return " ".join(sentences).replace("\N{NO-BREAK SPACE}", " ")


def test_in_groups_adds_values_and_says_that_nothing_is_tested():
    table = cross({("1", "1"): 10, ("2", "1"): 20, ("3", "1"): 70, ("1", "2"): 5, ("2", "2"): 5, ("3", "2"): 10})
    said = plain(groups.in_groups(("1", "2"), "Andel med målen uppnådda")((table,)))
    assert said == (
        "Andel med målen uppnådda: 33 % (n = 120). I grupperna: ”Ett” 30 % (n = 100) och ”Två” 50 % (n = 20). "
        + UNTESTED
    )


def test_in_groups_leaves_out_a_group_with_a_gap():
    table = cross({("1", "1"): 10, ("2", "1"): 20, ("1", "2"): None, ("2", "2"): 10})
    said = plain(groups.in_groups(("1",), "Andel")((table,)))
    assert "I de grupper som kan visas" in said
    assert "”Ett” 33 %" in said
    assert "”Två”" not in said


def test_in_groups_says_what_the_shares_are_where_that_of_all_is_hidden():
    table = cross({("1", "1"): 10, ("2", "1"): 20, ("1", "2"): None, ("2", "2"): None})
    said = plain(groups.in_groups(("1",), "Andel avbrutna")((table,)))
    assert said.startswith("Andel avbrutna: talet för alla visas inte. I de grupper som kan visas: ”Ett” 33 %")


def test_in_groups_of_gaps_is_too_few():
    table = cross({("1", "1"): None, ("1", "2"): None})
    assert groups.in_groups(("1",), "Andel")((table,)) == (TOO_FEW,)


def test_in_groups_points_to_the_table_where_it_shows_something():
    table = cross({("1", "1"): None, ("2", "1"): 40, ("1", "2"): None, ("2", "2"): 30})
    assert groups.in_groups(("1",), "Andel")((table,)) == (f"{TOO_FEW} {IN_THE_TABLE}",)


def test_in_groups_tells_only_the_ends_of_many_groups():
    table = cross({(row, str(group)): 10 * (group if row == "1" else 6) for row in "12" for group in range(1, 6)})
    said = plain(groups.in_groups(("1",), "Andel")((table,)))
    assert "högst för ”Fem”" in said
    assert "lägst för ”Ett”" in said
    assert "”Tre”" not in said


def test_top_in_groups_tells_groups_with_the_same_together():
    table = cross({("1", "1"): 30, ("2", "1"): 10, ("1", "2"): 40, ("2", "2"): 10})
    said = plain(groups.top_in_groups()((table,)))
    assert said.startswith("För ”Ett” (75 %) och ”Två” (80 %) är ”Ett” vanligast.")


def test_top_in_groups_does_not_claim_what_a_gap_could_exceed():
    table = cross({("1", "1"): 30, ("2", "1"): None, ("1", "2"): 40, ("2", "2"): 10})
    assert "För ”Ett” är ”Ett” vanligast av det som kan visas." in plain(groups.top_in_groups()((table,)))


def test_top_in_groups_tells_a_tie_as_a_tie():
    table = cross({("1", "1"): 30, ("2", "1"): 30, ("3", "1"): 40, ("1", "2"): 20, ("2", "2"): 20, ("3", "2"): 10})
    said = plain(groups.top_in_groups()((table,)))
    assert "För ”Ett” (40 %) är ”Tre” vanligast." in said
    assert "För ”Två” (40 %) är ”Ett” och ”Två” vanligast (lika många)." in said


def test_best_matches_tells_a_tie_as_a_tie():
    table = cross({("1", "1"): 30, ("1", "2"): 30, ("1", "3"): 15}, percent=Percent.ROWS)
    said = plain(groups.best_matches(3, "För problematiken")((table,)))
    assert said == "För problematiken ”Ett” är ”Ett” och ”Två” vanligast (lika många) (40 % av 75 ärenden)."


def test_best_matches_tells_the_share_of_the_row():
    table = cross({("1", "1"): 30, ("1", "2"): 10}, percent=Percent.ROWS)
    said = plain(groups.best_matches(3, "För problematiken")((table,)))
    assert said == "För problematiken ”Ett” är ”Ett” vanligast (75 % av 40 ärenden)."


def test_share_by_tells_the_whole_and_the_ends():
    table = shared({TOTAL: (75, 25), "1": (50, 10), "2": (25, 15)})
    assert plain(groups.share_by("gjordes i tid")((table,))) == (
        "75 % av 100 omprövningar och överväganden gjordes i tid. "
        f"I grupperna: ”Ett” 83 % (n = 60) och ”Två” 62 % (n = 40). {UNTESTED}"
    )


def test_share_by_of_many_groups_names_every_group_at_an_end():
    table = shared({TOTAL: (90, 50), "1": (50, 10), "2": (10, 10), "3": (10, 10), "4": (12, 8), "5": (12, 8)})
    said = plain(groups.share_by("gjordes i tid")((table,)))
    assert "lägst för ”Två”, 50 % (n = 20) och ”Tre”, 50 % (n = 20)." in said


def test_share_by_of_groups_alike_names_no_highest():
    table = shared({TOTAL: (100, 100), **{str(group): (20, 20) for group in range(1, 6)}})
    said = plain(groups.share_by("gjordes i tid")((table,)))
    assert "Andelen är densamma i alla grupper, 50 %." in said
    assert "högst" not in said


def test_share_by_of_gaps_is_too_few():
    assert groups.share_by("gjordes i tid")((shared({TOTAL: (None, None)}),)) == (TOO_FEW,)
