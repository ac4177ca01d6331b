"""What is released is safe from every reader: random tables protected, verified by inner cells, and attacked."""

import logging
import random as chance
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from disclosure_tables import SHARED
from hypothesis import given
from hypothesis import strategies as st
from made_table_sets import CONTRIBUTORS, POLICIES, SHAPES, made, over, table_sets
from proof_sizes import examples, size
from tables_from_files import inner_of, matching

from skillnad.analysis.disclosure.attack.findings import attack
from skillnad.analysis.disclosure.attack.reading import publications_of
from skillnad.analysis.disclosure.attackers import Attacker
from skillnad.analysis.disclosure.policy import DEFAULT, Policy
from skillnad.analysis.disclosure.release import TOTAL
from skillnad.analysis.disclosure.table_set.protecting import protect
from skillnad.analysis.disclosure.table_set.reading import read_tables
from skillnad.analysis.disclosure.table_set.tables import GivenTable, TableSet
from skillnad.analysis.disclosure.verify.verifying import verify
from skillnad.lib.errors import UserError

SECONDS, PLENTY = 0.5, 5.0


def released(told, policy, *, closed=(), seconds=SECONDS, **options):
    """None where nothing safe was found, and so nothing published; `closed`: or for one of these reasons."""
    try:
        return protect(told, policy, seconds=seconds, **options)
    except UserError as refused:
        if refused.code not in ("DISC-053", "DISC-056", *closed):
            raise
        return None


def gaps(release):
    return {(table.name, row) for table in release.tables for row, count in table.rows if count is None}


def found_by_reader(*releases):
    told = [publication for release in releases for publication in publications_of(release)]
    return attack(told, DEFAULT.reader, DEFAULT.threshold, most_routes=0).small


@examples(30, 600)
@given(table_sets(), st.sampled_from(POLICIES))
def test_release_is_as_its_policy_promises(told, policy):
    release = released(told, policy)
    assert release is None or verify(release, policy, told.tables) == []


@examples(10, 100)
@given(table_sets(groupings=0))
def test_release_tells_nothing_to_who_is_alone_in_a_cell(told):
    release = released(told, CONTRIBUTORS, closed=("DISC-057",))
    assert release is None or verify(release, CONTRIBUTORS, told.tables) == []


@examples(15, 150)
@given(table_sets())
def test_reader_of_a_release_derives_nothing_of_few(told):
    release = released(told, DEFAULT)
    assert release is None or found_by_reader(release) == ()


@examples(10, 150)
@given(table_sets(shapes=((4, 3, 2), (3, 3, 3))), st.sampled_from(POLICIES))
def test_pair_of_releases_is_safe_together(told, policy):
    """The second is protected against the first: other columns of the same people."""
    first = released(over(told, ("a", "b"), "first.csv"), policy)
    if first is None:
        return
    wider = replace(over(told, ("a", "c"), "second.csv"))
    second = released(wider, policy, against=[first])
    if second is not None:
        truth = (*over(told, ("a", "b"), "first.csv").tables, *wider.tables)
        assert verify([first, second], policy, truth) == []


@examples(5, 100)
@given(table_sets(shapes=((3, 3, 2), (4, 2, 2))))
def test_triple_of_releases_is_safe_together(told):
    releases, truth = [], []
    for columns in (("a", "b"), ("b", "c"), ("a", "c")):
        table = over(told, columns, f"{''.join(columns)}.csv")
        release = released(table, DEFAULT, against=releases)
        if release is not None:
            releases.append(release)
            truth += table.tables
    assert not releases or verify(releases, DEFAULT, truth) == []


def to_the_end(told):
    """None where the search was cut off by time, which no order of rows has a part in."""
    release = released(told, DEFAULT, seconds=PLENTY)
    return release if release and release.proven else None


def cost(release, told):
    """Of its gaps that are no small numbers, by the truth: no release says it."""
    counts = true_counts(told)
    return sum(np.log2(2 + counts[row]) for _, row in gaps(release) if counts[row] >= DEFAULT.threshold)


@examples(8, 50)
@given(table_sets(shapes=SHAPES[:2]), st.integers(0, 10**6))
def test_gaps_are_the_same_in_whatever_order_the_rows_stand(told, seed):
    (table,) = told.tables
    rows = list(table.counts.items())
    chance.Random(seed).shuffle(rows)
    first, second = to_the_end(told), to_the_end(replace(told, tables=(replace(table, counts=dict(rows)),)))
    assert None in (first, second) or gaps(first) == gaps(second)


@examples(8, 50)
@given(table_sets(shapes=SHAPES[:2], groupings=0))
def test_gaps_follow_the_people_when_columns_change_places(told):
    (table,) = told.tables
    first, second = to_the_end(told), to_the_end(over(told, table.columns[::-1], table.name))
    assert None in (first, second) or {row[::-1] for _, row in gaps(first)} == {row for _, row in gaps(second)}


