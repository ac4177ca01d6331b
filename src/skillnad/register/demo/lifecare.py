"""The first case system: children and young people, with the field names of Lifecare's extract interface.

Four of the interface's lists, one row each for what they name and joined by ids, UTF-8 with a byte order mark and
moments instead of dates. The interface has no list of people, of follow-ups or of reviews: those come from the system's
own report tool, with its own headings.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from skillnad.register.demo.dice import Dice
from skillnad.register.demo.dirt import ancient, beside, blank, soil, spaced, swapped, wrong
from skillnad.register.demo.index import Index
from skillnad.register.demo.municipality import Case, Client, FollowUp, Intervention
from skillnad.register.demo.sheets import Sheet, write_text

SYSTEM = "lifecare"
SPLIT = "|"

REASONS = {
    "1": "Omsorgsbrist", "2": "Våld mot barn", "3": "Utövar våld", "4": "Kroppslig ohälsa",
    "5": "Rörelsehinder", "6": "Psykisk ohälsa", "7": "NPF/psykisk funktionsnedsättning", "8": "Missbruk",
    "9": "Brott", "10": "Ekonomi", "11": "Saknar bostad", "12": "Skolproblem", "13": "Ensamkommande", "14": "Övrigt",
}  # fmt: skip
SERVICES = {
    "1": "LVU § 12-hem", "2": "Bistånd övrigt", "10": "Familjehem", "12": "HVB", "16": "Jourhem", "17": "Kontaktfamilj",
    "18": "Kontaktperson", "25": "Mellantvång", "26": "Nätverkshem", "28": "Personligt stöd", "29": "Öppenvårdsprogram",
    "31": "Stödboende",
}  # fmt: skip
ORIGINS = {
    "1": "Sverige", "2": "Sverige, utl. föräldrar", "3": "Europa", "4": "Utom Europa", "5": "Okänt",
}  # fmt: skip
HOUSEHOLDS = {
    "1": "Ensam", "2": "Bor med en förälder", "3": "Vuxet barn hos en förälder", "4": "Par",
    "5": "Bor med två vuxna", "6": "Vuxet barn hos två vuxna", "7": "Övrigt, utan barn", "8": "Övrigt, med barn",
    "9": "Övrigt, vuxna barn",
}  # fmt: skip
CONTACT = {"1": "Nej", "2": "Ja, inom 2 år", "3": "Ja, tidigare", "4": "Vet ej"}
COLLABORATION = {
    "1": "Region", "2": "Förskola", "3": "Skola", "4": "SiS", "5": "Kriminalvård", "6": "Polis",
    "7": "Migrationsverket", "8": "Habilitering", "9": "Rehab", "10": "Annan", "11": "Ingen, hade behövts",
    "12": "Ingen, behövdes inte",
}  # fmt: skip
PLANS = {"1": "SIP finns", "2": "SIP behövs", "3": "SIP behövs inte"}
PARALLEL = {"1": "Ja", "2": "Nej", "3": "Vet ej"}
GOALS = {
    "1": "Bättre, alla mål nådda", "2": "Bättre, inte alla mål", "3": "Oförändrat, alla mål nådda",
    "4": "Oförändrat, inte alla mål", "5": "Sämre", "6": "Går inte att bedöma",
}  # fmt: skip
CLOSING = {
    "1": "Mål uppnått", "2": "Svarar inte mot behov", "3": "Avbrott av utförare", "4": "Avbrott av den unge",
    "5": "Avbrott av vårdnadshavare", "6": "Flyttat", "7": "Avliden", "8": "Påbörjades aldrig", "9": "Annat skäl",
}  # fmt: skip
REPORTERS = {"SKOLA": 30, "POLIS": 22, "VÅRD": 16, "FÖRÄLDER": 14, "SJÄLV": 8, "ANNAN": 10}
"""Who brought it to the committee's knowledge: a local variable of the municipality, `reported_by`."""

AFTER_INVESTIGATION = "Beslut efter utredning"
ON_SERVICE = "Beslut om insats"
END_OF_SERVICE = "Avslut av insats"
END_OF_DOSSIER = "Avslut av akt"
NOT_OPENED = "Inleds ej"


def moment(day: date | None) -> str:
    return f"{day}T00:00:00" if day else ""


