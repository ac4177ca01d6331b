"""A report as data: every item answered with sentences, a picture, a table, and how it was counted."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from skillnad.analysis.comparisons.questions import Asked
from skillnad.analysis.results import ProtectedTable, Provenance
from skillnad.codebook.loading import load_codebook
from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import Manifest
from skillnad.reports.counting import bases, counted_how
from skillnad.reports.explanations import Explained
from skillnad.reports.outline import Chapter, Outline, Part, ReportItem
from skillnad.reports.pictures import picture
from skillnad.reports.views import View
from skillnad.reports.wording import NONE_AT_ALL, TOO_FEW

Answers = Callable[[Asked], ProtectedTable]
"""Where protected tables come from: the snapshot's protected set."""


@dataclass(frozen=True)
class Figure:
    """A picture, what it shows, and the text that stands for it."""

    svg: str
    caption: str
    told: str


@dataclass(frozen=True)
class PublishedSource:
    """Where a figure comes from that is not the municipality's own: what a source has published."""

    words: str


@dataclass(frozen=True)
class ReportAnswer:
    """One part of an item, answered. `basis` says n and what is missing; `counted` how it was counted. `explained` is
    what is written to explain a difference, and room for more."""

    id: str
    sentences: tuple[str, ...]
    view: View
    figure: Figure | None
    basis: str
    counted: str
    provenance: tuple[Provenance | PublishedSource, ...]
    explained: Explained | None = None


@dataclass(frozen=True)
class AnsweredItem:
    item: ReportItem
    answers: tuple[ReportAnswer, ...]

    @property
    def summary(self) -> str:
        """The sentence that stands in the report's summary; empty where there is none, or nothing can be said."""
        sentences = self.answers[0].sentences if self.answers else ()
        said = sentences[0] if self.item.key_figure and sentences else ""
        return "" if said.startswith((TOO_FEW, NONE_AT_ALL)) else said

    @property
    def said_first(self) -> str:
        """What a folded item is known by: its first sentence; empty where it is not folded, or says nothing."""
        sentences = self.answers[0].sentences if self.item.folded and self.answers else ()
        return sentences[0] if sentences else ""

    @property
    def is_explained(self) -> bool:
        """Has someone explained it, of this period?"""
        return any(answer.explained and answer.explained.written for answer in self.answers)


@dataclass(frozen=True)
class AnsweredChapter:
    chapter: Chapter
    items: tuple[AnsweredItem, ...]


@dataclass(frozen=True)
class Facts:
    """What stands on the cover and in the last chapter; `about` is that chapter where it is not the usual one.

    `places` are the units that the report is of, where it is not of the whole municipality.
    """

    title: str
    municipality: str
    period: Period
    made_on: date
    snapshot: str
    as_of: date
    codebook: str
    not_used: tuple[str, ...]
    about: tuple[tuple[str, str], ...] = ()
    places: str = ""

    @property
    def whose(self) -> str:
        """ "Provköping", or "Provköping, Ungdomsenheten"."""
        return ", ".join(filter(None, (self.municipality, self.places)))


@dataclass(frozen=True)
class Report:
    facts: Facts
    chapters: tuple[AnsweredChapter, ...]

    @property
    def in_short(self) -> str:
        """What stands first of all on a page."""
        return " ".join(chapter.chapter.in_short for chapter in self.chapters if chapter.chapter.in_short)

    @property
    def items(self) -> Iterator[AnsweredItem]:
        return (item for chapter in self.chapters for item in chapter.items)

    @property
    def summary(self) -> tuple[tuple[str, str, str], ...]:
        """Id, title and first sentence of what matters most."""
        return tuple((item.item.id, item.item.title, item.summary) for item in self.items if item.summary)


def facts_of(
    manifest: Manifest, period: Period, *, title: str, municipality: str, made_on: date, places: str = ""
) -> Facts:
    return Facts(
        title=title,
        municipality=municipality or manifest.municipality,
        period=period,
        made_on=made_on,
        snapshot=manifest.id,
        as_of=manifest.as_of,
        codebook=manifest.codebook_version,
        not_used=tuple(_name(variable) for variable in manifest.not_used),
        places=places,
    )


def _name(variable: str) -> str:
    """The standard's name of a variable; a local one has none but its id in a snapshot that does not use it."""
    codebook = load_codebook()
    return codebook[variable].sv if variable in codebook else variable


def answer_outline(outline: Outline, answers: Answers, facts: Facts) -> Report:
    """The report: each question of the outline is asked once of `answers`."""
    chapters = (
        AnsweredChapter(chapter, tuple(_answer_item(item, answers, facts.period) for item in chapter.items))
        for chapter in outline.chapters
    )
    return Report(facts, tuple(chapters))


def _answer_item(item: ReportItem, answers: Answers, period: Period) -> AnsweredItem:
    parts = (_answer_part(f"{item.id}-{i}", part, answers, period) for i, part in enumerate(item.parts, start=1))
    return AnsweredItem(item, tuple(parts))


def _answer_part(name: str, part: Part, answers: Answers, period: Period) -> ReportAnswer:
    tables = tuple(answers(ask(period)) for ask in part.asks)
    drawing = part.draw(tables) if part.draw else None
    return ReportAnswer(
        id=name,
        sentences=part.say(tables),
        view=part.show(tables, part.caption),
        figure=Figure(picture(drawing, name), drawing.caption, drawing.told) if drawing else None,
        basis=(part.base or bases)(tables),
        counted=(part.count or counted_how)(tables[0]),
        provenance=tuple(dict.fromkeys(table.provenance for table in tables)),
    )
