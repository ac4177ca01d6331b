"""The third case system: older people and people with disabilities, as a workbook and a file for an old printer.

`omsorg.xlsx` has a sheet of cases and one of interventions: days as DD/MM/YYYY, and one column a value where several
can be chosen, marked with X. `uppfoljning.txt` has the follow-ups: CP850, tabs between.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from skillnad.register.demo.dice import Dice
from skillnad.register.demo.dirt import ancient, blank, marked, soil, swapped, wrong
from skillnad.register.demo.index import Index
from skillnad.register.demo.municipality import Case, Client, FollowUp, Intervention
from skillnad.register.demo.sheets import Sheet, write_text, write_workbook

SYSTEM = "omsorg"
MARK = "X"

NEEDS = {
    "1": "Omsorg", "2": "Våldsutsatt", "3": "Utövar våld", "4": "Sjukdom", "5": "Rörelse och syn", "6": "Psykisk hälsa",
    "7": "Kognition", "8": "Beroende", "9": "Brott", "10": "Försörjning", "11": "Bostad", "12": "Skola",
    "13": "Ensamkommande", "14": "Annat",
}  # fmt: skip
"""Headings of the columns that are marked: `Sökt: Omsorg` for the intake reason, `Behov: Omsorg` for the problem."""
INTERVENTIONS = {
    "5": "Avlösning i hemmet", "6": "Boendestöd", "7": "Daglig verksamhet", "8": "Dagverksamhet",
    "13": "Hemtjänst omvårdnad", "14": "Hemtjänst service", "18": "Kontaktperson", "19": "Korttidstillsyn",
    "20": "Korttid", "22": "Ledsagning", "24": "Matdistribution", "27": "Personlig assistans",
    "32": "Särskilt boende", "33": "Trygghetslarm",
}  # fmt: skip
COLLABORATION = {
    "1": "Sjukvård", "2": "Förskola", "3": "Skola", "4": "SiS", "5": "Kriminalvård", "6": "Polis",
    "7": "Migrationsverket", "8": "Habilitering", "9": "Rehabilitering", "10": "Övriga", "11": "Ingen men behov",
    "12": "Ingen behövs",
}  # fmt: skip
SEX = {"1": "Kvinna", "2": "Man"}

_CASE = (
    "Personnummer",
    "Kön",
    "Födelsedag",
    "Ursprung",
    "Sekretess",
    "Ärende",
    "Inkom",
    "Hushåll",
    "Känd tidigare",
)
_CASE_END = ("Beslutad", "Avslutad", "Enhetskod", "Enhetsnamn")
_STAY = (
    "Ärende",
    "Insats-id",
    "Insats",
    "Utförare",
    "Beviljad",
    "Påbörjad",
    "Upphörd",
    "Enligt plan",
    "Avslutsorsak",
)
_VISIT = ("Ärende", "Insats-id", "Löpnr", "Uppföljd", "SIP", "Andra insatser", "Resultat")


def _sheets() -> dict[str, Sheet]:
    applied = tuple(f"Sökt: {need}" for need in NEEDS.values())
    found = tuple(f"Behov: {need}" for need in NEEDS.values())
    together = tuple(f"Med: {name}" for name in COLLABORATION.values())
    return {
        "Ärenden": Sheet("Ärenden", (*_CASE, *applied, *found, *_CASE_END)),
        "Insatser": Sheet("Insatser", _STAY),
        "uppfoljning": Sheet("uppfoljning", (*_VISIT, *together)),
    }


def write_omsorg(index: Index, folder: Path, dice: Dice) -> Counter[str]:
    """The two files in `folder`; returns how many rows have which fault."""
    sheets = _sheets()
    for case in index.cases_of(SYSTEM):
        _case(sheets["Ärenden"], index, case)
        for intervention in index.interventions_of(case):
            _stay(sheets["Insatser"], index, case, intervention)
            for number, follow_up in enumerate(index.follow_ups_of(intervention), start=1):
                _visit(sheets["uppfoljning"], case, intervention, follow_up, number)
    found: Counter[str] = Counter()
    for name, sheet in sheets.items():
        found += soil(dice, sheet, FAULTS[name])
    write_workbook(folder / "omsorg.xlsx", [sheets["Ärenden"], sheets["Insatser"]])
    write_text(folder / "uppfoljning.txt", sheets["uppfoljning"], encoding="cp850", separator="\t")
    return found


FAULTS = {
    "Ärenden": (
        ancient("Inkom", 0.004),
        blank("Ursprung", 0.02),
        wrong("Hushåll", "12", 0.006),
        swapped("Inkom", "Avslutad", 0.003),
    ),
    "Insatser": (swapped("Påbörjad", "Upphörd", 0.006), blank("Insats", 0.004), ancient("Upphörd", 0.003)),
    "uppfoljning": (
        marked("Med: Ingen behövs", "Med: Sjukvård", MARK, 0.006),
        blank("Resultat", 0.014),
        wrong("SIP", "9", 0.004),
    ),
}


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def delivered_follow_ups(index: Index, case: Case, intervention: Intervention) -> Iterator[tuple[str, FollowUp]]:
    """Each follow-up that the files tell of, with its key in the register."""
    for number, follow_up in enumerate(index.follow_ups_of(intervention), start=1):
        yield f"{_stay_id(case, intervention)}|{number}", follow_up


def _stay_id(case: Case, intervention: Intervention) -> str:
    return f"O-{case.number}-{intervention.number}"


def _marks(prefix: str, names: dict[str, str], codes: tuple[str, ...]) -> dict[str, str]:
    return {f"{prefix}: {names[code]}": MARK for code in codes}


def _case(sheet: Sheet, index: Index, case: Case) -> None:
    client = index.clients[case.client]
    sheet.put(
        {
            **_of_client(client),
            "Ärende": f"O-{case.number}",
            "Inkom": _day(case.intake_date),
            "Hushåll": case.household_type,
            "Känd tidigare": case.previous_contact,
            **_marks("Sökt", NEEDS, case.intake_reason),
            **_marks("Behov", NEEDS, case.problem),
            "Beslutad": _day(case.decision_date),
            "Avslutad": _day(case.closed_date),
            "Enhetskod": case.unit,
            "Enhetsnamn": index.units[case.unit].name,
        }
    )


def _of_client(client: Client) -> dict[str, str]:
    return {
        "Personnummer": client.identity,
        "Kön": SEX[client.legal_sex],
        "Födelsedag": _day(client.birth_date),
        "Ursprung": client.origin,
        "Sekretess": "Ja" if client.protected else "Nej",
    }


def _stay(sheet: Sheet, index: Index, case: Case, intervention: Intervention) -> None:
    sheet.put(
        {
            "Ärende": f"O-{case.number}",
            "Insats-id": _stay_id(case, intervention),
            "Insats": " + ".join(INTERVENTIONS[code] for code in intervention.types),
            "Utförare": index.providers[intervention.provider].name,
            "Beviljad": _day(intervention.decision_date),
            "Påbörjad": _day(intervention.start_date),
            "Upphörd": _day(intervention.end_date),
            "Enligt plan": intervention.adherence_to_plan,
            "Avslutsorsak": intervention.closing_reason,
        }
    )


def _visit(sheet: Sheet, case: Case, intervention: Intervention, follow_up: FollowUp, number: int) -> None:
    sheet.put(
        {
            "Ärende": f"O-{case.number}",
            "Insats-id": _stay_id(case, intervention),
            "Löpnr": str(number),
            "Uppföljd": _day(follow_up.day),
            "SIP": follow_up.coordinated_plan,
            "Andra insatser": follow_up.parallel_interventions,
            "Resultat": follow_up.goal_attainment,
            **_marks("Med", COLLABORATION, follow_up.collaboration),
        }
    )
