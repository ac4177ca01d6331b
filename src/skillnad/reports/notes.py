"""What is said about the report itself: how it protects people, what its words mean, and where its numbers come
from."""

from skillnad.analysis.headline import ROWS
from skillnad.analysis.results import Provenance
from skillnad.codebook.days_in_words import day
from skillnad.reports.numbers import GAP
from skillnad.reports.report import Facts, ReportAnswer

LACKING = "Det här saknas."
NO_ANSWER = "Underlagen kan inte svara."

_POPULATIONS = {population.value: words[1] for population, words in ROWS.items()}


def fine_print(answer: ReportAnswer) -> str:
    """Where the numbers come from: enough to find the very same answer again."""
    own = [told for told in answer.provenance if isinstance(told, Provenance)]
    if not own:
        return "Hämtas hos källan"
    first, keys = own[0], ", ".join(told.ledger_key[:12] for told in own)
    return (
        f"Ögonblicksbild {first.snapshot[:12]} · population {_POPULATIONS.get(first.population, first.population)} · "
        f"skydd {first.policy} · liggare {keys}"
    )


def about(facts: Facts) -> tuple[tuple[str, str], ...]:
    """The last chapter: terms and what they mean."""
    return facts.about or _usual(facts)


def _usual(facts: Facts) -> tuple[tuple[str, str], ...]:
    return (
        *_places(facts),
        (
            "Indikationer, inte effekter",
            "Rapporten visar hur det är. Den kan inte visa vad insatserna har orsakat: det skulle kräva en jämförelse "
            "med vad som hade hänt utan dem. En skillnad kan bero på slumpen, om det inte står att den är prövad, och "
            "på vilka som ingår i grupperna. Skillnader mellan kvinnor och män, åldrar och ursprung prövas i "
            "”Skillnader att förklara”.",
        ),
        (
            f"Tal som inte visas ({GAP})",
            "Små tal är dolda för att ingen enskild ska kunna kännas igen, och ibland också ett större "
            "tal som annars hade "
            "gjort det möjligt att räkna ut ett litet. Vilket av de två det är sägs aldrig. En stapel ritas aldrig för "
            "ett dolt tal. Rapportens tabeller är skyddade tillsammans, och mot allt annat som har visats ur samma "
            "ögonblicksbild: ett tal som är dolt i en tabell följer inte av de andra. Det som har visats ur andra "
            "ögonblicksbilder vägs inte in.",
        ),
        (
            "Andelar",
            "”Vet ej” och saknade uppgifter ingår inte i nämnaren. De visas bredvid. Där det är dolt hur många som "
            "saknar uppgift är andelarna i stället av alla, och det står under tabellen. Andelar är avrundade till "
            "hela procent.",
        ),
        (
            "Tider",
            "Medianen är den tid som hälften understiger. Mellan undre och övre kvartil ligger den mittersta hälften. "
            "Medianer visas bara för minst tio, kvartiler för minst tjugo och nio av tio för minst femtio. I tiderna "
            "för dem som började räknas de som inte är klara än med den tid som har gått (Kaplan–Meier).",
        ),
        (
            "Ålder",
            "Hela år vid händelsen: vid aktualiseringen för ett ärende, när insatsen började för en insats, och den "
            "dag som en uppföljning, omprövning eller kostnad gäller. I kapitlet om placerade barn och unga är det "
            "åldern när placeringen började, för alla dess uppgifter.",
        ),
        (
            "Personnummer",
            "Personnummer (variabel 3) finns varken i rapporten eller i den ögonblicksbild som den är räknad på.",
        ),
        ("Variabler som inte används", _not_used(facts)),
        (
            "Underlag",
            f"Ögonblicksbild {facts.snapshot[:16]} av registret till och med {day(facts.as_of)}, kodbok "
            f"{facts.codebook}. "
            f"Rapporten är framtagen {day(facts.made_on)}. Vid varje tabell står vilken post i liggaren den "
            "kommer från, så att talen kan tas fram igen.",
        ),
    )


def _places(facts: Facts) -> tuple[tuple[str, str], ...]:
    if not facts.places:
        return ()
    return (
        (
            "Vad rapporten gäller",
            f"Rapporten gäller {facts.places}: alla tal är ärenden, insatser, uppföljningar och annat som är "
            "registrerat där, och ”alla” betyder alla där. Färre rader gör att fler tal är dolda än i rapporten för "
            "hela kommunen; en längre period ger mindre luckor.",
        ),
    )


def _not_used(facts: Facts) -> str:
    if not facts.not_used:
        return "Kommunen använder alla variabler."
    return f"Kommunen använder inte: {', '.join(facts.not_used)}. De redovisas inte, varken som svar eller som saknade."
