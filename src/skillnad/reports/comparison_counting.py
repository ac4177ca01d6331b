"""How a comparison was made, in words: what is set against what, how intervals and p came about, how many comparisons
were corrected for, and what could have been seen. From the question and the shown table alone.

The handbook's words; its chapters say more.
"""

from collections.abc import Iterator

from skillnad.analysis.column_words import column_words
from skillnad.analysis.comparisons.adjusted_days.limits import adjusts_times, limit_of
from skillnad.analysis.comparisons.drawn_words import drawn_means
from skillnad.analysis.comparisons.in_words import THE_REST, opponent, unused, value_names
from skillnad.analysis.comparisons.made import REPEATED
from skillnad.analysis.comparisons.questions import (
    Adjusted,
    Chart,
    Comparative,
    Comparison,
    Funnel,
    OverTime,
    Paired,
    Ranking,
    ResponseRate,
    plain,
)
from skillnad.analysis.figures import POINTS_UNIT, figure, interval, reach
from skillnad.analysis.formulas.funnel import by_chance
from skillnad.analysis.headline import listed
from skillnad.analysis.measures import OPEN
from skillnad.analysis.questions import Duration, Share, Where
from skillnad.analysis.results import LevelKind, MeasureKind, ProtectedTable
from skillnad.analysis.selection import selection_of
from skillnad.codebook.snapshot_schema import Population
from skillnad.lib.text import capitalised
from skillnad.reports.reading import cell

NO_CAUSE = "Siffrorna visar att grupper skiljer sig åt, eller inte; de säger inget om vad en skillnad beror på."
INTERVALS = "Inom parentes står 95 procents konfidensintervall"
P_IN_FILES = "p står i filerna (Excel och CSV), och"
SEEN_IN = "fyra gånger av fem"
HANDBOOK = {
    Comparison: "Jämförelser",
    Ranking: "Mellan enheter",
    Funnel: "Mellan enheter",
    OverTime: "Över tid",
    Paired: "Jämförelser",
    ResponseRate: "Urval och svar",
}
"""The chapter of the handbook that explains the table."""
BY_CHANCE = {
    Chart.RUN: (
        "Slumpen ensam får någon av reglerna att slå till i omkring en serie av 75 med 12 punkter, en av 30 med 24 och "
        "en av 25 med 36 till 60. Korta serier slår sällan till, också när något har ändrats."
    ),
    Chart.CONTROL: (
        "Slumpen ensam får någon av reglerna att slå till i omkring en serie av åtta med 24 punkter, och i en av tre "
        "med 60."
    ),
}
"""Simulated: series of independent normal values without a change."""
ROWS_APART = (
    "Raderna räknas som oberoende av varandra. Står samma person på flera rader är osäkerheten större än vad som står."
)
ROWS_TOGETHER = "Rader om samma person liknar varandra mer än andra: det är inräknat i osäkerheten."
MERGED = "Delar av bakgrunden kan ha lagts ihop, där de är få eller skyddas: i dem kan grupperna ännu vara olika."
BY_DELTA = (
    "De justerade intervallen är gjorda med deltametoden, klustrad på person där någon har flera rader: så många "
    "gånger som variansen då är större är avrundat uppåt."
)
LIMITS_OF_SHARES = "slumpen ensam håller andelar av så många inom: tre standardavvikelser från mittlinjen"
LIMITS_OF_POINTS = "seriens egen vanliga variation håller sig inom"
MIDDLES = {Chart.RUN: "medianen", Chart.CONTROL: "medelvärdet"}


def how_compared(table: ProtectedTable) -> tuple[str, ...]:
    """The sentences of one table, in the order that they are read."""
    question = table.question
    if not isinstance(question, Comparative):
        return ()
    apart = (
        (_of_one_person(question), *_repeated(table))
        if _unsure(question) and _several_a_person(question, table)
        else ()
    )
    chapter = f"Mer står i metodhandboken, {HANDBOOK[type(question)]}."
    return (*_of_what(question), *_how(question, table), *apart, chapter)


def _unsure(question: Comparative) -> bool:
    """Of a sample that is not random nothing is said of how sure it is."""
    drawn = question.drawn if isinstance(question, Comparison) else None
    return drawn is None or drawn.chosen.at_random


def _of_one_person(question: Comparative) -> str:
    """Samples and answers are counted row by row."""
    sample = isinstance(question, Comparison) and question.drawn is not None
    return ROWS_APART if sample or isinstance(question, ResponseRate) else ROWS_TOGETHER


def _repeated(table: ProtectedTable) -> Iterator[str]:
    """How many times less sure the groups' own figures are for that."""
    found = [value for value in table.cells.get(REPEATED.id, {}).values() if value is not None and value > 1]
    if found:
        low, high = (figure(MeasureKind.RATIO, value) for value in (min(found), max(found)))
        times = low if low == high else f"{low} till {high}"
        yield f"Spridningen (variansen) är {times} gånger så stor som om alla rader gällt olika personer, efter grupp."


