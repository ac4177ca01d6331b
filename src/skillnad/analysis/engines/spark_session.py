"""The Spark that is there: the session that already runs, or one by Spark's own configuration.

Which master, how much memory and how many executors are Spark's matters, and set where Spark sets them:
spark-defaults.conf, SPARK_CONF_DIR or spark-submit. Without any of them it runs on this machine's cores.
"""

import os
import sys
from importlib import import_module
from typing import Any

from skillnad.lib.errors import UserError

Session = Any
"""A SparkSession: pyspark is an extra, and is not there when types are checked."""
Frame = Any
"""Spark's own DataFrame."""


def session() -> Session:
    """The session that runs, or a new one. Raises UserError SPARK-001 (no pyspark), SPARK-002 (Spark did not start)."""
    try:
        sql = import_module("pyspark.sql")
    except ModuleNotFoundError:
        raise _absent() from None
    running = sql.SparkSession.getActiveSession()
    if running is not None:
        return running
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # the workers' interpreter has to be one with Skillnad
    try:
        return sql.SparkSession.builder.appName("skillnad").getOrCreate()
    except Exception:  # from Java, from the gateway to it, or from the operating system
        raise _not_started() from None


def failed(error: Exception) -> UserError:
    """SPARK-003, where Spark gave up on a question. What it said may hold values, and stays in its own log."""
    kind = type(error).__name__
    return UserError.of(
        "SPARK-003",
        sv=f"Spark kunde inte räkna klart ({kind}). Se Sparks egen logg; oftast räckte inte minnet hos en executor, "
        "eller så har en nod varken Skillnad eller mappen med ögonblicksbilden.",
        en=f"Spark could not finish counting ({kind}). See Spark's own log; mostly an executor had too little "
        "memory, or a node has neither Skillnad nor the snapshot's folder.",
    )


def _absent() -> UserError:
    return UserError.of(
        "SPARK-001",
        sv="Motorn ”spark” behöver tillägget för Spark. Installera det med `pip install 'skillnad[spark]'`, eller "
        "fråga utan att ange motor.",
        en="The engine 'spark' needs the extra for Spark. Install it with `pip install 'skillnad[spark]'`, or ask "
        "without naming an engine.",
    )


def _not_started() -> UserError:
    return UserError.of(
        "SPARK-002",
        sv="Spark gick inte att starta. Kontrollera att Java 17 finns (`java -version`) och att Sparks inställningar "
        "pekar på en master som svarar.",
        en="Spark could not be started. Check that there is Java 17 (`java -version`), and that Spark's settings name "
        "a master that answers.",
    )
