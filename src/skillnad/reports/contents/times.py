"""How long it takes, from intake to the end, for everyone and by sex, age and origin."""

from skillnad.codebook.snapshot_schema import Population
from skillnad.reports.charts import spans
from skillnad.reports.cohorts import cohort_shown, cohort_told
from skillnad.reports.contents.asking import CASES, FOLLOW_UPS, INTERVENTIONS, began, lasted
from skillnad.reports.layouts import durations
from skillnad.reports.outline import Chapter, Part, ReportItem
from skillnad.reports.wording import how_long

GROUPS = ("legal_sex", "age_group", "origin")


def _time(
    id: str,
    title: str,
    rows: Population,
    start: str,
    end: str,
    words: tuple[str, str],
    key: bool = False,
    lead: str = "",
    who_began: str = "",
) -> ReportItem:
    """`who_began` are the rows by their start, where any of them can be open."""
    what, span = words
    cohort = Part(
        f"Dagar {span}, för {who_began}",
        (began(rows, start, end, "legal_sex"),),
        cohort_told(who_began, span),
        cohort_shown(),
    )
    ended = Part(
        f"Dagar {span}, för {what}, efter kön, ålder och ursprung",
        tuple(lasted(rows, start, end, group) for group in GROUPS),
        how_long(what, span),
        durations(),
        spans(),
    )
    return ReportItem(id, title, (cohort, ended) if who_began else (ended,), lead=lead, key_figure=key)


CHAPTER = Chapter(
    "tider",
    "Hur lång tid tar det?",
    (
        _time(
            "utredningstid",
            "Hur lång tid går det från aktualisering till beslut?",
            CASES,
            "intake_date",
            "decision_date",
            ("ärendena som beslutades under perioden", "från aktualisering till beslut"),
            key=True,
            who_began="ärendena som aktualiserades under perioden",
        ),
        _time(
            "vantetid",
            "Hur lång tid går det från aktualisering till att insatsen börjar?",
            INTERVENTIONS,
            "intake_date",
            "start_date",
            ("insatserna som började under perioden", "från aktualisering till verkställande"),
            who_began="insatserna som aktualiserades under perioden",
        ),
        _time(
            "fran-beslut",
            "Hur lång tid går det från beslut till att insatsen börjar?",
            INTERVENTIONS,
            "decision_date",
            "start_date",
            ("insatserna som började under perioden", "från beslut till verkställande"),
            who_began="insatserna som beslutades under perioden",
            lead="Det är så länge som den som har fått ett beslut får vänta på hjälpen.",
        ),
        _time(
            "till-uppfoljning",
            "Hur lång tid går det från att insatsen börjar till uppföljning?",
            FOLLOW_UPS,
            "start_date",
            "follow_up_date",
            ("uppföljningarna under perioden", "från verkställande till uppföljning"),
            lead="Alla uppföljningar av en insats räknas, inte bara den första.",
        ),
        _time(
            "insatstid",
            "Hur länge pågår insatserna?",
            INTERVENTIONS,
            "start_date",
            "end_date",
            ("insatserna som avslutades under perioden", "från verkställande till avslut"),
            key=True,
            who_began="insatserna som började under perioden",
        ),
        _time(
            "hela-tiden",
            "Hur lång tid går det från aktualisering till avslut?",
            INTERVENTIONS,
            "intake_date",
            "end_date",
            ("insatserna som avslutades under perioden", "från aktualisering till avslut"),
            who_began="insatserna som aktualiserades under perioden",
            lead="Hit räknas också insatser som avslutades utan att ha påbörjats.",
        ),
    ),
    lead=(
        "Först står de som började under perioden, följda till den dag som underlaget sträcker sig till: det är vad "
        "den som börjar kan vänta sig, och de som inte är klara än är inräknade. Sedan står de som blev klara under "
        "perioden, i grupper. De kan ha börjat långt tidigare, och när det nya ökar är fler än vanligt av dem korta. "
        "Samma dag är 0 dagar. "
        "I diagrammen visar den ljusa stapeln den mittersta hälften och det mörka strecket medianen."
    ),
)
