"""One form of everything, so that the same content has the same digest."""

import json
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import pytest

from skillnad.lib.plain_json import plain


class Word(StrEnum):
    ONE = "one"


@dataclass(frozen=True)
class Inner:
    day: date
    codes: frozenset[str]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (date(2026, 2, 28), "2026-02-28"),
        (frozenset({"b", "a", "c"}), ["a", "b", "c"]),
        ((1, (2.5, None)), [1, [2.5, None]]),
        ({"k": (True, Word.ONE)}, {"k": [True, "one"]}),
        (Inner(date(2026, 1, 1), frozenset("ba")), {"day": "2026-01-01", "codes": ["a", "b"]}),
    ],
)
def test_content_has_one_form_in_json(content, told):
    assert json.loads(json.dumps(plain(content))) == told
