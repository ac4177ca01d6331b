"""Sentences that a politician understands, made of shown cells only.

A sentence is an indication of how it is, never of what an intervention caused, and it never calls a difference between
groups a difference: it states the numbers with their n. Where a number is a gap the sentence does without it, and
says so; where a gap could be larger than what is shown, nothing is called the most common.
"""

from collections.abc import Sequence
from math import ceil

from skillnad.analysis.headline import listed, rows_of
from skillnad.analysis.questions import Flow
from skillnad.analysis.results import TOTAL, Level, ProtectedTable
from skillnad.codebook.days_in_words import month_name, period_words
from skillnad.codebook.periods import Period
from skillnad.lib.text import capitalised
from skillnad.reports.numbers import days, percent, whole
from skillnad.reports.outline import Say, Tables
from skillnad.reports.reading import Number, cell, count, hidden, known, most_hidden, named, ranked, share

TOO_FEW = "Svaret visas inte, för att ingen enskild ska kunna kännas igen."
NONE_AT_ALL = "Det finns inga"
IN_THE_TABLE = "De tal som kan visas står i tabellen."
HIDDEN = "Övriga tal är dolda för att ingen enskild ska kunna kännas igen."
UNTESTED = "Talen för grupperna är inte prövade statistiskt: en skillnad mellan dem kan vara slumpens."


def in_the_table(tables: Tables) -> tuple[str, ...]:
    """Of what is said elsewhere and only listed here."""
    shown = any(number for table in tables for number in table.cells["count"].values())
    return (IN_THE_TABLE if shown else TOO_FEW,)


def quoted(level: Level) -> str:
    return f"”{level.label}”"


def amount_of(number: int | float, of: Number, unit: str) -> str:
    """ "12 av 340 ärenden (4 %)", or "12 ärenden" where the whole is a gap."""
    if not of:
        return f"{whole(number)} {unit}"
    return f"{whole(number)} av {whole(of)} {unit} ({percent(number / of)})"


def commonest(subject: str) -> Say:
    """The most common values: "Den vanligaste aktualiseringsorsaken är ”…”: 123 av 1 040 ärenden (12 %)"."""

    def say(tables: Tables) -> tuple[str, ...]:
        return tuple(sentence for table in tables for sentence in _commonest(table, subject))

    return say


def _commonest(table: ProtectedTable, subject: str) -> tuple[str, ...]:
    order = ranked(table)
    if not order:
        return (nothing(table),)
    (first, number), rest = order[0], order[1:3]
    sure = most_hidden(table) < number
    start = f"Den vanligaste {subject} är" if sure else f"Den vanligaste {subject} av dem som kan visas är"
    ties = [level for level, found in order if found == number]
    if len(ties) > 1:
        start = f"Lika vanliga {'är' if sure else 'av dem som kan visas är'}"
        return (f"{start} {listed([quoted(level) for level in ties])}: {whole(number)} {rows_of(table)} var.",)
    sentence = f"{start} {quoted(first)}: {amount_of(number, known(table), rows_of(table))}."
    if not rest:
        return (sentence,)
    then = "Därefter kommer" if not hidden(table) else "Därefter, bland det som kan visas, kommer"
    return (sentence, f"{then} {listed([_with_share(table, level, found) for level, found in rest])}.")


def _with_share(table: ProtectedTable, level: Level, found: int | float) -> str:
    part = share(table, level.code)
    return f"{quoted(level)} ({whole(found) if part is None else percent(part)})"


def nothing(table: ProtectedTable) -> str:
    """What is said where the number that was asked for cannot be: there is nothing, or too little to show."""
    if count(table) == 0:
        return f"{NONE_AT_ALL} {rows_of(table)} att räkna."
    return f"{TOO_FEW} {IN_THE_TABLE}" if any(table.cells["count"].values()) else TOO_FEW


def split(verb: str) -> Say:
    """All shown values of a small set: "Av 1 234 personer …: ”Flicka/Kvinna” 640 (52 %) och ”Pojke/Man” 594 (48 %)"."""

    def say(tables: Tables) -> tuple[str, ...]:
        return tuple(_split(table, verb) for table in tables)

    return say


def _split(table: ProtectedTable, verb: str) -> str:
    shown = [(level, count(table, level.code)) for level in named(table)]
    parts = [
        f"{quoted(level)} {whole(found)}{in_brackets(share(table, level.code))}" for level, found in shown if found
    ]
    if not parts:
        return nothing(table)
    total = count(table)
    start = f"{capitalised(rows_of(table))} {verb}" if total is None else f"{whole(total)} {rows_of(table)} {verb}"
    gap = f" {HIDDEN}" if hidden(table) else ""
    return f"{start}: {listed(parts)}.{gap}"


def in_brackets(part: Number) -> str:
    return "" if part is None else f" ({percent(part)})"


def over_the_year(what: str, verb: str) -> Say:
    """The heavier and lighter months: "Flest aktualiseringar kom i mars 2025 (130) och minst antal i juli (60)"."""

    def say(tables: Tables) -> tuple[str, ...]:
        (table,) = tables
        months = [(level, count(table, level.code)) for level in named(table) if _over(level, table)]
        shown = [(level, found) for level, found in months if found is not None]
        if not any(found for _, found in shown):
            return (nothing(table),)
        among = "" if len(shown) == len(months) else " av de månader som kan visas"
        numbers = [found for _, found in shown]
        sentence = f"Flest {what} {verb} i {_months_with(shown, max(numbers))}"
        if max(numbers) != min(numbers):
            sentence += f" och färst i {_months_with(shown, min(numbers))}"
        all_over = len(months) == len(named(table))
        return (f"{sentence}{among}.", *(_per_month(table, len(months), what) if all_over else ()))

    return say


