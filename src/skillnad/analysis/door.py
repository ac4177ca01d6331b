"""The only way out: question, engine, protection, table. Nothing else imports an engine or mints a table."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache, partial
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any, cast

from skillnad.analysis.cell_keyed import check_gaps, noisy_question, with_noise_in
from skillnad.analysis.comparisons.adjusted.orders import orders_of
from skillnad.analysis.comparisons.adjusted_days.limits import adjusts_times, completed
from skillnad.analysis.comparisons.known import beside_known, between_groups, counted, of_the_known
from skillnad.analysis.comparisons.made import Made
from skillnad.analysis.comparisons.making import set_beside
from skillnad.analysis.comparisons.municipalities import own_share, set_together
from skillnad.analysis.comparisons.questions import Asked, Comparative, Comparison, plain
from skillnad.analysis.comparisons.rows import Rows
from skillnad.analysis.comparisons.validation import check_comparative
from skillnad.analysis.disclosure.policy import DEFAULT, OWN_AREA, Policy
from skillnad.analysis.engines import Engine, RowEngine
from skillnad.analysis.joint.named import NamedTable, named_table
from skillnad.analysis.joint.standing import Gaps, Standing
from skillnad.analysis.joint.together import Alone, numbered, together
from skillnad.analysis.leaving import check_may_leave
from skillnad.analysis.own_area import OwnArea, check_own_area, check_protects, unhidden
from skillnad.analysis.own_instrument import marked
from skillnad.analysis.protection import NOT_JOINT, Joint, protect_table
from skillnad.analysis.question_data import canonical_json
from skillnad.analysis.questions import Question
from skillnad.analysis.reference_points import pooled
from skillnad.analysis.results import _MINT, ProtectedTable, Provenance, RawTable
from skillnad.analysis.selection import selection_of
from skillnad.analysis.serialise import parts_from_data
from skillnad.analysis.snapshot import Snapshot
from skillnad.lib.errors import UserError

if TYPE_CHECKING:
    from skillnad.analysis.engines.keyed import KeyedEngine

EVERYTHING = "duckdb"
"""The quick engine that answers everything."""


def ask(snapshot: Snapshot, question: Asked, policy: Policy = DEFAULT, *, engine: str = "") -> ProtectedTable:
    """The answer protected by itself, beside nothing: for inside views and for trying the parts. What is shown is asked
    of the set (`analysis.asking`).

    `engine` is `bits` (counts of rows), `duckdb` (everything), or `in_memory` for the slow and obvious reference, or
    `spark` (everything, on the Spark that is there); the quickest of the first two that answers, where none is named.

    Raises UserError: ASK-… where the snapshot cannot answer the question, DISC-… where the answer cannot be protected.
    """
    raw = _counted(snapshot, question, engine)
    made = _made(snapshot, question, raw, policy, engine)
    return _shown_as(question, made, _provenance(snapshot, question, policy), snapshot)


def ask_many(
    snapshot: Snapshot, questions: Sequence[Asked], policy: Policy = DEFAULT, *, workers: int = 1
) -> Iterator[ProtectedTable]:
    """The answers in order: counted in this process, and protected and compared in `workers`, each of which reads the
    rows for itself where a comparison needs more than counts."""
    # spawned, not forked: solver and database threads do not survive a fork
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        under_way: list[tuple[Asked, Future[Made]]] = []
        for question in questions:
            raw = _counted(snapshot, question, "")
            under_way.append((question, pool.submit(_made, snapshot, question, raw, policy)))
            while under_way and under_way[0][1].done():
                asked, made = under_way.pop(0)
                yield _shown_as(asked, made.result(), _provenance(snapshot, asked, policy), snapshot)
        for asked, made in under_way:
            yield _shown_as(asked, made.result(), _provenance(snapshot, asked, policy), snapshot)


@dataclass(frozen=True)
class Answered:
    """An answer, with the gaps of each table that was counted for it."""

    table: ProtectedTable
    gaps: tuple[Gaps, ...]

    @property
    def withheld(self) -> bool:
        return any(each.withheld for each in self.gaps)


def ask_together(
    snapshot: Snapshot,
    questions: Sequence[Asked],
    policy: Policy = DEFAULT,
    standing: Standing | None = None,
    *,
    workers: int = 1,
    or_refuse: bool = False,
    engine: str = "",
) -> Iterator[Answered]:
    """The answers in order, safe against a reader of them all and of what stands already. What is small in each is
    found, then they are protected together (`analysis.joint`), and compared; the first and the last of it in `workers`.
    One that cannot be safe beside the others is withheld whole, or refused.

    Raises UserError: as `ask`; DISC-017 where what stands cannot be kept safe beside a new answer.
    """
    with _working(workers) as at_work:
        counts = ((question, _counted(snapshot, question, engine)) for question in questions)
        under_way = [at_work(_first_told, snapshot, question, raw, policy, engine) for question, raw in counts]
        first = [each() for each in under_way]
        keys = [ledger_key(snapshot, question, policy) for question in questions]
        told = dict(zip(keys, first, strict=True))
        standing = standing or Standing()
        joint = together(snapshot, told, standing, policy, or_refuse=or_refuse)
        made = [
            at_work(_made, snapshot, question, told[key][0].raw, policy, engine, tuple(joint[key]))
            for key, question in zip(keys, questions, strict=True)
        ]
        for key, question, each in zip(keys, questions, made, strict=True):
            table = _shown_as(question, each(), _provenance(snapshot, question, policy), snapshot)
            gaps = tuple(Gaps(one.raw.question, patterns) for one, patterns in zip(told[key], joint[key], strict=True))
            for place, one in enumerate(told[key]):
                standing.add(numbered(key, place), question, one.named(snapshot), joint[key][place])
            yield Answered(table, gaps)


def recounted(
    snapshot: Snapshot, key: str, question: Asked, gaps: Iterable[Gaps], standing: Standing, engine: str = ""
) -> None:
    """Lets an answer that was given before stand: what was counted for it is counted again."""
    for place, each in enumerate(gaps):
        raw = _plain_table(snapshot, each.question, engine)
        standing.add(numbered(key, place), question, named_table(snapshot, raw), each.patterns)


def count_earlier(snapshot: Snapshot, questions: Iterable[Asked], standing: Standing, engine: str = "") -> None:
    """Counts what was published of other snapshots on this one, of the populations that the questions are about, so
    that the answers can be protected beside it."""
    populations = {selection_of(question).population for question in questions}
    releases = standing.ledger.releases() if standing.ledger else []
    others = [release for release in releases if release.snapshot != snapshot.id]
    standing.earlier.learn(others, populations, partial(_counted_again, snapshot, engine))


def _counted_again(snapshot: Snapshot, engine: str, question: Question) -> NamedTable | None:
    """None where the snapshot has no such column any more."""
    try:
        return named_table(snapshot, _plain_table(snapshot, question, engine))
    except UserError as refused:
        if all(problem.code.startswith("ASK-") for problem in refused.problems):
            return None
        raise


def stands_from_before(snapshot: Snapshot, question: Asked, policy: Policy, standing: Standing) -> str:
    """The key of an answer to the same question of another snapshot that stands for this one too; empty where none
    does."""
    if standing.ledger is None or not standing.earlier.releases:
        return ""
    of = counted(question, snapshot.manifest)
    return standing.earlier.stands(standing.ledger, canonical_json(question), of, policy)


def set_municipalities_together(
    snapshots: Sequence[Snapshot], question: Comparison, tables: Sequence[ProtectedTable], policy: Policy = DEFAULT
) -> ProtectedTable:
    """`tables` are what each snapshot's set answers `own_share` of the question with, in the snapshots' order."""
    share = own_share(question)
    names = [snapshot.manifest.municipality for snapshot in snapshots]
    rows = {name: _rows(snapshot, share, "") for name, snapshot in zip(names, snapshots, strict=True)}
    made = set_together(question, dict(zip(names, tables, strict=True)), rows, policy)
    own = [table.provenance for table in tables]
    provenance = Provenance(
        snapshot="+".join(each.snapshot for each in own),
        as_of=min(each.as_of for each in own),
        population=own[0].population,
        ledger_key=hashlib.sha256("\n".join(each.ledger_key for each in own).encode()).hexdigest(),
        policy=policy.id,
    )
    return _shown_as(question, made, provenance, *snapshots)


def ask_own_area(snapshot: Snapshot, question: Question, area: OwnArea, purpose: str) -> ProtectedTable:
    """The answer about one's own units with nothing hidden, for the page that logs its reading (`own_area`): it cannot
    be stored or taken along.

    Raises UserError: as `ask`, and DISC-030 … DISC-032 where it is of more than the area, or for something else.
    """
    check_own_area(question, area, purpose)
    raw = _plain_table(snapshot, question, "")
    shown = unhidden(raw)
    made = Made(raw.axes, shown.measures, shown.cells, shown.left_out)
    return _shown_as(question, made, _provenance(snapshot, question, OWN_AREA), snapshot)


def ask_with_noise(snapshot: Snapshot, question: Asked, policy: Policy, secret: bytes) -> ProtectedTable:
    """The answer in numbers that have noise by cell keys: the same for ever, whatever else is asked (`cell_keyed`).

    Raises UserError: as `ask`; DISC-079 where the question asks for more than counts and shares.
    """
    asked, keyed = noisy_question(counted(noisy_question(question, policy), snapshot.manifest), policy), _keyed_engine()
    raw = keyed.count(snapshot, asked)
    shown = with_noise_in(raw, keyed.cell_keys(snapshot, asked, secret), policy)
    made = Made(raw.axes, shown.measures, shown.cells, shown.left_out)
    return _shown_as(question, made, _provenance(snapshot, question, policy), snapshot)


def ledger_key(snapshot: Snapshot, question: Asked, policy: Policy = DEFAULT) -> str:
    """What names an answer for ever: SHA-256 of the snapshot, the canonical question and the policy; and, of a
    comparison and of one instrument's occasions, what was counted for it."""
    of = counted(question, snapshot.manifest)
    apart = between_groups(question) or marked(plain(question), of)
    rows = (canonical_json(of),) if apart else ()
    told = "\n".join((snapshot.id, canonical_json(question), *rows, policy.id))
    return hashlib.sha256(told.encode()).hexdigest()


