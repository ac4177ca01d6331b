"""How a number was counted, in words: which rows, which period, what was left out and why. From the question alone and
the rows that the protected table says were left out."""

from collections.abc import Sequence

from skillnad.analysis.column_words import column_words
from skillnad.analysis.comparisons.questions import Comparative, plain
from skillnad.analysis.headline import ROWS, listed, rows_of
from skillnad.analysis.measures import OPEN
from skillnad.analysis.merged import ON, Merged, merged_of
from skillnad.analysis.own_instrument import OTHERS
from skillnad.analysis.questions import ONGOING, Count, CrossTable, Duration, Flow, Percent, Question, Share, Sum
from skillnad.analysis.reference_points import POOLED
from skillnad.analysis.results import TOTAL, LeftOut, Level, LevelKind, ProtectedTable
from skillnad.analysis.selection import event_of, follows_open
from skillnad.analysis.shares_of_all import is_of_all
from skillnad.codebook.days_in_words import day, period_words
from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import EVENT, Population
from skillnad.reports.comparison_counting import how_compared
from skillnad.reports.numbers import whole
from skillnad.reports.reading import beside, cell, count, known, named

WITHIN_FOLLOWED = "Andelar inom en gräns räknar med dem som pågår (Kaplan–Meier)."
HIDDEN_IN_TEXT = "[dolt]"
"""A gap in running text, where ".." would be taken for the end of a sentence."""

NOT_ASKED = "not_asked"
"""The level of an instrument's column of rows where it was no question (`snapshots.answer_columns`)."""
NEUTER = (Population.CASES, Population.ANSWERS)

EVENT_WORDS = {
    "first_intake_date": "aktualiserades första gången",
    "first_follow_up_date": "följdes upp första gången",
    "intake_date": "aktualiserades",
    "decision_date": "beslutades",
    "start_date": "började (verkställdes)",
    "end_date": "avslutades",
    "follow_up_date": "gjordes",
    "review_date": "skulle göras (eller gjordes, där ingen sista dag är känd)",
    "due_date": "skulle göras",
    "held_date": "gjordes",
    "cost_from": "började",
    "answer_date": "inföll",
    "closed_date": "stängdes",
}

ON_THE_WAY = (
    "first_intake_date",
    "intake_date",
    "decision_date",
    "start_date",
    "first_follow_up_date",
    "follow_up_date",
    "end_date",
    "closed_date",
)
"""The days of a case and of an intervention, in the order that they come."""

LEFT_OUT = {
    "no_event_date": "saknar datum och därför inte kan räknas till någon period",
    "no_first_day": "saknar första dag",
    "end_before_start": "har ett slut före sin början",
    "open": "ännu inte har nått sitt slut",
    "not_begun": "börjar efter ögonblicksbildens dag",
    "no_client": "inte går att knyta till en person",
    "one_occasion": "hör till personer utan två tillfällen att jämföra",
    "other_occasion": "är varken det första eller det sista tillfället som jämförs",
    "no_number": "saknar belopp",
    "no_outcome": "inte räknas i andelen: uppgift saknas, ingen vet, eller svaret står utanför",
    "no_group": "ingen vet gruppen för, och som inte jämförs",
    "no_background": "saknar en bakgrundsuppgift och inte är med i de justerade talen",
    "outside_standard": "inte hör till någon del av standardpopulationen och inte är med i de justerade talen",
    "thin_stratum": "är i grupper som har för få i någon del av standardpopulationen för att justeras",
    "thin_background": "inte justeras, för att bakgrunden har för få med eller utan utfallet i varje del",
    "lone_group": "inte justeras, för att det bara finns en grupp som går att justera",
    "no_limit": "inte justeras, för att medianen för alla inte kan visas och därför inte kan vara gräns",
    "outside_model": "är i grupper utan justerat tal, för att alla eller ingen har utfallet eller för att de är för få",
    "no_counterpart": "är i grupper som inte justeras, för att var fjärde rad eller fler i jämförelsen har en bakgrund "
    "som nästan bara den ena sidan har",
    "separated": "inte justeras, för att bakgrunden pekar ut en del där alla, eller ingen, har utfallet",
    "collinear": "inte justeras, för att bakgrundsuppgifterna säger samma sak",
    "not_converged": "inte justeras, för att modellen inte hittar någon lösning",
}
"""A sentence for each reason to leave rows out that the engines give (`analysis.selection.Reason`), and that
`comparisons` gives. A column of background that is left out leaves no rows out: `comparison_counting` tells of it."""

NO_DATE = {
    "end_date": "saknar slutdatum, för att de pågår eller för att datumet inte är registrerat",
    "decision_date": "saknar beslutsdatum, för att de utreds eller för att datumet inte är registrerat",
}
"""A row without the date of its event, in plainer words where the date is one of these."""


