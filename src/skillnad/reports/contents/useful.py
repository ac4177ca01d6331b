"""What can be said of each unit when its answers are few: the ladder, asked of goal attainment.

A survey's question takes the same way: another `Ladder`, of its own column and its own groups.
"""

from dataclasses import replace
from math import prod

from skillnad.analysis.protection import MOST_CELLS
from skillnad.codebook.snapshot_schema import Manifest, Population
from skillnad.reports.counting import basis, rows_counted
from skillnad.reports.outline import Part, ReportItem, Tables
from skillnad.reports.useful.ladder import Ladder
from skillnad.reports.useful.layout import answers_shown, groups_shown, said
from skillnad.reports.useful.standing import USUAL

WITH_MARGINS = 2
"""Beside a column's levels: what is missing, and all."""
GOALS = Ladder(
    Population.INTERVENTIONS,
    "end_date",
    "goal_attainment",
    {
        "Positiv förändring": ("1", "2"),
        "Ingen förändring": ("3", "4"),
        "Negativ förändring": ("5",),
        "Kan inte bedöma": ("6",),
    },
)


def goals_of(manifest: Manifest) -> Ladder:
    """The ladder that a snapshot has room for: without the last step where its table would be too large to protect, or
    where a unit of the day is counted with others, which may have been in another committee."""
    columns = manifest.tables[GOALS.population].columns if GOALS.population in manifest.tables else {}
    sides = [len(columns[name].levels) + WITH_MARGINS for name in (GOALS.unit, GOALS.parent) if name in columns]
    fits = len(sides) == 2 and prod((*sides, len(GOALS.groups) + WITH_MARGINS)) <= MOST_CELLS
    return GOALS if fits and not manifest.tree.successions else replace(GOALS, parent="")


def each_unit(ladder: Ladder) -> ReportItem:
    """What can be said of every unit, and on which step it stands."""
    asks = (ladder.answers, ladder.in_groups, ladder.longer)
    return ReportItem(
        "enheter-svar",
        "Vad kan sägas om varje enhet, när svaren är få?",
        (
            Part(
                "Måluppfyllelse vid senaste uppföljningen, enheter vars enskilda svar kan visas",
                asks,
                said(ladder),
                answers_shown(ladder),
                count=rows_counted,
                base=_of_the_period,
            ),
            Part(
                "Måluppfyllelse i grupper, övriga enheter",
                asks,
                _silent,
                groups_shown(ladder),
                count=rows_counted,
                base=_told_above,
            ),
        ),
        lead=_lead(ladder),
    )


def _of_the_period(tables: Tables) -> str:
    """Of the answers as they are; other tables are of the same ones, or of a longer time that their rows name."""
    return basis(tables[0]) if tables else ""


def _told_above(_: Tables) -> str:
    return ""


def _silent(_: Tables) -> tuple[str, ...]:
    return ()


def _lead(ladder: Ladder) -> str:
    last = f", och sist till {ladder.parent_name} som enheten hör till" if ladder.parent else ""
    return (
        f"En siffra är användbar om den bygger på minst {USUAL.least} svar och minst hälften av svaren kan visas. En "
        "enhet som inte har någon går ett steg ner i taget: från de enskilda svaren till svaren i grupper, till svar i "
        f"grupper för {ladder.months} månader{last}. Vilket steg det blir avgörs bara av de tal som visas."
    )
