"""How it goes: follow-ups, goals, collaboration, and how interventions end."""

from skillnad.analysis.questions import Percent
from skillnad.reports.chart_months import months
from skillnad.reports.charts import bars, group_bars, grouped_bars, share_bars
from skillnad.reports.contents.asking import FOLLOW_UPS, INTERVENTIONS, counted, crossed, shared
from skillnad.reports.groups import best_matches, in_groups, share_by
from skillnad.reports.layouts import frequency, grouped, matrix, shares
from skillnad.reports.outline import Chapter, Part, ReportItem
from skillnad.reports.wording import commonest, over_the_year, split

ALL_GOALS = ("1", "3")
"""Values of goal attainment where all goals are met, whether or not the situation changed: 17 is no scale."""
UNPLANNED = ("3", "4", "5")
"""Closing reasons where the intervention was broken off, unplanned."""
NEVER_BEGUN = ("8",)
"""The closing reason of what never began, and so could not be broken off: outside the share that was."""
WITH_OTHERS = tuple(str(code) for code in range(1, 11))
"""Values of collaboration that name someone; 11 and 12 say that there was none."""

NOT_EFFECT = (
    "Talen visar hur det är, inte vad insatserna har åstadkommit: en uppföljning som denna kan inte visa vad som hade "
    "hänt utan insats."
)


def _one(id: str, title: str, column: str, caption: str, subject: str) -> ReportItem:
    part = Part(caption, (counted(FOLLOW_UPS, column),), commonest(subject), frequency(), bars(sort=False, most=0))
    return ReportItem(id, title, (part,))


FOLLOWED_UP = ReportItem(
    "uppfoljningar",
    "När görs uppföljningarna?",
    (
        Part(
            "Uppföljningar per månad",
            (counted(FOLLOW_UPS, "month:follow_up_date"),),
            over_the_year("uppföljningar", "gjordes"),
            frequency(),
            months("uppföljningar"),
        ),
    ),
)

GOALS = ReportItem(
    "maluppfyllelse",
    "Nås målen?",
    (
        Part(
            "Måluppfyllelse vid periodens uppföljningar",
            (counted(FOLLOW_UPS, "goal_attainment"),),
            split("gjordes, med bedömningen"),
            frequency(),
            bars(sort=False),
        ),
    ),
    lead=f"”Kan inte bedöma” är ett svar om mål och planer och räknas med i andelarna. {NOT_EFFECT}",
)

GOALS_MET = (
    "Alla mål var uppnådda där bedömningen är det, med positiv förändring eller utan förändring. "
    "”Kan inte bedöma” ingår i nämnaren."
)
GOAL_PHRASE = "Andel där alla mål var uppnådda vid insatsens senaste uppföljning"
BEGUN_ONLY = "Insatser som aldrig påbörjades står bredvid: de kan inte avbrytas, och ingår inte i andelarna."
UNPLANNED_PHRASE = "Andel där insatsen avbröts oplanerat"


def _goals(id: str, title: str, column: str, caption: str, key: bool = False) -> ReportItem:
    part = Part(
        f"{caption}, insatser som avslutades under perioden",
        (crossed(INTERVENTIONS, "goal_attainment", column, percent=Percent.COLUMNS, event="end_date"),),
        in_groups(ALL_GOALS, GOAL_PHRASE),
        grouped(),
        group_bars(ALL_GOALS, "Andel där alla mål var uppnådda"),
    )
    return ReportItem(id, title, (part,), lead=GOALS_MET, key_figure=key)


COLLABORATION = ReportItem(
    "samverkan",
    "Samverkar vi olika mycket beroende på vilken problematik som finns?",
    (
        Part(
            "Andel uppföljningar där samverkan skett med någon, efter problematik",
            (shared(FOLLOW_UPS, "collaboration", WITH_OTHERS, "problem"),),
            share_by("visar samverkan med minst en annan verksamhet"),
            shares("Antal uppföljningar med uppgift", "Andel med samverkan"),
            share_bars(),
        ),
        Part(
            "Vem samverkan skett med, efter problematik",
            (crossed(FOLLOW_UPS, "problem", "collaboration", percent=Percent.ROWS),),
            best_matches(3, "För problematiken"),
            matrix(rows=14, columns=6),
        ),
    ),
)


