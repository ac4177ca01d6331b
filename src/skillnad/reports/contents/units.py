"""The units beside each other: how much they do, how long it takes, how it goes, and what chance leaves room for."""

from skillnad.analysis.comparisons.questions import Funnel
from skillnad.analysis.merged import ON
from skillnad.analysis.questions import Selection, Share, Where
from skillnad.analysis.trees import of_tree
from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import Manifest
from skillnad.reports.beside_units import placed_among_units, units_beside, units_placed, units_told
from skillnad.reports.chart_funnels import funnel_plot
from skillnad.reports.contents.asking import INTERVENTIONS, began, counted
from skillnad.reports.contents.results import (
    ALL_GOALS,
    BEGUN_ONLY,
    GOAL_PHRASE,
    GOALS_MET,
    NEVER_BEGUN,
    UNPLANNED,
    UNPLANNED_PHRASE,
)
from skillnad.reports.contents.useful import GOALS, each_unit
from skillnad.reports.counting import rows_counted
from skillnad.reports.outline import Ask, Chapter, Part, ReportItem
from skillnad.reports.useful.ladder import Ladder

BY = "unit"


def _funnel(column: str, codes: tuple[str, ...], outside: tuple[str, ...] = ()) -> Ask:
    def ask(period: Period) -> Funnel:
        return Funnel(Share(Where(column, codes), Selection(INTERVENTIONS, period, "end_date"), (BY,), outside))

    return ask


def _placed(id: str, title: str, ask: Ask, phrase: str, lead: str) -> ReportItem:
    part = Part(
        f"{phrase}, enhet för enhet, insatser som avslutades under perioden",
        (ask,),
        placed_among_units(phrase),
        units_placed,
        funnel_plot(),
    )
    return ReportItem(id, title, (part,), lead=lead)


_ITEMS = (
    ReportItem(
        "enheter-insatser",
        "Hur många insatser börjar på enheterna, och hur lång tid tar de?",
        (
            Part(
                "Insatser som började under perioden, enhet för enhet",
                (
                    counted(INTERVENTIONS, BY),
                    began(INTERVENTIONS, "decision_date", "start_date", BY),
                    began(INTERVENTIONS, "start_date", "end_date", BY),
                ),
                units_told,
                units_beside,
                count=rows_counted,
            ),
        ),
        lead="Tiderna är medianer i dagar. De som inte är klara än är inräknade med den tid som har gått "
        "(Kaplan–Meier). Väntetiden är från beslut till verkställande, för insatser som beslutades under perioden; "
        "tiden till avslut är från verkställande, för insatser som började under den.",
    ),
    _placed(
        "enheter-mal",
        "Når enheterna målen?",
        _funnel("goal_attainment", ALL_GOALS),
        GOAL_PHRASE,
        GOALS_MET,
    ),
    _placed(
        "enheter-avbrott",
        "Avbryts insatser oplanerat på enheterna?",
        _funnel("closing_reason", UNPLANNED, NEVER_BEGUN),
        UNPLANNED_PHRASE,
        BEGUN_ONLY,
    ),
)
_LEAD = (
    "Enheterna står inte i rangordning: en liten enhet hamnar lätt högst eller lägst av en slump. Diagrammen visar "
    "i stället vilka som är utanför de gränser som slumpen brukar hålla en enhet av den storleken inom. Vad det "
    "beror på säger de inte: enheterna möter olika personer, med olika behov."
)


def chapter(ladder: Ladder = GOALS) -> Chapter:
    """`ladder` is how the answers of units that have few are shown."""
    return Chapter("enheter", "Hur är det på enheterna?", (*_ITEMS, each_unit(ladder)), lead=_LEAD)


CHAPTER = chapter()


def has_units(manifest: Manifest) -> bool:
    """Are there two units or more to set beside each other, on the snapshot's day where any follows another?"""
    table = manifest.tables.get(INTERVENTIONS)
    column = table.columns.get(BY) if table else None
    if column is not None and manifest.tree.successions:
        return len(of_tree(f"{BY}{ON}", manifest).groups) > 1
    return column is not None and len(column.levels) > 1