def bases(tables: Sequence[ProtectedTable]) -> str:
    """The basis of each table, those that are the same told once; a comparison beside what it compares has no other."""
    asked = [table.question for table in tables]
    apart = (t for t in tables if not isinstance(t.question, Comparative) or plain(t.question) not in asked)
    return " ".join(dict.fromkeys(filter(None, (basis(table) for table in apart))))


def basis(table: ProtectedTable) -> str:
    """n, what is missing and what is unknown: "n = 1 040 ärenden med uppgift. Uppgift saknas för 12; vet ej: 30."."""
    if isinstance(table.question, Flow):
        return ""
    if isinstance(table.question, Comparative):
        return _number_of(table)
    total = count(table)
    if OPEN in table.cells:
        still_open = _number(cell(table, OPEN))
        return f"n = {_number(total)} {rows_of(table)} som är klara, och {still_open} som inte är det än."
    if not table.axes or isinstance(table.question, Duration | Sum):
        return f"n = {_number(total)} {rows_of(table)}."
    axis = table.axes[0]
    if axis.multiple and table.question.selection.people and known(table) is None:
        return f"n = {_number(total)} {rows_of(table)}."
    said = [f"n = {_number(known(table))} {rows_of(table)} med uppgift om {axis.label[:1].lower()}{axis.label[1:]}."]
    said += [
        f"{'Uppgift saknas' if level.kind is LevelKind.MISSING else f'”{level.label}”'}: "
        f"{_number(count(table, level.code, *(TOTAL,) * (len(table.axes) - 1)))}."
        for level in axis.levels
        if level in beside(axis) and not axis.id.startswith("month:") and not _all_asked(table, level)
    ]
    return " ".join(said)


def _all_asked(table: ProtectedTable, level: Level) -> bool:
    """A table of those who were asked needs not say that all of them were."""
    return level.code == NOT_ASKED and count(table, level.code, *(TOTAL,) * (len(table.axes) - 1)) == 0


def _number_of(table: ProtectedTable) -> str:
    """How many a comparative table is of, where it says so."""
    whole_of = next((each for each in ("whole", "asked", "count") if each in table.cells), "")
    key = (TOTAL,) * len(table.axes)
    return f"n = {_number(table.cells[whole_of].get(key))} {rows_of(table)}." if whole_of else ""


def _number(value: int | float | None) -> str:
    return HIDDEN_IN_TEXT if value is None else whole(value)


def counted_how(table: ProtectedTable, shares: bool = True) -> str:
    """Everything a reader needs to ask the same question again, in plain words; `shares` says whether any are shown."""
    said = [_which_rows(table)]
    if isinstance(table.question, Comparative):
        said += how_compared(table)
    else:
        said += _how(table) if shares or not _counts(plain(table.question)) else ()
        said += [*_outside(table), *_without_shares(table)] if shares else []
    if any(axis.multiple for axis in table.axes) and not isinstance(table.question, Flow):
        said.append(_overlapping(table, shares))
    said += _all_left_out(table)
    said += [*_followed(table), *_long_ones(table), *_reached(table), *_ended_alone(table), *_cut_short(table)]
    return " ".join(said)


def whole_of_shares(table: ProtectedTable) -> tuple[str, ...]:
    """How many the shares of all are of, where the margin beside them has more."""
    question = table.question
    if not isinstance(question, CrossTable | Count) or "share" not in table.cells or is_of_all(table):
        return ()
    along = 1 if isinstance(question, CrossTable) and question.percent is Percent.ROWS else 0
    total, base = count(table), known(table, along=along)
    if any(level.kind is LevelKind.ANY for level in table.axes[along].levels) or None in (total, base) or base == total:
        return ()
    return (f"Bland alla är andelarna av de {_number(base)} som har uppgift, av {_number(total)}.",)


def rows_counted(table: ProtectedTable) -> str:
    """Which rows and what was left out, where how the figures are made is told elsewhere."""
    return " ".join(
        (_which_rows(table), *_all_left_out(table), *_long_ones(table), *_reached(table), *_cut_short(table))
    )


OF_ALL = (
    "även dem utan uppgift: hur många de är är dolt på minst ett ställe. Är de många är andelarna lägre än de "
    "hade varit bland dem som har uppgift."
)
_OF_WHAT = {Percent.ROWS: "alla i varje rad", Percent.COLUMNS: "alla i varje grupp"}


def _how(table: ProtectedTable) -> tuple[str, ...]:
    """How shares, days or sums are made."""
    if not is_of_all(table):
        return _method(plain(table.question), followed=OPEN in table.cells)
    percent = table.question.percent if isinstance(table.question, CrossTable) else Percent.NONE
    return (f"Andelarna är av {_OF_WHAT.get(percent, 'alla')}, {OF_ALL}",)


