"""What a comparative table says, in the first words that are read: which groups differ, how the order is, whether
something has changed. A difference is shown, none is, or they are too few to tell; what it comes from is never said."""

from collections.abc import Iterator, Mapping

from skillnad.analysis.comparisons.drawn_words import drawn_means
from skillnad.analysis.comparisons.in_words import opponent
from skillnad.analysis.comparisons.opponents import compared_levels
from skillnad.analysis.comparisons.questions import Comparison, Funnel, OverTime, Paired, Ranking
from skillnad.analysis.figures import POINTS_UNIT, WORDS, figure, interval
from skillnad.analysis.formulas.funnel import Place
from skillnad.analysis.formulas.verdicts import Verdict
from skillnad.analysis.headline import hidden_rest, listed
from skillnad.analysis.results import TOTAL, Level, MeasureKind, ProtectedTable
from skillnad.lib.text import capitalised, lowered
from skillnad.reports.reading import cell
from skillnad.reports.signals import hidden_told, signals_told

MOST_NAMED = 6
HIDDEN = "Minst en grupp är dold och är inte med i jämförelsen."
TOO_SHORT = "Punkterna är för få, eller för lika, för att avgöra om något har förändrats."
STEADY = "Ingen regel tyder på annat än att punkterna varierar slumpmässigt."


def told(table: ProtectedTable) -> tuple[str, ...]:
    """Sentences; none of a table that compares nothing (a response rate)."""
    match table.question:
        case Comparison():
            return tuple(_compared(table, table.question))
        case Ranking():
            return tuple(_ranked(table))
        case Funnel():
            return tuple(_placed(table))
        case OverTime():
            return tuple(_course(table))
        case Paired():
            return tuple(_paired(table))
        case _:
            return ()


def difference_words(table: ProtectedTable, measure: str, *key: str) -> str:
    """ "−14,5 procentenheter (−24,0 till −1,6)", or "" where it is hidden or has no meaning."""
    value = cell(table, measure, *key)
    if value is None:
        return ""
    kind = next(each.kind for each in table.measures if each.id == measure)
    unit = POINTS_UNIT if kind is MeasureKind.POINTS else "dagar"
    low, high = (cell(table, f"{measure}_{end}", *key) for end in ("low", "high"))
    ends = "" if low is None or high is None else f" ({interval(kind, low, high, difference=True)})"
    return f"{figure(kind, value, difference=True)} {unit}{ends}"


def _compared(table: ProtectedTable, question: Comparison) -> Iterator[str]:
    """The groups by each of the table's verdicts; those of a share within a limit, and adjusted ones, say so."""
    against = opponent(question, table.axes[0])
    if question.drawn and "verdict" not in table.cells:
        yield from drawn_means(question.drawn, unsure=False)
    if instead := hidden_rest(table):
        yield instead
        return
    for verdict in (measure.id for measure in table.measures if measure.kind is MeasureKind.VERDICT):
        prefix = verdict.removesuffix("verdict")
        yield from _judged(table, prefix, against)
        if _any_hidden(table, verdict):
            yield capitalised(f"{lead(prefix)}{lowered(HIDDEN)}")


def _judged(table: ProtectedTable, prefix: str, against: str) -> Iterator[str]:
    """A difference that is shown is told with its size."""
    found = _by_number(table, f"{prefix}verdict")
    shown = found.get(Verdict.DIFFERENCE_SHOWN, [])
    what = lead(prefix)
    for level in shown[:MOST_NAMED]:
        size = difference_words(table, f"{prefix}difference", level.code)
        yield capitalised(f"{what}skillnad visad: {level.label} mot {against}, {size}.")
    if len(shown) > MOST_NAMED:
        more = listed([level.label for level in shown[MOST_NAMED:]])
        yield capitalised(f"{what}skillnad visad också: {more} mot {against}.")
    for verdict in (Verdict.NO_DIFFERENCE_SHOWN, Verdict.TOO_FEW_TO_TELL):
        if verdict in found:
            groups = listed([level.label for level in found[verdict]])
            yield capitalised(f"{what}{verdict.sv}: {groups} mot {against}.")


def lead(prefix: str) -> str:
    """What a verdict beside the table's own is of, from the beginning of its measure's id."""
    if prefix == "adjusted_":
        return "efter justering, "
    _, _, limit = prefix.rstrip("_").rpartition("within_")
    return f"inom {limit} dagar, " if limit else ""


def _ranked(table: ProtectedTable) -> Iterator[str]:
    placed = [level for level in compared_levels(table.axes[0]) if cell(table, "best", level.code) is not None]
    first = [level.label for level in placed if cell(table, "best", level.code) == 1]
    if len(first) == len(placed) > 1:
        yield f"Ordningen är osäker: vilken som helst av de {len(placed)} grupperna kan vara först."
    elif first:
        yield f"{listed(first)} kan vara först av {len(placed)} grupper."
    if _any_hidden(table, "best"):
        yield HIDDEN


def _placed(table: ProtectedTable) -> Iterator[str]:
    found = _by_number(table, "placing")
    outside = [place for place in Place if place is not Place.INSIDE and place in found]
    for place in outside:
        yield f"{capitalised(place.sv)}: {listed([level.label for level in found[place]])}."
    if not outside and found:
        yield f"Alla {len(found[Place.INSIDE])} grupper är inom gränserna: ingen skiljer sig mer än slumpen brukar ge."
    if _any_hidden(table, "placing"):
        yield HIDDEN


def _course(table: ProtectedTable) -> Iterator[str]:
    if not any(value is not None for value in table.cells["centre"].values()):
        yield TOO_SHORT
        return
    yield from signals_told(table) or (STEADY,)
    yield from hidden_told(table)


def _paired(table: ProtectedTable) -> Iterator[str]:
    key = (TOTAL,) * len(table.axes)
    verdict = cell(table, "verdict", *key)
    if verdict is not None:
        word = WORDS[MeasureKind.VERDICT][int(verdict)]
        yield f"{capitalised(word)}: den första minus den andra, {difference_words(table, 'difference', *key)}."


def _by_number(table: ProtectedTable, measure: str) -> Mapping[Verdict | Place, list[Level]]:
    """The groups by the verdict, or the place, that their number stands for."""
    names: list[Verdict | Place] = list(Verdict) if measure.endswith("verdict") else list(Place)
    found: dict[Verdict | Place, list[Level]] = {}
    for level in compared_levels(table.axes[0]):
        number = cell(table, measure, level.code)
        if number is not None:
            found.setdefault(names[int(number)], []).append(level)
    return found


def _any_hidden(table: ProtectedTable, measure: str) -> bool:
    cells = table.cells[measure]
    return any(cells.get((level.code,), 0) is None for level in compared_levels(table.axes[0]))
