"""What people have answered: a chapter for each instrument that the snapshot has answers on.

It is made of what the manifest says of the columns: first all questions in short, and how many answered where; then
each question with its answers and the groups' shares of good ones; then what the bands of scores, changes since an
earlier occasion and two judgements of the same tell. Each question is of those who were asked it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from skillnad.analysis.comparisons.questions import Comparison, Paired, ResponseRate
from skillnad.analysis.questions import Selection, Share, Where
from skillnad.analysis.results import MISSING_LEVEL
from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import Column, Manifest, Population, SnapshotColumn
from skillnad.lib.text import capitalised, lowered
from skillnad.reports.answers_read import good_words
from skillnad.reports.answers_said import groups_told, in_short, named_first, question_told, rates_told
from skillnad.reports.answers_shown import good_in_groups, questions_in_short, rates_in_groups
from skillnad.reports.charts import bars
from skillnad.reports.comparison_layouts import compared
from skillnad.reports.comparison_wording import told
from skillnad.reports.contents.asking import counted, shared
from skillnad.reports.counting import basis, rows_counted
from skillnad.reports.layouts import frequency
from skillnad.reports.outline import Ask, Chapter, CountedHow, Drawing, Part, ReportItem, Tables
from skillnad.reports.views import View
from skillnad.reports.wording import split

ANSWERS: Final = Population.ANSWERS
INSTRUMENT, SEX, AGE, UNIT, PROVIDER, VARIANT = "instrument", "legal_sex", "age_group", "unit", "provider", "variant"
MOST_QUESTIONS = 16
"""Of an instrument with scores and more questions than this, only what the scores say is reported."""
OUTSIDE = (
    "Andelarna är av dem som har sagt vad de tycker: ”vet inte” och uteblivna svar står bredvid. Den som inte fick "
    "frågan räknas inte alls. De som inte svarade kan tycka något annat än de som gjorde det."
)
POINTS = (
    "En del svar räknas från insatsens början och andra från en uppföljning däremellan, och de ligger ihop här. I "
    "utforskaren går de att skilja åt."
)
HOW = (
    "Intervallen är 95 procents (Wilsons) och räknar med att samma person kan ha svarat flera gånger. Grupperna är "
    "inte prövade mot varandra."
)
RATES = "Intervallen är 95 procents (Wilsons). ”Vet inte” är ett svar; bara den som inte fyllt i något har inte svarat."


@dataclass(frozen=True)
class Asked:
    """An instrument's columns in the answers' table, whose own columns are `beside`."""

    instrument: str
    title: str
    columns: tuple[SnapshotColumn, ...]
    beside: frozenset[str]

    @cached_property
    def scored(self) -> list[SnapshotColumn]:
        return [column for column in self.columns if column.scored]

    @cached_property
    def questions(self) -> list[SnapshotColumn]:
        """What was asked; nothing where there are too many, and scores that say what they say."""
        asked = [column for column in self.columns if not column.scored]
        return asked if not self.scored or len(asked) <= MOST_QUESTIONS else []

    @cached_property
    def judged(self) -> list[list[SnapshotColumn]]:
        """The questions whose first reported answers are the best ones, by who answers, the instrument's first
        perspective first."""
        by_whom: dict[tuple[str, bool], list[SnapshotColumn]] = {}
        for column in self.questions:
            if column.good and set(column.good) == set(column.order[: len(column.good)]):
                by_whom.setdefault((who_of(column), column.sensitive), []).append(column)
        return list(by_whom.values())

    @cached_property
    def points(self) -> set[str]:
        """Columns that say from when others' answers count."""
        return {column.reference for column in self.columns if column.reference}

    @cached_property
    def of_providers(self) -> bool:
        """Is the client's answer set beside another's judgement? Then it is the provider that is followed up."""
        return any(column.pair for column in self.columns)

    def by(self, column: SnapshotColumn) -> tuple[str, ...]:
        """The groups that a question is shown in: what clients say of themselves by who they are and where; and what is
        said or judged of a provider by provider. Answers of others than the first to be asked are fewer."""
        if self.of_providers or not column.sensitive:
            names: tuple[str, ...] = (PROVIDER,)
        else:
            names = (SEX, AGE, UNIT) if column in self.judged[0] else (SEX,)
        return tuple(name for name in names if name in self.beside)


