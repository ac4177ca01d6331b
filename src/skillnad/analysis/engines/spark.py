"""The engine of a nation's register, on Apache Spark over the same Parquet: bits for counts of rows, expressions for
the rest. Nothing distributed is ours: Spark hands out the work, tries again, and brings back what was counted.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from skillnad.analysis.comparisons.rows import ByClient, Lasting, LastingBy, Pattern, Rows
from skillnad.analysis.engines.bits import counts_rows
from skillnad.analysis.engines.duckdb import Answer
from skillnad.analysis.engines.spark_bits import SparkBitsEngine
from skillnad.analysis.engines.spark_columns import sets_touched
from skillnad.analysis.engines.spark_session import session
from skillnad.analysis.engines.spark_store import SparkStore
from skillnad.analysis.engines.store import Store
from skillnad.analysis.formulas.proportions import Counted
from skillnad.analysis.questions import Question
from skillnad.analysis.results import Key, RawTable
from skillnad.analysis.selection import selection_of
from skillnad.analysis.snapshot import Snapshot
from skillnad.analysis.validation import check_question


class SparkExpressionsEngine:
    """Answers everything, with the expressions of DuckDB's engine in Spark's own SQL."""

    def count(self, snapshot: Snapshot, question: Question) -> RawTable:
        check_question(snapshot.manifest, question)
        return _answer(snapshot, question).table()

    def rows(self, snapshot: Snapshot, question: Question) -> Rows:
        check_question(snapshot.manifest, question)
        return SparkRows(snapshot, question)


@dataclass(frozen=True)
class SparkRows:
    """The rows of a question: what comes back from Spark is groups, as of a table."""

    snapshot: Snapshot
    question: Question

    def lasting(self) -> Mapping[Key, Lasting]:
        return _answer(self.snapshot, self.question).lasting()

    def lasting_by(self, columns: tuple[str, ...]) -> LastingBy:
        return _answer(self.snapshot, self.question, columns).lasting_by(columns)

    def patterns(self, columns: tuple[str, ...]) -> Mapping[Pattern, Counted]:
        return _answer(self.snapshot, self.question, columns).patterns(columns)

    def by_client(self, columns: tuple[str, ...]) -> ByClient:
        """A row for each client and pattern comes back to the driver, as where distinct people are looked for."""
        return _answer(self.snapshot, self.question, columns).by_client(columns)


def _answer(snapshot: Snapshot, question: Question, columns: tuple[str, ...] = ()) -> Answer:
    """The question under way; `columns` are those that are asked for beside its own."""
    sets = sets_touched(snapshot.table(selection_of(question).population), question, columns)
    return Answer(snapshot, question, cast(Store, SparkStore(snapshot, session(), sets)))


class SparkEngine:
    """Answers everything, counts of rows by bits."""

    def __init__(self) -> None:
        self._bits, self._expressions = SparkBitsEngine(), SparkExpressionsEngine()

    def count(self, snapshot: Snapshot, question: Question) -> RawTable:
        """The answer. Raises UserError: SPARK-… where Spark is not there or gives up, SNAP-004 of a missing part."""
        engine = self._bits if counts_rows(question) else self._expressions
        return engine.count(snapshot, question)

    def rows(self, snapshot: Snapshot, question: Question) -> Rows:
        """By expressions: bits tell of counts alone."""
        return self._expressions.rows(snapshot, question)
