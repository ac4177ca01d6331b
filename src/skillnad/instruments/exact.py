"""Numbers without the errors of binary fractions: 5.6 is 56 tenths, so that a sum of 25.0 is on a cut-off of 25.

Everything that is asked with decimals has few of them, so that the shortest decimal that a float is written as is what
was answered.
"""

from decimal import Decimal, InvalidOperation
from fractions import Fraction

LONGEST, SIGNS = 40, frozenset("+-.0123456789")
"""How long a number may be as it is written, and what it is written with."""
Number = int | float | Decimal | Fraction


def exact(number: Number) -> Fraction:
    """The number as it is written: 0.1 is one tenth. Raises ValueError for what is not finite."""
    try:
        return Fraction(str(number)) if isinstance(number, float) else Fraction(number)
    except (OverflowError, ValueError) as error:
        raise ValueError("a number must be finite") from error


def read_number(text: str) -> Fraction | None:
    """The number that `text` is, or None. A code such as "2" is one; "X", "2026-02-02" and "1e9" are not: an answer
    is written out, and a few signs could else stand for a number that takes hours."""
    if len(text) > LONGEST or not set(text) <= SIGNS:
        return None
    try:
        return exact(Decimal(text))
    except (InvalidOperation, ValueError):
        return None


def half_up(value: Fraction, places: int = 0) -> Fraction:
    """Rounded to `places` decimals, halves upwards: 2.5 is 3 and -2.5 is -2."""
    scale = 10**places
    return Fraction((2 * value.numerator * scale + value.denominator) // (2 * value.denominator), scale)


def decimals_of(value: Fraction) -> int | None:
    """How many decimals it takes to write `value` out; None where no number of them is enough."""
    twos, fives = _power(value.denominator, 2), _power(value.denominator, 5)
    return max(twos, fives) if value.denominator == 2**twos * 5**fives else None


def _power(number: int, factor: int) -> int:
    count = 0
    while number % factor == 0:
        number //= factor
        count += 1
    return count
