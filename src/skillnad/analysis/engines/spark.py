"""The engine of a nation's register, on Apache Spark over the same Parquet: bits for counts of rows, expressions for
the rest. Nothing distributed is ours: Spark hands out the work, tries again, and brings back what was counted.
"""

from typing import cast

from skillnad.analysis.engines.bits import answers
from skillnad.analysis.engines.duckdb import Answer
from skillnad.analysis.engines.spark_bits import SparkBitsEngine
from skillnad.analysis.engines.spark_columns import sets_touched
from skillnad.analysis.engines.spark_session import session
from skillnad.analysis.engines.spark_store import SparkStore
from skillnad.analysis.engines.store import Store
from skillnad.analysis.questions import Question
from skillnad.analysis.results import RawTable
from skillnad.analysis.selection import selection_of
from skillnad.analysis.snapshot import Snapshot
from skillnad.analysis.validation import check_question


class SparkExpressionsEngine:
    """Answers everything, with the expressions of DuckDB's engine in Spark's own SQL."""

    def count(self, snapshot: Snapshot, question: Question) -> RawTable:
        check_question(snapshot.manifest, question)
        sets = sets_touched(snapshot.table(selection_of(question).population), question)
        store = SparkStore(snapshot, session(), sets)
        return Answer(snapshot, question, cast(Store, store)).table()


class SparkEngine:
    """Answers everything, counts of rows by bits."""

    def __init__(self) -> None:
        self._bits, self._expressions = SparkBitsEngine(), SparkExpressionsEngine()

    def count(self, snapshot: Snapshot, question: Question) -> RawTable:
        """The answer. Raises UserError: SPARK-… where Spark is not there or gives up, SNAP-004 of a missing part."""
        engine = self._bits if answers(question) else self._expressions
        return engine.count(snapshot, question)
