"""Sentences about a difference, for someone who decides: both figures, how large the difference is and how sure, and
what becomes of it when background is taken into account. A difference is shown, none is, or they are too few; nothing
here says what caused it.
"""

from skillnad.analysis.comparisons.adjusted_days.limits import limit_of
from skillnad.analysis.comparisons.in_words import unused
from skillnad.analysis.comparisons.judging import Judgement, Told
from skillnad.analysis.comparisons.opponents import against_whom, compared_levels
from skillnad.analysis.comparisons.questions import Comparison
from skillnad.analysis.figures import days, percent, points, whole
from skillnad.analysis.formulas.intervals import Interval
from skillnad.analysis.formulas.verdicts import Verdict
from skillnad.analysis.headline import listed
from skillnad.analysis.results import Level, MeasureKind, ProtectedTable
from skillnad.reports.contents.differences import Matter
from skillnad.reports.reading import Number, cell

ONLY_NEEDS = (
    "Siffrorna visar att grupperna skiljer sig åt, inte varför. Bara människors behov och önskemål kan avgöra om en "
    "skillnad är motiverad."
)
RELEVANT_WORDS = "fem procentenheter; för tider en vecka, eller en tiondel av mediantiden där det är mer"
BACKGROUND_WORDS = {
    "problem": "problematik",
    "legal_sex": "kön",
    "age_group": "ålder",
    "origin": "ursprung",
    "household_type": "hushåll",
}
_SEXES = {"1": "flickor och kvinnor", "2": "pojkar och män"}
_OTHERS = "övriga"
_BORN = "Född "


def group_words(column: str, level: Level) -> str:
    """A group inside a sentence: "flickor och kvinnor", "personer 65–79 år", "personer födda utanför Europa"."""
    if column == "legal_sex" and level.code in _SEXES:
        return _SEXES[level.code]
    if column == "age_group":
        return f"personer {level.label}"
    if level.label.startswith(_BORN):
        return f"personer födda {level.label.removeprefix(_BORN).replace(', ', ' ')}"
    return f"gruppen ”{level.label}”"


def other_words(table: ProtectedTable) -> str:
    """What the group is compared with: the other of two, the one chosen, or all the rest."""
    axis, question = table.axes[0], table.question
    other = against_whom(question, axis) if isinstance(question, Comparison) else ""
    return next((group_words(axis.id, one) for one in compared_levels(axis) if one.code == other), _OTHERS)


def matter_of(matter: Matter, table: ProtectedTable) -> str:
    """What is compared, with the limit where there is one."""
    limit = limit_of(table)
    return matter.title if limit is None else matter.limited.format(limit=limit) or matter.title


def title_of(matter: Matter, judgement: Judgement) -> str:
    column = judgement.table.axes[0].id
    groups = f"{group_words(column, judgement.group)} jämfört med {other_words(judgement.table)}"
    return f"{matter_of(matter, judgement.table)}: {groups}"


def sentences(matter: Matter, judgement: Judgement) -> tuple[str, ...]:
    """What is told of a shown difference: as it is, then with background."""
    adjusted = _with_background(judgement)
    return (_as_it_is(matter, judgement), *([adjusted] if adjusted else []))


def _as_it_is(matter: Matter, judgement: Judgement) -> str:
    told = judgement.plain
    if told.unsized and told.is_shown:
        one, other = group_words(judgement.table.axes[0].id, judgement.group), other_words(judgement.table)
        apart = f"Tiderna för {one} och för {other} skiljer sig åt{_background_told(judgement)}"
        return f"{apart}, men det går inte att säga med hur mycket: för få är klara."
    start = _both_figures(matter, judgement)
    if told.value is None:
        return f"{start}."
    if not told.is_shown:
        return f"{start}: {amount(told, told.value)} {_way(told)}, men {_verdict(told)} utan hänsyn till bakgrund."
    return f"{start}: {sized(told)}{_background_told(judgement)}."


def _background_told(judgement: Judgement) -> str:
    """What a shown difference that is read alone, in a summary, must not leave out: that there is no adjusted figure to
    show, or that the adjusted shows none. "" where it is shown with background too."""
    adjusted = judgement.adjusted
    if adjusted is None or adjusted.value is None or not background_of(judgement.table):
        return " utan hänsyn till bakgrund" if judgement.plain.unsized else ", utan hänsyn till bakgrund"
    return "" if adjusted.is_shown else ", men inte visad med hänsyn till bakgrund"


