"""What an instrument's files say, as frozen data: who is asked what, what the answers mean, how they are counted."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from skillnad.instruments.asked import Item, Matrix, OptionSet, Perspective, Slot, Variant
from skillnad.instruments.counted import BandSet, ChangeRule, Score


@dataclass(frozen=True)
class Share:
    id: str
    sv: str
    en: str
    item: str
    codes: frozenset[str]


@dataclass(frozen=True)
class Pair:
    id: str
    sv: str
    en: str
    first: str
    second: str


@dataclass(frozen=True)
class Rule:
    id: str
    sv: str
    en: str
    sum_of: tuple[str, ...]
    at_most_item: str


@dataclass(frozen=True)
class Occasion:
    id: str
    sv: str
    en: str
    when: str
    days: int | None = None
    every_days: int | None = None


@dataclass(frozen=True)
class Licence:
    kind: str  # free, quote, permission, training, local
    holder: str
    texts: bool
    confirm: bool
    note_sv: str = ""
    electronic: str = ""
    verified: bool = True


@dataclass(frozen=True)
class VersionNote:
    version: str
    date: date
    sv: str
    breaks: frozenset[str] = frozenset()  # items that start a new series


@dataclass(frozen=True)
class Instrument:
    """All that one folder says. `digest` names exactly this content."""

    id: str
    version: str
    kind: str  # catalogue, template, frame, local
    title_sv: str
    title_en: str
    purpose_sv: str
    purpose_en: str
    answered_by: tuple[str, ...]
    about: str
    licence: Licence
    source: str
    perspectives: Mapping[str, Perspective]
    variants: Mapping[str, Variant]
    items: Mapping[str, Item]
    intro: str = ""
    option_sets: Mapping[str, OptionSet] = field(default_factory=dict)
    matrices: Mapping[str, Matrix] = field(default_factory=dict)
    occasions: tuple[Occasion, ...] = ()
    slots: Mapping[str, Slot] = field(default_factory=dict)
    groups: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    theory: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    scores: Mapping[str, Score] = field(default_factory=dict)
    band_sets: tuple[BandSet, ...] = ()
    changes: Mapping[str, ChangeRule] = field(default_factory=dict)
    shares: tuple[Share, ...] = ()
    pairs: tuple[Pair, ...] = ()
    rules: tuple[Rule, ...] = ()
    versions: tuple[VersionNote, ...] = ()
    note_sv: str = ""
    extends: str = ""
    no_sum: bool = False
    never_average: bool = False
    sensitive: bool = False
    person: bool = True
    verified: bool = True
    local: bool = False
    digest: str = ""