def _several_a_person(question: Comparative, table: ProtectedTable) -> bool:
    """Whether one person can have several of the rows. Over time only limits of shares know of it."""
    if isinstance(question, OverTime) and REPEATED.id not in table.cells:
        return False
    return selection_of(plain(question)).population is not Population.CLIENTS


def _how(question: Comparative, table: ProtectedTable) -> Iterator[str]:
    match question:
        case Comparison():
            yield from _compared(question, table)
        case Ranking():
            yield from _ranked(table)
        case Funnel():
            yield from _funnel(question, table)
        case OverTime():
            yield from _course(question, table)
        case Paired():
            yield from _pairs(table)
        case ResponseRate():
            yield from _answers(question)


def _of_what(question: Comparative) -> Iterator[str]:
    if isinstance(question, Paired):
        yield f"Den första: {_held(question.first)}. Den andra: {_held(question.second)}."
        return
    asked = plain(question)
    if isinstance(asked, Share) and not isinstance(question, ResponseRate):
        yield (
            f"Andelen är de som har {_held(asked.of)}, av dem som har uppgift; ”vet ej” och saknade uppgifter ingår "
            "inte."
        )


def _held(of: Where) -> str:
    names = [f"”{name}”" for name in value_names(of)]
    before = f"{', '.join(names[:-1])} eller " if names[1:] else ""
    return f"{column_words(of.column)} {before}{names[-1]}"


def _compared(question: Comparison, table: ProtectedTable) -> Iterator[str]:
    against = opponent(question, table.axes[0])
    of_share = isinstance(question.of, Share) or adjusts_times(question)
    of = "andel" if of_share else "median"
    other = f"alla övrigas {of}" if against == THE_REST else f"{of}en för ”{against}”"
    unit = POINTS_UNIT if of_share else "dagar"
    yield f"Skillnaden är gruppens {of} minus {other}, i {unit}."
    if question.drawn:
        yield from drawn_means(question.drawn, unsure="p" in table.cells)
    elif isinstance(question.of, Share):
        yield f"{INTERVALS}: Wilsons för andelar, Newcombes för skillnader."
        yield f"{P_IN_FILES} är från chi-två-testet, eller Fishers exakta test (mid-p) där det är få."
    elif adjusts_times(question):
        yield from _within(table)
    else:
        yield from _times(table)
    yield from _adjusted(question, table)
    yield from _corrected(table)
    yield from _seen(table)
    yield NO_CAUSE


def _within(table: ProtectedTable) -> Iterator[str]:
    """Times that are adjusted: the share that is done within a limit."""
    limit = limit_of(table)
    if limit is None:
        return
    yield f"Andelen är de som var klara inom {limit} dagar: en högre andel är kortare tid."
    asked = plain(table.question)
    if isinstance(asked, Duration) and not asked.within:
        yield "Gränsen är medianen för alla."
    if any(table.cells.get(OPEN, {}).values()):
        yield "Det som pågår är med (Kaplan–Meier, och pseudovärden i de justerade talen)."
    yield f"{INTERVALS}."


def _times(table: ProtectedTable) -> Iterator[str]:
    """Medians with the open counted, or of the days themselves."""
    if OPEN in table.cells:
        yield f"{INTERVALS}. Det som pågår är med (Kaplan–Meier). {P_IN_FILES} är från log-rank-testet."
    else:
        yield f"{INTERVALS}, för skillnaden Price och Bonetts. {P_IN_FILES} är från mediantestet."
    if any(measure.id.startswith("within_") for measure in table.measures):
        yield "Andelar inom en gräns har egna p och utfall."


def _adjusted(question: Comparison, table: ProtectedTable) -> Iterator[str]:
    if not question.adjusted_for:
        return
    without = unused(table)
    names = listed([column_words(column) for column in question.adjusted_for if column not in without])
    if question.way is Adjusted.MODEL:
        yield f"Justerat för {names} med en logistisk modell: andelarna är som om alla grupper hade samma bakgrund."
        yield from without_background(table)
        yield MERGED
        yield BY_DELTA
    else:
        whose = "en standardbefolknings" if question.standard else "alla gruppers gemensamma"
        yield f"Justerat för {names} genom direkt standardisering: varje grupp vägs till {whose} sammansättning."


def without_background(table: ProtectedTable) -> Iterator[str]:
    """The columns that a model could not use, where it has another."""
    if columns := unused(table):
        names = capitalised(listed([column_words(column) for column in columns]))
        yield (
            f"{names} är inte med i modellen: i delarna är för få med eller utan utfallet, eller så har alla samma "
            "värde."
        )


def _corrected(table: ProtectedTable) -> Iterator[str]:
    """All of a table of times are one family; of shares, the plain ones are one and the adjusted another."""
    families = [sum(value is not None for value in cells) for cells in _of_kind(table, MeasureKind.VERDICT)]
    together = isinstance(plain(table.question), Duration) and not adjusts_times(table.question)
    made = sum(families) if together else max(families, default=0)
    if made > 1:
        apart = "" if together or len(families) == 1 else ", och lika många justerade för sig"
        yield (
            f"Utfallet tar hänsyn till att {made} jämförelser gjorts{apart} (Benjamini–Hochberg); intervallen gäller "
            "var för sig. Ett intervall som inte täcker noll räcker därför inte alltid."
        )