def _over(month: Level, table: ProtectedTable) -> bool:
    """Had the whole month passed when the snapshot was taken? A month cut short is no light month."""
    return Period.parse(month.code).last_day <= table.provenance.as_of


def _months_with(shown: Sequence[tuple[Level, int | float]], number: int | float) -> str:
    """The months that have exactly this number: "mars 2025 (130)"."""
    names = [month_name(level.code) for level, found in shown if found == number]
    told = listed(names) if len(names) < 4 else f"{len(names)} av månaderna"
    return f"{told} ({whole(number)}{' i varje' if len(names) > 1 else ''})"


def _per_month(table: ProtectedTable, months: int, what: str) -> tuple[str, ...]:
    total = count(table)
    if not total or months < 2:
        return ()
    return (f"Sammanlagt var det {whole(total)} {what}, i genomsnitt {_mean(total / months)} i månaden.",)


def _mean(value: float) -> str:
    return whole(value) if value >= 10 else days(round(value, 1))


def how_long(what: str, span: str) -> Say:
    """Median and 90th percentile: "Hälften av utredningarna tog högst 63 dagar från aktualisering till beslut"."""

    def say(tables: Tables) -> tuple[str, ...]:
        table = tables[0]
        middle, late, number = (cell(table, measure) for measure in ("median", "p90", "count"))
        if middle is None:
            return (nothing(table),)
        of = "" if number is None else f" (n = {whole(number)})"
        first = f"För hälften av {what} var tiden {span} högst {days_told(middle)} dagar{of}."
        second = () if late is None else (f"För ungefär en av tio var den {days_told(late)} dagar eller längre.",)
        return (first, *second, *_medians(table))

    return say


def days_told(value: int | float) -> str:
    """Days in a sentence. Tenths of a day say nothing of a long time; times are whole days, so none is lost upwards."""
    return days(value) if value < 100 else whole(ceil(value))


def _medians(table: ProtectedTable) -> tuple[str, ...]:
    """The medians of two or three groups, with n; more groups are left to the chart."""
    if not table.axes or len(named(table)) > 3:
        return ()
    parts = [
        f"{quoted(level)} {days_told(middle)} dagar{with_n(count(table, level.code))}"
        for level in named(table)
        if (middle := cell(table, "median", level.code)) is not None
    ]
    return (f"Medianen i grupperna: {listed(parts)}.", UNTESTED) if parts else ()


def with_n(number: Number) -> str:
    return "" if number is None else f" (n = {whole(number)})"


def still_the_same(most: int) -> Say:
    """How often a reason for the intake was also found after investigation: the diagonal of a cross table."""

    def say(tables: Tables) -> tuple[str, ...]:
        (table,) = tables
        sentences = []
        for level, _ in ranked(table, 0)[:most]:
            part, of = share(table, level.code, level.code, along=1), known(table, level.code, along=1)
            if part is not None and of:
                sentences.append(
                    f"Av {whole(of)} ärenden som aktualiserades för {quoted(level)} och är utredda "
                    f"hade {percent(part)} den problematiken också efter utredning."
                )
        return tuple(sentences) or (nothing(table),)

    return say


def before_and_after(most: int) -> Say:
    """The same value in two tables: "”Hemlös” var orsak i 12 % av ärendena och fanns i 14 % efter utredning"."""

    def say(tables: Tables) -> tuple[str, ...]:
        if len(tables) < 2:
            return ()
        before, after = tables
        sentences = [
            f"{quoted(level)} var orsak i {percent(first)} av ärendena{with_n(known(before))} och problematik efter "
            f"utredning i {percent(then)}{with_n(known(after))}."
            for level, _ in ranked(before)[:most]
            if (first := share(before, level.code)) is not None and (then := share(after, level.code)) is not None
        ]
        return tuple(sentences) or (nothing(before),)

    return say


def new_ongoing_closed(what: str = "") -> Say:
    """ "Vid periodens början pågick 1 200 insatser, under 2025 tillkom 400 och 380 avslutades, …"."""

    def say(tables: Tables) -> tuple[str, ...]:
        (table,) = tables
        whole_period = (TOTAL,) if len(table.axes) > 1 else ()
        start, new, closed, end = (
            count(table, *whole_period, code) for code in ("ongoing_start", "new", "closed", "ongoing_end")
        )
        when = f" under {period_words(table.question.period)}" if isinstance(table.question, Flow) else ""
        said = [
            "" if start is None else f"vid periodens början pågick {whole(start)}",
            "" if new is None else f"{whole(new)} tillkom{when}",
            "" if closed is None else f"{whole(closed)} avslutades",
            "" if end is None else f"vid periodens slut pågick {whole(end)}",
        ]
        parts = [part for part in said if part]
        return (f"{capitalised(what or rows_of(table))}: {listed(parts)}.",) if parts else (TOO_FEW,)

    return say


def costs(what: str) -> Say:
    """ "Placeringarna kostade 12 345 000 kronor."."""

    def say(tables: Tables) -> tuple[str, ...]:
        (table,) = tables
        total = cell(table, "sum")
        if total is None:
            return (nothing(table),)
        parts = [
            f"{quoted(level)} {whole(found)} kronor"
            for level in named(table)
            if (found := cell(table, "sum", level.code))
        ]
        rest = (f"Av det var {listed(parts)}.",) if len(parts) > 1 else ()
        return (f"{what} {whole(total)} kronor.", *rest)

    return say
