"""What a user can mend, told whole wherever it was found."""

import pickle

import pytest

from skillnad.lib.errors import Problem, UserError

FIRST = Problem("ASK-001", sv="Det finns ingen kolumn.", en="There is no column.")
SECOND = Problem("ASK-008", sv="Det finns ingen kod.", en="There is no code.", where="fråga.toml")


def test_error_comes_whole_out_of_another_process() -> None:
    told = pickle.loads(pickle.dumps(UserError(FIRST, SECOND)))
    assert told.problems == (FIRST, SECOND)
    assert told.text("en") == UserError(FIRST, SECOND).text("en")


def test_error_of_nothing_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="at least one"):
        UserError()
