"""What support is given: which interventions, to whom, for what problems, and when it starts."""

from skillnad.analysis.questions import Percent
from skillnad.reports.chart_months import months
from skillnad.reports.charts import bars, grouped_bars
from skillnad.reports.contents.asking import INTERVENTIONS, counted, crossed
from skillnad.reports.contents.needs import SEVERAL
from skillnad.reports.groups import best_matches, top_in_groups
from skillnad.reports.layouts import frequency, grouped, matrix
from skillnad.reports.outline import Chapter, Draw, Part, ReportItem
from skillnad.reports.wording import commonest, over_the_year

COMMONEST = ReportItem(
    "insatser",
    "Vilka insatser är vanligast?",
    (
        Part(
            "Insatstyp bland insatser som började under perioden",
            (counted(INTERVENTIONS, "intervention_type"),),
            commonest("insatstypen"),
            frequency(most=12, sort=True),
            bars(most=12),
        ),
    ),
    key_figure=True,
)

MATCH = ReportItem(
    "insats-mot-problematik",
    "Hur matchar insatserna den problematik som finns?",
    (
        Part(
            "Insatstyp för varje problematik",
            (crossed(INTERVENTIONS, "problem", "intervention_type", percent=Percent.ROWS),),
            best_matches(4, "För problematiken"),
            matrix(rows=14, columns=6),
        ),
    ),
    lead="Tabellen visar vad som ges till vem. Den säger inget om vad som hjälper.",
)


def _offered(id: str, title: str, column: str, caption: str, draw: Draw | None = None) -> ReportItem:
    part = Part(
        caption,
        (crossed(INTERVENTIONS, "intervention_type", column, percent=Percent.COLUMNS),),
        top_in_groups(),
        grouped(most=12),
        draw,
    )
    return ReportItem(id, title, (part,))


STARTS = ReportItem(
    "verkstallda",
    "När verkställs insatserna?",
    (
        Part(
            "Verkställda insatser per månad",
            (counted(INTERVENTIONS, "month:start_date"),),
            over_the_year("insatser", "verkställdes"),
            frequency(),
            months("verkställda insatser"),
        ),
    ),
)

CHAPTER = Chapter(
    "insatser-kapitel",
    "Vilket stöd ges, och till vem?",
    (
        COMMONEST,
        MATCH,
        _offered(
            "insatser-kon",
            "Vilka insatser får kvinnor och män?",
            "legal_sex",
            "Insatstyp för kvinnor och män",
            grouped_bars(most=8),
        ),
        _offered(
            "insatser-alder",
            "Vilka insatser får olika åldrar?",
            "age_group",
            "Insatstyp efter ålder",
        ),
        _offered(
            "insatser-ursprung",
            "Vilka insatser får personer med olika ursprung?",
            "origin",
            "Insatstyp efter ursprung",
        ),
        STARTS,
    ),
    lead="Kapitlet gäller insatser som började under perioden. Andelarna är av insatserna, inte av personerna: den som "
    f"får flera insatser räknas flera gånger. {SEVERAL.replace('Ett ärende', 'En insats')}",
)
