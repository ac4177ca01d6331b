"""Worked examples as an instrument's cases.toml has them: answers, and what must come out of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from skillnad.instruments.conditions import Answers
from skillnad.instruments.keys import Keys
from skillnad.instruments.reading import Findings
from skillnad.lib.toml_files import FLAG, NUMBER, TABLE, TABLES, TEXT, TEXTS, WHOLE, Checked, Source, checked, tables

_NAMED: Final[Keys] = {"id": TEXT, "sv": TEXT, "perspective": TEXT, "age": WHOLE}
CASE: Final[Keys] = {
    **_NAMED,
    "variant": TEXT,
    "slots": TABLE,
    "answers": TABLE,
    "asked": TEXTS,
    "scores": TABLE,
    "missing": TEXTS,
    "bands": TABLE,
    "shares": TABLE,
    "outside": TEXTS,
    "filled": TABLE,
    "problems": TEXTS,
    "on": TEXTS,
    "off": TEXTS,
}
CHANGE: Final[Keys] = {
    **_NAMED,
    "before": TABLE,
    "after": TABLE,
    "before_scores": TABLE,
    "after_scores": TABLE,
    "expect": TABLE,
    "steps": TABLE,
    "outside": TEXTS,
}
POOL: Final[Keys] = {"id": TEXT, "sv": TEXT, "item": TEXT, "slots": TABLES, "perspectives": TEXTS, "pools": FLAG}
PUBLISHED: Final[Keys] = {
    "id": TEXT,
    "file": TEXT,
    "of": NUMBER,
    "counts": TABLE,
    "by_sex": TABLE,
    "means": TABLE,
    "note_sv": TEXT,
}
FILE: Final[Keys] = {"case": TABLES, "change_case": TABLES, "pool_case": TABLES, "published": TABLES}


@dataclass(frozen=True)
class WorkedCase:
    """A sheet of answers with the scores, bands, shares and words it must give, or the problems it must have.

    `missing`: scores without a value. `outside`: shares it stands outside of. `off`: scores that are not counted.
    """

    id: str
    sv: str
    where: str
    perspective: str
    answers: Answers
    variant: str = ""
    age: int | None = None
    slots: Mapping[str, str] = field(default_factory=dict)
    asked: tuple[str, ...] | None = None
    scores: Mapping[str, float] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    bands: Mapping[str, str] = field(default_factory=dict)
    shares: Mapping[str, int] = field(default_factory=dict)
    outside: tuple[str, ...] = ()
    filled: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    on: tuple[str, ...] = ()
    off: tuple[str, ...] = ()


@dataclass(frozen=True)
class ChangeCase:
    """Two occasions, by answers or by scores, with what each change rule must say of them."""

    id: str
    sv: str
    where: str
    perspective: str
    age: int | None = None
    before: Answers = field(default_factory=dict)
    after: Answers = field(default_factory=dict)
    before_scores: Mapping[str, float] = field(default_factory=dict)
    after_scores: Mapping[str, float] = field(default_factory=dict)
    expect: Mapping[str, str] = field(default_factory=dict)
    steps: Mapping[str, float] = field(default_factory=dict)
    outside: tuple[str, ...] = ()


@dataclass(frozen=True)
class PoolCase:
    """Whether answers to one item, given with other words or by other people, may be put together."""

    id: str
    sv: str
    where: str
    item: str
    pools: bool
    slots: tuple[Mapping[str, str], ...] = ()
    perspectives: tuple[str, ...] = ()


@dataclass(frozen=True)
class Published:
    """Figures of a report: how many (`of`) answered each code of an item, by sex, or the means of a rank order."""

    id: str
    where: str
    of: float
    file: str = ""
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    by_sex: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    means: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    note_sv: str = ""


@dataclass(frozen=True)
class Cases:
    """What one cases.toml holds."""

    name: str
    cases: tuple[WorkedCase, ...] = ()
    changes: tuple[ChangeCase, ...] = ()
    pools: tuple[PoolCase, ...] = ()
    published: tuple[Published, ...] = ()


def cases_of(source: Source, first_perspective: str, findings: Findings) -> Cases:
    """The cases of a file; unknown keys, wrong types and what is missing are added to `findings` (INSTR-003)."""
    file = checked(source, (), source.data, FILE, findings)
    told = {"perspective": first_perspective}
    return Cases(
        source.name,
        tuple(WorkedCase(**{**told, "answers": {}, **_fields(each)}) for each in tables(file, "case", CASE)),
        tuple(ChangeCase(**{**told, **_fields(each)}) for each in tables(file, "change_case", CHANGE)),
        tuple(PoolCase(**{"item": "", "pools": False, **_fields(each)}) for each in tables(file, "pool_case", POOL)),
        tuple(_published(each) for each in tables(file, "published", PUBLISHED)),
    )


def _fields(table: Checked) -> dict[str, Any]:
    """A case's fields by name, with lists as tuples."""
    data = {key: tuple(content) if isinstance(content, list) else content for key, content in table.data.items()}
    return {**data, "id": table.required("id"), "sv": table.required("sv"), "where": table.where()}


def _published(table: Checked) -> Published:
    return Published(**{"of": 0, **table.data, "id": table.required("id"), "where": table.where()})