def _both_figures(matter: Matter, judgement: Judgement) -> str:
    """ "Av insatserna för kvinnor nådde 34 % alla mål, för män 41 %"."""
    table, code = judgement.table, judgement.group.code
    one, other = group_words(table.axes[0].id, judgement.group), other_words(table)
    own, difference = figure_of(table, code), judgement.plain.value
    if own is None or difference is None:
        return f"Talen för {one} visas inte"
    theirs = own - difference
    if judgement.plain.kind is MeasureKind.DAYS:
        first = f"För hälften av {matter.rows} för {one} {matter.verb} högst {days(own)} dagar {matter.rest}"
        return f"{first}, för {other} {days(theirs)}"
    rest = matter.rest.format(limit=limit_of(table)) if matter.limited else matter.rest
    first = f"Av {matter.rows} för {one} {matter.verb} {percent(own)} {rest}"
    return f"{first}, för {other} {percent(max(0.0, min(1.0, theirs)))}"


def figure_of(table: ProtectedTable, code: str) -> Number:
    """The group's own share or median."""
    return cell(table, "share" if "share" in table.cells else "median", code)


def sized(told: Told) -> str:
    """ "7 procentenheter lägre (1–13)"."""
    if told.value is None:
        return "skillnaden visas inte"
    if not told.value:
        return "ingen skillnad"
    return f"{amount(told, told.value)} {_way(told)}{_brackets(told)}"


def amount(told: Told, value: float) -> str:
    """ "7 procentenheter", "0,4 procentenheter", "12 dagar"."""
    number = plainly(told, value)
    if told.kind is MeasureKind.DAYS:
        return f"{number} {'dag' if number == '1' else 'dagar'}"
    return f"{number} {'procentenhet' if number == '1' else 'procentenheter'}"


def plainly(told: Told, value: float) -> str:
    """Points in whole numbers, but for what is less than one; days as the tables have them, so that they add up."""
    if told.kind is MeasureKind.DAYS:
        return days(round(abs(value), 1))
    return points(value) if round(abs(value), 3) < 0.01 else whole(abs(value) * 100)


def _way(told: Told) -> str:
    more = (told.value or 0) > 0
    return ("längre" if more else "kortare") if told.kind is MeasureKind.DAYS else "högre" if more else "lägre"


def _brackets(told: Told) -> str:
    """The interval: both ends one way, or what it may be each way."""
    if told.interval is None:
        return ""
    low, high = told.interval
    if told.interval.holds(0.0):
        words = ("kortare", "längre") if told.kind is MeasureKind.DAYS else ("lägre", "högre")
        return f" (från {plainly(told, low)} {words[0]} till {plainly(told, high)} {words[1]})"
    near, far = sorted(Interval(abs(low), abs(high)))
    return f" ({plainly(told, near)}–{plainly(told, far)})"


def background_of(table: ProtectedTable) -> str:
    """ "problematik, ålder och hushåll"."""
    question = table.question
    columns = {*question.adjusted_for} - {*unused(table)} if isinstance(question, Comparison) else set()
    named = [words for column, words in BACKGROUND_WORDS.items() if column in columns]
    return listed(named) if named else ""


def _with_background(judgement: Judgement) -> str:
    """What becomes of the difference, and what that may mean."""
    adjusted, background = judgement.adjusted, background_of(judgement.table)
    if adjusted is None or not background:
        return ""
    if adjusted.value is None:
        return f"Med hänsyn till {background} finns inget tal att visa: för få är lika i den, eller så skyddas talet."
    return f"Med hänsyn till {background}: {sized(adjusted)}. {_what_changed(judgement.plain, adjusted)}"


def _what_changed(plain: Told, adjusted: Told) -> str:
    if plain.is_shown and adjusted.is_shown:
        return _still_there(plain.value or 0, adjusted.value or 0)
    if adjusted.is_shown:
        return "Skillnaden syns först när grupperna görs lika i bakgrund."
    if adjusted.verdict is Verdict.NO_DIFFERENCE_SHOWN:
        return "Då är ingen skillnad visad: den kan hänga ihop med att grupperna har olika bakgrund."
    return "Då är de för få för att avgöra om skillnaden finns kvar."


def _still_there(plain: float, adjusted: float) -> str:
    if plain * adjusted < 0:
        return "Skillnaden går åt andra hållet när grupperna görs lika i bakgrund."
    part = abs(adjusted) / abs(plain) if plain else 1.0
    if part < 0.75:
        return "Skillnaden finns kvar men är mindre: en del av den kan hänga ihop med att grupperna har olika bakgrund."
    if part > 1.25:
        return "Skillnaden är större när grupperna görs lika i bakgrund."
    return "Skillnaden finns kvar, ungefär lika stor."


def _verdict(told: Told) -> str:
    few = told.verdict is Verdict.TOO_FEW_TO_TELL
    return f"de är {told.verdict.sv}" if few else f"{told.verdict.sv}"