def _seen(table: ProtectedTable) -> Iterator[str]:
    """Of all the groups together: each group's own stands in the files."""
    found = [value for value in table.cells.get("seen", {}).values() if value is not None]
    kind = next((measure.kind for measure in table.measures if measure.id == "seen"), None)
    if not found or kind is None:
        return
    low, high = figure(kind, min(found)), figure(kind, max(found))
    span = low if low == high else f"{interval(kind, min(found), max(found))}"
    unit = POINTS_UNIT if kind is MeasureKind.POINTS else "dagar"
    each = "" if low == high else ", beroende på hur stora grupperna är"
    yield f"Den minsta skillnad som hade kunnat synas ({SEEN_IN}) är {span} {unit}{each}."


def _of_kind(table: ProtectedTable, kind: MeasureKind) -> Iterator[list[int | float | None]]:
    for measure in table.measures:
        if measure.kind is kind:
            yield list(table.cells[measure.id].values())


def _ranked(table: ProtectedTable) -> Iterator[str]:
    best = [value for value in table.cells["best"].values() if value is not None]
    yield f"{INTERVALS} (Wilsons)."
    yield (
        "Möjliga platser är de som gruppen kan ha: med 95 procents säkerhet ligger alla gruppers rätta platser inom "
        "sina på en gång (parvisa exakta test, korrigerade enligt Holm)."
    )
    if best:
        yield f"Ordningen är osäker: {best.count(1)} av {len(best)} grupper kan vara först."
    yield "En plats säger inget om vad den beror på."


def _funnel(question: Funnel, table: ProtectedTable) -> Iterator[str]:
    placed = [value for value in table.cells["placing"].values() if value is not None]
    target = cell(table, "target")
    if target is None:
        yield "Grupperna är för få, eller för lika, för gränser."
        return
    middle = "alla gruppers gemensamma andel" if question.target is None else "den angivna nivån"
    yield (
        f"Mittlinjen är {middle}, {figure(MeasureKind.SHARE, target)}. Inom de inre gränserna håller slumpen 95 "
        "procent av grupper av samma storlek, inom de yttre 99,8 procent."
    )
    widened = cell(table, "widened")
    yield by_chance(len(placed), widened or 1.0, groups="grupper")[0]


def _course(question: OverTime, table: ProtectedTable) -> Iterator[str]:
    named = {level.code for level in table.axes[0].levels if level.kind is LevelKind.VALUE}
    centres = [value for (code,), value in table.cells["centre"].items() if code in named and value is not None]
    if not centres:
        yield "Punkterna är för få, eller för lika, för en mittlinje och för reglerna."
        return
    kind = next(measure.kind for measure in table.measures if measure.id == "centre")
    of = f" av de {question.baseline} första punkterna" if question.baseline else ""
    yield f"Mittlinjen är {MIDDLES[question.chart]}{of}, {figure(kind, centres[0])}."
    if question.chart is Chart.CONTROL:
        within = LIMITS_OF_SHARES if isinstance(plain(question), Share) else LIMITS_OF_POINTS
        yield f"Styrgränserna{_limits(table, kind)} är vad {within}."
    yield from _signals(table)
    yield BY_CHANCE[question.chart]
    yield "Årstider ger också utslag. En förändring säger inget om vad den beror på."


def _limits(table: ProtectedTable, kind: MeasureKind) -> str:
    """Told where every point has the same."""
    ends = {(low, table.cells["high"].get(key)) for key, low in table.cells.get("low", {}).items()}
    if len(ends) != 1:
        return ""
    ((low, high),) = ends
    return "" if low is None or high is None else f", {reach(kind, low, high)},"


def _signals(table: ProtectedTable) -> Iterator[str]:
    broken = [
        measure.label
        for measure in table.measures
        if measure.kind is MeasureKind.SIGNAL and any(table.cells[measure.id].values())
    ]
    if not broken:
        yield "Ingen av diagrammets regler tyder på annat än slumpmässig variation."
    for label in broken:
        yield f"En regel tyder på en förändring: {label}."


def _pairs(table: ProtectedTable) -> Iterator[str]:
    yield "Bara rader där båda bedömningarna är kända är med; övriga räknas för sig."
    yield f"{INTERVALS}: Wilsons för andelar, Newcombes för par för skillnaden."
    yield f"{P_IN_FILES} är från McNemars exakta test."
    yield from _corrected(table)
    yield from _seen(table)
    yield "En skillnad säger inget om vad den beror på."


def _answers(question: ResponseRate) -> Iterator[str]:
    yield "”Vet ej” är ett svar; bara den som saknar uppgift har inte svarat."
    yield f"{INTERVALS} (Wilsons)."
    if question.codes:
        held = _held(Where(question.question, question.codes))
        yield (
            f"Svaret är {held}. Andelen av alla tillfrågade ligger mellan det som den vore om ingen av de övriga "
            "svarat så, och om alla gjort det."
        )
