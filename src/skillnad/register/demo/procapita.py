"""The second case system: adults, as an older system's report tool gives them, Procapita's way.

One wide row an intervention with its case and its latest follow-up repeated on it, Windows-1252, Swedish headings,
letter codes with commas between, identities of ten digits and a hyphen, amounts with a decimal comma and a blank
between the thousands. Cases without intervention, and support without needs assessment, come in files of their own.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from skillnad.register.demo.dice import Dice
from skillnad.register.demo.dirt import ancient, beside, blank, soil, spaced, swapped, wrong
from skillnad.register.demo.index import Index
from skillnad.register.demo.municipality import EXTRACTED, Case, Client, FollowUp, Intervention
from skillnad.register.demo.sheets import Sheet, write_text

SYSTEM = "procapita"
ENCODING = "cp1252"
CENTURY_AFTER = 100

PROBLEMS = {
    "1": "OMV", "2": "VU", "3": "VÖ", "4": "SOM", "5": "FYS", "6": "PSY", "7": "FUN", "8": "MB", "9": "KR",
    "10": "FÖ", "11": "BO", "12": "SK", "13": "EKB", "14": "ÖV",
}  # fmt: skip
INTERVENTIONS = {
    "3": "ARBF", "4": "PRAK", "6": "BOST", "9": "EBL", "11": "FST", "12": "HVB", "15": "JOBB", "18": "KP", "21": "KURS",
    "23": "LVM", "28": "PST", "29": "ÖPV", "30": "SYV", "34": "BOÖ", "35": "AMI", "S1": "SKYB",
}  # fmt: skip
SEX = {"1": "K", "2": "M"}
ORIGINS = {"1": "SE1", "2": "SE2", "3": "EUR", "4": "UTO", "5": "?"}
CONTACT = {"1": "N", "2": "J<2", "3": "J>2", "4": "VE"}
COLLABORATION = {
    "1": "HSV", "2": "FSK", "3": "SKO", "4": "SIS", "5": "KVV", "6": "POL", "7": "MIG", "8": "HAB", "9": "REH",
    "10": "ANN", "11": "NEJB", "12": "NEJ",
}  # fmt: skip
PLANS = {"1": "J", "2": "NB", "3": "N"}
PARALLEL = {"1": "J", "2": "N", "3": "VE"}
GOALS = {"1": "P1", "2": "P2", "3": "O1", "4": "O2", "5": "NEG", "6": "EB"}
ADHERENCE = {"1": "H", "2": "D", "3": "I"}
CLOSING = {"1": "MÅL", "2": "EJB", "3": "AVU", "4": "AVB", "5": "AVV", "6": "FLY", "7": "AVL", "8": "EJP", "9": "ANN"}

HOUSEHOLDS = {
    ("1", "2"): "3", ("2", "2"): "4", ("3", "2"): "3",
    ("1", "1"): "5", ("2", "1"): "6", ("3", "1"): "5",
    ("4", "1"): "7", ("5", "1"): "8", ("6", "1"): "7",
    ("4", "2"): "7", ("5", "2"): "8", ("6", "2"): "7",
}  # fmt: skip
"""Variable 7 and legal sex to the older code of income support statistics, where grown children are nobody's: the
municipality's local variable `ekb_household`."""
OTHER_HOUSEHOLD = "9"

_CASE = (
    "Personnr Namn Kön Födelsedatum Ursprung Skyddad Ärendenr Aktualiserad Orsak Hushållskod TidigareKänd Problematik "
    "Beslut Avslutat Enhetskod Enhet"
)
_STAY = (
    "Insatsnr Insats Utförare Insatsbeslut Verkställd InsatsSlut Genomförande Avslutsorsak Uppföljd Samverkan SIP "
    "Parallella Mål"
)


def _sheets() -> dict[str, Sheet]:
    headers = {
        "insatser": f"{_CASE} {_STAY}",
        "arenden_utan_insats": _CASE,
        "stod_utan_behovsprovning": f"{_CASE} Insatsnr Insats Utförare Insatsbeslut Verkställd InsatsSlut Avslutsorsak",
        "kostnader": "Kostnadsnr Ärendenr Insatsnr Från Till Belopp",
    }
    return {name: Sheet(name, tuple(header.split())) for name, header in headers.items()}


def identity(client: Client) -> str:
    """Ten digits; a plus instead of the hyphen from the year that the person turns 100."""
    if not client.identity:
        return ""
    old = client.birth_date is not None and EXTRACTED.year - client.birth_date.year >= CENTURY_AFTER
    return client.identity[2:].replace("-", "+" if old else "-")


def amount(ore: int) -> str:
    """Kronor with a decimal comma and a no-break space between the thousands."""
    return f"{ore / 100:,.2f}".replace(",", "\u00a0").replace(".", ",")


