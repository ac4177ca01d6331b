"""More gaps around those of earlier releases that a new one would tell too closely, where it was refused before."""

import pytest
from random_releases import publication
from tables_from_files import tables_of

from skillnad.analysis.disclosure.attack.findings import Kind, attack
from skillnad.analysis.disclosure.attack.reading import publications_of
from skillnad.analysis.disclosure.policy import DEFAULT
from skillnad.analysis.disclosure.table_set import protecting
from skillnad.analysis.disclosure.table_set.earlier import Together, together, without_counts
from skillnad.analysis.disclosure.table_set.protecting import protect
from skillnad.analysis.disclosure.table_set.publication import publication_of
from skillnad.analysis.disclosure.verify.verifying import verify
from skillnad.lib.errors import UserError

TABLE = "a b n / x k 10 / x m 20 / y k 30 / y m 40"
MENDED = [3, 31]
"""Triples whose third release was refused where the first pattern that was found told of an earlier gap."""


def before(number):
    told = publication("triple of releases", 1, number)
    made = []
    for each in told.released[:2]:
        made.append(protect(each, told.policy, seconds=10, against=made))
    return told, made


@pytest.mark.parametrize("number", MENDED)
def test_release_with_more_gaps_is_safe_beside_the_earlier(number):
    told, made = before(number)
    made.append(protect(told.released[2], told.policy, seconds=10, against=made))
    truth = [table for each in told.released for table in each.tables]
    found = attack([each for one in made for each in publications_of(one)], told.policy.reader, told.policy.threshold)
    assert verify(made, told.policy, truth) == []
    assert [each for each in found.small if each.kind is not Kind.NARROW] == []


@pytest.mark.parametrize("number", MENDED[:1])
def test_it_is_the_wider_pattern_that_is_published(number, monkeypatch):
    told, made = before(number)
    monkeypatch.setattr(Together, "beside", lambda self, names: frozenset(names))
    with pytest.raises(UserError, match="DISC-056"):
        protect(told.released[2], told.policy, seconds=10, against=made)


def test_what_lies_beside_a_cell_is_what_shares_a_sum_with_it():
    told = publication_of(tables_of(TABLE), without_counts([]))
    both = together(told, [])
    corner = next(name for name, count in told.counts.items() if count == 10)
    assert {told.counts[name] for name in both.beside([corner])} == {10, 20, 30, 40}
    assert both.beside([]) == frozenset()


def test_nothing_that_was_shown_and_no_printed_nought_is_hidden():
    told = publication_of(tables_of(TABLE.replace("40", "0")), without_counts([]))
    search = protecting._Search(told, DEFAULT, 1.0, 0)
    name = {count: name for name, count in told.counts.items()}
    both = Together(together(told, []).told, kept=frozenset({name[20]}))
    assert search._hideable(both, name[10])
    assert not search._hideable(both, name[20])
    assert not search._hideable(both, name[0])
