"""Random questions protected together, read by one who solves for every kind of row: no small number follows."""

import random
from contextlib import suppress

import pytest
from generative.test_joint_links import union_of
from joint_readers import Reader, kinds_of
from snapshots_made import make_snapshot

from skillnad.analysis.disclosure.policy import DEFAULT
from skillnad.analysis.engines.in_memory import InMemoryEngine
from skillnad.analysis.joint.jointly import Jointly, alone
from skillnad.analysis.protected_set import ProtectedSet
from skillnad.analysis.question_data import canonical_json
from skillnad.analysis.questions import Count, CrossTable, Selection, Share, Where
from skillnad.analysis.relations import cell_name
from skillnad.lib.errors import UserError

CODES = {"unit": ["", "A", "B", "C"], "legal_sex": ["", "1", "2"], "origin": ["", "1", "3", "5"]}
PROBLEMS = ["1", "35"]
KINDS = kinds_of(CODES | {"origin": ["", "1", "2", "3", "4", "5"]}, {"problem": [*PROBLEMS, "14"]})
UNKNOWN = {"origin": ["5"]}
NEAR = 1e-6


def rows(chance):
    weights = {name: [chance.random() ** 2 + 0.02 for _ in codes] for name, codes in CODES.items()}
    for _ in range(chance.choice([30, 60, 120])):
        row = {name: chance.choices(codes, weights[name])[0] for name, codes in CODES.items()}
        yield row | {"problem": ";".join(code for code in PROBLEMS if chance.random() < 0.35)}


def selection(chance):
    codes = CODES | {"problem": ["", *PROBLEMS]}
    names = [chance.choice(sorted(codes)) for _ in range(chance.choice([0, 0, 1, 2]))]
    held = {name: chance.sample(codes[name], chance.randint(1, len(codes[name]) - 1)) for name in names}
    return Selection(where=tuple(Where(name, tuple(sorted(some))) for name, some in held.items()))


def question(chance):
    columns = chance.sample([*CODES, "problem"], 2)
    kind = chance.choice(["count", "cross", "share"])
    if kind == "count":
        return Count(selection(chance), tuple(columns[: chance.choice([1, 2])]))
    if kind == "cross":
        return CrossTable(*columns, selection(chance))
    of = chance.choice([Where("unit", ("A",)), Where("origin", ("3",)), Where("problem", ("35",))])
    return Share(of, selection(chance), tuple(column for column in columns[:1] if column != of.column))


def together(snapshot, asked):
    """Each question with its raw table, its gaps alone, and its gaps beside the others."""
    raws = {canonical_json(each): InMemoryEngine().count(snapshot, each) for each in asked}
    union = union_of(snapshot, asked)
    first = {key: alone(raw, DEFAULT) for key, raw in raws.items()}
    pattern = Jointly(union, DEFAULT, first).pattern()
    for key, raw in raws.items():
        yield raw, first[key]["rows"], pattern.of(union.tables[key], key)["rows"]


def shown(raw, pattern):
    gap = pattern.hidden
    return {key: None if cell_name(raw.axes, key) in gap else count for key, count in raw.counts.items()}


def leaks(tables):
    """The small counts that the reader brings under the threshold."""
    told = [(raw.question, raw.axes, shown(raw, pattern)) for raw, pattern in tables if not pattern.withheld]
    reader = Reader(told, KINDS, UNKNOWN) if told else None
    for raw, pattern in tables:
        for key, count in raw.counts.items():
            if not pattern.withheld and 0 < count < DEFAULT.threshold:
                assert cell_name(raw.axes, key) in pattern.hidden
                if reader.interval(raw.question, key)[1] < DEFAULT.threshold - NEAR:
                    yield raw.question, key


@pytest.mark.parametrize(("seed", "number"), [(seed, 2 + seed % 2) for seed in range(8)])
def test_no_small_count_follows_from_several_tables(tmp_path, seed, number):
    chance = random.Random(seed)
    snapshot = make_snapshot(tmp_path, interventions=list(rows(chance)))
    asked = list(dict.fromkeys(question(chance) for _ in range(number)))
    assert not list(leaks([(raw, joint) for raw, _, joint in together(snapshot, asked)]))


BY_UNIT = Count(by=("unit",))
WOMEN = Count(Selection(where=(Where("legal_sex", ("1",)),)), ("unit",))
MEN = Count(Selection(where=(Where("legal_sex", ("2",)),)), ("unit",))
ROWS = [("A", "1", 20), ("A", "2", 3), ("B", "1", 9), ("B", "2", 12), ("C", "1", 8), ("C", "2", 14)]


@pytest.fixture
def planted(tmp_path):
    """Three men in a unit, who follow from the unit's number and its women's."""
    return make_snapshot(tmp_path, interventions=[{"unit": u, "legal_sex": s} for u, s, n in ROWS for _ in range(n)])


def test_two_tables_that_tell_a_small_count_together_are_found_and_mended(planted):
    tables = list(together(planted, [BY_UNIT, MEN, WOMEN]))
    before = list(leaks([(raw, first) for raw, first, _ in tables]))
    assert (MEN, ("A",)) in before
    assert not list(leaks([(raw, joint) for raw, _, joint in tables]))


def test_gaps_are_the_same_in_whatever_order_tables_come(planted):
    asked = [BY_UNIT, MEN, WOMEN]
    one = {canonical_json(raw.question): joint for raw, _, joint in together(planted, asked)}
    assert one == {canonical_json(raw.question): joint for raw, _, joint in together(planted, asked[::-1])}


@pytest.mark.parametrize("seed", range(3))
def test_questions_one_at_a_time_in_any_order_never_leak(tmp_path, seed):
    chance = random.Random(1000 + seed)
    answers = ProtectedSet(make_snapshot(tmp_path, interventions=list(rows(chance))))
    asked = list(dict.fromkeys(question(chance) for _ in range(5)))
    raws = [InMemoryEngine().count(answers.snapshot, each) for each in asked if answered(answers, each)]
    told = [(raw.question, raw.axes, answers.load(raw.question).cells["count"]) for raw in raws]
    reader = Reader(told, KINDS, UNKNOWN)
    for raw, (_, _, cells) in zip(raws, told, strict=True):
        small = [key for key, count in raw.counts.items() if 0 < count < DEFAULT.threshold]
        assert all(cells[key] is None for key in small)
        assert all(reader.interval(raw.question, key)[1] > DEFAULT.threshold - NEAR for key in small)


def answered(answers, asked):
    """Refused where an earlier answer stands in the way."""
    with suppress(UserError):
        answers.get_or_protect(asked)
    return asked in answers