def _outside(table: ProtectedTable) -> tuple[str, ...]:
    """What the question puts outside denominators, beside what is unknown and missing."""
    question = table.question
    if not isinstance(question, CrossTable | Share) or not question.outside:
        return ()
    names = [f"”{level.label}”" for level in table.axes[0].levels if level.kind is LevelKind.UNKNOWN]
    return (f"Inte heller {listed(names)} ingår i nämnaren.",)


UNKNOWN_WHOLE = (
    "Där ett antal visas men inte andelen är nämnaren inte känd, oftast för att det är dolt hur många som saknar "
    "uppgift. Andelen skulle göra det möjligt att komma det dolda talet närmare."
)


def _without_shares(table: ProtectedTable) -> tuple[str, ...]:
    """Why a share is a gap where the count that it is of is none."""
    if isinstance(table.question, Count) and not table.question.shares:
        alone = not is_of_all(table) and len(table.axes) == 1 and known(table) is None
        alone = alone and any(count(table, level.code) for level in named(table))
    else:
        shares = table.cells.get("share", {})
        alone = any(part is None and count(table, *key) is not None for key, part in shares.items())
    return (UNKNOWN_WHOLE,) if alone else ()


def _overlapping(table: ProtectedTable, shares: bool) -> str:
    question = table.question
    if not isinstance(question, Flow) and question.selection.people:
        return "En person räknas en gång i varje grupp som hen hör till, och en gång bland alla."
    more = ", så andelarna kan tillsammans bli mer än 100 %" if shares and _shares_overlap(table) else ""
    if not shares:
        more = ", så antalen kan tillsammans bli fler än talet för alla"
    return f"{_one(plain(table.question))} kan ha flera värden och räknas en gång för vart och ett{more}."


def _one(question: Question) -> str:
    """ "Ett ärende", "En insats"."""
    population = question.population if isinstance(question, Flow) else question.selection.population
    return f"{'Ett' if population in NEUTER else 'En'} {ROWS[population][0]}"


def _counts(question: Question) -> bool:
    return isinstance(question, Count | CrossTable)


def _shares_overlap(table: ProtectedTable) -> bool:
    """Are the shares those of a column where a row can have several values?"""
    match table.question:
        case Count():
            return table.axes[0].multiple
        case CrossTable(percent=percent):
            return table.axes[1 if percent is Percent.ROWS else 0].multiple
        case _:
            return False


def _cut_short(table: ProtectedTable) -> tuple[str, ...]:
    """A warning where the period goes on after the snapshot's last day."""
    question, as_of = table.question, table.provenance.as_of
    period = question.period if isinstance(question, Flow) else question.selection.period
    if period is None or period.last_day <= as_of:
        return ()
    return (f"Underlaget slutar {day(as_of)}, så perioden är inte hel: det som hände därefter är inte med.",)


def _long_ones(table: ProtectedTable) -> tuple[str, ...]:
    """A warning where rows are chosen for going on: the longer one lasts, the likelier it is to be among them."""
    question = plain(table.question)
    if not isinstance(question, Duration) or question.selection.event != ONGOING:
        return ()
    return (
        "Det som varar länge pågår oftare någon dag i perioden än det som är kort. De vanliga tiderna beskriver dem "
        "som pågick, och är längre än för alla som börjar. Tiderna med pågående räknar varje rad först från det antal "
        "dagar som den hade varat när perioden började, och säger hur lång tid det brukar ta.",
    )


def _reached(table: ProtectedTable) -> tuple[str, ...]:
    """A warning where rows are chosen by a day on the way: what never came to it is not there."""
    question = plain(table.question)
    if not isinstance(question, Duration) or question.selection.period is None:
        return ()
    event = event_of(question.selection)
    days = [question.start, event, question.end]
    if any(each not in ON_THE_WAY for each in days):
        return ()
    start, at, end = map(ON_THE_WAY.index, days)
    if at <= start or at == end:
        return ()
    ended = "; det som slutade dessförinnan är inte med i tiderna" if at < end else ""
    return (f"Bara det som nått {column_words(event)} är med{ended}.",)


def _ended_alone(table: ProtectedTable) -> tuple[str, ...]:
    """A warning where rows are chosen by their end: they began over many years, with unlike numbers each."""
    question = plain(table.question)
    if not isinstance(question, Duration) or follows_open(question):
        return ()
    return (
        "Bara det som nått tidens sista datum är med. Har det nya ökat eller minskat skiljer sig tiderna från vad de "
        "som börjar kan vänta sig.",
    )


