"""What people have answered: a chapter for each instrument that the snapshot has answers on.

It is made of what the manifest says of the columns: each question with its good answers, then what the bands of scores,
changes since an earlier occasion and two judgements of the same tell. Each question is of those who were asked it.
"""

from collections.abc import Iterator
from typing import Final

from skillnad.analysis.comparisons.questions import Paired, ResponseRate
from skillnad.analysis.questions import Selection, Where
from skillnad.analysis.results import MISSING_LEVEL
from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import Column, Manifest, Population, SnapshotColumn
from skillnad.lib.text import lowered
from skillnad.reports.charts import bars, share_bars
from skillnad.reports.comparison_layouts import compared
from skillnad.reports.comparison_wording import told
from skillnad.reports.contents.asking import counted, shared
from skillnad.reports.groups import share_by
from skillnad.reports.layouts import frequency, shares
from skillnad.reports.numbers import percent, whole
from skillnad.reports.outline import Ask, Chapter, Part, ReportItem, Tables
from skillnad.reports.reading import cell
from skillnad.reports.wording import split

ANSWERS: Final = Population.ANSWERS
INSTRUMENT, SEX = "instrument", "legal_sex"
MOST_QUESTIONS = 16
"""Of an instrument with scores and more questions than this, only what the scores say is reported."""
OUTSIDE = (
    "Andelarna är av dem som har sagt vad de tycker: ”vet inte” och uteblivna svar står bredvid. Den som inte fick "
    "frågan räknas inte alls."
)

POINTS = (
    "En del svar räknas från insatsens början och andra från en uppföljning däremellan, och de ligger ihop här. I "
    "utforskaren går de att skilja åt."
)


def chapters(manifest: Manifest) -> tuple[Chapter, ...]:
    """In the order of the instruments' names."""
    table = manifest.tables.get(ANSWERS)
    if table is None or INSTRUMENT not in table.columns:
        return ()
    columns = list(table.columns.values())
    levels = table.columns[INSTRUMENT].levels
    return tuple(_chapter(level.code, level.sv, [c for c in columns if _of(c, level.code)]) for level in levels)


def _of(column: SnapshotColumn, instrument: str) -> bool:
    return column.id.startswith(f"{instrument}__") and bool(column.not_asked)


def _chapter(instrument: str, title: str, columns: list[SnapshotColumn]) -> Chapter:
    scored = [column for column in columns if column.scored]
    asked = [column for column in columns if not column.scored]
    whole = bool(asked) and (not scored or len(asked) <= MOST_QUESTIONS)
    items = [
        *(_question(column) for column in asked if whole),
        *(_result(column) for column in scored),
        *(item for column in asked if whole for item in _pair(column, columns)),
    ]
    return Chapter(f"svar-{_slug(instrument)}", f"Svar: {title}", tuple(items), lead=OUTSIDE)


def _question(column: SnapshotColumn) -> ReportItem:
    """How many answered and what; and where some answers are the good ones, their share, of women and men too."""
    parts = [
        Part("Hur många som svarade", (_rate(column),), _answered, compared()),
        Part("Svaren", (_all(column),), split("besvarades"), frequency(), bars(sort=False)),
    ]
    if column.good and column.sensitive:  # what people say of themselves; who judges has no sex here
        parts.append(_good(column))
    lead = POINTS if column.reference else ""
    return ReportItem(_slug(column.id), _title(column), tuple(parts), lead=lead)


def _good(column: SnapshotColumn) -> Part:
    words = " eller ".join(f"”{level.sv}”" for level in column.levels if level.code in column.good)
    return Part(
        f"Andel som svarade {words}, efter kön",
        (shared(ANSWERS, column.id, column.good, SEX, where=(_put_to(column),)),),
        share_by(f"besvarades med {words}"),
        shares(),
        share_bars(),
    )


def _result(column: SnapshotColumn) -> ReportItem:
    part = Part("Fördelning", (_all(column),), split("räknades"), frequency(), bars(sort=False))
    return ReportItem(_slug(column.id), _title(column), (part,), lead=f"Räknat enligt {column.scored}.")


def _pair(column: SnapshotColumn, columns: list[SnapshotColumn]) -> Iterator[ReportItem]:
    """Two judgements of the same occasion beside each other: how often each is good, and how often both."""
    other = next((each for each in columns if each.id == column.pair), None)
    if other is None or not column.good or not other.good or column.kind is not Column.CODE:
        return

    def ask(period: Period) -> Paired:
        both = Selection(ANSWERS, period, where=(_put_to(column), _put_to(other)))
        return Paired(Where(column.id, column.good), Where(other.id, other.good), both)

    title = f"{_title(column)}, och {lowered(_title(other))}"
    part = Part("Två bedömningar av samma tillfälle", (ask,), _said, compared())
    yield ReportItem(f"{_slug(column.id)}-par", title, (part,))


def _answered(tables: Tables) -> tuple[str, ...]:
    (table,) = tables
    asked, answered, rate = (cell(table, name) for name in ("asked", "answered", "rate"))
    if asked == 0:
        return ("Ingen fick frågan under perioden.",)
    if asked is None or answered is None or rate is None:
        return ("Hur många som svarade kan inte visas.",)
    return (f"{whole(answered)} av {whole(asked)} som fick frågan svarade ({percent(rate)}).",)


def _all(column: SnapshotColumn) -> Ask:
    return counted(ANSWERS, column.id, where=(_put_to(column),))


def _rate(column: SnapshotColumn) -> Ask:
    return lambda period: ResponseRate(column.id, (), Selection(ANSWERS, period))


def _put_to(column: SnapshotColumn) -> Where:
    """Those who were asked, whether or not they answered."""
    return Where(column.id, (*(level.code for level in column.levels if level.code != column.not_asked), MISSING_LEVEL))


def _title(column: SnapshotColumn) -> str:
    """The label without the instrument, which the chapter is about: "Nöjdhet", "Nöjdhet, vårdnadshavaren"."""
    label, _, rest = column.sv.rpartition(" (")
    who = rest.rstrip(")").partition(", ")[2]
    return f"{label}, {who}" if who else label


def _said(tables: Tables) -> tuple[str, ...]:
    return tuple(sentence for table in tables for sentence in told(table))


def _slug(name: str) -> str:
    """As an address has it."""
    return name.replace("__", "-").replace("_", "-")