@examples(8, 50)
@given(table_sets(shapes=SHAPES[:2], groupings=0), st.randoms(use_true_random=False))
def test_gaps_cost_the_same_whatever_the_codes_are_called(told, random):
    (table,) = told.tables
    codes = sorted({code for row in table.counts for code in row})
    names = dict(zip(codes, random.sample([f"x{number}" for number in range(100)], len(codes)), strict=True))
    counts = {tuple(names[code] for code in row): count for row, count in table.counts.items()}
    renamed = replace(told, tables=(replace(table, counts=counts),))
    first, second = to_the_end(told), to_the_end(renamed)
    assert None in (first, second) or cost(first, told) == pytest.approx(cost(second, renamed))


@examples(10, 50)
@given(table_sets(), st.integers(1, 99))
def test_every_seed_is_safe(told, seed):
    release = released(told, DEFAULT, seed=seed)
    assert release is None or verify(release, DEFAULT, told.tables) == []


@examples(15, 50)
@given(table_sets())
def test_showing_a_small_number_again_is_noticed(told):
    release = released(told, DEFAULT)
    if release is None:
        return
    (table,), (truth,) = release.tables, told.tables
    small = [row for row, count in table.rows if count is None and 0 < truth.counts.get(row, 0) < 5]
    for row in small[:3]:
        rows = tuple((each, truth.counts[row] if each == row else count) for each, count in table.rows)
        assert verify(replace(release, tables=(replace(table, rows=rows),)), DEFAULT, told.tables)


CANARY = 987_651


@examples(10, 50)
@given(table_sets(groupings=0), st.integers(0, 10**6))
def test_no_hidden_number_is_in_objects_logs_or_errors(told, seed):
    """Inner counts of their own, far from all others; forced to be hidden, so that they must be nowhere."""
    (table,) = told.tables
    place = sorted(table.counts)[seed % len(table.counts)]
    canary = TableSet((GivenTable(table.name, table.layout, {**table.counts, place: CANARY}),), told.groupings)
    logged: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: logged.append(record.getMessage())
    logging.getLogger().addHandler(handler)
    try:
        release = protect(canary, DEFAULT, seconds=SECONDS, forced=[dict(zip(table.columns, place, strict=True))])
        told_of = [repr(release), str(release), repr(release.tables), repr(verify(release, DEFAULT, canary.tables))]
    except UserError as refused:
        told_of = [str(refused), repr(refused), refused.text("en")]
    finally:
        logging.getLogger().removeHandler(handler)
    assert not any(str(CANARY) in text for text in (*told_of, *logged, repr(canary)))


@pytest.mark.parametrize("shape", [(12, 9), (5, 4, 3)])
def test_larger_release_is_as_promised(shape):
    random = np.random.default_rng(sum(shape))
    told = made(random.poisson(4 * random.exponential(1, shape)))
    assert verify(protect(told, DEFAULT, seconds=2), DEFAULT, told.tables) == []


GOLDEN = [
    ("published/z2.csv", "ant", [("region", "fylke"), ("region", "kostragr")]),
    ("published/z1.csv", "ant", []),
    ("published/d2s.csv", "freq", [("region", "county"), ("region", "size")]),
    ("published/example1.csv", "freq", [("geo", "eu")]),
    ("published/issue133_linked.csv", "n", [("region", "county"), ("region", "group")]),
    ("made/f2_20x12.csv", "freq", []),
    ("made/h2_s.csv", "freq", [("muni", "region"), ("service", "sgroup")]),
]


@pytest.mark.skipif(not SHARED.exists(), reason="the shared tables are not here")
@pytest.mark.parametrize("policy", [DEFAULT, Policy(attacker=Attacker.NOT_NEGATIVE)], ids=["A1", "A0"])
@pytest.mark.parametrize(("file", "count", "groupings"), GOLDEN)
def test_showing_any_one_gap_of_a_golden_table_is_noticed(file, count, groupings, policy):
    """Wherever the same people stand, as they would otherwise be given away by the rows that still hide them."""
    told = read_tables([SHARED / file], count, groupings)
    release = protect(told, policy, seconds=30)
    (table,), true = release.tables, true_counts(told)
    hidden = same_people(told, [row for row, shown in table.rows if shown is None])
    for gap in hidden[:: size(max(1, len(hidden) // 12), 1)]:
        rows = tuple((each, true[each] if each in gap else shown) for each, shown in table.rows)
        assert verify(replace(release, tables=(replace(table, rows=rows),)), policy, told.tables), gap


def same_people(told, rows):
    """The rows in sets, one for each set of inner rows that they count."""
    (table,) = told.tables
    inner = inner_of(table)
    found: dict[tuple[int, ...], list[tuple[str, ...]]] = {}
    for row in rows:
        found.setdefault(tuple(matching(inner, dict(zip(table.columns, row, strict=True)))), []).append(row)
    return list(found.values())


def true_counts(told):
    """Of every cell and margin of one table."""
    (table,) = told.tables
    found: dict[tuple[str, ...], int] = {}
    for values, count in table.counts.items():
        for out in product((False, True), repeat=len(values)):
            place = tuple(TOTAL if gone else value for gone, value in zip(out, values, strict=True))
            found[place] = found.get(place, 0) + count
    return found