def _which_rows(table: ProtectedTable) -> str:
    question = table.question
    if isinstance(question, Flow):
        return f"Räknat på {ROWS[question.population][1]} {_when(question.period)}, efter första och sista dag."
    selection = question.selection
    rows = ROWS[selection.population][1]
    who = f"olika personer bakom {rows}" if selection.people else rows
    if selection.period is None:
        return f"Räknat på {who} i hela ögonblicksbilden."
    if selection.event == ONGOING:
        return f"Räknat på {who} som pågick någon dag {_when(selection.period)}."
    return f"Räknat på {who} som {_event(selection.event, selection.population)} {_when(selection.period)}."


def _event(event: str, population: Population) -> str:
    column = event or EVENT[population]
    return EVENT_WORDS.get(column, f"har {column}")


def _when(period: Period) -> str:
    return f"under {period_words(period)}"


def _method(question: Question, *, followed: bool = False) -> tuple[str, ...]:
    """`followed`: are there times with the open counted beside?"""
    match question:
        case CrossTable(percent=Percent.ROWS):
            return ("Andelarna är av varje rad, bland dem som har uppgift; ”vet ej” och saknade uppgifter ingår inte.",)
        case CrossTable(percent=Percent.COLUMNS):
            return (
                "Andelarna är inom varje grupp, bland dem som har uppgift; ”vet ej” och saknade uppgifter ingår inte.",
            )
        case Share():
            return ("Andelen är av dem som har uppgift; ”vet ej” och saknade uppgifter ingår inte i nämnaren.",)
        case Duration():
            which = "i de vanliga tiderna" if followed else "bara"
            both = "räknas bara rader med båda datumen" if followed else "rader med båda datumen räknas"
            how = f"Dagar mellan två datum; {which} {both}. Kvartiler beräknas med linjär interpolation."
            return (how, WITHIN_FOLLOWED) if followed and question.within else (how,)
        case Flow():
            return ("Pågående vid början plus nya minus avslutade är pågående vid slutet.",)
        case Sum():
            return ("Belopp räknas till den period då de började gälla.",)
        case _:
            return ("Andelar räknas på dem som har uppgift; ”vet ej” och saknade uppgifter ingår inte i nämnaren.",)


def _all_left_out(table: ProtectedTable) -> list[str]:
    """What is open stands in the table itself where it is followed, and is told of there."""
    told = (left for left in table.left_out if left.rows != 0 and not (left.reason == OPEN and OPEN in table.cells))
    marks = [_MARKS[left.reason].format(left.column) for left in table.left_out if left.reason in _MARKS]
    return [*marks, *_together(table), *(_left_out(left, table) for left in told)]


def _together(table: ProtectedTable) -> list[str]:
    """Which units are counted together, where the table is divided by the organisation of a day."""
    found = (merged_of(axis.id) for axis in table.axes)
    return [_counted_together(made) for made in found if made and made.tree]


def _counted_together(made: Merged) -> str:
    several = [f"{name} ({', '.join(codes)})" for name, codes in made.groups if len(codes) > 1]
    day = made.tree.partition(ON)[2]
    if not several:
        return f"Indelningen är organisationens {day}; då räknas inga enheter tillsammans."
    return f"Indelningen är organisationens {day}. De här enheterna räknas tillsammans: {'; '.join(several)}."


_MARKS = {
    POOLED: (
        "Svaren räknas från olika utgångspunkter, som insatsens början eller förra uppföljningen, och ligger ihop här. "
        "Dela upp efter ”Utgångspunkt” ({}) för att skilja dem åt."
    ),
    OTHERS: (
        "Bara instrumentets egna svarstillfällen är med: vid de andra ställdes inte frågan. Hur många de är visar en "
        "tabell efter ”Instrument” ({})."
    ),
}


def _followed(table: ProtectedTable) -> tuple[str, ...]:
    """In which figures the open are counted, and until when."""
    if OPEN not in table.cells:
        return ()
    return (
        f"De som inte är klara är följda till och med {day(table.provenance.as_of)}: de räknas med i tiderna med "
        "pågående (Kaplan–Meier), och är utanför de andra.",
    )


def _left_out(left: LeftOut, table: ProtectedTable) -> str:
    why = LEFT_OUT.get(left.reason, "kunde inte användas")
    question = table.question
    if left.reason == "no_event_date" and not isinstance(question, Flow):
        why = NO_DATE.get(question.selection.event, why)
    population = question.population if isinstance(question, Flow) else question.selection.population
    return f"Utanför{_whenever(left, plain(question))}: {_number(left.rows)} {ROWS[population][1]} som {why}."


def _whenever(left: LeftOut, question: Question) -> str:
    """Rows that no period can claim are counted in the whole snapshot, also where the question has a period."""
    spans = isinstance(question, Flow) or question.selection.event == ONGOING
    return ", oavsett period" if spans or left.reason == "no_event_date" else ""
