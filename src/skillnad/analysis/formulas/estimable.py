"""What a formula answers: an estimate with its interval, or why there is none."""

from dataclasses import dataclass

from skillnad.analysis.formulas.intervals import MaybeInterval


@dataclass(frozen=True)
class NotEstimable:
    """No figure can be given, and why.

    `reason` is stable ("limit_past_last_day"); the sentences are for the reader, and name nothing but numbers and
    codes.
    """

    reason: str
    sv: str
    en: str

    def text(self, language: str = "sv") -> str:
        return self.en if language == "en" else self.sv


@dataclass(frozen=True)
class Estimate:
    """A figure and how sure it is; both in the same unit."""

    value: float
    interval: MaybeInterval


def check_confidence(confidence: float) -> None:
    """ValueError unless 0 < confidence < 1: 0.95, not 95."""
    if not 0 < confidence < 1:
        raise ValueError("confidence is between 0 and 1")