def restore(data: Mapping[str, Any]) -> ProtectedTable:
    """A table that was protected before and stored as plain data. Raises UserError (DISC-004) where it is damaged."""
    table = ProtectedTable(mint=_MINT, **parts_from_data(data))
    check_may_leave(table)  # nothing that hides nothing is ever stored
    return table


def _counted(snapshot: Snapshot, question: Asked, engine: str) -> RawTable:
    """The plain question's table, counted."""
    if isinstance(question, Comparative):
        check_comparative(snapshot.manifest, question)
    return _plain_table(snapshot, counted(question, snapshot.manifest), engine)


def _plain_table(snapshot: Snapshot, question: Question, engine: str) -> RawTable:
    return _engine(engine or _quickest(question)).count(snapshot, question)


@contextmanager
def _working(workers: int) -> Iterator[Callable[..., Callable[[], Any]]]:
    """What gives work to others, or does it at once where there is one worker; its answer gives what came of it."""
    if workers == 1:
        yield lambda work, *given: partial(_itself, work(*given))
        return
    # spawned, not forked: solver and database threads do not survive a fork
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        yield lambda work, *given: pool.submit(work, *given).result


def _itself(made: Any) -> Any:
    return made


def _first_told(snapshot: Snapshot, question: Asked, raw: RawTable, policy: Policy, engine: str) -> tuple[Alone, ...]:
    """What is counted for an answer, each table with what it hides whatever the others are."""
    first = _started(Alone(raw, policy))
    if not isinstance(question, Comparative) or not adjusts_times(question):
        return (first,)
    asked = completed(question, protect_table(raw, policy, joint=first.patterns).cells)
    if asked == question:
        return (first,)
    more = _plain_table(snapshot, counted(asked, snapshot.manifest), engine)
    return first, _started(Alone(more, policy))


