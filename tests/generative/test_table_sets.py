"""Random tables with groupings that overlap, protected together: they add up, are safe, and labels say nothing."""

import random
from dataclasses import replace
from functools import cache

import pytest
from tables_from_files import InnerReader, recounted, rows_of

from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.disclosure.release import Layout
from skillnad.analysis.disclosure.table_set.protecting import protect
from skillnad.analysis.disclosure.table_set.tables import GivenTable, TableSet
from skillnad.lib.errors import UserError

EDGES = (("muni", "region"), ("muni", "kind"))
SECONDS = 0.2
DRAWS = 12


def people(draw):
    """Everyone by everything, with zeros: the one source of both tables."""
    of = random.Random(draw)
    munis = [(f"m{n}", f"r{of.randrange(3)}", f"k{of.randrange(2)}") for n in range(of.randint(3, 6))]
    zeros = of.choice((0.0, 0.3, 0.6))
    ages = ("u", "o", "p")[: of.randint(2, 3)]
    rows = [(*muni, sex, age) for muni in munis for sex in "km" for age in ages]
    return [(row, 0 if of.random() < zeros else int(of.expovariate(1 / 12))) for row in rows]


def table(name, everyone, columns):
    places = [("muni", "region", "kind", "sex", "age").index(column) for column in columns]
    counts = {}
    for row, count in everyone:
        key = tuple(row[place] for place in places)
        counts[key] = counts.get(key, 0) + count
    return GivenTable(name, Layout((*columns, "n"), "n"), counts)


def two_tables(everyone):
    first = table("sex.csv", everyone, ("muni", "region", "kind", "sex"))
    second = table("age.csv", everyone, ("muni", "region", "age"))
    return TableSet((first, second), EDGES)


def inner(everyone):
    return [(dict(zip(("muni", "region", "kind", "sex", "age"), row, strict=True)), count) for row, count in everyone]


@pytest.fixture(scope="module", params=range(DRAWS))
def drawn(request):
    everyone = people(request.param)
    policy = (Policy(), Policy(zeros_printed=False), Policy(threshold=3))[request.param % 3]
    return everyone, policy, protect(two_tables(everyone), policy, seconds=SECONDS)


def test_shown_rows_are_sums_of_the_inner_ones_and_never_small(drawn):
    everyone, policy, release = drawn
    told = [(row, count) for table in release.tables for row, count in rows_of(table)]
    assert all(count in (None, recounted(inner(everyone), row)) for row, count in told)
    assert not any(policy.small(count) for _, count in told if count is not None)


def test_reader_of_both_tables_comes_not_too_near(drawn):
    everyone, policy, release = drawn
    reader = InnerReader(inner(everyone), release.tables, floor=policy.gap_floor)
    assert reader.narrow(policy.threshold) == []


def test_report_counts_what_is_hidden(drawn):
    everyone, policy, release = drawn
    gaps = [row for table in release.tables for row, count in rows_of(table) if count is None]
    small = [row for row in gaps if policy.small(recounted(inner(everyone), row))]
    assert bool(small) == bool(release.primary)
    assert release.primary <= len(small)
    assert release.primary + release.secondary <= len(gaps)
    assert release.bound <= release.cost + 1e-6


@pytest.mark.parametrize("draw", range(4))
def test_order_of_tables_rows_and_columns_makes_no_difference(draw):
    everyone = people(draw)
    one, other = two_tables(everyone).tables
    turned = replace(other, counts=dict(reversed(other.counts.items())))
    release = protect(TableSet((one, other), EDGES), Policy(), seconds=60)
    again = protect(TableSet((turned, one), tuple(reversed(EDGES))), Policy(), seconds=60)
    assert {table.name: table.rows for table in again.tables} == {table.name: table.rows for table in release.tables}


@cache
def one_after_the_other(draw):
    """The second table beside the first's release; None where that stands in the way."""
    everyone = people(draw)
    first, second = (TableSet((each,), EDGES[: len(each.columns) - 2]) for each in two_tables(everyone).tables)
    before = protect(first, Policy(), seconds=SECONDS)
    try:
        return everyone, [before, protect(second, Policy(), seconds=SECONDS, against=[before])]
    except UserError as refused:
        if refused.code != "DISC-056":
            raise
        return everyone, None


def test_most_second_releases_find_a_way():
    assert sum(one_after_the_other(draw)[1] is not None for draw in range(DRAWS)) > DRAWS / 2


@pytest.mark.parametrize("draw", range(DRAWS))
def test_reader_of_both_releases_comes_not_too_near(draw):
    everyone, releases = one_after_the_other(draw)
    tables = [table for release in releases or () for table in release.tables]
    assert not tables or InnerReader(inner(everyone), tables).narrow(Policy().threshold) == []


@pytest.mark.parametrize("draw", range(DRAWS))
def test_second_release_shows_what_the_first_did_and_hides_what_it_hid(draw):
    _, releases = one_after_the_other(draw)
    told = [
        {row["muni"]: count for row, count in rows_of(release.tables[0]) if row[last] == "Total" != row["muni"]}
        for release, last in zip(releases or (), ("sex", "age"), strict=bool(releases))
    ]
    assert all(each == told[0] for each in told)