def write_procapita(index: Index, folder: Path, dice: Dice) -> Counter[str]:
    """The files in `folder`, four at most; returns how many rows have which fault."""
    sheets = _sheets()
    for case in index.cases_of(SYSTEM):
        _case(sheets, index, case)
    found: Counter[str] = Counter()
    for name, sheet in sheets.items():
        found += soil(dice, sheet, FAULTS[name])
        if sheet.rows:
            write_text(folder / f"{name}.csv", sheet, encoding=ENCODING, separator=";")
    return found


FAULTS = {
    "insatser": (
        swapped("Verkställd", "InsatsSlut", 0.005),
        ancient("Insatsbeslut", 0.003),
        beside("Samverkan", COLLABORATION["12"], ",", 0.004),
        blank("Mål", 0.012),
        wrong("Genomförande", "X", 0.004),
    ),
    "arenden_utan_insats": (
        ancient("Aktualiserad", 0.005),
        blank("Problematik", 0.02),
        wrong("Hushållskod", "2", 0.006),
        spaced("Orsak", 0.01),
    ),
    "stod_utan_behovsprovning": (),
    "kostnader": (wrong("Belopp", "se faktura", 0.003),),
}


def _case(sheets: dict[str, Sheet], index: Index, case: Case) -> None:
    client = index.clients[case.client]
    shared = _of_case(index, case, client)
    interventions = index.interventions_of(case)
    if not interventions:
        sheets["arenden_utan_insats"].put(shared)
    for intervention in interventions:
        row = shared | _of_stay(index, intervention)
        if client.identity:
            sheets["insatser"].put(row | _latest(index, case, intervention) | _adherence(intervention))
        else:
            sheets["stod_utan_behovsprovning"].put(row)
        _costs(sheets["kostnader"], index, case, intervention)


def _of_case(index: Index, case: Case, client: Client) -> dict[str, str]:
    unit = index.units[case.unit]
    household = HOUSEHOLDS.get((case.household_type, client.legal_sex), OTHER_HOUSEHOLD)
    return {
        "Personnr": identity(client),
        "Namn": f"Påhittad {client.number}" if client.identity else "",
        "Kön": SEX[client.legal_sex],
        "Födelsedatum": _day(client.birth_date),
        "Ursprung": ORIGINS[client.origin],
        "Skyddad": "J" if client.protected else "N",
        "Ärendenr": f"{case.intake_date.year}-{case.number:05d}",
        "Aktualiserad": _day(case.intake_date),
        "Orsak": _codes(PROBLEMS, case.intake_reason),
        "Hushållskod": household if case.household_type else "",
        "TidigareKänd": CONTACT[case.previous_contact],
        "Problematik": _codes(PROBLEMS, case.problem),
        "Beslut": _day(case.decision_date),
        "Avslutat": _day(case.closed_date),
        "Enhetskod": unit.code,
        "Enhet": unit.name,
    }


def _of_stay(index: Index, intervention: Intervention) -> dict[str, str]:
    return {
        "Insatsnr": f"I{intervention.number}",
        "Insats": _codes(INTERVENTIONS, intervention.types),
        "Utförare": index.providers[intervention.provider].name,
        "Insatsbeslut": _day(intervention.decision_date),
        "Verkställd": _day(intervention.start_date),
        "InsatsSlut": _day(intervention.end_date),
        "Avslutsorsak": CLOSING[intervention.closing_reason] if intervention.closing_reason else "",
    }


def _adherence(intervention: Intervention) -> dict[str, str]:
    return {"Genomförande": ADHERENCE.get(intervention.adherence_to_plan, "")}


def delivered_follow_ups(index: Index, _: Case, intervention: Intervention) -> Iterator[tuple[str, FollowUp]]:
    """The follow-up that the files tell of, with its key in the register: the system keeps every one, and gives away
    the latest."""
    for latest in index.follow_ups_of(intervention)[-1:]:
        yield f"I{intervention.number}|{_day(latest.day)}", latest


def _latest(index: Index, case: Case, intervention: Intervention) -> dict[str, str]:
    delivered = next(delivered_follow_ups(index, case, intervention), None)
    if delivered is None:
        return {}
    _, latest = delivered
    return {
        "Uppföljd": _day(latest.day),
        "Samverkan": _codes(COLLABORATION, latest.collaboration),
        "SIP": PLANS[latest.coordinated_plan],
        "Parallella": PARALLEL[latest.parallel_interventions],
        "Mål": GOALS[latest.goal_attainment],
    }


def _costs(sheet: Sheet, index: Index, case: Case, intervention: Intervention) -> None:
    for cost in index.costs_of(intervention):
        sheet.put(
            {
                "Kostnadsnr": str(cost.number),
                "Ärendenr": f"{case.intake_date.year}-{case.number:05d}",
                "Insatsnr": f"I{intervention.number}",
                "Från": _day(cost.from_date),
                "Till": _day(cost.to_date),
                "Belopp": amount(cost.amount),
            }
        )


def _day(day: date | None) -> str:
    return str(day) if day else ""


def _codes(letters: dict[str, str], codes: tuple[str, ...]) -> str:
    return ",".join(letters[code] for code in codes)
