"""The tables of the page of differences: a small one beside each shown difference, and long ones of all the others."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import groupby
from math import ceil

from babel.numbers import format_decimal

from skillnad.analysis.comparisons.judging import Judgement, Page, Told
from skillnad.analysis.comparisons.opponents import against_whom, named_groups
from skillnad.analysis.comparisons.questions import Comparison
from skillnad.analysis.results import MeasureKind, ProtectedTable
from skillnad.lib.text import capitalised
from skillnad.reports.comparison_counting import without_background
from skillnad.reports.contents.differences import Matter
from skillnad.reports.differences_wording import background_of, group_words, matter_of, other_words
from skillnad.reports.reading import added, cell
from skillnad.reports.views import BLANK, Cell, Group, Heading, Role, Row, View

Compared = tuple[Matter, Judgement]

UNADJUSTED, WITH_BACKGROUND = "Som det är", "Med hänsyn till bakgrund"
USUAL_CONFIDENCE = 0.95
IN_BRACKETS = "Inom parentes: 95 % intervall."
DAYS_UNADJUSTED = "Dagarna är inte justerade: det är andelen som var klar inom mediantiden."
NOT_ADJUSTED = "En tom ruta: för få med samma bakgrund att jämföra med."
TIMES_MORE = "Så många gånger fler behövs"
_UNITS = {MeasureKind.POINTS: "procentenheter", MeasureKind.DAYS: "dagar"}


def beside(judgement: Judgement, caption: str, page: Page) -> View:
    """The group and what it is compared with, the difference, and the smallest that could have been seen."""
    table, plain = judgement.table, judgement.plain
    has_adjusted = judgement.adjusted is not None
    headings = [Heading("Antal med uppgift"), Heading(_figure_heading(plain))]
    rows = [_own(judgement), _theirs(judgement), _difference(judgement), _seen(judgement)]
    if has_adjusted:
        headings.append(Heading(WITH_BACKGROUND))
    background = [f"Bakgrund: {background_of(table)}.", *without_background(table)] if has_adjusted else []
    cut = tuple(Row(row.label, row.cells[: len(headings)], row.role) for row in rows)
    note = " ".join((_in_brackets(page), *background))
    return _with_numbers(View(caption, table.axes[0].label, tuple(headings), (Group(cut),), note))


def _in_brackets(page: Page) -> str:
    """Beside one difference; why it is widened stands under the table of all."""
    widened = f" Skillnadens är vidgat till {_level(page)} %." if page.confidence > USUAL_CONFIDENCE else ""
    return f"{IN_BRACKETS}{widened}"


def _level(page: Page) -> str:
    return str(format_decimal(100 * page.confidence, format="0.##", locale="sv_SE"))


def _widened(page: Page) -> str:
    """A shown difference is picked out of many, and its interval says so."""
    if page.confidence <= USUAL_CONFIDENCE:
        return ""
    made = f"{page.made} prövningar, de justerade inräknade"
    return f"En visad skillnads intervall är vidgat till {_level(page)} %, för att den är utvald bland {made}."


def _figure_heading(told: Told) -> str:
    return f"{UNADJUSTED}, median i dagar" if told.kind is MeasureKind.DAYS else UNADJUSTED


def _own(judgement: Judgement) -> Row:
    table, code = judgement.table, judgement.group.code
    words = group_words(table.axes[0].id, judgement.group)
    cells = (_n(table, code), _figure(table, code, ""), _figure(table, code, "adjusted"))
    return Row(capitalised(words), cells)


def _theirs(judgement: Judgement) -> Row:
    """Of two groups the other one's own figures; of the rest what the difference leaves."""
    table, question = judgement.table, judgement.table.question
    label = capitalised(other_words(table))
    if isinstance(question, Comparison) and (other := against_whom(question, table.axes[0])):
        return Row(label, (_n(table, other), _figure(table, other, ""), _figure(table, other, "adjusted")))
    plain = _left(table, _own_measure(table), judgement.group.code, judgement.plain)
    adjusted = judgement.adjusted if _is_adjusted(judgement) else None
    return Row(label, (_rest_n(judgement), plain, _left(table, "adjusted", judgement.group.code, adjusted)))


