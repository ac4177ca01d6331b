"""The page *Skillnader att förklara*: shown differences first, the largest and surest foremost, each with room for an
explanation; then what could not be told and what it would take; then what shows no difference.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from skillnad.analysis.comparisons.judging import judged_page
from skillnad.analysis.comparisons.questions import Asked
from skillnad.analysis.protected_set import Progress, ProtectedSet, quiet
from skillnad.analysis.results import ProtectedTable
from skillnad.analysis.selection import selection_of
from skillnad.codebook.periods import Period
from skillnad.lib.locks import file_lock
from skillnad.reports.contents.differences import (
    KINDS,
    TITLE,
    Matter,
    common_kinds,
    differences_outline,
    matters,
)
from skillnad.reports.differences_about import about_differences
from skillnad.reports.differences_chapters import chapters_of
from skillnad.reports.explanations import Explained, Explanations
from skillnad.reports.making import MANY_ROWS
from skillnad.reports.outline import Outline, columns_of, questions
from skillnad.reports.report import AnsweredItem, Report, facts_of

LOCK = "differences.lock"
MOST_WORKERS = 4
"""Processes that make comparisons at once."""
MOST_ROWS_HELD = 20_000_000
"""Of all workers together: each holds the rows for itself, about 350 MB a million."""


def prepare(answers: ProtectedSet, period: Period, progress: Progress = quiet) -> None:
    """Ask all that the page asks; what has not been asked before joins the protected set. Raises as the set does.

    Of one snapshot one page is made at a time, whichever processes ask: who waits finds the answers of who was first.
    """
    answers.directory.mkdir(exist_ok=True)
    with file_lock(answers.directory / LOCK):
        outline, _ = _outline(answers, period)
        answers.precompute(questions(outline, period), progress, workers=_workers(answers))


def is_large(answers: ProtectedSet) -> bool:
    """Has the snapshot so many rows that asking takes minutes?"""
    return _rows(answers) >= MANY_ROWS


def _rows(answers: ProtectedSet) -> int:
    return sum(table.rows for table in answers.snapshot.manifest.tables.values())


def _workers(answers: ProtectedSet) -> int:
    """Of a small snapshot none beside this process: starting them takes longer than they save."""
    if not is_large(answers):
        return 1
    return max(1, min(MOST_WORKERS, os.cpu_count() or 1, MOST_ROWS_HELD // _rows(answers)))


def is_prepared(answers: ProtectedSet, period: Period) -> bool:
    """Is the page of the period in the protected set already, so that showing it takes no time?"""
    if _has_offers(answers, period) and KINDS(period) not in answers:
        return False
    outline, _ = _outline(answers, period)
    return all(question in answers for question in questions(outline, period))


def _has_offers(answers: ProtectedSet, period: Period) -> bool:
    question = KINDS(period)
    table = answers.snapshot.manifest.tables.get(selection_of(question).population)
    return table is not None and table.rows > 0 and set(columns_of(question)) <= set(table.columns)


def _outline(answers: ProtectedSet, period: Period) -> tuple[Outline, Mapping[str, Matter]]:
    """What the snapshot can answer, and each matter by its id."""
    kinds = common_kinds(answers.get_or_protect(KINDS(period))) if _has_offers(answers, period) else ()
    compared_on = matters(kinds)
    outline = differences_outline(compared_on, answers.snapshot.manifest, period)
    return outline, {matter.id: matter for matter in compared_on}


def differences_report(
    answers: ProtectedSet,
    period: Period,
    *,
    made_on: date,
    municipality: str = "",
) -> Report:
    """The page as a report, for the same renderers, without explanations. What has not been asked joins the protected
    set, one at a time: `prepare` first where there are many rows.
    """
    manifest = answers.snapshot.manifest
    facts = facts_of(manifest, period, title=TITLE, municipality=municipality, made_on=made_on)
    outline, named = _outline(answers, period)
    found = list(_asked(outline, named, answers.get_or_protect, period))
    page = judged_page([table for _, table in found])
    matter_of = {id(table): matter for matter, table in found}
    compared = [(matter_of[id(one.table)], one) for one in page.judgements]
    facts = replace(facts, about=about_differences(facts, page))
    return Report(facts, chapters_of(compared, page, outline))


def _asked(
    outline: Outline, named: Mapping[str, Matter], answer: Callable[[Asked], ProtectedTable], period: Period
) -> Iterator[tuple[Matter, ProtectedTable]]:
    for item in outline.items:
        for part in item.parts:
            for ask in part.asks:
                yield named[item.id], answer(ask(period))


def shown_differences(report: Report) -> Mapping[str, Explained]:
    """Every shown difference of the page, by its key."""
    answers = (answer for item in report.items for answer in item.answers)
    return {answer.explained.of.key: answer.explained for answer in answers if answer.explained}


def with_explanations(report: Report, explanations: Explanations) -> Report:
    """The same page, with what is written of it."""
    chapters = (
        replace(one, items=tuple(_explained_item(i, report, explanations) for i in one.items))
        for one in report.chapters
    )
    return replace(report, chapters=tuple(chapters))


def _explained_item(item: AnsweredItem, report: Report, explanations: Explanations) -> AnsweredItem:
    period = str(report.facts.period)
    answers = (
        replace(answer, explained=explanations.of(answer.explained.of, period)) if answer.explained else answer
        for answer in item.answers
    )
    return replace(item, answers=tuple(answers))
