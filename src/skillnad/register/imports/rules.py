"""Every rule that a row can break: its code, whether the row is kept, what is wrong, and how to mend it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    REJECT = "reject"  # the row goes to the file of rejected rows
    WARN = "warn"  # the row is stored, and counted


@dataclass(frozen=True)
class Rule:
    code: str
    severity: Severity
    sv: str
    en: str
    mend_sv: str
    mend_en: str

    def text(self, language: str = "sv") -> str:
        return self.en if language == "en" else self.sv

    def mend(self, language: str = "sv") -> str:
        return self.mend_en if language == "en" else self.mend_sv


def _reject(code: str, sv: str, en: str, mend_sv: str, mend_en: str) -> Rule:
    return Rule(code, Severity.REJECT, sv, en, mend_sv, mend_en)


def _warn(code: str, sv: str, en: str, mend_sv: str, mend_en: str) -> Rule:
    return Rule(code, Severity.WARN, sv, en, mend_sv, mend_en)


_ALL = (
    _reject(
        "IMP-101",
        "Datumet går inte att läsa.",
        "The date cannot be read.",
        "Skriv ÅÅÅÅ-MM-DD, eller ange datumets form med date i mappningen.",
        "Write YYYY-MM-DD, or name the date's form with date in the mapping.",
    ),
    _reject(
        "IMP-102",
        "Datumet ligger före 1900 eller mer än två år framåt.",
        "The date is before 1900 or more than two years ahead.",
        "Skriv året med fyra rätta siffror. Är dagen rätt: ange latest_date i [[file]] i mappningen.",
        "Write the year with four right digits. If the day is right, give latest_date in [[file]] of the mapping.",
    ),
    _reject(
        "IMP-103",
        "Värdet är inte känt i mappningen.",
        "The value is not known to the mapping.",
        "Rätta värdet, eller lägg till det under codes i mappningen.",
        "Correct the value, or add it under codes in the mapping.",
    ),
    _reject(
        "IMP-104",
        "Värden som utesluter varandra står på samma rad.",
        "Values that exclude each other are on one row.",
        "Behåll det värde som gäller och ta bort de andra.",
        "Keep the value that holds and remove the others.",
    ),
    _reject(
        "IMP-105",
        "Talet går inte att läsa.",
        "The number cannot be read.",
        "Skriv bara siffror och ett decimaltecken.",
        "Write digits and one decimal sign only.",
    ),
    _reject(
        "IMP-106",
        "I textfältet står något som ser ut som ett personnummer.",
        "The text field has something that looks like a personal identity number.",
        "Ta bort numret ur texten; identiteten hör hemma i nyckelkolumnen.",
        "Remove the number from the text; the identity belongs in the key column.",
    ),
    _reject(
        "IMP-111",
        "Nyckeln saknas.",
        "The key is missing.",
        "Fyll i nyckelkolumnen, eller töm de uppgifter som hör till den.",
        "Fill in the key column, or empty what belongs to it.",
    ),
    _reject(
        "IMP-112",
        "Posten ovanför (klienten, ärendet eller insatsen) finns varken i leveransen eller i registret.",
        "What stands above (the client, case or intervention) is neither in the delivery nor in the register.",
        "Ta med den i leveransen, eller rätta nyckeln. Är den själv avvisad: rätta den och läs in båda igen.",
        "Include it in the delivery, or correct the key. If it is rejected itself: correct it and import both again.",
    ),
    _reject(
        "IMP-113",
        "Samma nyckel står på flera rader med olika innehåll.",
        "The same key is on several rows with different content.",
        "Behåll den rad som gäller. Är det flera poster behöver nyckeln fler kolumner; hör raderna ihop: repeat "
        '= "union".',
        'Keep the row that holds. If they are several records, the key needs more columns; if one, repeat = "union".',
    ),
    _reject(
        "IMP-114",
        "Samma nyckel hör till olika klienter, ärenden eller insatser på olika rader.",
        "The same key belongs to different clients, cases or interventions on different rows.",
        "Rätta nyckeln på den rad som har fel.",
        "Correct the key on the row that is wrong.",
    ),
    _reject(
        "IMP-115",
        "En uppgift som posten inte kan vara utan saknas.",
        "Something that the record cannot be without is missing.",
        "Fyll i den, eller ta bort raden.",
        "Fill it in, or remove the row.",
    ),
    _reject(
        "IMP-121",
        "Insatsen slutar innan den börjar.",
        "The intervention ends before it starts.",
        "Rätta start- eller slutdatum.",
        "Correct the start or the end date.",
    ),
    _reject(
        "IMP-122",
        "Ärendet avslutas innan det aktualiseras.",
        "The case is closed before its intake.",
        "Rätta datumet för aktualisering eller avslut.",
        "Correct the intake or the closing date.",
    ),
    _reject(
        "IMP-123",
        "Kostnadsperioden slutar innan den börjar.",
        "The cost's period ends before it starts.",
        "Rätta periodens datum.",
        "Correct the dates of the period.",
    ),
    _reject(
        "IMP-124",
        "Beloppet är negativt.",
        "The amount is negative.",
        "Räkna samman med den kostnad som det rättar.",
        "Add it to the cost that it corrects.",
    ),
    _reject(
        "IMP-125",
        "Personen skulle ha varit över 120 år.",
        "The person would have been above 120 years.",
        "Rätta födelsedatumet eller händelsens datum.",
        "Correct the birth date or the date of the event.",
    ),
    _reject(
        "IMP-126",
        "Händelsen ligger mer än tio månader före födelsen.",
        "The event is more than ten months before the birth.",
        "Rätta födelsedatumet eller händelsens datum.",
        "Correct the birth date or the date of the event.",
    ),
    _warn(
        "IMP-201",
        "Beslutet är fattat före aktualiseringen.",
        "The decision is before the intake.",
        "Jämför datumen med akten.",
        "Compare the dates with the file.",
    ),
    _warn(
        "IMP-202",
        "Insatsen börjar före beslutet.",
        "The intervention starts before the decision.",
        "Jämför datumen med akten.",
        "Compare the dates with the file.",
    ),
    _warn(
        "IMP-203",
        "Insatsen börjar före aktualiseringen.",
        "The intervention starts before the intake.",
        "Jämför datumen med akten.",
        "Compare the dates with the file.",
    ),
    _warn(
        "IMP-204",
        "Ärendet är avslutat före insatsens slut.",
        "The case is closed before the intervention ends.",
        "Avsluta insatsen, eller rätta ärendets datum.",
        "Close the intervention, or correct the case's date.",
    ),
    _warn(
        "IMP-205",
        "Avslutsorsak är angiven men inget slutdatum.",
        "There is a closing reason but no end date.",
        "Fyll i slutdatumet, eller ta bort orsaken.",
        "Fill in the end date, or remove the reason.",
    ),
    _warn(
        "IMP-206",
        "Uppföljningen ligger före insatsens början eller efter dess slut.",
        "The follow-up is before the intervention's start or after its end.",
        "Jämför datumen med akten.",
        "Compare the dates with the file.",
    ),
    _warn(
        "IMP-207",
        "Aktualiseringen ligger i framtiden.",
        "The intake is in the future.",
        "Jämför datumet med akten.",
        "Compare the date with the file.",
    ),
    _warn(
        "IMP-208",
        "Händelsen ligger före födelsen: gäller det ett väntat barn är det rätt.",
        "The event is before the birth: that is right for a child that is expected.",
        "Jämför födelsedatumet med akten.",
        "Compare the birth date with the file.",
    ),
    _warn(
        "IMP-209",
        "Det som ska vara gjort (beslut, uppföljning eller omprövning) ligger i framtiden.",
        "What should have been done (a decision, follow-up or review) is in the future.",
        "Jämför datumet med akten. Är det en planerad omprövning: läs kolumnen som due_date.",
        "Compare the date with the file. If it is a planned review, read the column as due_date.",
    ),
    _warn(
        "IMP-211",
        "Identitetsnumret är ovanligt: kontrollsiffra, datum eller form stämmer inte.",
        "The identity number is unusual: check digit, date or form does not fit.",
        "Jämför med folkbokföringen. Numret är lagrat som det är skrivet.",
        "Compare with the population register. The number is kept as written.",
    ),
    _warn(
        "IMP-212",
        "Juridiskt kön är ett annat än vad identitetsnumret antyder.",
        "Legal sex is another than the identity number suggests.",
        "Jämför med folkbokföringen. Uppgiften i kolumnen gäller.",
        "Compare with the population register. What the column says holds.",
    ),
    _warn(
        "IMP-213",
        "Födelsedatumet är ett annat än vad identitetsnumret antyder.",
        "The birth date is another than the identity number suggests.",
        "Jämför med folkbokföringen. Uppgiften i kolumnen gäller.",
        "Compare with the population register. What the column says holds.",
    ),
    _warn(
        "IMP-214",
        "Hushållstypen passar inte åldern: ett barn under 15 år bor ensamt eller är sammanboende.",
        "The household does not fit the age: a child below 15 lives alone or with a partner.",
        "Jämför hushållstypen med akten.",
        "Compare the household with the file.",
    ),
    _warn(
        "IMP-215",
        "Koden gällde inte vid händelsens datum.",
        "The code was not valid on the date of the event.",
        "Se kodens giltighet med `skillnad codebook show`.",
        "See when the code is valid with `skillnad codebook show`.",
    ),
    _warn(
        "IMP-216",
        "Omprövningen har ett annat ärende än sin insats.",
        "The review has another case than its intervention.",
        "Rätta ärendets eller insatsens nyckel på raden. Ingen nyckel till ärendet behövs där insatsens finns.",
        "Correct the key of the case or of the intervention on the row. With the intervention's, no case's is needed.",
    ),
    _warn(
        "IMP-221",
        "Raden står flera gånger med samma innehåll; den är läst en gång.",
        "The row is there several times with the same content; it is read once.",
        "Inget behöver göras.",
        "Nothing needs to be done.",
    ),
    _warn(
        "IMP-222",
        "Raderna säger olika om samma klient, ärende eller insats; den sista raden gäller.",
        "The rows say different things of the same client, case or intervention; the last row holds.",
        'Rätta i verksamhetssystemet. Flervalsvariabler kan läsas samman med repeat = "union".',
        'Correct it in the case system. Variables with several values can be united with repeat = "union".',
    ),
    _warn(
        "IMP-223",
        "Ett värde som mappningen inte känner är läst som saknas.",
        "A value that the mapping does not know is read as missing.",
        "Lägg till värdet under codes i mappningen.",
        "Add the value under codes in the mapping.",
    ),
)

RULES: Mapping[str, Rule] = {rule.code: rule for rule in _ALL}


def rejects(code: str) -> bool:
    return RULES[code].severity is Severity.REJECT