def _left(table: ProtectedTable, measure: str, code: str, told: Told | None) -> Cell:
    """What the rest have: the group's own less the difference."""
    if told is None:
        return BLANK
    own = cell(table, measure, code)
    return Cell(None if own is None or told.value is None else own - told.value, _kind(table))


def _own_measure(table: ProtectedTable) -> str:
    return "share" if "share" in table.cells else "median"


def _kind(table: ProtectedTable) -> MeasureKind:
    return MeasureKind.SHARE if "share" in table.cells else MeasureKind.DAYS


def _n(table: ProtectedTable, code: str) -> Cell:
    return Cell(cell(table, "whole" if "whole" in table.cells else "count", code))


def _rest_n(judgement: Judgement) -> Cell:
    table = judgement.table
    others = [_n(table, code).value for code in named_groups(table.axes[0]) if code != judgement.group.code]
    overlapping = table.axes[0].multiple
    return BLANK if overlapping or added(others) is None else Cell(added(others))


def _figure(table: ProtectedTable, code: str, prefix: str) -> Cell:
    name = prefix or _own_measure(table)
    if (code,) not in table.cells.get(name, {}):
        return BLANK
    low, high = (cell(table, f"{name}_{end}", code) for end in ("low", "high"))
    ends = None if low is None or high is None else (low, high)
    return Cell(cell(table, name, code), _kind(table), ends=ends)


def _difference(judgement: Judgement) -> Row:
    unit = _UNITS[_unit(judgement)]
    return Row(f"Skillnad, {unit}", (BLANK, told(judgement.plain), told_adjusted(judgement)), Role.TOTAL)


def _unit(judgement: Judgement) -> MeasureKind:
    return MeasureKind.DAYS if judgement.plain.kind is MeasureKind.DAYS else MeasureKind.POINTS


def _seen(judgement: Judgement) -> Row:
    cells = (BLANK, _smallest(judgement.plain), _smallest(judgement.adjusted))
    return Row("Minsta skillnad som hade kunnat synas", cells, Role.BESIDE)


def _smallest(found: Told | None) -> Cell:
    return BLANK if found is None or found.seen is None else Cell(found.seen, _kind_of(found))


def told(found: Told | None) -> Cell:
    """A difference with its interval; blank where nothing was adjusted, a gap where it is hidden."""
    if found is None:
        return BLANK
    ends = None if found.interval is None else (found.interval.low, found.interval.high)
    return Cell(found.value, _kind_of(found), ends=ends, difference=True)


def told_adjusted(one: Judgement) -> Cell:
    """Blank too where nobody has the same background to compare with: a gap says that a number is small."""
    return told(one.adjusted) if _is_adjusted(one) else BLANK


def _is_adjusted(one: Judgement) -> bool:
    return (one.group.code,) in one.table.cells.get("adjusted_difference", {})


def _kind_of(found: Told) -> MeasureKind:
    return MeasureKind.DAYS if found.kind is MeasureKind.DAYS else MeasureKind.POINTS


def overview(found: Sequence[Compared], caption: str, page: Page, anchor: Callable[[Matter, Judgement], str]) -> View:
    """Every shown difference in a row that leads to what is told of it, the largest and surest of each kind first: a
    group for each kind, and of times for each unit."""
    headings = (Heading(UNADJUSTED), Heading(WITH_BACKGROUND))
    kinds: dict[str, list[Row]] = {}
    for matter, one in found:
        label = f"{matter_of(matter, one.table)}: {_against(one)}"
        row = Row(label, (told(one.plain), told_adjusted(one)), link=anchor(matter, one))
        kinds.setdefault(f"{matter.kind.title}, {_UNITS[_unit(one)]}", []).append(row)
    groups = tuple(Group(tuple(rows), label) for label, rows in kinds.items())
    days = DAYS_UNADJUSTED if any(one.plain.kind is MeasureKind.DAYS for _, one in found) else ""
    told_first = "Plus är mer (eller längre) för den grupp som nämns först."
    note = " ".join(filter(None, (told_first, IN_BRACKETS, _widened(page), days, _blank(found))))
    return _with_numbers(View(caption, "Skillnad", headings, groups, note))


