import logging

import pytest

from skillnad.config.logs import IdentityFormatter

RESERVE = "20010203-TK01"


def line(message: str, *values: object, error: Exception | None = None) -> str:
    info = (type(error), error, None) if error else None
    record = logging.LogRecord("skillnad.test", logging.WARNING, "/somewhere/place.py", 17, message, values, info)
    return IdentityFormatter().format(record)


def test_ordinary_line_is_whole() -> None:
    assert line("%d rader lästa", 1200).endswith("WARNING skillnad.test 1200 rader lästa")


@pytest.mark.parametrize("number", [RESERVE, "200002292399", "000229-2399"])
def test_line_with_an_identity_keeps_its_place_and_loses_its_text(number: str) -> None:
    withheld = line("hittade %s", number)
    assert number not in withheld
    assert "hittade" not in withheld
    assert withheld.endswith("[withheld: an identity number] place:17")


def test_exception_that_quotes_an_identity_is_withheld() -> None:
    assert RESERVE not in line("fel", error=ValueError(RESERVE))


def test_exception_without_one_is_shown() -> None:
    assert "ValueError: rad 3" in line("fel", error=ValueError("rad 3"))
