"""Who the services meet: women and men, ages, origins, households, earlier contacts, and how many at a time."""

from skillnad.reports.chart_months import flow_columns
from skillnad.reports.charts import bars
from skillnad.reports.contents.asking import CASES, INTERVENTIONS, counted, flowed, people
from skillnad.reports.layouts import flows, frequency
from skillnad.reports.outline import Chapter, Part, ReportItem
from skillnad.reports.wording import commonest, new_ongoing_closed, split


def _background(id: str, title: str, column: str, name: str, subject: str) -> ReportItem:
    part = Part(
        f"{name}, ärenden som aktualiserades under perioden",
        (counted(CASES, column),),
        commonest(subject),
        frequency(),
        bars(sort=False, most=0),
    )
    return ReportItem(id, title, (part,))


WOMEN_AND_MEN = ReportItem(
    "kvinnor-och-man",
    "Hur många kvinnor respektive män finns i verksamheten?",
    (
        Part(
            "Personer med någon pågående insats under perioden, efter juridiskt kön",
            (people(INTERVENTIONS, "legal_sex", ongoing=True),),
            split("hade någon insats under perioden"),
            frequency(),
            bars(sort=False),
        ),
        Part(
            "Personer som aktualiserades under perioden, efter juridiskt kön",
            (people(CASES, "legal_sex"),),
            split("aktualiserades under perioden"),
            frequency(),
            bars(sort=False),
        ),
    ),
    key_figure=True,
)

AGES = ReportItem(
    "alder",
    "Hur gamla är de?",
    (
        Part(
            "Personer med någon pågående insats under perioden, efter ålder när insatsen började",
            (people(INTERVENTIONS, "age_group", ongoing=True),),
            commonest("åldersgruppen"),
            frequency(),
            bars(sort=False, most=0),
        ),
    ),
    lead="En person som har börjat flera insatser vid olika ålder räknas i varje grupp, men en gång bland alla.",
)

FLOW = ReportItem(
    "nya-pagaende-avslutade",
    "Hur många insatser är nya, pågående och avslutade?",
    (
        Part(
            "Nya, pågående och avslutade insatser, månad för månad",
            (flowed(INTERVENTIONS),),
            new_ongoing_closed(),
            flows(),
            flow_columns(),
        ),
    ),
    key_figure=True,
)

CASE_FLOW = ReportItem(
    "arenden",
    "Hur många ärenden är nya, pågående och avslutade?",
    (
        Part(
            "Nya, pågående och avslutade ärenden, månad för månad",
            (flowed(CASES),),
            new_ongoing_closed(),
            flows(),
            flow_columns(),
        ),
    ),
    lead="Ett ärende utan registrerad sista dag räknas som pågående.",
)

CHAPTER = Chapter(
    "malgrupp",
    "Vilka möter vi?",
    (
        WOMEN_AND_MEN,
        AGES,
        _background("ursprung", "Var är de födda?", "origin", "Ursprung", "uppgiften om ursprung"),
        _background("hushall", "Hur bor och lever de?", "household_type", "Hushållstyp", "hushållstypen"),
        _background(
            "tidigare-kontakt",
            "Har de haft kontakt med socialtjänsten tidigare?",
            "previous_contact",
            "Tidigare kontakt",
            "uppgiften om tidigare kontakt",
        ),
        FLOW,
        CASE_FLOW,
    ),
    lead="Kapitlet beskriver de personer som socialtjänsten möter, och hur många insatser som pågår samtidigt.",
)
