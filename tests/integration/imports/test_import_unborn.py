"""A case about a child that is expected: from the extract to the age in the snapshot."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from skillnad.snapshots.actions import make_snapshot

from .conftest import NOW, ROWS, Deliver, text

pytestmark = [pytest.mark.django_db(transaction=True)]


def test_case_before_the_birth_is_kept_with_a_warning_and_the_age_is_0(deliver: Deliver, tmp_path: Path) -> None:
    row = ROWS[0].replace("19900102-TF21", "20240301-TF21").replace("1990-01-02", "2024-03-01")
    summary = deliver({"insatser.csv": text(row)})
    made = make_snapshot(as_of=date(2025, 12, 31), home=tmp_path, by="operator:test", at=NOW)
    case = pl.read_parquet(tmp_path / made.id / "cases.parquet")
    assert "IMP-208" in summary.rules
    assert (case["age"].to_list(), case["age_group"].to_list()) == ([0], [1])
