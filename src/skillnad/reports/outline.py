"""What a report asks, in order: chapters of items, each with its questions. Data; how it is said and drawn is named
here and done elsewhere.

`questions(outline, period)` is everything that the report asks of a snapshot: what its protected set is computed for,
and what benchmarks time.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from skillnad.analysis.comparisons.questions import Asked, Comparison, plain
from skillnad.analysis.made_columns import stored_behind
from skillnad.analysis.questions import ONGOING, Change, CrossTable, Duration, Flow, Question, Sequence, Share, Sum
from skillnad.analysis.results import ProtectedTable
from skillnad.analysis.selection import selection_of
from skillnad.codebook.loading import load_codebook
from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import (
    AT_START,
    EVENT,
    FIRST_FOLLOW_UP,
    SPAN,
    Manifest,
    Population,
    SnapshotColumn,
    SnapshotTable,
)
from skillnad.reports.views import View

Tables = tuple[ProtectedTable, ...]
Ask = Callable[[Period], Asked]
Say = Callable[[Tables], tuple[str, ...]]
Show = Callable[[Tables, str], View]
Draw = Callable[[Tables], "Drawing | None"]
CountedHow = Callable[[ProtectedTable], str]


@dataclass(frozen=True)
class Drawing:
    """A chart as a Vega-Lite specification. `caption` says what it shows; `told` stands for it where it cannot be
    seen.
    """

    spec: dict[str, object]
    caption: str
    told: str


@dataclass(frozen=True)
class Part:
    """Questions that share a sentence, a chart and a table. `count` says how they were counted, where not all of the
    table is shown, and `base` of how many, where that is not told of each table."""

    caption: str
    asks: tuple[Ask, ...]
    say: Say
    show: Show
    draw: Draw | None = None
    count: CountedHow | None = None
    base: Callable[[Tables], str] | None = None


@dataclass(frozen=True)
class ReportItem:
    """One question that a reader has. `lacking` says what the extracts cannot support, and what would be needed. One
    that is `folded` shows its first sentence, or its title, on a screen, and the rest when it is opened. Those of one
    heading `under` the chapter's, one after the other, are folded together.
    """

    id: str
    title: str
    parts: tuple[Part, ...] = ()
    lead: str = ""
    lacking: str = ""
    key_figure: bool = False  # its first sentence stands in the report's summary
    folded: bool = False
    under: str = ""


@dataclass(frozen=True)
class Chapter:
    """`in_short` is what it says over the report's summary."""

    id: str
    title: str
    items: tuple[ReportItem, ...]
    lead: str = ""
    in_short: str = ""


@dataclass(frozen=True)
class Outline:
    chapters: tuple[Chapter, ...]

    @property
    def items(self) -> Iterator[ReportItem]:
        return (item for chapter in self.chapters for item in chapter.items)


def questions(outline: Outline, period: Period) -> tuple[Asked, ...]:
    """Every question of the outline, each once, in the report's order."""
    asked = (ask(period) for item in outline.items for part in item.parts for ask in part.asks)
    return tuple(dict.fromkeys(asked))


def child_bands(age_groups: SnapshotColumn) -> tuple[str, ...]:
    """The age bands where everyone is at most 20: the children and young people of the placement chapter."""
    closed = ((level.code, re.fullmatch(r"\d+-(\d+)", level.code)) for level in age_groups.levels)
    return tuple(code for code, match in closed if match and int(match[1]) <= 20)


def supported(outline: Outline, manifest: Manifest, period: Period) -> Outline:
    """The outline without the parts that the snapshot has no columns or rows for; such an item says what it lacks."""
    chapters = (
        replace(chapter, items=tuple(_supported_item(item, manifest, period) for item in chapter.items))
        for chapter in outline.chapters
    )
    return Outline(tuple(chapters))


