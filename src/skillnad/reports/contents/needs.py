"""What people come for: intakes over the year, reasons, and the problems found after investigation."""

from skillnad.analysis.questions import Percent
from skillnad.reports.chart_months import months
from skillnad.reports.charts import bars, grouped_bars, paired_bars
from skillnad.reports.contents.asking import CASES, counted, crossed
from skillnad.reports.groups import top_in_groups
from skillnad.reports.layouts import frequency, grouped, matrix, side_by_side
from skillnad.reports.outline import Chapter, Part, ReportItem
from skillnad.reports.wording import before_and_after, commonest, over_the_year, still_the_same

SEVERAL = "Ett ärende kan ha flera värden, så andelarna kan tillsammans bli mer än 100 %."

BEFORE_AND_AFTER = ("Aktualiseringsorsak", "Problematik efter utredning")

OVER_THE_YEAR = ReportItem(
    "over-aret",
    "Hur sprids aktualiseringarna över året? Finns tyngre och lättare perioder?",
    (
        Part(
            "Aktualiseringar per månad",
            (counted(CASES, "month:intake_date"),),
            over_the_year("aktualiseringar", "kom"),
            frequency(),
            months("aktualiseringar"),
        ),
    ),
    key_figure=True,
)

REASONS = ReportItem(
    "aktualiseringsorsak",
    "Vilken är den vanligaste aktualiseringsorsaken?",
    (
        Part(
            "Ursprunglig aktualiseringsorsak",
            (counted(CASES, "intake_reason"),),
            commonest("aktualiseringsorsaken"),
            frequency(sort=True),
            bars(most=14),
        ),
        Part(
            "Aktualiseringsorsak för kvinnor och män",
            (crossed(CASES, "intake_reason", "legal_sex", percent=Percent.COLUMNS),),
            top_in_groups(),
            grouped(),
            grouped_bars(most=7),
        ),
    ),
    lead=SEVERAL,
    key_figure=True,
)

PROBLEMS = ReportItem(
    "problematik",
    "Vad är den vanligaste problematiken efter utredning?",
    (
        Part(
            "Problematik efter utredning",
            (counted(CASES, "problem"),),
            commonest("problematiken"),
            frequency(sort=True),
            bars(most=14),
        ),
        Part(
            "Problematik efter utredning för kvinnor och män",
            (crossed(CASES, "problem", "legal_sex", percent=Percent.COLUMNS),),
            top_in_groups(),
            grouped(),
            grouped_bars(most=7),
        ),
    ),
    lead=SEVERAL,
    key_figure=True,
)

DIFFERENCE = ReportItem(
    "orsak-mot-problematik",
    "Hur skiljer sig problematiken efter utredning från orsaken till aktualiseringen?",
    (
        Part(
            "Samma värden som orsak och som problematik, andel av de ärenden som har uppgiften",
            (counted(CASES, "intake_reason"), counted(CASES, "problem")),
            before_and_after(3),
            side_by_side(BEFORE_AND_AFTER),
            paired_bars(BEFORE_AND_AFTER),
        ),
        Part(
            "Problematik efter utredning för varje aktualiseringsorsak",
            (crossed(CASES, "intake_reason", "problem", percent=Percent.ROWS),),
            still_the_same(3),
            matrix(rows=14, columns=6),
        ),
    ),
    lead="Orsaken är det som sades när ärendet kom in; problematiken är det som utredningen fann.",
)

DECISIONS = ReportItem(
    "beslut",
    "När fattas besluten?",
    (
        Part(
            "Beslut per månad",
            (counted(CASES, "month:decision_date", event="decision_date"),),
            over_the_year("beslut", "fattades"),
            frequency(),
            months("beslut"),
        ),
    ),
)

CHAPTER = Chapter(
    "behov",
    "Vad behöver de hjälp med?",
    (OVER_THE_YEAR, REASONS, PROBLEMS, DIFFERENCE, DECISIONS),
    lead="Kapitlet gäller ärenden som aktualiserades under perioden, om inget annat sägs.",
)