def identity(client: Client) -> str:
    """Twelve characters, no hyphen."""
    return client.identity.replace("-", "")


def _sheets() -> dict[str, Sheet]:
    headers = {
        "Persons": "CustomerNumber PersonId Name Sex BirthDate BirthRegion AddressProtection SecretPhone "
        "ProtectedRegistration",
        "Actualisations": "PersonId Name Id Type CustomerNumber Date Reason Regards FromWho Caseworker Organization "
        "Status InvestigationId ServiceId DecisionId StartTime EndTime",
        "Investigations": "Id CustomerNumber Type FromDate ToDate Caseworker Organization DossierType Household "
        "PreviousContact",
        "Decisions": "Id Date Type FromDate ToDate Reason DecisionMaker Caseworker Organization "
        "InvestigationExecutionId ServiceId Amount",
        "Services": "Id ServiceType Organization StartDate EndDate InvestigationId ExecutionId DecisionId",
        "Payments": "Id ServiceId FromDate ToDate Amount",
        "Uppfoljningar": "UppföljningId ServiceId Datum Samverkan SIP ParallellaInsatser Måluppfyllelse",
        "Overvaganden": "ÖvervägandeId ServiceId SenastDatum HålletDatum",
    }
    return {name: Sheet(name, tuple(header.split())) for name, header in headers.items()}


def write_lifecare(index: Index, folder: Path, dice: Dice) -> Counter[str]:
    """The files in `folder`, eight at most; returns how many rows have which fault."""
    sheets = _sheets()
    for client in index.clients_of(SYSTEM):
        _person(sheets["Persons"], client)
    for case in index.cases_of(SYSTEM):
        _case(sheets, index, case, dice)
    found: Counter[str] = Counter()
    for name, sheet in sheets.items():
        found += soil(dice, sheet, FAULTS[name])
        if sheet.rows:  # a list that nothing stands in is not delivered
            write_text(folder / f"{name}.csv", sheet, encoding="utf-8-sig", separator=";")
    return found


FAULTS = {
    "Persons": (blank("BirthRegion", 0.035), spaced("PersonId", 0.01)),
    "Actualisations": (ancient("Date", 0.004), blank("Reason", 0.05), spaced("Reason", 0.01)),
    "Investigations": (wrong("Household", "Kollektiv?", 0.006), blank("PreviousContact", 0.012)),
    "Decisions": (blank("Reason", 0.01), ancient("Date", 0.002)),
    "Services": (swapped("StartDate", "EndDate", 0.006), ancient("EndDate", 0.003)),
    "Payments": (blank("Amount", 0.003),),
    "Uppfoljningar": (
        blank("Måluppfyllelse", 0.02),
        beside("Samverkan", COLLABORATION["12"], SPLIT, 0.006),
        wrong("SIP", "?", 0.004),
    ),
    "Overvaganden": (ancient("HålletDatum", 0.004),),
}


def _person(sheet: Sheet, client: Client) -> None:
    sheet.add(
        CustomerNumber=f"K{client.number:06d}",
        PersonId=identity(client),
        Name=f"Påhittad {client.number}",
        Sex={"1": "F", "2": "M"}[client.legal_sex],
        BirthDate=moment(client.birth_date),
        BirthRegion=ORIGINS[client.origin],
        AddressProtection=str(client.protected).lower(),
        SecretPhone=str(client.protected).lower(),
        ProtectedRegistration=str(client.protected and client.number % 2 == 0).lower(),
    )


def _case(sheets: dict[str, Sheet], index: Index, case: Case, dice: Dice) -> None:
    client = index.clients[case.client]
    dossier = f"U{case.number:06d}"
    _actualisation(sheets["Actualisations"], case, client, dossier, dice)
    sheets["Investigations"].add(
        Id=dossier,
        CustomerNumber=f"K{client.number:06d}",
        Type="Utredning barn och unga",
        FromDate=moment(case.intake_date),
        ToDate=moment(case.decision_date),
        Caseworker=f"hl{dice.between(1, 40):02d}",
        Organization=case.unit,
        DossierType="BOU",
        Household=HOUSEHOLDS[case.household_type],
        PreviousContact=CONTACT[case.previous_contact],
    )
    if case.decision_date:
        reason = SPLIT.join(REASONS[code] for code in case.problem)
        _decision(sheets, AFTER_INVESTIGATION, case.decision_date, dossier, "", reason)
    for intervention in index.interventions_of(case):
        _service(sheets, index, case, intervention, dossier)
    if case.closed_date:
        _decision(sheets, END_OF_DOSSIER, case.closed_date, dossier, "", "")