def _supported_item(item: ReportItem, manifest: Manifest, period: Period) -> ReportItem:
    kept: list[Part] = []
    missing: dict[str, None] = {}
    for part in item.parts:
        asks = tuple(ask for ask in part.asks if not _missing(ask(period), manifest))
        missing.update(dict.fromkeys(name for ask in part.asks for name in _missing(ask(period), manifest)))
        if asks:
            kept.append(replace(part, asks=asks))
    if not missing:
        return item
    lacking = f"Kommunens underlag har inte {_listed(tuple(missing))}, och därför saknas svaret helt eller delvis."
    return replace(item, parts=tuple(kept), lacking=" ".join(filter(None, (item.lacking, lacking))))


def _missing(question: Asked, manifest: Manifest) -> tuple[str, ...]:
    """Swedish names of what the question needs and the snapshot lacks."""
    population = selection_of(question).population
    table = manifest.tables.get(population)
    if table is None or not table.rows:
        return (POPULATION_LACKING[population],)
    lacking = tuple(column for column in columns_of(question) if column not in table.columns)
    return tuple(f"uppgiften ”{_name(column)}”{_older(column, table)}" for column in lacking)


def _older(column: str, table: SnapshotTable) -> str:
    """Snapshots made before there was an age at the start, or a first follow-up, have an age and a latest one."""
    later = {AT_START: "age_group", FIRST_FOLLOW_UP: "follow_up_date"}
    made_before = later.get(column) in table.columns
    return " (ögonblicksbilden är gjord av en äldre version; gör en ny)" if made_before else ""


def _name(column: str) -> str:
    """The standard's name of a column that a snapshot lacks."""
    codebook = load_codebook()
    return codebook[column].sv if column in codebook else _BESIDE_THE_CODEBOOK.get(column, column)


def columns_of(question: Asked) -> tuple[str, ...]:
    """The snapshot columns that a question needs, named or not; `month:intake_date` names `intake_date`."""
    where, asked = selection_of(question).where, plain(question)
    background = question.adjusted_for if isinstance(question, Comparison) else ()
    names = (*_own_columns(asked), *background, *(condition.column for condition in where), *_event_columns(asked))
    return tuple(dict.fromkeys(column for name in names for column in stored_behind(name)))


def _event_columns(question: Question) -> tuple[str, ...]:
    """The date, or the first and the last day, that places a row in a period."""
    if isinstance(question, Flow):
        return SPAN[question.population]
    selection = question.selection
    if selection.event == ONGOING:
        return SPAN[selection.population]
    return (selection.event or EVENT[selection.population],) if selection.period or selection.event else ()


def _own_columns(question: Question) -> tuple[str, ...]:
    match question:
        case CrossTable(rows, columns, by=by):
            return (rows, columns, *by)
        case Duration(start, end, by=by):
            return (start, end, *by)
        case Share(of, by=by):
            return (of.column, *by)
        case Sequence(steps):
            return steps
        case Sum(of, by=by) | Change(of, by=by):
            return (of, *by)
        case _:
            return question.by


def _listed(words: tuple[str, ...]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} och {words[-1]}"


_BESIDE_THE_CODEBOOK = {
    "age_group": "Åldersgrupp",
    AT_START: "Åldersgrupp när insatsen började",
    "closed_date": "Ärendets sista dag",
    "first_intake_date": "Första aktualisering",
    FIRST_FOLLOW_UP: "Första uppföljning",
    "review_date": "Omprövningens datum",
    "due_date": "Omprövning senast",
    "held_date": "Omprövning gjord",
    "review_in_time": "Omprövning i tid",
    "cost_from": "Kostnad från och med",
    "amount": "Kostnad (kr)",
    "unit": "Enhet",
    "administration": "Förvaltning",
    "committee": "Nämnd",
}

POPULATION_LACKING = {
    Population.CLIENTS: "några personer",
    Population.CASES: "några ärenden",
    Population.INTERVENTIONS: "några insatser",
    Population.FOLLOW_UPS: "några uppföljningar",
    Population.REVIEWS: "några omprövningar eller överväganden",
    Population.COSTS: "några kostnader",
    Population.ANSWERS: "några svar",
}
