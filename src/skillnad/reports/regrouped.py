"""A report's tables of units on the tree of the snapshot's day, so that a series over a reorganisation stays whole."""

from dataclasses import replace

from skillnad.analysis.comparisons.questions import Asked
from skillnad.analysis.trees import by_the_days_units
from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import Manifest
from skillnad.reports.outline import Ask, Chapter, Outline, ReportItem


def on_the_days_tree(outline: Outline, manifest: Manifest) -> Outline:
    """The outline as it is where no unit goes on with another's work."""
    if not manifest.tree.successions:
        return outline
    return Outline(tuple(_chapter(chapter, manifest) for chapter in outline.chapters))


def _chapter(chapter: Chapter, manifest: Manifest) -> Chapter:
    return replace(chapter, items=tuple(_item(item, manifest) for item in chapter.items))


def _item(item: ReportItem, manifest: Manifest) -> ReportItem:
    parts = (replace(part, asks=tuple(_asked(ask, manifest) for ask in part.asks)) for part in item.parts)
    return replace(item, parts=tuple(parts))


def _asked(ask: Ask, manifest: Manifest) -> Ask:
    def regrouped(period: Period) -> Asked:
        return by_the_days_units(ask(period), manifest)

    return regrouped
