"""A new release beside earlier ones of the same people: together they tell no more than is promised."""

import pytest
from tables_from_files import InnerReader, fixture, given, inner_of, shown, tables_of

from skillnad.analysis.disclosure.attack.findings import attack
from skillnad.analysis.disclosure.attack.reading import publications_of
from skillnad.analysis.disclosure.attackers import Attacker
from skillnad.analysis.disclosure.policy import DEFAULT, Policy
from skillnad.analysis.disclosure.table_set.earlier import together, without_counts
from skillnad.analysis.disclosure.table_set.protecting import protect
from skillnad.analysis.disclosure.table_set.publication import publication_of
from skillnad.lib.errors import UserError

WIDE = "muni region sex n / A 1 k 3 / A 1 m 9 / B 1 k 30 / B 1 m 12 / C 2 k 8 / C 2 m 14 / D 2 k 20 / D 2 m 2"
MUNI = (("muni", "region"),)


def wide():
    return tables_of(WIDE, groupings=MUNI)


def gaps(release):
    return {row for row, count in release.tables[0].rows if count is None}


def test_same_tables_again_are_released_the_same():
    before = protect(wide(), DEFAULT)
    after = protect(wide(), DEFAULT, against=[before])
    assert gaps(after) == gaps(before)
    assert after.against == (before.id,)


def test_what_was_shown_cannot_be_hidden_now():
    before = protect(fixture("insatser.csv"), DEFAULT)
    row = next(row for row, count in before.tables[0].rows if count and row[0] != "Total" and row[-1] != "Total")
    forced = dict(zip(before.tables[0].columns, row, strict=True))
    assert shown(protect(fixture("insatser.csv"), DEFAULT, forced=[forced]), **forced) is None
    with pytest.raises(UserError, match="DISC-051"):
        protect(fixture("insatser.csv"), DEFAULT, against=[before], forced=[forced])


def test_what_was_hidden_stays_safe_beside_another_pattern():
    """Two patterns of one table, each of them safe, undo each other where nobody remembers the first."""
    first = protect(wide(), DEFAULT, forced=[{"muni": "C", "region": "2", "sex": "k"}])
    second = protect(wide(), DEFAULT, against=[first])
    reader = InnerReader(inner_of(wide().tables[0]), [first.tables[0], second.tables[0]])
    assert reader.narrow(DEFAULT.threshold) == []


def test_gaps_of_a_coarser_release_stay_safe_in_a_finer_one():
    coarse = "region sex n / 1 k 33 / 1 m 21 / 2 k 28 / 2 m 16"
    before = protect(tables_of(coarse), DEFAULT, forced=[{"region": "1", "sex": "k"}])
    after = protect(wide(), DEFAULT, against=[before])
    assert shown(after, region="1", sex="k") is None
    told = [before.tables[0], after.tables[0]]
    assert InnerReader(inner_of(wide().tables[0]), told).narrow(DEFAULT.threshold) == []


def test_gaps_that_the_new_tables_know_nothing_of_stay_safe():
    """Sex by age was released; now age by town comes, whose margins the first one's gaps lean on."""
    inner = "sex age town n / k u N 2 / k o N 9 / m u N 20 / m o N 30 / k o S 7 / m u S 11 / m o S 8"
    before = protect(tables_of("sex age n / k u 2 / k o 16 / m u 31 / m o 38"), DEFAULT)
    after = protect(tables_of("age town n / u N 22 / o N 39 / u S 11 / o S 15"), DEFAULT, against=[before])
    told = [before.tables[0], after.tables[0]]
    everyone = [*inner_of(given(inner)), ({"sex": "k", "age": "u", "town": "S"}, 0)]
    assert InnerReader(everyone, told).narrow(DEFAULT.threshold) == []


def test_gap_that_nobody_here_knows_is_given_a_number_that_fits():
    before = protect(tables_of("sex age n / k u 2 / k o 16 / m u 31 / m o 38"), DEFAULT)
    told = tables_of("age town n / u N 22 / o N 39 / u S 11 / o S 15")
    both = together(publication_of(told, [given("sex age n / k u 0 / m o 0 / k o 0 / m u 0")]), [before])
    assert ("age=u", "sex=k") in both.unknown
    assert abs(both.told.matrix @ both.told.values).max() == 0


@pytest.mark.parametrize("text", [WIDE.replace("D 2 k 20", "D 2 k 21"), WIDE.replace("B 1 k 30", "B 1 k 0")])
def test_release_of_other_people_is_refused_by_the_cells(text):
    before = protect(wide(), DEFAULT)
    with pytest.raises(UserError, match="DISC-055") as refused:
        protect(tables_of(text, groupings=MUNI), DEFAULT, against=[before])
    assert "Total" in refused.value.text() or "muni=" in refused.value.text()


def test_gap_where_there_is_now_nobody_is_of_other_people():
    before = protect(tables_of("a b n / x y 3 / x z 9 / u y 8 / u z 20"), DEFAULT)
    with pytest.raises(UserError, match="DISC-055"):
        protect(tables_of("a b n / x y 0 / x z 12 / u y 11 / u z 17"), DEFAULT, against=[before])


def test_release_that_showed_a_small_number_stands_in_the_way():
    loose = Policy(threshold=2)
    before = protect(wide(), loose)
    with pytest.raises(UserError, match=r"DISC-056 --against, t0\.csv"):
        protect(wide(), DEFAULT, against=[before])


def test_the_release_in_the_way_is_told_from_the_others():
    harmless = protect(tables_of("region n / 1 54 / 2 44"), DEFAULT)
    before = protect(fixture("insatser.csv"), Policy(threshold=2))
    again = protect(fixture("insatser.csv"), DEFAULT)
    assert again.tables
    with pytest.raises(UserError, match=r"insatser\.csv"):
        protect(fixture("insatser.csv"), DEFAULT, against=[again, before])
    assert shown(protect(wide(), DEFAULT, against=[harmless]), region="1") == 54


def test_groupings_of_an_earlier_release_are_known():
    before = protect(wide(), DEFAULT)
    after = protect(tables_of(WIDE.replace("region", "region")), DEFAULT, against=[before])
    assert after.groupings == MUNI


SERVICE = "muni region kind n / A 1 b 10 / A 1 e 3 / B 1 b 12 / B 1 e 20 / C 2 b 2 / C 2 e 9 / D 2 b 14 / D 2 e 31"
SEX = "muni sex n / A k 6 / A m 7 / B k 20 / B m 12 / C k 3 / C m 8 / D k 21 / D m 24"


def test_gap_that_was_never_near_one_need_not_seem_to_be():
    """Of the eight men in C the first release says 3 to 10: no pattern can make them seem to be one."""
    before = protect(tables_of(SEX), DEFAULT)
    after = protect(tables_of(SERVICE, groupings=MUNI), DEFAULT, against=[before])
    assert shown(after, muni="A", region="1", kind="e") is None
    told = publications_of(before) + publications_of(after)
    assert attack(told, Attacker.ZEROS_PRINTED, DEFAULT.threshold).findings == ()


def test_gap_is_asked_for_as_small_where_contributors_are_protected():
    before = protect(tables_of(SEX), DEFAULT)
    publication = publication_of(tables_of(SERVICE, groupings=MUNI), without_counts([before]))
    both = together(publication, [before])
    assert both.within_reach(Policy(contributors=True)) is both
    assert both.within_reach(DEFAULT).told.matrix is both.told.matrix
    assert any(cell.slack for cell in both.within_reach(DEFAULT).told.cells)