def _started(one: Alone) -> Alone:
    """Here and now, in the process that has the time."""
    _ = one.first
    return one


def _made(
    snapshot: Snapshot,
    question: Asked,
    raw: RawTable,
    policy: Policy,
    engine: str = "",
    joint: tuple[Joint, ...] = (NOT_JOINT, NOT_JOINT),
) -> Made:
    """All of the answer but its seal: protected, and set beside where it is a comparison."""
    check_protects(policy)
    check_gaps(policy)
    shown = protect_table(raw, policy, joint=joint[0])
    if not isinstance(question, Comparative):
        return Made(raw.axes, shown.measures, shown.cells, shown.left_out)
    asked = completed(question, shown.cells)
    if asked != question:  # its limit comes from its own answer, and then it is counted and protected with that
        raw = _plain_table(snapshot, counted(asked, snapshot.manifest), engine)
        shown = protect_table(raw, policy, joint=joint[1])
    told = partial(_rows, snapshot, raw.question, engine)
    made = set_beside(
        asked, raw.axes, shown, told, policy, snapshot.manifest.as_of, orders_of(asked, snapshot.manifest)
    )
    beside = tuple(_plain_table(snapshot, each, engine) for each in beside_known(asked, raw.question))
    return of_the_known(made, beside, policy)


def _shown_as(question: Asked, made: Made, provenance: Provenance, *snapshots: Snapshot) -> ProtectedTable:
    manifests = [snapshot.manifest for snapshot in snapshots]
    others = dict.fromkeys(mark for each in manifests for mark in marked(plain(question), counted(question, each)))
    return ProtectedTable(
        mint=_MINT,
        question=question,
        axes=made.axes,
        measures=made.measures,
        cells=made.cells,
        left_out=(*made.left_out, *pooled(question, *manifests), *others),
        provenance=provenance,
    )


def _rows(snapshot: Snapshot, question: Question, engine: str) -> Rows:
    """Of the engine that was asked for, or of the one that answers everything where it only counts."""
    named = engine if engine and engine != "bits" else EVERYTHING
    return cast(RowEngine, _engine(named)).rows(snapshot, question)


def _provenance(snapshot: Snapshot, question: Asked, policy: Policy) -> Provenance:
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

    return "bits" if answers(question) else EVERYTHING


@lru_cache
def _keyed_engine() -> "KeyedEngine":
    from skillnad.analysis.engines.keyed import KeyedEngine

    return KeyedEngine()


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
