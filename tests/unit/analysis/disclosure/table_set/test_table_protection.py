"""Tables protected together, recounted and attacked by readers who know nothing of how."""

from dataclasses import replace

import pytest
from tables_from_files import InnerReader, fixture, given, inner_of, recounted, rows_of, shown, tables_of

from skillnad.analysis.disclosure.attackers import Way
from skillnad.analysis.disclosure.policy import DEFAULT, Policy
from skillnad.analysis.disclosure.table_set import protecting
from skillnad.analysis.disclosure.table_set.protecting import protect
from skillnad.analysis.disclosure.table_set.tables import TableSet
from skillnad.analysis.disclosure.verify.objections import Objection, Wrong
from skillnad.lib.errors import UserError

ONE = "insatser.csv"


@pytest.fixture(scope="module")
def release():
    return protect(fixture(ONE), DEFAULT)


@pytest.fixture(scope="module")
def both():
    return protect(fixture(ONE, "personer.csv"), DEFAULT)


def hidden(release, place=0):
    return {row for row, count in release.tables[place].rows if count is None}


def test_every_shown_row_is_the_sum_of_the_inner_rows_that_agree_with_it(both):
    for table, told in zip(both.tables, fixture(ONE, "personer.csv").tables, strict=True):
        counts = [(count, recounted(inner_of(told), row)) for row, count in rows_of(table)]
        assert all(count in (None, recount) for count, recount in counts)
        assert sum(count is not None for count, _ in counts) > len(counts) / 3


def test_no_small_count_is_shown(both):
    assert not {count for table in both.tables for _, count in table.rows} & {1, 2, 3, 4}


def test_every_cell_and_margin_is_there_once(release):
    rows = [row for row, _ in release.tables[0].rows]
    assert len(rows) == len(set(rows)) == (1 + 3 + 2 + 8) * (1 + 4)


def test_no_reader_of_a_table_comes_too_near(release):
    reader = InnerReader(inner_of(fixture(ONE).tables[0]), release.tables)
    assert reader.gaps
    assert reader.narrow(DEFAULT.threshold) == []


def test_reader_comes_near_where_a_gap_is_shown(release):
    """The reader above can find something."""
    table = release.tables[0]
    row = next(row for row, count in table.rows if count is None and "Total" in row)
    told = fixture(ONE).tables[0]
    count = recounted(inner_of(told), dict(zip(table.columns, row, strict=True)))
    opened = replace(table, rows=tuple((each, count if each == row else value) for each, value in table.rows))
    assert InnerReader(inner_of(told), [opened]).narrow(DEFAULT.threshold)


def test_same_people_have_the_same_status_in_both_tables(both):
    first, second = ({tuple(zip(t.columns, row, strict=True)): c for row, c in t.rows} for t in both.tables)
    for table in ("kommun", "län"):
        for value in "ABCDEFGH123":
            one = {c for row, c in first.items() if _is(row, table, value)}
            other = {c for row, c in second.items() if _is(row, table, value)}
            assert one == other


def _is(row, column, value):
    told = dict(row)
    others = {name for name in told if told[name] != "Total"}
    return told[column] == value and others <= {column, *({"län", "slag"} if column == "kommun" else ())}


def test_structural_duplicates_have_one_status():
    told = tables_of(
        "muni region sex n / A 1 k 3 / A 1 m 2 / B 2 k 9 / B 2 m 30 / C 2 k 41", groupings=[("muni", "region")]
    )
    told = protect(told, DEFAULT)
    for sex in ("k", "m", "Total"):
        assert shown(told, region="1", sex=sex) == shown(told, muni="A", region="1", sex=sex)


def test_rows_stand_in_the_order_of_their_labels_alone():
    one, other = "a n / x 90 / u 7 / b10 8 / b9 9", "a n / b10 8 / b9 9 / u 7 / x 90"
    rows = [row for row, _ in protect(tables_of(one), DEFAULT).tables[0].rows]
    assert rows == [("Total",), ("b9",), ("b10",), ("u",), ("x",)]
    assert rows == [row for row, _ in protect(tables_of(other), DEFAULT).tables[0].rows]


def test_order_of_rows_makes_no_difference():
    told = fixture(ONE).tables[0]
    turned = replace(told, counts=dict(reversed(told.counts.items())))
    assert protect(TableSet((turned,), fixture(ONE).groupings), DEFAULT).id == protect(fixture(ONE), DEFAULT).id


def test_labels_make_no_difference(release):
    told = fixture(ONE).tables[0]
    other = {tuple(f"z{value}" for value in row): count for row, count in told.counts.items()}
    renamed = protect(TableSet((replace(told, counts=other),), fixture(ONE).groupings), DEFAULT)
    assert {tuple(v if v == "Total" else f"z{v}" for v in row) for row in hidden(release)} == hidden(renamed)