def _blank(found: Sequence[Compared]) -> str:
    """What an empty cell is, where a share has one."""
    return NOT_ADJUSTED if any(one.adjusted is not None and not _is_adjusted(one) for _, one in found) else ""


def long_table(found: Sequence[Compared], caption: str, *, needed: bool) -> View:
    """Comparisons that show no difference, grouped by what is compared; with `needed`, what it would take to tell.
    Where none is adjusted there is no column for it."""
    adjusted = any(one.adjusted is not None for _, one in found)
    headings = [
        Heading(UNADJUSTED),
        *([Heading(WITH_BACKGROUND)] if adjusted else []),
        Heading("Minsta skillnad som hade kunnat synas"),
        *([Heading(TIMES_MORE)] if needed else []),
    ]
    groups = tuple(
        Group(tuple(_long_row(one, adjusted, needed) for _, one in same), f"{matter.title}, {_UNITS[_unit(first)]}")
        for (matter, first), same in _by_matter(found)
    )
    note = " ".join(filter(None, (IN_BRACKETS, _blank(found))))
    return _with_numbers(View(caption, "Grupp", tuple(headings), groups, note))


def _by_matter(found: Iterable[Compared]) -> Iterable[tuple[Compared, list[Compared]]]:
    for _, same in groupby(found, key=lambda each: each[0].id):
        rows = list(same)
        yield rows[0], rows


def _long_row(one: Judgement, adjusted: bool, needed: bool) -> Row:
    beside = [told_adjusted(one)] if adjusted else []
    more = [times_more(one)] if needed else []
    return Row(capitalised(_against(one)), (told(one.plain), *beside, _smallest(one.plain), *more))


def _against(one: Judgement) -> str:
    return f"{group_words(one.table.axes[0].id, one.group)} mot {other_words(one.table)}"


def times_more(one: Judgement) -> Cell:
    """How many times as many it takes to see a relevant difference: the smallest seen shrinks as the root of them."""
    seen, relevant = one.plain.seen, one.plain.relevant
    return BLANK if seen is None or seen <= relevant else Cell(ceil((seen / relevant) ** 2))


def _with_numbers(view: View) -> View:
    """The same with a column for each end of an interval, for the workbook: text can not be counted with."""
    wide = {at for row in view.rows for at, cell in enumerate(row.cells) if cell.ends is not None}
    headings = tuple(
        Heading(label, heading.label if at in wide else "")
        for at, heading in enumerate(view.headings)
        for label in ((_VALUE, "Lägst", "Högst") if at in wide else (heading.label,))
    )
    groups = tuple(replace(group, rows=tuple(_in_numbers(row, wide) for row in group.rows)) for group in view.groups)
    return replace(view, full=(replace(view, headings=headings, groups=groups),))


_VALUE = "Tal"


def _in_numbers(row: Row, wide: set[int]) -> Row:
    cells = (part for at, cell in enumerate(row.cells) for part in (_parts(cell) if at in wide else (cell,)))
    return replace(row, cells=tuple(cells))


def _parts(cell: Cell) -> tuple[Cell, Cell, Cell]:
    low, high = cell.ends or (None, None)
    alone = replace(cell, ends=None)
    if low is None or high is None:
        return alone, BLANK, BLANK
    return alone, replace(alone, value=low), replace(alone, value=high)