def _actualisation(sheet: Sheet, case: Case, client: Client, dossier: str, dice: Dice) -> None:
    row = {
        "PersonId": identity(client),
        "Name": f"Påhittad {client.number}",
        "Type": dice.pick({"Anmälan": 7, "Ansökan": 2, "Information": 1}),
        "CustomerNumber": f"K{client.number:06d}",
        "Date": moment(case.intake_date),
        "Reason": SPLIT.join(REASONS[code] for code in case.intake_reason),
        "Regards": "Barn" if case.group == "barn" else "Ungdom",
        "FromWho": dice.pick(REPORTERS),
        "Caseworker": f"hl{dice.between(1, 40):02d}",
        "Organization": case.unit,
        "StartTime": moment(case.intake_date),
    }
    sheet.put(row | {"Id": f"A{case.number:06d}", "Status": "Utredning inledd", "InvestigationId": dossier})
    if dice.chance(0.12):  # reports that opened nothing: the mapping leaves them out
        sheet.put(row | {"Id": f"A{case.number:06d}X", "Status": NOT_OPENED, "InvestigationId": ""})


def _decision(sheets: dict[str, Sheet], kind: str, day: date | None, dossier: str, service: str, reason: str) -> None:
    sheet = sheets["Decisions"]
    sheet.add(
        Id=f"B{len(sheet.rows) + 1:06d}",
        Date=moment(day),
        Type=kind,
        FromDate=moment(day),
        Reason=reason,
        DecisionMaker="delegation",
        InvestigationExecutionId=dossier,
        ServiceId=service,
    )


def _service(sheets: dict[str, Sheet], index: Index, case: Case, intervention: Intervention, dossier: str) -> None:
    service = f"S{intervention.number:06d}"
    sheets["Services"].add(
        Id=service,
        ServiceType=SPLIT.join(SERVICES[code] for code in intervention.types),
        Organization=index.providers[intervention.provider].name,
        StartDate=moment(intervention.start_date),
        EndDate=moment(intervention.end_date),
        InvestigationId=dossier,
        ExecutionId=f"V{intervention.number:06d}",
    )
    _decision(sheets, ON_SERVICE, intervention.decision_date, dossier, service, "")
    if intervention.end_date:
        _decision(sheets, END_OF_SERVICE, intervention.end_date, dossier, service, CLOSING[intervention.closing_reason])
    _visits(sheets, index, case, intervention, service)


def delivered_follow_ups(index: Index, _: Case, intervention: Intervention) -> Iterator[tuple[str, FollowUp]]:
    """Each follow-up that the files tell of, with its key in the register."""
    for follow_up in index.follow_ups_of(intervention):
        yield f"F{follow_up.number:07d}", follow_up


def _visits(sheets: dict[str, Sheet], index: Index, case: Case, intervention: Intervention, service: str) -> None:
    for key, follow_up in delivered_follow_ups(index, case, intervention):
        sheets["Uppfoljningar"].add(
            UppföljningId=key,
            ServiceId=service,
            Datum=moment(follow_up.day),
            Samverkan=SPLIT.join(COLLABORATION[code] for code in follow_up.collaboration),
            SIP=PLANS[follow_up.coordinated_plan],
            ParallellaInsatser=PARALLEL[follow_up.parallel_interventions],
            Måluppfyllelse=GOALS[follow_up.goal_attainment],
        )
    for review in index.reviews_of(intervention):
        sheets["Overvaganden"].add(
            ÖvervägandeId=f"O{review.number:06d}",
            ServiceId=service,
            SenastDatum=moment(review.due_date),
            HålletDatum=moment(review.held_date),
        )
    for cost in index.costs_of(intervention):
        sheets["Payments"].add(
            Id=f"P{cost.number:07d}",
            ServiceId=service,
            FromDate=moment(cost.from_date),
            ToDate=moment(cost.to_date),
            Amount=f"{cost.amount / 100:.2f}",
        )
