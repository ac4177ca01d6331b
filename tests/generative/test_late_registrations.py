"""A year's tables from two snapshots, read by one who subtracts them: who was registered late is not told.

The reader knows that nobody was taken away between the snapshots, and solves for every kind of row that was there in
both, and of every kind that came.
"""

import random
from contextlib import suppress
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from joint_readers import Reader, in_cell, kinds_of
from snapshots_made import make_snapshot

from skillnad.analysis.asking import protected_set
from skillnad.analysis.disclosure.policy import DEFAULT
from skillnad.analysis.engines.in_memory import InMemoryEngine
from skillnad.analysis.protected_set import ProtectedSet
from skillnad.analysis.questions import Count, CrossTable, Selection, Share, Where
from skillnad.codebook.periods import Period
from skillnad.lib.errors import UserError

CODES = {"unit": ["A", "B", "C"], "legal_sex": ["1", "2"], "origin": ["1", "2", "3"]}
KINDS = kinds_of(CODES | {"when": ["both", "after"]}, {})
CLOSED, RUNNING = date(2025, 1, 31), date(2024, 11, 30)
"""The day of the first snapshot: the year was over, or it was not."""
NEAR = 1e-6


def people(chance, number):
    weights = {name: [chance.random() + 0.1 for _ in codes] for name, codes in CODES.items()}
    for _ in range(number):
        drawn = {name: chance.choices(codes, weights[name])[0] for name, codes in CODES.items()}
        yield drawn | {"start_date": f"2024-{chance.randint(1, 9):02}-11"}


def selection(chance):
    where = ()
    if chance.random() < 0.4:
        name = chance.choice(sorted(CODES))
        where = (Where(name, tuple(sorted(chance.sample(CODES[name], chance.randint(1, len(CODES[name]) - 1))))),)
    return Selection(period=Period.year(2024), where=where)


def question(chance):
    columns = chance.sample(sorted(CODES), 2)
    if chance.random() < 0.5:
        return CrossTable(*columns, selection(chance))
    if chance.random() < 0.3:
        return Share(Where("origin", ("2",)), selection(chance), ("unit",))
    return Count(selection(chance), tuple(columns[:1]))


def home(folder, first, late, day):
    """Two snapshots of one home, the later with those who were registered late."""
    one = make_snapshot(folder / "snapshots" / "one", as_of=day, interventions=first)
    return one, make_snapshot(folder / "snapshots" / "two", as_of=date(2025, 6, 30), interventions=[*first, *late])


def asked_of(answers, questions):
    with suppress(UserError):
        answers.precompute(questions[:3], workers=1)
    for each in questions[3:]:
        with suppress(UserError):
            answers.get_or_protect(each)
    return {each: table for each in questions if (table := answers.load(each))}


def at(question, *when):
    """Of the rows that were there then."""
    told = question.selection
    return replace(question, selection=replace(told, where=(*told.where, Where("when", when))))


def told_late(before, after, late):
    """The groups with a few who were registered late, that the reader brings under the threshold."""
    tables = [(at(each, "both"), table.axes, table.cells["count"]) for each, table in before.items()]
    for each, table in after.items():
        when = ("both",) if table.provenance.as_of < date(2025, 6, 30) else ("both", "after")
        tables.append((at(each, *when), table.axes, table.cells["count"]))
    reader = Reader(tables, KINDS)
    for each in before:
        came = at(each, "after")
        raw = InMemoryEngine().count(late, each)
        for key, count in raw.counts.items():
            row = np.array([in_cell(came, raw.axes, key, kind, {}) for kind in KINDS], dtype=float)
            if 0 < count < DEFAULT.threshold and -reader._least(-row) < DEFAULT.threshold - NEAR:
                yield each, key


def found(folder, seed, day, number, *, ledger=True):
    chance = random.Random(seed)
    first, late = list(people(chance, 120)), list(people(chance, number))
    one, two = home(folder, first, late, day)
    held = [question(chance) for _ in range(5)]
    sets = [protected_set(each) if ledger else ProtectedSet(each) for each in (one, two)]
    before, after = (asked_of(answers, held) for answers in sets)
    return list(told_late(before, after, make_snapshot(folder / "late", interventions=late)))


@pytest.mark.parametrize("number", [1, 3, 8])
@pytest.mark.parametrize("day", [CLOSED, RUNNING])
@pytest.mark.parametrize("seed", range(4))
def test_nobody_who_was_registered_late_is_told(tmp_path, seed, day, number):
    assert not found(tmp_path, seed, day, number)


@pytest.mark.parametrize("day", [CLOSED, RUNNING])
def test_without_the_ledger_the_late_one_is_told(tmp_path, day):
    assert found(tmp_path, 0, day, 1, ledger=False)
