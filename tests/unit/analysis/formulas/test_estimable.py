"""What stands in a figure's place: a stable reason, and words in both languages that hold no English in the Swedish."""

import importlib
import re

import pytest

from skillnad.analysis.formulas.estimable import NotEstimable, check_confidence

MODULES = ("survival", "log_rank", "logistic", "funnel", "control_charts", "ranking")
REASONS = [
    reason
    for module in MODULES
    for reason in vars(importlib.import_module(f"skillnad.analysis.formulas.{module}")).values()
    if isinstance(reason, NotEstimable)
]


@pytest.mark.parametrize("reason", REASONS, ids=lambda reason: reason.reason)
def test_reason_has_a_sentence_in_each_language(reason: NotEstimable) -> None:
    assert re.fullmatch("[a-z_]+", reason.reason)
    assert all(re.fullmatch(r"[A-ZÅÄÖ].+\.", text) for text in (reason.sv, reason.en))
    assert not {"the", "there", "units"} & set(reason.sv.lower().split())


def test_every_module_has_a_reason() -> None:
    assert len(REASONS) >= len(MODULES)


def test_reader_is_told_in_swedish_unless_asked_for_english() -> None:
    reason = NotEstimable("none", "Ingen.", "None.")
    assert (reason.text(), reason.text("sv"), reason.text("en")) == ("Ingen.", "Ingen.", "None.")


@pytest.mark.parametrize("confidence", [0, 1, -0.5, 95, float("nan")])
def test_confidence_is_between_nought_and_one(confidence: float) -> None:
    with pytest.raises(ValueError, match="confidence"):
        check_confidence(confidence)


@pytest.mark.parametrize("confidence", [0.5, 0.95, 0.999])
def test_confidence_that_is_a_share_is_taken(confidence: float) -> None:
    check_confidence(confidence)
