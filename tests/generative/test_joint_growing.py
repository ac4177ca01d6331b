"""A union that remembers what was linked before is the same, cell for cell, as one that is made from nothing."""

import random

import pytest
from generative.test_joint_links import union_of
from generative.test_joint_reader import question, rows
from snapshots_made import make_snapshot

from skillnad.analysis.disclosure.policy import DEFAULT
from skillnad.analysis.disclosure.system import Cell
from skillnad.analysis.engines.in_memory import InMemoryEngine
from skillnad.analysis.joint.jointly import Jointly, alone
from skillnad.analysis.joint.merging import merged
from skillnad.analysis.joint.union import Union
from skillnad.analysis.joint.watching import Watch
from skillnad.analysis.question_data import canonical_json


def same(one, other):
    """The same cells in the same order, and the same relations."""
    assert [(cell.name, cell.value, cell.latent, cell.slack) for cell in one.cells] == [
        (cell.name, cell.value, cell.latent, cell.slack) for cell in other.cells
    ]
    assert abs(one.matrix - other.matrix).sum() == 0
    return True


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("zeros_known", [True, False])
def test_set_that_grows_is_the_same_as_one_made_at_once(tmp_path, seed, zeros_known):
    chance = random.Random(seed)
    asked = list(dict.fromkeys(question(chance) for _ in range(5)))
    tables = union_of(make_snapshot(tmp_path, interventions=list(rows(chance))), asked).tables
    memory, keys = {}, [canonical_json(each) for each in asked]
    for number in range(1, len(keys) + 1):
        chosen = {key: tables[key] for key in keys[:number]}
        grown = Union(chosen, zeros_known=zeros_known, memory=memory).system
        assert same(grown, Union(chosen, zeros_known=zeros_known).system)


@pytest.mark.parametrize("seed", range(4))
def test_memory_of_other_tables_changes_nothing(tmp_path, seed):
    """What was linked with a table that is gone again is linked anew, and so are other counts."""
    chance = random.Random(100 + seed)
    asked = list(dict.fromkeys(question(chance) for _ in range(4)))
    first, other = ([*rows(chance)], [*rows(chance)])
    memory = {}
    for number, held in enumerate([first, other, first]):
        tables = union_of(make_snapshot(tmp_path / str(number), interventions=held), asked).tables
        _ = Union(tables, memory=memory).system
        fewer = dict(list(tables.items())[1:])
        assert same(Union(fewer, memory=memory).system, Union(fewer).system)


@pytest.mark.parametrize("seed", range(4))
def test_watch_that_remembers_finds_what_a_new_one_finds(tmp_path, seed):
    chance = random.Random(200 + seed)
    asked = list(dict.fromkeys(question(chance) for _ in range(3)))
    union = union_of(make_snapshot(tmp_path, interventions=list(rows(chance))), asked)
    names = sorted(union.called(union.groups))
    watch = Watch(union.system, DEFAULT)
    for _ in range(6):
        hidden = set(chance.sample(names, len(names) // 3))
        found = [claim.name for claim in watch.unmet(hidden)]
        assert found == [claim.name for claim in Watch(union.system, DEFAULT).unmet(hidden)]


def by_hand(cells, relations):
    """Which cells are equal, by joining two at a time until nothing more is."""
    leader = {cell.name: cell.name for cell in cells if cell.value or cell.latent}
    while True:
        told = [_told(relation, leader) for relation in relations]
        pairs = [terms for terms in told if len(terms) == 2 and not sum(terms.values())]
        if not pairs:
            return leader
        one, other = sorted(pairs[0])
        leader = {name: one if own == other else own for name, own in leader.items()}


def _told(relation, leader):
    terms = {}
    for name, factor in relation:
        if name in leader:
            terms[leader[name]] = terms.get(leader[name], 0.0) + factor
    return {name: factor for name, factor in terms.items() if factor}


@pytest.mark.parametrize("seed", range(60))
def test_cells_are_the_same_as_when_they_are_joined_by_hand(seed):
    chance = random.Random(seed)
    cells = [Cell((f"{n:02}",), chance.choice([0, 3, 7]), latent=chance.random() < 0.3) for n in range(20)]
    relations = [_random_relation(chance, cells) for _ in range(25)]
    made, leader = merged(cells, relations, zeros_known=True), by_hand(cells, relations)
    assert made.same.keys() == leader.keys()
    assert {frozenset(n for n in leader if leader[n] == own) for own in leader.values()} == {
        frozenset(n for n in made.same if made.same[n] == own) for own in made.same.values()
    }
    latent = {cell.name: cell.latent for cell in cells}
    first = {
        own: min((n for n in leader if leader[n] == leader[own]), key=lambda n: (latent[n], n)) for own in made.cells
    }
    assert all(own == name for own, name in first.items())


def _random_relation(chance, cells):
    names = [cell.name for cell in chance.sample(cells, chance.choice([2, 2, 3, 4]))]
    return ((names[0], -1.0), *((name, 1.0) for name in names[1:]))


@pytest.mark.parametrize("seed", range(4))
def test_gaps_are_the_same_with_memory_and_without(tmp_path, seed):
    chance = random.Random(300 + seed)
    asked = list(dict.fromkeys(question(chance) for _ in range(4)))
    snapshot = make_snapshot(tmp_path, interventions=list(rows(chance)))
    tables, memory = union_of(snapshot, asked).tables, {}
    first = {canonical_json(each): alone(InMemoryEngine().count(snapshot, each), DEFAULT) for each in asked}
    _ = Union(dict(list(tables.items())[:2]), memory=memory).system
    one, other = (Jointly(Union(tables, memory=held), DEFAULT, first).pattern() for held in (memory, {}))
    assert one == other
