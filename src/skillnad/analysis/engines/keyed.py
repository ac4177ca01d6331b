"""DuckDB that also tells of each cell the key of its records, which its noise follows from (`perturbed.cell_keys`)."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow.parquet as pq

from skillnad.analysis.axes import axes_of
from skillnad.analysis.disclosure.perturbed.cell_keys import record_keys
from skillnad.analysis.engines.cells import Integers, Spread, apart, keys, spread
from skillnad.analysis.engines.duckdb import DuckDBEngine
from skillnad.analysis.engines.numbering import numberings, selected
from skillnad.analysis.engines.store import CLIENT, Store
from skillnad.analysis.questions import Count, CrossTable, Share
from skillnad.analysis.results import Key
from skillnad.analysis.snapshot import Snapshot
from skillnad.analysis.validation import check_question
from skillnad.codebook.snapshot_schema import KEYS, Population

Keys = np.ndarray[Any, np.dtype[np.uint64]]
KeyedQuestion = Count | CrossTable | Share
RECORD = "record"


class KeyedEngine(DuckDBEngine):
    """Counts as its parent does."""

    def cell_keys(self, snapshot: Snapshot, question: KeyedQuestion, secret: bytes) -> Mapping[Key, int]:
        """For each cell and margin the sum of its records' keys, modulo 2^64: of rows their own, of people theirs.

        Raises UserError where the snapshot cannot answer the question, DISC-075 where the secret is none.
        """
        check_question(snapshot.manifest, question)
        return _cell_keys(snapshot, question, self._store(snapshot), secret)


def _cell_keys(snapshot: Snapshot, question: KeyedQuestion, store: Store, secret: bytes) -> dict[Key, int]:
    population, people = question.selection.population, question.selection.people
    axes, table = axes_of(snapshot, question), store.table(population, keyed=True)
    numbered = numberings(snapshot, question, axes, table)
    rows = selected(snapshot, question, table).rows()
    of = CLIENT if people else KEYS[population][-1]
    columns = {f"axis_{place}": numbering.number(rows) for place, numbering in enumerate(numbered)}
    told = store.fetch(rows.select(**columns, **{RECORD: rows[of]}))
    found = spread([each.dimension for each in numbered], [told[name] for name in columns], len(told[RECORD]))
    records, own = _keys_of(snapshot, population, of, told[RECORD], secret)
    sums = _of_people(found, records, own) if people else _added(found.cell, own[records[found.group]], found.cells)
    if people and isinstance(question, Share):
        sums = apart(sums.view(np.int64), len(axes[0].levels)).view(np.uint64)
    return dict(zip(keys(axes), sums.tolist(), strict=True))


def _keys_of(
    snapshot: Snapshot, population: Population, of: str, records: Integers, secret: bytes
) -> tuple[Integers, Keys]:
    """Each row's place among the different records, and the key of each of those; that of no client is 0."""
    different, places = np.unique(records, return_inverse=True)
    if of != CLIENT:
        return places, record_keys(secret, of, different.tolist())
    pseudonyms = _pseudonyms(snapshot, population)
    named = [int(pseudonyms[each]) for each in different[different >= 0]]
    nobody = np.zeros(int((different < 0).sum()), dtype=np.uint64)
    return places, np.concatenate([nobody, record_keys(secret, of, named)])


def _pseudonyms(snapshot: Snapshot, population: Population) -> Integers:
    """What the store's numbers of clients stand for: it numbers them in order."""
    read = pq.read_table(snapshot.file(population), columns=[CLIENT]).column(CLIENT)
    return np.unique(read.fill_null(0).to_numpy())


def _of_people(found: Spread, records: Integers, own: Keys) -> Keys:
    """Each client once in each cell."""
    many = len(own)
    pairs = np.unique(found.cell * many + records[found.group])
    return _added(pairs // many, own[pairs % many], found.cells)


def _added(cells: Integers, of: Keys, size: int) -> Keys:
    """Sums that begin again at 2^64."""
    sums = np.zeros(size, dtype=np.uint64)
    np.add.at(sums, cells, of)
    return sums
