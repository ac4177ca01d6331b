"""The verifier, the attack, the joint intervals and τ-ARGUS' audit see the same ends of every gap, of tables of up to
three columns whose groupings overlap, are chained, or are of two columns; whether or not a gap is at least 1."""

from math import inf

import numpy as np
import pytest
from argus_files import audited
from proof_sizes import SEED, size
from random_releases import EDGES, people
from released_tables import Made, Table

from skillnad.analysis.disclosure.attack.model import model_of
from skillnad.analysis.disclosure.attack.published import Publication, Statement
from skillnad.analysis.disclosure.attack.view import View
from skillnad.analysis.disclosure.attackers import Attacker
from skillnad.analysis.disclosure.intervals import Intervals
from skillnad.analysis.disclosure.table_set.publication import publication_of
from skillnad.analysis.disclosure.verify.incidence import TOTAL, incidence_of
from skillnad.analysis.disclosure.verify.reader import GapReader
from skillnad.analysis.disclosure.verify.unknowns import unknowns_of
from skillnad.analysis.disclosure.work import Work

READERS = {"A0": (0, Attacker.NOT_NEGATIVE), "A1": (1, Attacker.ZEROS_PRINTED)}
SHAPES = ((5,), (4, 3), (3, 3), (3, 2, 2), (2, 2, 3))


def drawn(edges, number):
    """A publication, and gaps: its small numbers and some of the others, never everybody."""
    random = np.random.default_rng([SEED, list(EDGES).index(edges), number])
    shapes = [shape for shape in SHAPES if len(shape) > 1 or edges != "of two columns"]
    told = publication_of(people(random, shapes, edges=(edges,)))
    share = random.choice([0.2, 0.5])
    return told, {
        name
        for name, count in sorted(told.counts.items())
        if count and set(name) != {TOTAL} and (count < 5 or random.random() < share)
    }


def rows_of(told, hidden):
    for coordinates, name in told.rows(0):
        yield coordinates, None if name in hidden else told.counts.get(name, 0)


def by_verifier(told, hidden, floor, groupings):
    table = told.tables[0].given
    made = Made((Table(table.name, table.columns, tuple(rows_of(told, hidden))),), groupings)
    incidence = incidence_of([made])
    unknowns = unknowns_of(incidence)
    gaps = len(unknowns.gap_rows)
    reader = GapReader(unknowns, np.full(gaps, float(floor)), np.full(gaps, inf), 1e12)
    names = dict(told.rows(0))
    for gap, row in enumerate(unknowns.gap_rows):
        reader.reach([gap], [inf], upward=True)
        reader.reach([gap], [0.0], upward=False)
        yield names[incidence.rows[row].coordinates], (reader.low[gap], reader.high[gap])


def by_attack(told, hidden, attacker, groupings):
    table, names = told.tables[0].given, dict(told.rows(0))
    said = {
        tuple((c, v) for c, v in zip(table.columns, coordinates, strict=True) if v != TOTAL): coordinates
        for coordinates in names
    }
    rows = [
        Statement(people, count, count is None) for people, (_, count) in zip(said, rows_of(told, hidden), strict=True)
    ]
    publication = Publication(table.name, table.columns, tuple(rows), groupings)
    view = View(model_of([publication]), attacker, 5)
    for number, cell in enumerate(view.model.cells):
        if cell.gap and number in view.column:
            ends = view.end(number, upward=False), view.end(number, upward=True)
            yield names[said[cell.said[0].people]], ends


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("edges", EDGES)
def test_every_reader_sees_the_ends_that_tau_argus_does(tmp_path, edges, reader):
    floor, attacker = READERS[reader]
    tried = 0
    for number in range(size(4, 100)):
        told, hidden = drawn(edges, number)
        if hidden:
            theirs = audited(told.told, hidden, floor, tmp_path / f"{number}.jj")
            intervals = Intervals(told.told, hidden, floor, Work(1e12))
            for ours in (
                dict(by_verifier(told, hidden, floor, EDGES[edges])),
                dict(by_attack(told, hidden, attacker, EDGES[edges])),
                {name: intervals.of({name: 1.0}) for name in hidden},
            ):
                assert ours.keys() == theirs.keys()
                assert all(ours[name] == pytest.approx(theirs[name], abs=1e-6) for name in theirs)
            tried += len(hidden)
    assert tried