def _closing(id: str, title: str, column: str, caption: str) -> ReportItem:
    part = Part(
        caption,
        (
            crossed(
                INTERVENTIONS,
                "closing_reason",
                column,
                percent=Percent.COLUMNS,
                event="end_date",
                outside=NEVER_BEGUN,
            ),
        ),
        in_groups(UNPLANNED, UNPLANNED_PHRASE),
        grouped(),
        group_bars(UNPLANNED, "Andel oplanerade avbrott"),
    )
    return ReportItem(id, title, (part,), lead=BEGUN_ONLY)


ENDINGS = ReportItem(
    "avslutsorsak",
    "Varför avslutas insatserna?",
    (
        Part(
            "Avslutsorsak",
            (counted(INTERVENTIONS, "closing_reason", event="end_date"),),
            commonest("avslutsorsaken"),
            frequency(sort=True),
            bars(),
        ),
        Part(
            "Avslutade insatser per månad",
            (counted(INTERVENTIONS, "month:end_date", event="end_date"),),
            over_the_year("insatser", "avslutades"),
            frequency(),
            months("avslutade insatser"),
        ),
    ),
    key_figure=True,
)

PLAN = ReportItem(
    "genomforande",
    "Genomförs insatserna som planerat?",
    (
        Part(
            "Genomförande i förhållande till planeringen, för kvinnor och män",
            (crossed(INTERVENTIONS, "adherence_to_plan", "legal_sex", percent=Percent.COLUMNS, event="end_date"),),
            in_groups(("1",), "Andel där insatsen genomfördes som planerat"),
            grouped(),
            grouped_bars(),
        ),
    ),
    lead="En insats som aldrig påbörjades räknas med bara där genomförandet är bedömt.",
)

FOLLOW_UP_CHAPTER = Chapter(
    "uppfoljning",
    "Hur går det?",
    (
        FOLLOWED_UP,
        GOALS,
        _goals(
            "mal-kon", "Har kvinnor och män lika hög måluppfyllelse?", "legal_sex", "Måluppfyllelse efter kön", True
        ),
        _goals("mal-alder", "Når olika åldrar målen?", "age_group", "Måluppfyllelse efter ålder"),
        _goals("mal-ursprung", "Når personer med olika ursprung målen?", "origin", "Måluppfyllelse efter ursprung"),
        _one("samverkan-med", "Vem samverkar vi med?", "collaboration", "Samverkan med andra aktörer", "samverkan"),
        COLLABORATION,
        _one("sip", "Finns en samordnad individuell plan?", "coordinated_plan", "SIP", "uppgiften om SIP"),
        _one(
            "parallella",
            "Har personen flera insatser samtidigt?",
            "parallel_interventions",
            "Parallella insatser inom socialtjänsten",
            "uppgiften om parallella insatser",
        ),
    ),
    lead="Kapitlet gäller uppföljningar som gjordes under perioden, om inget annat sägs.",
)

ENDING_CHAPTER = Chapter(
    "avslut",
    "Hur slutar insatserna?",
    (
        ENDINGS,
        _closing(
            "avslut-kon", "Avslutas insatser av samma skäl för kvinnor och män?", "legal_sex", "Avslutsorsak efter kön"
        ),
        _closing("avslut-alder", "Skiljer sig skälen mellan åldrar?", "age_group", "Avslutsorsak efter ålder"),
        _closing("avslut-ursprung", "Skiljer sig skälen mellan ursprung?", "origin", "Avslutsorsak efter ursprung"),
        PLAN,
    ),
    lead=(
        "Kapitlet gäller insatser som avslutades under perioden. Hit räknas också insatser som avslutades utan att "
        "ha påbörjats: de har ingen första dag, och finns därför inte bland de nya, pågående och avslutade."
    ),
)
