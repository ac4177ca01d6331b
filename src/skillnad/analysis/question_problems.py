"""What is wrong with a question, in the analyst's words, and what would do: the problems of the later questions."""

from collections.abc import Sequence
from datetime import date

from skillnad.codebook.days_in_words import period_words
from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import SnapshotLevel
from skillnad.lib.errors import Problem

NO_OCCASIONS = Problem(
    "ASK-028",
    sv="En förändring är mellan två rader av samma person, på var sin dag, och räknar redan personer. Fråga follow_ups "
    "eller en annan population med flera rader per person, och varken om det som pågår eller om personer.",
    en="A change is between two rows of the same person, each on its day, and counts people already. Ask follow_ups or "
    "another population with several rows a person, and neither about what is ongoing nor about people.",
)


def limits_in_days(most_days: int, most: int) -> Problem:
    return Problem(
        "ASK-026",
        sv=f"Gränserna är hela dagar från 0 till {most_days}, och högst {most}. Ange till exempel 120.",
        en=f"The limits are whole days from 0 to {most_days}, and at most {most}. Give 120, for instance.",
    )


def no_scale(column: str, scales: Sequence[str]) -> Problem:
    there = ", ".join(scales)
    sv = f"Skalorna här är {there}." if scales else "Räkna dess värden med Count i stället."
    en = f"The scales here are {there}." if scales else "Count its values instead."
    return Problem(
        "ASK-027",
        sv=f"{column} är ingen skala: kodboken ordnar inte dess värden från bäst till sämst, så ingen kan säga vad som "
        f"är bättre. {sv}",
        en=f"{column} is no scale: the codebook does not put its values in order from best to worst, so nobody can say "
        f"what is better. {en}",
    )


def days_in_order(as_of: date) -> Problem:
    return Problem(
        "ASK-029",
        sv=f"De två dagarna ska komma i ordning, och den andra senast {as_of}, ögonblicksbildens dag. Byt dagar.",
        en=f"The two days are in order, and the second is no later than {as_of}, the snapshot's day. Change the days.",
    )


NO_PEOPLE = Problem(
    "ASK-012",
    sv="Personer kan räknas som antal och andelar: tider, vägar och summor gäller rader, för samma person kan stå i "
    "flera celler. Ta bort valet personer, eller fråga populationen clients.",
    en="People have counts and shares: durations, paths and sums are of rows, as the same person can stand in several "
    "cells. Leave out people, or ask the population clients.",
)
NO_PEOPLE_SET_BESIDE = Problem(
    "ASK-012",
    sv="Det som jämförs är rader: samma person kan stå i flera grupper, och då säger intervallet för mycket. Ta bort "
    "valet personer, fråga populationen clients, eller fråga efter andelen utan att jämföra.",
    en="What is compared is rows: the same person can stand in several groups, and then the interval says too much. "
    "Leave out people, ask the population clients, or ask for the share without comparing.",
)

NOTHING_TO_SHARE = Problem(
    "ASK-077",
    sv="Andelarna är av en uppgifts värden, men frågan delar inte in efter någon. Ange en i by, till exempel "
    "closing_reason.",
    en="The shares are of a column's values, but the question is divided by none. Give one in by, such as "
    "closing_reason.",
)

ONE_STEP = Problem(
    "ASK-030",
    sv="En följd går från ett steg till nästa. Ange två till fyra kolumner, eller räkna den enda med Count.",
    en="A sequence goes from one step to the next. Give two to four columns, or count the only one with Count.",
)


def listed_paths(most: int) -> Problem:
    return Problem(
        "ASK-031",
        sv=f"En följd visar mellan 1 och {most} vägar (top), var och en med minst en rad (least). Ändra talen.",
        en=f"A sequence shows from 1 to {most} paths (top), each with one row at least (least). Change the numbers.",
    )


def not_there(level: SnapshotLevel, period: Period) -> Problem:
    sv = " ".join(
        [f"från och med {level.first_day}"] * (level.first_day is not None)
        + [f"till och med {level.last_day}"] * (level.last_day is not None)
    )
    en = " ".join(
        [f"from {level.first_day}"] * (level.first_day is not None)
        + [f"until {level.last_day}"] * (level.last_day is not None)
    )
    return Problem(
        "ASK-034",
        sv=f"{level.code} fanns inte {period_words(period)}: bara {sv}. Byt period, eller fråga om en annan enhet.",
        en=f"{level.code} was not there in {period}: only {en}. Change the period, or ask about another unit.",
    )


def with_itself(column: str) -> Problem:
    return Problem(
        "ASK-035",
        sv=f"Andelen jämför {column} med sig själv: den är alltid allt eller inget. Dela in efter något annat, eller "
        "räkna med Count.",
        en=f"The share compares {column} with itself: it is always all or nothing. Divide by something else, or count.",
    )


COMPARED_OF = Problem(
    "ASK-085",
    sv="Det som jämförs mellan grupper är en andel eller en tid. Fråga efter Share eller Duration; summor och antal "
    "per grupp visas som de är, med Sum eller Count.",
    en="What is compared between groups is a share or a duration. Ask for Share or Duration; sums and counts of groups "
    "are shown as they are, with Sum or Count.",
)
PLACED_OF = Problem(
    "ASK-085",
    sv="Det som ställs i ordning eller i ett trattdiagram är en andel. Fråga efter Share, eller jämför tider mellan "
    "grupper med Comparison.",
    en="What is ranked, or put in a funnel, is a share. Ask for Share, or compare the durations of groups with "
    "Comparison.",
)
FOLLOWED_OF = Problem(
    "ASK-085",
    sv="Det som följs över tid är ett antal, en andel eller en tid. Fråga efter Count, Share eller Duration; en summa "
    "per månad visas som den är, med Sum.",
    en="What is followed over time is a count, a share or a duration. Ask for Count, Share or Duration; a sum a month "
    "is shown as it is, with Sum.",
)
NO_SUM_OF_AGES = Problem(
    "ASK-086",
    sv="Åldrar läggs inte ihop: summan säger inget om någon. Räkna hur många som är i varje åldersgrupp i stället, med "
    "Count efter age_group.",
    en="Ages are not added up: the sum tells nothing of anybody. Count how many are in each age group instead, with "
    "Count by age_group.",
)
