"""The register's submissions as a frame of `answers.SUBMISSIONS`: codes, numbers and days.

No free text is read, and no source key: the query names its columns.
"""

from collections.abc import Mapping
from typing import Final

import polars as pl

from skillnad.snapshots.answers import SUBMISSIONS
from skillnad.snapshots.database import Database, select
from skillnad.snapshots.encoding import as_dates

TABLE: Final = "collection_submission"
_TEXTS: Final = ("instrument", "version", "perspective", "variant", "language", "slots", "answers", "age")
_SUBJECTS: Final = ("client", "case", "intervention", "follow_up")


def read_submissions(database: Database, numbers: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Every sheet. `numbers` has for each subject the register's id (`client_id`) and the snapshot's key (`client`)."""
    own = [f"{subject}_id" for subject in _SUBJECTS]
    rows = select(database, TABLE, [*_TEXTS, "answered_date"], [*own, "unit_id", "provider_id"])
    rows = as_dates(rows, ["answered_date"]).rename({"answered_date": "answer_date"})
    for subject in _SUBJECTS:
        rows = rows.join(numbers[subject], on=f"{subject}_id", how="left")
    age = pl.col("age").replace("", None).cast(pl.Int64).alias("told_age")
    return rows.with_columns(age).select(pl.col(name).cast(kind) for name, kind in SUBMISSIONS.items())
