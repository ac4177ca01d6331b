"""Every code that is written to the log has its word in Swedish: a person who asks for an extract reads no codes."""

import re
from pathlib import Path

import pytest

from skillnad.audit.words import ACTIONS, PURPOSES, action_told, purpose_told
from skillnad.organisation.rights import Purpose

SRC = Path(__file__).parents[2] / "src/skillnad"
WRITTEN = re.compile(
    r"""(?:\baction=|\blog\(\s*request,\s*|\b_record\(\s*|^READ = |Entry\(\s*)["']([a-z_]+\.[a-z_]+)["']""",
    re.MULTILINE,
)
REASONS = re.compile(r"""(?:\bpurpose=|^PURPOSE = )["']([a-z_-]+)["']""", re.MULTILINE)


def written(pattern: re.Pattern[str]) -> set[str]:
    return {code for path in SRC.rglob("*.py") for code in pattern.findall(path.read_text(encoding="utf-8"))}


def test_codes_are_found_in_the_source() -> None:
    assert {"register.import", "log.extract", "web.denied", "log.review_begun"} <= written(WRITTEN)
    assert "log_check" in written(REASONS)


@pytest.mark.parametrize("action", sorted(written(WRITTEN)))
def test_every_action_has_its_word(action: str) -> None:
    assert action in ACTIONS


@pytest.mark.parametrize("purpose", sorted(written(REASONS) | {purpose.value for purpose in Purpose}))
def test_every_purpose_has_its_word(purpose: str) -> None:
    assert purpose in PURPOSES


def test_code_without_a_word_is_shown_as_it_is() -> None:
    assert (action_told("x.y"), purpose_told("z"), purpose_told("")) == ("x.y", "z", "inget ändamål angivet")
