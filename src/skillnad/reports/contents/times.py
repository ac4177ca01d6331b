"""How long it takes, from intake to the end, for everyone and by sex, age and origin."""

from skillnad.codebook.snapshot_schema import Population
from skillnad.reports.charts import spans
from skillnad.reports.contents.asking import CASES, FOLLOW_UPS, INTERVENTIONS, lasted
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
) -> ReportItem:
    what, span = words
    part = Part(
        f"Dagar {span}, efter kön, ålder och ursprung",
        tuple(lasted(rows, start, end, group) for group in GROUPS),
        how_long(what, span),
        durations(),
        spans(),
    )
    return ReportItem(id, title, (part,), lead=lead, key_figure=key)


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
        ),
        _time(
            "vantetid",
            "Hur lång tid går det från aktualisering till att insatsen börjar?",
            INTERVENTIONS,
            "intake_date",
            "start_date",
            ("insatserna som började under perioden", "från aktualisering till verkställande"),
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
        ),
        _time(
            "hela-tiden",
            "Hur lång tid går det från aktualisering till avslut?",
            INTERVENTIONS,
            "intake_date",
            "end_date",
            ("insatserna som avslutades under perioden", "från aktualisering till avslut"),
            lead="Hit räknas också insatser som avslutades utan att ha påbörjats.",
        ),
    ),
    lead=(
        "Tiden räknas för det som nådde sitt slut under perioden: det som ännu pågår går inte att mäta. "
        "Korta tider syns före långa, så där mycket pågår länge kan tiderna se kortare ut än de till slut blir. "
        "Samma dag är 0 dagar. "
        "I diagrammen visar den ljusa stapeln den mittersta hälften och det mörka strecket medianen."
    ),
)
