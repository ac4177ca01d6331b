"""A register with one person of each kind, and the manual's own instrument."""

from pathlib import Path
from typing import Any

import people
import pytest
from answer_files import Cells, Import, written
from made_instruments import small

from skillnad.audit.keys import installed_keys
from skillnad.codebook.identity import parse_identity
from skillnad.collection.actions import import_answers
from skillnad.collection.summary import AnswerImport

CECILIA = "20010203-TK01"


@pytest.fixture
def followed_up(db: None) -> Any:
    """Cecilia's follow-up, in the unit BU."""
    number = parse_identity(CECILIA, people.NOW.date()).number
    client = people.cecilia(identity_index=installed_keys().blind_index(number))  # as an import stores it
    case = people.case(client, unit=people.unit())
    return people.follow_up(people.intervention(case))


@pytest.fixture
def imported(tmp_path: Path) -> Import:
    """Import rows of answers to the instrument (`small()` where none is named)."""

    def run(*rows: Cells, **how: Any) -> AnswerImport:
        path = written(tmp_path / "svar.csv", *rows)
        return import_answers(**{"path": path, "instrument": small(), "by": people.BY, "at": people.NOW, **how})

    return run