def chapters(manifest: Manifest) -> tuple[Chapter, ...]:
    """In the order of the instruments' names."""
    return tuple(_chapter(asked) for asked in instruments(manifest))


def instruments(manifest: Manifest) -> list[Asked]:
    """Those that somebody has answered."""
    table = manifest.tables.get(ANSWERS)
    if table is None or INSTRUMENT not in table.columns:
        return []
    columns = list(table.columns.values())
    beside = frozenset(column.id for column in columns if len(column.levels) > 1)
    levels = table.columns[INSTRUMENT].levels
    return [
        Asked(level.code, level.sv, tuple(column for column in columns if _of(column, level.code)), beside)
        for level in levels
    ]


def _of(column: SnapshotColumn, instrument: str) -> bool:
    return column.id.startswith(f"{instrument}__") and bool(column.not_asked)


def _chapter(asked: Asked) -> Chapter:
    items = [
        *_in_short(asked),
        *_who_answered(asked),
        *(_question(column, asked) for column in asked.questions),
        *(_result(column) for column in asked.scored),
        *(item for column in asked.questions for item in _pair(column, asked.columns)),
    ]
    return Chapter(f"svar-{slug(asked.instrument)}", f"Svar: {asked.title}", tuple(items), lead=OUTSIDE)


def _in_short(asked: Asked) -> Iterator[ReportItem]:
    """All questions with good answers, a table for each who answers."""
    parts = tuple(_short_part(columns, asked) for columns in asked.judged)
    if any(len(columns) > 1 for columns in asked.judged):
        id = f"{slug(asked.instrument)}-i-korthet"
        yield ReportItem(id, f"{asked.title}: svaren i korthet", parts, key_figure=True)


def _short_part(columns: list[SnapshotColumn], asked: Asked) -> Part:
    """One table of the questions to the same; what it says names them where they are not the first."""
    titles = {column.id: plain_title(column) for column in columns}
    asks = (each for c in columns for each in (rate(c), good(c, *asked.by(c)[:1]), every_answer(c)))
    who = who_of(columns[0]) or ("" if columns[0].sensitive or len(asked.judged) == 1 else "den som bedömer")
    say = in_short(columns, titles)
    return Part(
        f"Alla frågor i korthet{who and f', {who}'}",
        tuple(asks),
        say if columns == asked.judged[0] else named_first(capitalised(who), say),
        questions_in_short(columns, titles, {column.id: slug(column.id) for column in columns}),
        count=_counted(HOW),
        base=_no_basis,
    )


def _who_answered(asked: Asked) -> Iterator[ReportItem]:
    """The response rate by unit and by form, or by provider, of the first question that clients have."""
    first = next((column for column in asked.questions if column.sensitive), None)
    where = (PROVIDER,) if asked.of_providers else (UNIT, VARIANT)
    names = [name for name in where if name in asked.beside]
    if first is None or not names:
        return
    part = Part(
        f"Svarsfrekvens på frågan ”{plain_title(first)}”",
        tuple(rate(first, name) for name in names),
        named_first("Svarsfrekvens", rates_told),
        rates_in_groups,
        count=_counted(RATES),
    )
    yield ReportItem(f"{slug(asked.instrument)}-svarsfrekvens", "Vilka svarar?", (part,), folded=True)


def _question(column: SnapshotColumn, asked: Asked) -> ReportItem:
    """How many answered and what; and where some answers are the good ones, their share in groups too."""
    if column.id in asked.points:
        return ReportItem(slug(column.id), title(column), (_distribution(column),), folded=True)
    answers = Part(
        "Svaren",
        (every_answer(column), rate(column)),
        named_first(title(column), question_told(column)),
        _first_alone,
        _bars_of_first,
        base=_of_first,
    )
    groups = [_in_groups(column, asked)] if column.good and asked.by(column) else []
    lead = POINTS if column.reference else ""
    return ReportItem(slug(column.id), title(column), (answers, *groups), lead=lead, folded=True)


