"""The last chapter of the page of differences: how it was made, and how it is to be read."""

from skillnad.analysis.comparisons.judging import Page
from skillnad.analysis.figures import whole
from skillnad.codebook.days_in_words import day
from skillnad.reports.comparison_counting import MERGED
from skillnad.reports.contents.differences import MOST_KINDS
from skillnad.reports.differences_wording import ONLY_NEEDS, RELEVANT_WORDS
from skillnad.reports.numbers import GAP, SPACE
from skillnad.reports.report import Facts

Terms = tuple[tuple[str, str], ...]
"""Each with what it means."""

_NEEDS: Terms = (
    ("Behov och önskemål", f"{ONLY_NEEDS} Sidan kan inte säga att en skillnad är orättvis, eller att den är rätt."),
)
_READING: Terms = (
    (
        "Med hänsyn till bakgrund",
        "Andelarna är justerade med en logistisk modell, så att grupperna jämförs som om de vore lika i den "
        f"bakgrund som står under tabellen. {MERGED} Det som inte är registrerat går det inte att ta hänsyn till. "
        "Dagar är inte justerade: av tiderna jämförs också hur många som var klara inom mediantiden för alla, och "
        "den andelen är justerad. De övriga är desamma före och efter justering. Har fler än var fjärde rad en "
        "bakgrund som nästan bara den ena sidan har visas ingen justerad skillnad: då finns ingen att jämföra med.",
    ),
    (
        "Vilka som jämförs",
        "Kvinnor jämförs med män, varje åldersgrupp och varje ursprung med alla övriga. Av insatstyperna jämförs "
        f"de {MOST_KINDS} vanligaste, vilka som än har dem. Resultat och tider gäller det som avslutades (eller "
        "nådde sitt slut) under perioden, så det som pågår är inte med: det kan ännu följas upp, eller leda till "
        "beslut. Rader där gruppen, eller det som jämförs, inte är känt är inte med. ”Kan inte bedöma” är ett svar om "
        "mål, och räknas med i nämnaren.",
    ),
    (
        "Samma person flera gånger",
        "Insatser för samma person liknar varandra. Andelar och tider räknas så, och är därför osäkrare än om var och "
        "en vore en ny person.",
    ),
    (
        f"Osäkerhetsintervall (95{SPACE}% intervall, inom parentes)",
        "Ett osäkerhetsintervall säger mellan vilka värden det rätta rimligen ligger när slumpen är räknad med: av 100 "
        "sådana intervall har omkring 95 det rätta i sig. Finns noll i skillnadens intervall kan den vara bara slump.",
    ),
    (
        f"Tal som inte visas ({GAP})",
        "Små tal är dolda för att ingen enskild ska kunna kännas igen. Där ett tal är dolt visas inte heller det "
        "som skulle göra det möjligt att räkna ut det.",
    ),
    (
        "Förklaringar",
        "En förklaring är någons bedömning, inte ett bevis. Den sparas med vem som skrev den, när, och vilka tal "
        "den gällde, och står kvar vid samma skillnad nästa period. Skriv inget som pekar ut en person.",
    ),
)


def about_differences(facts: Facts, page: Page) -> Terms:
    return (*_NEEDS, *_verdicts(page), *_READING, _made_of(facts))


def _verdicts(page: Page) -> Terms:
    return (
        (
            "Skillnad visad",
            f"Alla {whole(page.made)} prövningar på sidan är rättade tillsammans (Benjamini och Hochberg), de "
            "justerade också. Där ingen skillnad finns visar högst en sida av tjugo ändå någon. Intervallen för de "
            "skillnader som visas är vidgade, eftersom de är utvalda bland många.",
        ),
        (
            "För få för att avgöra",
            "Skillnaden kan vara slump, men det går inte heller att utesluta en som spelar roll: "
            f"{RELEVANT_WORDS}. Så många gånger fler som behövs är räknat på en jämförelse för sig, och är därför det "
            "minsta som behövs.",
        ),
        (
            "Ingen skillnad visad",
            "En skillnad som spelar roll hade med stor chans synts, och ingen så stor ryms i intervallet. Det är inte "
            "detsamma som att grupperna är lika.",
        ),
    )


def _made_of(facts: Facts) -> tuple[str, str]:
    return (
        "Underlag",
        f"Ögonblicksbild {facts.snapshot[:16]} av registret till och med {day(facts.as_of)}, kodbok "
        f"{facts.codebook}. Sidan är framtagen {day(facts.made_on)}.",
    )
