"""What went on in a period is offered only where the snapshot can tell it."""

from pathlib import Path

import pytest
from snapshots_made import make_snapshot

from skillnad.codebook.snapshot_schema import Population
from skillnad.web.analyst.choices import STARTED, WENT_ON, happened_choices


@pytest.mark.parametrize(
    ("population", "header", "offered"),
    [
        (Population.CASES, "unit | intake_date | closed_date", True),
        (Population.CASES, "unit | intake_date", False),
        (Population.INTERVENTIONS, "unit | start_date | end_date", True),
        (Population.FOLLOW_UPS, "unit | follow_up_date", False),
    ],
)
def test_what_went_on_is_offered_where_both_days_are_known(
    tmp_path: Path, population: Population, header: str, offered: bool
) -> None:
    snapshot = make_snapshot(tmp_path, **{population.value: header})
    choices = dict(happened_choices(snapshot, population))
    assert (WENT_ON in choices) is offered
    assert choices[""] == STARTED[population]