def _in_groups(column: SnapshotColumn, asked: Asked) -> Part:
    names = asked.by(column)
    return Part(
        f"Andel som svarade {good_words(column)}, efter {_GROUPS[names]}",
        tuple(good(column, name) for name in names),
        groups_told(column),
        good_in_groups,
        count=_counted(HOW),
        base=_of_first,
    )


def _result(column: SnapshotColumn) -> ReportItem:
    return ReportItem(
        slug(column.id), title(column), (_distribution(column),), lead=f"Räknat enligt {column.scored}.", folded=True
    )


def _distribution(column: SnapshotColumn) -> Part:
    say = named_first(title(column), split("räknades"))
    return Part("Fördelning", (every_answer(column),), say, frequency(), bars(sort=False))


def _pair(column: SnapshotColumn, columns: Sequence[SnapshotColumn]) -> Iterator[ReportItem]:
    """Two judgements of the same occasion beside each other: how often each is good, and how often both."""
    other = next((each for each in columns if each.id == column.pair), None)
    if other is None or not column.good or not other.good or column.kind is not Column.CODE:
        return

    def ask(period: Period) -> Paired:
        both = Selection(ANSWERS, period, where=(_put_to(column), _put_to(other)))
        return Paired(Where(column.id, column.good), Where(other.id, other.good), both)

    both = f"{title(column)}, och {lowered(title(other))}"
    part = Part("Två bedömningar av samma tillfälle", (ask,), _said, compared())
    yield ReportItem(f"{slug(column.id)}-par", both, (part,), folded=True)


def every_answer(column: SnapshotColumn) -> Ask:
    """How many gave each answer, "don't know" too, of those who gave one."""
    return counted(ANSWERS, column.id, where=(gave(column),))


def rate(column: SnapshotColumn, *by: str) -> Ask:
    return lambda period: ResponseRate(column.id, (), Selection(ANSWERS, period), by)


def good(column: SnapshotColumn, *by: str) -> Ask:
    """The share of good answers, with intervals where it is between groups."""
    if not by:
        return shared(ANSWERS, column.id, column.good, where=(gave(column),))

    def ask(period: Period) -> Comparison:
        those = Selection(ANSWERS, period, where=(gave(column),))
        return Comparison(Share(Where(column.id, column.good), those, by))

    return ask


def _put_to(column: SnapshotColumn) -> Where:
    """Those who were asked, whether or not they answered."""
    return Where(column.id, (*gave(column).codes, MISSING_LEVEL))


def gave(column: SnapshotColumn) -> Where:
    """Those who answered."""
    return Where(column.id, tuple(level.code for level in column.levels if level.code != column.not_asked))


def title(column: SnapshotColumn) -> str:
    """The label without the instrument, which the chapter is about: "Nöjdhet", "Nöjdhet, vårdnadshavaren"."""
    return ", ".join(filter(None, (plain_title(column), who_of(column))))


def plain_title(column: SnapshotColumn) -> str:
    return column.sv.rpartition(" (")[0]


def who_of(column: SnapshotColumn) -> str:
    """Who answers, where an instrument puts the question to several: "vårdnadshavaren om barnet"."""
    return column.sv.rpartition(" (")[2].rstrip(")").partition(", ")[2]


def slug(name: str) -> str:
    """As an address has it."""
    return name.replace("__", "-").replace("_", "-")


def _first_alone(tables: Tables, caption: str) -> View:
    return frequency()(tables[:1], caption)


def _bars_of_first(tables: Tables) -> Drawing | None:
    return bars(sort=False)(tables[:1])


def _of_first(tables: Tables) -> str:
    return basis(tables[0]) if tables else ""


def _no_basis(_: Tables) -> str:
    return ""


def _said(tables: Tables) -> tuple[str, ...]:
    return tuple(sentence for table in tables for sentence in told(table))


def _counted(how: str) -> CountedHow:
    return lambda table: f"{rows_counted(table)} {how}"


_GROUPS = {
    (SEX, AGE, UNIT): "kön, ålder och enhet",
    (SEX, AGE): "kön och ålder",
    (SEX, UNIT): "kön och enhet",
    (AGE, UNIT): "ålder och enhet",
    (SEX,): "kön",
    (AGE,): "ålder",
    (UNIT,): "enhet",
    (PROVIDER,): "utförare",
}
