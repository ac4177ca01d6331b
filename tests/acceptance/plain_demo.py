"""The demo's figures, computed again: plain Python over the raw extract files, by the written rules and nothing else.

Nothing of the import, the register, the snapshot or the analysis is used here. What is shared is the words of the
three systems (which word was written for which code) and what docs/import.md says of rows:

- a row with a date before 1900, values that exclude each other or an amount that is no number is left out;
- an intervention that ends before it starts, and a case that is closed before its intake, are left out with their rows;
- a record is left out where what stands above it is;
- an unknown value that the mapping reads as missing is missing; the same row twice is one.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from openpyxl import load_workbook

from skillnad.register.demo import lifecare, omsorg, procapita

Row = Mapping[str, str]
Codes = tuple[str, ...]


@dataclass
class Client:
    sex: str = ""
    origin: str = ""


@dataclass
class Case:
    client: str
    intake: date | None
    reasons: Codes
    household: str = ""
    problems: Codes = ()
    decided: date | None = None
    closed: date | None = None
    undecided: bool = False


@dataclass
class Intervention:
    case: str
    types: Codes = ()
    started: date | None = None
    ended: date | None = None
    closing: str = ""
    decided: date | None = None


@dataclass
class FollowUp:
    intervention: str
    day: date
    collaboration: Codes
    goal: str


@dataclass(repr=False)
class Register:
    """Everything that counts, by key. Clients are known by the twelve characters of their identity."""

    clients: dict[str, Client] = field(default_factory=dict)
    cases: dict[str, Case] = field(default_factory=dict)
    interventions: dict[str, Intervention] = field(default_factory=dict)
    follow_ups: dict[str, FollowUp] = field(default_factory=dict)
    reviews: dict[str, tuple[str, date, date | None]] = field(default_factory=dict)
    costs: dict[str, tuple[str, date, int]] = field(default_factory=dict)

    def prune(self) -> "Register":
        """Without what stands below something that is left out."""
        self.cases = {k: case for k, case in self.cases.items() if case.client in self.clients}
        self.interventions = {k: each for k, each in self.interventions.items() if each.case in self.cases}
        self.follow_ups = {k: visit for k, visit in self.follow_ups.items() if visit.intervention in self.interventions}
        self.reviews = {k: review for k, review in self.reviews.items() if review[0] in self.interventions}
        self.costs = {k: cost for k, cost in self.costs.items() if cost[0] in self.interventions}
        return self


class LeftOut(Exception):
    """The row is not read."""


def read_demo(folder: Path) -> Register:
    """The three extracts together; a client of two systems is one."""
    whole = Register()
    for register in (_lifecare(folder / "lifecare"), _procapita(folder / "procapita"), _omsorg(folder / "omsorg")):
        for key, client in register.clients.items():
            known = whole.clients.setdefault(key, client)
            known.sex, known.origin = known.sex or client.sex, known.origin or client.origin
        for name in ("cases", "interventions", "follow_ups", "reviews", "costs"):
            getattr(whole, name).update(getattr(register, name))
    _decide(whole)
    return whole


def _decide(whole: Register) -> None:
    """A case without a decision date of its own has the earliest of its interventions."""
    for each in whole.interventions.values():
        case = whole.cases[each.case]
        if each.decided and case.undecided:
            case.decided = min(case.decided or each.decided, each.decided)


def _rows(path: Path, encoding: str, separator: str = ";") -> Iterator[Row]:
    yield from csv.DictReader(io.StringIO(path.read_text(encoding=encoding)), delimiter=separator)


def _iso(text: str) -> date | None:
    """A day of `YYYY-MM-DD` with or without a moment; raises LeftOut for one before 1900."""
    if not text:
        return None
    if text[:4] < "1900":
        raise LeftOut
    return date.fromisoformat(text[:10])


def _slashed(text: str) -> date | None:
    """A day of `DD/MM/YYYY`."""
    return _iso("-".join(reversed(text.split("/"))) if text else "")


def _codes(words: Mapping[str, str], text: str, separator: str) -> Codes:
    meant = {word.casefold(): code for code, word in words.items()}
    return tuple(meant[part.strip().casefold()] for part in text.split(separator) if part.strip())


def _code(words: Mapping[str, str], text: str) -> str:
    return next((code for code, word in words.items() if word.casefold() == text.strip().casefold()), "")


def _exclusive(codes: Codes) -> Codes:
    if len(codes) > 1 and {"11", "12"} & set(codes):
        raise LeftOut
    return codes


# The first system: eight files, joined by ids.


def _lifecare(folder: Path) -> Register:
    files = {path.stem: list(_rows(path, "utf-8-sig")) for path in sorted(folder.iterdir())}
    found = _lifecare_cases(files)
    _drop_impossible(found)
    for case in found.cases.values():
        case.undecided = case.decided is None
    _lifecare_visits(found, files)
    return found.prune()


def _lifecare_cases(files: Mapping[str, list[Row]]) -> Register:
    found = Register()
    for row in files["Persons"]:
        sex = {"F": "1", "M": "2"}.get(row["Sex"], "")
        found.clients[_twelve(row["PersonId"])] = Client(sex, _code(lifecare.ORIGINS, row["BirthRegion"]))
    for row in files["Actualisations"]:
        _lifecare_case(found, row)
    for row in files["Investigations"]:
        if row["Id"] in found.cases:
            found.cases[row["Id"]].household = _code(lifecare.HOUSEHOLDS, row["Household"])
    for row in files["Services"]:
        _lifecare_service(found, row)
    for row in files["Decisions"]:
        _lifecare_decision(found, row)
    return found


def _lifecare_visits(found: Register, files: Mapping[str, list[Row]]) -> None:
    for row in files["Uppfoljningar"]:
        _lifecare_follow_up(found, row)
    for row in files["Overvaganden"]:
        _lifecare_review(found, row)
    for row in files["Payments"]:
        if row["Amount"]:
            first = _iso(row["FromDate"]) or date.max
            found.costs[f"L{row['Id']}"] = (row["ServiceId"], first, round(float(row["Amount"]) * 100))


def _twelve(text: str) -> str:
    return text.strip().upper().replace("-", "")


def _lifecare_case(found: Register, row: Row) -> None:
    if row["Status"] == lifecare.NOT_OPENED:
        return
    try:
        intake = _iso(row["Date"])
    except LeftOut:
        return
    reasons = _codes(lifecare.REASONS, row["Reason"], "|")
    found.cases[row["InvestigationId"]] = Case(_twelve(row["PersonId"]), intake, reasons)


def _lifecare_service(found: Register, row: Row) -> None:
    try:
        started, ended = _iso(row["StartDate"]), _iso(row["EndDate"])
    except LeftOut:
        return
    types = _codes(lifecare.SERVICES, row["ServiceType"], "|")
    found.interventions[row["Id"]] = Intervention(row["InvestigationId"], types, started, ended)


def _lifecare_decision(found: Register, row: Row) -> None:
    """What a decision says; one about a service also says that there is one, whatever the list of services says.

    Of the decision that ends a service only the reason is read: its day stands in the list of services.
    """
    try:
        day = _iso(row["Date"]) if row["Type"] != lifecare.END_OF_SERVICE else None
    except LeftOut:
        return
    case = found.cases.get(row["InvestigationExecutionId"])
    if row["ServiceId"]:
        service = found.interventions.setdefault(row["ServiceId"], Intervention(row["InvestigationExecutionId"]))
        if row["Type"] == lifecare.ON_SERVICE:
            service.decided = day
        service.closing = _code(lifecare.CLOSING, row["Reason"]) or service.closing
    elif case and row["Type"] == lifecare.AFTER_INVESTIGATION:
        case.decided, case.problems = day, _codes(lifecare.REASONS, row["Reason"], "|")
    elif case and row["Type"] == lifecare.END_OF_DOSSIER:
        case.closed = day


def _drop_impossible(found: Register) -> None:
    """Interventions that end before they start, and cases that are closed before their intake."""
    for key, each in list(found.interventions.items()):
        if each.started and each.ended and each.ended < each.started:
            del found.interventions[key]
    for key, case in list(found.cases.items()):
        if case.intake and case.closed and case.closed < case.intake:
            del found.cases[key]


def _lifecare_follow_up(found: Register, row: Row) -> None:
    try:
        together = _exclusive(_codes(lifecare.COLLABORATION, row["Samverkan"], "|"))
        day = _iso(row["Datum"])
    except LeftOut:
        return
    goal = _code(lifecare.GOALS, row["Måluppfyllelse"])
    found.follow_ups[f"L{row['UppföljningId']}"] = FollowUp(row["ServiceId"], day or date.max, together, goal)


def _lifecare_review(found: Register, row: Row) -> None:
    try:
        due, held = _iso(row["SenastDatum"]), _iso(row["HålletDatum"])
    except LeftOut:
        return
    found.reviews[f"L{row['ÖvervägandeId']}"] = (row["ServiceId"], due or date.max, held)


# The second system: a wide row an intervention.


def _procapita(folder: Path) -> Register:
    found = Register()
    for name in ("insatser", "arenden_utan_insats", "stod_utan_behovsprovning"):
        for row in _rows(folder / f"{name}.csv", "cp1252"):
            try:
                _procapita_row(found, row)
            except LeftOut:
                continue
    for row in _rows(folder / "insatser.csv", "cp1252"):
        _procapita_follow_up(found, row)
    for row in _rows(folder / "kostnader.csv", "cp1252"):
        text = row["Belopp"].replace("\u00a0", "").replace(",", "")
        if text.isdigit():
            found.costs[f"P{row['Kostnadsnr']}"] = (row["Insatsnr"], _iso(row["Från"]) or date.max, int(text))
    return found.prune()


def _procapita_row(found: Register, row: Row) -> None:
    intake, decided, closed = _iso(row["Aktualiserad"]), _iso(row["Beslut"]), _iso(row["Avslutat"])
    if row.get("Insatsnr"):
        _iso(row["Insatsbeslut"])
        started, ended = _iso(row["Verkställd"]), _iso(row["InsatsSlut"])
        if started and ended and ended < started:
            raise LeftOut
        types = _codes(procapita.INTERVENTIONS, row["Insats"], ",")
        closing = _code(procapita.CLOSING, row["Avslutsorsak"])
        found.interventions[row["Insatsnr"]] = Intervention(row["Ärendenr"], types, started, ended, closing)
    key = _ten(row["Personnr"], row["Födelsedatum"]) or f"utan {row['Ärendenr']}"
    client = Client(_code(procapita.SEX, row["Kön"]), _code(procapita.ORIGINS, row["Ursprung"]))
    found.clients[key] = client
    found.cases[row["Ärendenr"]] = Case(
        client=key,
        intake=intake,
        reasons=_codes(procapita.PROBLEMS, row["Orsak"], ","),
        household=EKB.get(row["Hushållskod"], ""),
        problems=_codes(procapita.PROBLEMS, row["Problematik"], ","),
        decided=decided,
        closed=closed,
    )


EKB = {"3": "1", "4": "2", "5": "1", "6": "2", "7": "4", "8": "5"}
"""The older household code: men and women without children, with children; couples without, with. 9 is unknown."""


def _ten(text: str, born: str) -> str:
    """Ten digits to twelve: the file has the birth date beside it, which says the century."""
    return born[:2] + text.replace("-", "").replace("+", "") if text else ""


def _procapita_follow_up(found: Register, row: Row) -> None:
    try:
        together = _exclusive(_codes(procapita.COLLABORATION, row["Samverkan"], ","))
    except LeftOut:
        return
    if day := _iso(row["Uppföljd"]):
        goal = _code(procapita.GOALS, row["Mål"])
        found.follow_ups[f"P{row['Insatsnr']}"] = FollowUp(row["Insatsnr"], day, together, goal)


# The third system: a workbook with two sheets, and a file of follow-ups.


def _omsorg(folder: Path) -> Register:
    found = Register()
    for row in _sheet(folder / "omsorg.xlsx", "Ärenden"):
        _omsorg_case(found, row)
    for row in _sheet(folder / "omsorg.xlsx", "Insatser"):
        _omsorg_stay(found, row)
    for row in _rows(folder / "uppfoljning.txt", "cp850", "\t"):
        _omsorg_follow_up(found, row)
    return found.prune()


def _sheet(path: Path, name: str) -> Iterator[Row]:
    header, *rows = load_workbook(path, read_only=True)[name].iter_rows(values_only=True)
    for row in rows:
        yield {str(heading): str(cell or "") for heading, cell in zip(header, row, strict=True)}


def _marked(prefix: str, names: Mapping[str, str], row: Row) -> Codes:
    return tuple(code for code, name in names.items() if row[f"{prefix}: {name}"] == "X")


def _omsorg_case(found: Register, row: Row) -> None:
    try:
        intake, decided, closed = _slashed(row["Inkom"]), _slashed(row["Beslutad"]), _slashed(row["Avslutad"])
    except LeftOut:
        return
    if intake and closed and closed < intake:
        return
    key = _twelve(row["Personnummer"])
    client = found.clients.setdefault(key, Client(_code(omsorg.SEX, row["Kön"])))
    client.origin = row["Ursprung"] or client.origin
    found.cases[row["Ärende"]] = Case(
        client=key,
        intake=intake,
        reasons=_marked("Sökt", omsorg.NEEDS, row),
        household=row["Hushåll"] if row["Hushåll"] in HOUSEHOLDS else "",
        problems=_marked("Behov", omsorg.NEEDS, row),
        decided=decided,
        closed=closed,
    )


HOUSEHOLDS = {str(code) for code in range(1, 10)}


def _omsorg_stay(found: Register, row: Row) -> None:
    try:
        _slashed(row["Beviljad"])
        started, ended = _slashed(row["Påbörjad"]), _slashed(row["Upphörd"])
    except LeftOut:
        return
    if started and ended and ended < started:
        return
    types = _codes(omsorg.INTERVENTIONS, row["Insats"], "+")
    found.interventions[row["Insats-id"]] = Intervention(row["Ärende"], types, started, ended, row["Avslutsorsak"])


def _omsorg_follow_up(found: Register, row: Row) -> None:
    try:
        together = _exclusive(_marked("Med", omsorg.COLLABORATION, row))
    except LeftOut:
        return
    key, day = f"{row['Insats-id']} {row['Löpnr']}", _slashed(row["Uppföljd"])
    found.follow_ups[key] = FollowUp(row["Insats-id"], day or date.max, together, row["Resultat"])
