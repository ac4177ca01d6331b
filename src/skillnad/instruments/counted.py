"""How answers are counted: scores, bands of them, and what a change says."""

from dataclasses import dataclass

from skillnad.instruments.asked import Ages, Condition, Direction


@dataclass(frozen=True)
class Term:
    item: str
    divide: float
    ln: bool = False  # the natural logarithm, 0 where the answer is 0


@dataclass(frozen=True)
class Score:
    """How a number is made of answers or of earlier scores. `minimum` is how many of them must be known."""

    id: str
    sv: str
    en: str
    kind: str  # sum, mean, count, count_scores, difference, ratio, weighted
    direction: Direction
    low: float
    high: float
    step: float
    source: str
    items: tuple[str, ...] = ()
    scores: tuple[str, ...] = ()
    reverse: frozenset[str] = frozenset()
    codes: frozenset[str] = frozenset()
    terms: tuple[Term, ...] = ()
    constant: float = 0
    factor: tuple[int, int] = (1, 1)
    at_most: float | None = None
    missing: str = "refuse"  # refuse, prorate, zero, known
    minimum: int = 1
    round: str = ""  # half_up: to whole numbers, halves upwards
    decimals: int = 0  # how many are shown and compared, of a score that is no whole number of steps
    perspectives: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    zero_when: Condition | None = None
    only_when: Condition | None = None
    off: bool = False  # only counted when asked for
    verified: bool = True


@dataclass(frozen=True)
class Band:
    code: str
    sv: str
    en: str
    low: float
    high: float


@dataclass(frozen=True)
class BandSet:
    """Bands cover the score's whole range without gap or overlap, at `step`."""

    id: str
    score: str
    bands: tuple[Band, ...]
    norm_group: str
    source: str
    step: float
    perspectives: tuple[str, ...] = ()
    ages: Ages | None = None
    verified: bool = True


@dataclass(frozen=True)
class ChangeRule:
    """`step`: better or worse by at least `threshold`. `reliable`: at least `reliable` points, and over a cut-off."""

    id: str
    sv: str
    en: str
    kind: str
    source: str
    item: str = ""
    score: str = ""
    threshold: float = 0
    reliable: float = 0
    band_sets: tuple[str, ...] = ()
    clinical: frozenset[str] = frozenset()
    same_rater: bool = False
    verified: bool = True
