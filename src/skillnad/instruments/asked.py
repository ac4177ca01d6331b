"""Who is asked what: items with their options and conditions, and the words that a case or a plan decides.

A *perspective* is who answers about whom: perspectives are never pooled. A *variant* puts the same questions in other
words: its codes never differ, so that results can be pooled over variants. A *slot* is a word that the case or the plan
decides; the published wording with its slashes (`standard`) follows from `text` and the slots' own `standard`.
"""

from dataclasses import dataclass
from enum import StrEnum


class ItemKind(StrEnum):
    SINGLE = "single"  # one option, no order
    SCALE = "scale"  # one option of an ordered set
    MULTIPLE = "multiple"
    NUMBER = "number"
    ANALOGUE = "vas"  # a line, 0–10 with one decimal
    DATE = "date"
    DURATION = "duration"  # whole units of `unit_of_measure`
    RANK = "rank"
    MATRIX = "matrix"  # rows × columns of one kind of cell
    TEXT = "text"  # never leaves the room where it was read, never in a table


class Means(StrEnum):
    """What an option says. Only VALUE is ever counted as one."""

    VALUE = "value"
    DONT_KNOW = "dont_know"
    NOT_APPLICABLE = "not_applicable"
    MISSING = "missing"


class Direction(StrEnum):
    """LOW_IS_GOOD: the six questions. HIGH_IS_BAD: low is good too, of problems and needs (ASI, SDQ)."""

    LOW_IS_GOOD = "low_is_good"
    HIGH_IS_GOOD = "high_is_good"
    HIGH_IS_BAD = "high_is_bad"
    NONE = "none"

    @property
    def sign(self) -> int:
        """+1 where more is better, -1 where less is, 0 where neither."""
        return {"high_is_good": 1, "none": 0}.get(self.value, -1)


@dataclass(frozen=True)
class Clause:
    """One comparison of an earlier item's answer. `not_in` holds of an item without answer too."""

    item: str
    in_: frozenset[str] = frozenset()
    not_in: frozenset[str] = frozenset()
    at_least: float | None = None
    at_most: float | None = None


@dataclass(frozen=True)
class Condition:
    """Holds where all of `all` hold and, if there are any in `any`, one of them."""

    all: tuple[Clause, ...] = ()
    any: tuple[Clause, ...] = ()


@dataclass(frozen=True)
class Option:
    code: str
    sv: str
    en: str
    means: Means = Means.VALUE
    points: float | None = None  # None: the code read as a number
    exclusive: bool = False  # allows no other beside it
    specify: bool = False  # asks for words


@dataclass(frozen=True)
class OptionSet:
    """Options that items share. What is not verified says so wherever it is shown."""

    id: str
    direction: Direction
    options: tuple[Option, ...]
    adapt: bool = False
    verified: bool = True
    source: str = ""


@dataclass(frozen=True)
class Ages:
    first: int = 0
    last: int | None = None

    def __contains__(self, age: int) -> bool:
        return self.first <= age and (self.last is None or age <= self.last)


@dataclass(frozen=True)
class Perspective:
    id: str
    sv: str
    en: str
    answered_by: str
    ages: Ages | None = None  # of who answers
    about_ages: Ages | None = None  # of whom it is about


@dataclass(frozen=True)
class Variant:
    id: str
    kind: str  # adult, child, easy_read, picture, telephone, guardian
    sv: str
    en: str
    base: bool = False
    ages: Ages | None = None
    perspectives: tuple[str, ...] = ()  # empty: all
    languages: tuple[str, ...] = ("sv",)


@dataclass(frozen=True)
class Choice:
    """One word for a slot; `dated_sv` is used where the day is known, `when` where answers decide."""

    code: str
    sv: str
    dated_sv: str = ""
    when: Condition | None = None


@dataclass(frozen=True)
class Slot:
    """`reference`: answers given with different choices are not pooled without saying so."""

    id: str
    standard: str
    source: str  # "case.…", "plan" or "answers"
    default: str
    choices: tuple[Choice, ...]
    reference: bool = False
    names: str = ""


@dataclass(frozen=True)
class Matrix:
    """What the cells of a matrix have in common. Rows and columns are (id, Swedish, English)."""

    id: str
    label_sv: str
    label_en: str
    rows: tuple[tuple[str, str, str], ...]
    columns: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Item:
    """One question. An item of a matrix stands here once for each cell, with the id `matrix.row.column`."""

    id: str
    kind: ItemKind
    label_sv: str
    label_en: str
    options: tuple[Option, ...] = ()
    option_set: str = ""
    direction: Direction = Direction.NONE
    number: str = ""
    text: str = ""
    standard: str = ""
    help: str = ""
    help_source: str = ""
    when: Condition = Condition()
    required: bool = False
    perspectives: tuple[str, ...] = ()
    group: str = ""
    basis: str = ""  # binding or advice
    confidential: bool = False
    sensitive: bool = False
    least: float | None = None
    most: float | None = None
    decimals: int = 0
    unit_of_measure: str = ""
    adapt: bool = False  # a template's: the municipality writes its own
    partial: bool = False  # a rank order may leave some out
    not_asked: str = "outside"  # or "none": a multiple choice that is not asked was answered with nothing
    matrix: str = ""

    def option(self, code: str) -> Option | None:
        return next((option for option in self.options if option.code == code), None)