def test_release_says_how_it_was_made(release):
    assert release.attacker == "A1"
    assert release.policy == DEFAULT.id
    assert release.rules["threshold"] == 5
    assert release.unmet == ()
    assert release.primary + release.secondary <= len(hidden(release))


def test_primary_gaps_are_the_small_sets_of_people(release):
    told = fixture(ONE).tables[0]
    small = {row for row, _ in release.tables[0].rows if 0 < recounted(inner_of(told), _named(told, row)) < 5}
    alone = [row for row in small if row[0] != "Total"]
    assert release.primary == len(alone)


def _named(told, row):
    return dict(zip(told.columns, row, strict=True))


def test_no_original_is_in_the_release():
    told = protect(tables_of("a b n / x y 4711 / x z 3 / u y 30 / u z 47"), DEFAULT)
    assert shown(told, a="x", b="y") is None
    assert "4711" not in repr(told)
    assert "4711" not in str(vars(told))


def test_nothing_small_hides_nothing():
    told = protect(tables_of("a b n / x y 30 / x z 40 / u y 50"), DEFAULT)
    assert (told.primary, told.secondary, told.cost, told.bound) == (0, 0, 1, 1)
    assert shown(told, a="u", b="z") == 0


def test_forced_cell_is_hidden_and_protected():
    text = "a b n / x y 30 / x z 40 / u y 50 / u z 60"
    told = protect(tables_of(text), DEFAULT, forced=[{"a": "x", "b": "y"}])
    assert shown(told, a="x", b="y") is None
    assert (told.primary, told.secondary) == (0, 4)


def test_cell_that_is_forced_in_vain_is_named():
    """A reader who sees that nobody else is there knows the cell from its total, which was shown before."""
    before = protect(tables_of("a n / x 30 / u 40"), DEFAULT)
    with pytest.raises(UserError, match=r"DISC-051 --force a=x"):
        protect(tables_of("a n / x 30 / u 40"), DEFAULT, against=[before], forced=[{"a": "x"}])


def test_tables_are_rounded_where_the_policy_says_so():
    made = protect(fixture(ONE), Policy(way=Way.ROUND, base=5))
    assert made.tables[0].gaps == 0
    assert (made.rules["way"], made.rules["distance"]) == ("round", 4)


def test_noise_is_refused_and_so_is_rounding_with_a_forced_gap():
    for policy, forced in ((Policy(way=Way.CELL_KEYS), []), (Policy(way=Way.ROUND), [{"kommun": "A"}])):
        with pytest.raises(UserError, match="DISC-053"):
            protect(fixture(ONE), policy, forced=forced)


def test_gaps_beside_a_rounded_release_are_refused():
    rounded = protect(fixture(ONE), Policy(way=Way.ROUND, base=5))
    with pytest.raises(UserError, match="DISC-076"):
        protect(fixture(ONE), DEFAULT, against=[rounded])


def test_sensitive_column_that_is_not_there_is_refused():
    with pytest.raises(UserError, match="DISC-025"):
        protect(fixture(ONE), Policy(sensitive=("insatts",), zeros_printed=False))


def test_what_the_audit_objects_to_is_not_published(monkeypatch):
    found = [Objection(Wrong.EXACT, ONE, ("A", "1", "stad", "familj"), ("kommun", "län", "slag", "insats"))]
    monkeypatch.setattr(protecting, "verify", lambda *_, **__: found)
    with pytest.raises(UserError, match="DISC-057") as refused:
        protect(fixture(ONE), DEFAULT)
    assert "kommun=A" in refused.value.text()


def test_audit_is_given_the_tables_as_they_came(monkeypatch):
    seen = []
    monkeypatch.setattr(
        protecting, "verify", lambda release, policy, truth, others=(): seen.append((release, policy, truth)) or []
    )
    release = protect(fixture(ONE), DEFAULT)
    assert seen == [(release, DEFAULT, fixture(ONE).tables)]


def test_zeros_may_be_hidden_where_they_are_not_printed():
    told = protect(tables_of("a b n / x y 3 / u z 40 / x z 9 / w y 30"), Policy(zeros_printed=False))
    assert told.attacker == "A0"
    reader = InnerReader(
        inner_of(given("a b n / x y 3 / x z 9 / u z 40 / u y 0 / w y 30 / w z 0")), told.tables, floor=0
    )
    assert [count for at, count in reader.gaps if count < 5 and reader.interval(at)[1] < 5] == []
