"""Each field of a policy: what it holds in a file, what it is in Swedish, and which way is the stricter."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from skillnad.analysis.disclosure.attackers import Attacker, Way
from skillnad.analysis.disclosure.policy import MARKED, Policy


class Kind(StrEnum):
    TEXT = "text"
    WHOLE = "whole"
    PART = "part"
    FLAG = "flag"
    TEXTS = "texts"
    ATTACKER = "attacker"
    WAY = "way"


EXPECTED = {
    Kind.TEXT: ("text inom citattecken", "text in quotes"),
    Kind.WHOLE: ("ett heltal", "a whole number"),
    Kind.PART: ("ett tal med decimalpunkt, som 0.1", "a number with a point, such as 0.1"),
    Kind.FLAG: ("true eller false", "true or false"),
    Kind.TEXTS: ('en lista av kolumner, som ["problem"]', 'a list of columns, such as ["problem"]'),
    Kind.ATTACKER: ('"A0", "A1" eller "A2"', '"A0", "A1" or "A2"'),
    Kind.WAY: ('"suppress", "round" eller "cell_keys"', '"suppress", "round" or "cell_keys"'),
}
WORDS: Mapping[Kind, type[StrEnum]] = {Kind.ATTACKER: Attacker, Kind.WAY: Way}

Stricter = Callable[[Policy, Policy], bool]
"""Is what the second asks for at least as strict as what the first does?"""


@dataclass(frozen=True)
class Field:
    """`at_least`: None where neither way is the stricter, and a report may say as it likes."""

    kind: Kind
    sv: str
    at_least: Stricter | None
    how: str = ""


def _more(name: str) -> Stricter:
    return lambda own, other: bool(_of(other, name) >= _of(own, name))


def _less(name: str) -> Stricter:
    return lambda own, other: bool(_of(other, name) <= _of(own, name))


def _same(name: str) -> Stricter:
    return lambda own, other: bool(_of(own, name) == _of(other, name))


def _all_of(name: str) -> Stricter:
    return lambda own, other: set(_of(own, name)) <= set(_of(other, name))


def _of(policy: Policy, name: str) -> Any:
    return getattr(policy, name)


def _knows_as_much(own: Policy, other: Policy) -> bool:
    return _beyond(own) <= _beyond(other)


def _beyond(policy: Policy) -> int:
    """Whether the reader is taken to know less (-1) or more (1) than what the zeros tell."""
    readers = list(Attacker)
    usual = Attacker.ZEROS_PRINTED if policy.zeros_printed else Attacker.NOT_NEGATIVE
    if policy.reader is Attacker.PRIMARY_KNOWN:
        return 1
    return readers.index(policy.reader) - readers.index(usual)


HIGHER, LOWER, ON, OFF, MORE, SAME = "högre", "lägre", "true", "false", "fler", "samma"

FIELDS: Mapping[str, Field] = {
    "name": Field(Kind.TEXT, "Policyns namn. Det står i varje svar, med ett fingeravtryck av alla regler.", None),
    "threshold": Field(
        Kind.WHOLE, "Tröskeln: det minsta antal som visas, utom 0. Minst 2.", _more("threshold"), HIGHER
    ),
    "denominator": Field(
        Kind.WHOLE,
        "Minsta nämnare: en andel av färre visas inte, och inte antalen bakom den.",
        _more("denominator"),
        HIGHER,
    ),
    "zeros_printed": Field(
        Kind.FLAG,
        "Nollor visas alltid. Läsaren vet då att en lucka är minst 1. Annars kan en nolla döljas för en annan luckas "
        "skull.",
        _less("zeros_printed"),
        OFF,
    ),
    "zeros_protected": Field(
        Kind.FLAG, "Nollor döljs som små tal. Kräver zeros_printed = false.", _more("zeros_protected"), ON
    ),
    "attacker": Field(
        Kind.ATTACKER,
        "Läsaren som tabellerna skyddas mot. A0 vet att inget antal är mindre än noll, A1 vet också att nollor visas, "
        "och A2 också vilka luckor som är små tal. Förval: A1 när nollor visas, annars A0.",
        _knows_as_much,
        HIGHER,
    ),
    "contributors": Field(
        Kind.FLAG, "Skydda också mot den som är ensam i en lucka och vet det.", _more("contributors"), ON
    ),
    "sensitive": Field(
        Kind.TEXTS,
        "Känsliga kolumner: där får det inte framgå vad alla i en grupp har. "
        f'"{MARKED}" är alla som kodboken märker som känsliga.',
        _all_of("sensitive"),
        MORE,
    ),
    "group_all": Field(
        Kind.FLAG,
        "Dölj i känsliga kolumner att alla i en grupp har ett visst värde (100 procent).",
        _more("group_all"),
        ON,
    ),
    "group_none": Field(
        Kind.FLAG,
        "Dölj i känsliga kolumner att ingen i en grupp har ett visst värde (0 procent). Kräver zeros_printed = false.",
        _more("group_none"),
        ON,
    ),
    "all_but": Field(
        Kind.WHOLE,
        "Dölj i känsliga kolumner att alla utom färre än så många har ett visst värde. 1 är av.",
        _more("all_but"),
        HIGHER,
    ),
    "quantile_minimum": Field(
        Kind.WHOLE,
        "Minsta antal rader bakom en median. Minst lika högt som tröskeln.",
        _more("quantile_minimum"),
        HIGHER,
    ),
    "sum_clients": Field(Kind.WHOLE, "Minsta antal personer bakom en summa.", _more("sum_clients"), HIGHER),
    "largest_share": Field(
        Kind.PART, "Största del av en summa som en enda person får ha.", _less("largest_share"), LOWER
    ),
    "p_percent": Field(
        Kind.PART,
        "Den som har näst mest av en summa får inte kunna uppskatta den störstas del närmare än så. 0 är av.",
        _more("p_percent"),
        HIGHER,
    ),
    "sum_margin": Field(
        Kind.PART, "Så nära får en dold summa inte kunna uppskattas ur andra summor.", _more("sum_margin"), HIGHER
    ),
    "way": Field(
        Kind.WAY,
        "Hur små tal skyddas: suppress döljer dem, round avrundar alla antal, cell_keys lägger till ett litet brus.",
        _same("way"),
        SAME,
    ),
    "base": Field(Kind.WHOLE, "Vad antal avrundas till med round: 3 eller 5.", _more("base"), HIGHER),
    "allow_looser": Field(Kind.FLAG, "En rapport får be om mildare regler än kommunens.", _less("allow_looser"), OFF),
    "budget": Field(
        Kind.WHOLE,
        "Mest arbete på en tabell, räknat i celler. Tar tabellen mer får den fler luckor än den behöver.",
        None,
    ),
}
"""In the order of `Policy`. `own_area` is no field of a file: nobody writes themselves a right to see."""
