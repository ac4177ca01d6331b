"""Figures as the handbook writes them: decimal comma, a space that holds, a true minus sign."""

from math import inf
from typing import TypeVar

from babel.numbers import format_decimal

from skillnad.analysis.formulas.estimable import NotEstimable
from skillnad.analysis.formulas.intervals import Interval, MaybeInterval, NoInterval

Answer = TypeVar("Answer")
_SPACE = "\N{NO-BREAK SPACE}"


def number(value: float | None, decimals: int = 1) -> str:
    """With just so many decimals. None is ”finns inte”."""
    if value is None:
        return "finns inte"
    return _written(value, "#,##0." + "0" * decimals if decimals else "#,##0", decimals)


def trimmed(value: float | None) -> str:
    """With one decimal at most, and none where it is nought: days."""
    return "finns inte" if value is None else _written(value, "#,##0.#", 1)


def _written(value: float, form: str, decimals: int) -> str:
    shown = format_decimal(round(value, decimals) or 0.0, format=form, locale="sv_SE")
    return str(shown).replace("-", "\N{MINUS SIGN}")


def percent(share: float | None, decimals: int = 1) -> str:
    """A share 0–1."""
    return "finns inte" if share is None else f"{number(100 * share, decimals)}{_SPACE}%"


def points(share: float | None, decimals: int = 1) -> str:
    """A difference of shares, -1 to 1."""
    return "finns inte" if share is None else f"{number(100 * share, decimals)}{_SPACE}procentenheter"


def p_value(p: float | None) -> str:
    if p is None:
        return "finns inte"
    return "mindre än 0,001" if p < 0.001 else number(p, 3 if p < 0.1 else 2)


def p_said(p: float | None) -> str:
    """`p = 0,018`, or `p < 0,001`."""
    return "p < 0,001" if p is not None and p < 0.001 else f"p = {p_value(p)}"


def percents(interval: MaybeInterval, decimals: int = 1) -> str:
    """`22,1–38,9 %`; with ”till” between ends where one is negative."""
    return span(interval, decimals, 100, "%")


def span(interval: MaybeInterval, decimals: int = 1, times: float = 1, unit: str = "") -> str:
    """An interval in `unit`, each end `times` what it is; why there is none."""
    if isinstance(interval, NoInterval):
        return interval.text()
    after = f"{_SPACE}{unit}" if unit else ""
    low = number(times * interval.low, decimals)
    if interval.high == inf:
        return f"{low}{after} och uppåt"
    between = " till " if interval.low < 0 else "–"
    return f"{low}{between}{number(times * interval.high, decimals)}{after}"


def found(answer: Answer | NotEstimable) -> Answer:
    """The answer of a formula that is there. ValueError of an example that has none."""
    if isinstance(answer, NotEstimable):
        raise ValueError(answer.en)
    return answer


def certain(interval: MaybeInterval) -> Interval:
    """The interval that is there. ValueError of an example that has none."""
    if isinstance(interval, NoInterval):
        raise ValueError(interval.text("en"))
    return interval
