"""The only way out: question, engine, protection, table. Nothing else imports an engine or mints a table."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from functools import lru_cache
from multiprocessing import get_context
from typing import Any

from skillnad.analysis.disclosure.policy import DEFAULT, Policy
from skillnad.analysis.engines import Engine
from skillnad.analysis.protection import Protected, protect_table
from skillnad.analysis.question_data import canonical_json
from skillnad.analysis.questions import Question
from skillnad.analysis.results import _MINT, ProtectedTable, Provenance, RawTable
from skillnad.analysis.selection import selection_of
from skillnad.analysis.serialise import parts_from_data
from skillnad.analysis.snapshot import Snapshot


def ask(snapshot: Snapshot, question: Question, policy: Policy = DEFAULT, *, engine: str = "") -> ProtectedTable:
    """The protected answer. `engine` is `bits` (counts of rows), `duckdb` (everything), or `in_memory` for the slow and
    obvious reference, or `spark` (everything, on the Spark that is there); the quickest of the first two that answers,
    where none is named.

    Raises UserError: ASK-… where the snapshot cannot answer the question, DISC-… where the answer cannot be protected.
    """
    raw = _engine(engine or _quickest(question)).count(snapshot, question)
    return _minted(snapshot, raw, protect_table(raw, policy), policy)


def ask_many(
    snapshot: Snapshot, questions: Sequence[Question], policy: Policy = DEFAULT, *, workers: int = 1
) -> Iterator[ProtectedTable]:
    """The answers in order: counted in this process, whose engines hold the rows once, and protected in `workers`."""
    # spawned, not forked: solver and database threads do not survive a fork
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        under_way: list[tuple[RawTable, Future[Protected]]] = []
        for question in questions:
            raw = _engine(_quickest(question)).count(snapshot, question)
            under_way.append((raw, pool.submit(protect_table, raw, policy)))
            while under_way and under_way[0][1].done():
                raw, shown = under_way.pop(0)
                yield _minted(snapshot, raw, shown.result(), policy)
        for raw, shown in under_way:
            yield _minted(snapshot, raw, shown.result(), policy)


def ledger_key(snapshot: Snapshot, question: Question, policy: Policy = DEFAULT) -> str:
    """What names an answer for ever: SHA-256 of the snapshot, the canonical question and the policy."""
    told = "\n".join((snapshot.id, canonical_json(question), policy.id))
    return hashlib.sha256(told.encode()).hexdigest()


def restore(data: Mapping[str, Any]) -> ProtectedTable:
    """A table that was protected before and stored as plain data. Raises UserError (DISC-004) where it is damaged."""
    return ProtectedTable(mint=_MINT, **parts_from_data(data))


def _minted(snapshot: Snapshot, raw: RawTable, shown: Protected, policy: Policy) -> ProtectedTable:
    return ProtectedTable(
        mint=_MINT,
        question=raw.question,
        axes=raw.axes,
        measures=shown.measures,
        cells=shown.cells,
        left_out=shown.left_out,
        provenance=_provenance(snapshot, raw.question, policy),
    )


def _provenance(snapshot: Snapshot, question: Question, policy: Policy) -> Provenance:
    return Provenance(
        snapshot=snapshot.id,
        as_of=snapshot.manifest.as_of,
        population=selection_of(question).population.value,
        ledger_key=ledger_key(snapshot, question, policy),
        policy=policy.id,
    )


def _quickest(question: Question) -> str:
    """The engine of counts where it answers, else the one that answers everything."""
    from skillnad.analysis.engines.bits import answers

    return "bits" if answers(question) else "duckdb"


@lru_cache
def _engine(name: str) -> Engine:
    """One of each a process, since DuckDB's holds rows in memory; loaded when asked for, since that takes a while."""
    if name == "bits":
        from skillnad.analysis.engines.bits import BitsEngine

        return BitsEngine()
    if name == "in_memory":
        from skillnad.analysis.engines.in_memory import InMemoryEngine

        return InMemoryEngine()
    if name == "spark":
        from skillnad.analysis.engines.spark import SparkEngine

        return SparkEngine()
    from skillnad.analysis.engines.duckdb import DuckDBEngine

    return DuckDBEngine()
