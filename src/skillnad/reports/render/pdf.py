"""A report as a tagged PDF on A4: what the template needs, as plain data, and nothing worded here but page
furniture."""

import re
from collections.abc import Callable, Collection
from importlib.resources import files
from typing import Any

from skillnad.codebook.days_in_words import day, period_words
from skillnad.documents.typesetting import typeset
from skillnad.reports.chart_frames import WIDTH
from skillnad.reports.explanations import ASKED, Explained, Written, of_which_figures, signature
from skillnad.reports.notes import LACKING, NO_ANSWER, about
from skillnad.reports.numbers import cell_text, unbroken
from skillnad.reports.render.explanations import EARLIER, HEADING, RULED
from skillnad.reports.render.gaps import policies_of, sentence
from skillnad.reports.render.sources import WHERE_FROM, ledger_words, source_of_all
from skillnad.reports.report import AnsweredItem, Figure, Report, ReportAnswer
from skillnad.reports.shading import shades
from skillnad.reports.sparing import spared
from skillnad.reports.views import Cell, Group, View


def report_pdf(report: Report) -> bytes:
    """The bytes of the PDF; the same report gives the same bytes."""
    template = (files("skillnad.reports.render") / "report.typ").read_bytes()
    return typeset(template, whole_words(report_data(report)), made_on=report.facts.made_on)


def report_data(report: Report) -> dict[str, Any]:
    """What `report.typ` reads."""
    facts = report.facts
    return {
        "title": facts.title,
        "municipality": facts.whose,
        "period": period_words(facts.period).capitalize(),
        "cover": [
            f"Framtagen {day(facts.made_on)}. Underlag till och med {day(facts.as_of)}.",
            f"Ögonblicksbild {facts.snapshot[:12]}, kodbok {facts.codebook}.",
        ],
        "summary": [{"id": id, "text": sentence} for id, _, sentence in report.summary],
        "chapters": [
            {
                "title": chapter.chapter.title,
                "lead": chapter.chapter.lead,
                "items": [_item(item) for item in chapter.items],
            }
            for chapter in report.chapters
        ],
        "about": [{"term": term, "text": text} for term, text in _about(report)],
    }


def _about(report: Report) -> tuple[tuple[str, str], ...]:
    """With what every table's source has in common, which is told once on paper."""
    source = source_of_all(report)
    return (*about(report.facts), *(((WHERE_FROM, source),) if source else ()))


def _item(answered: AnsweredItem) -> dict[str, Any]:
    item = answered.item
    return {
        "id": item.id,
        "title": item.title,
        "lead": item.lead,
        "lacking": item.lacking,
        "lacking-heading": LACKING if answered.answers else NO_ANSWER,
        "answers": [_answer(answer) for answer in answered.answers],
    }


def _answer(answer: ReportAnswer) -> dict[str, Any]:
    figure = answer.figure
    return {
        "said": " ".join(answer.sentences),
        "figure": _figure(figure) if figure else None,
        "table": _table(answer.view, policies_of(answer)),
        "explained": _explained(answer.explained) if answer.explained else None,
        "counted": " ".join(filter(None, (answer.basis, answer.counted))),
        "fine": ledger_words(answer),
    }


def _explained(explained: Explained) -> dict[str, Any]:
    """Quotes with who wrote them; without any of this period, a question over ruled lines."""
    return {
        "heading": HEADING,
        "asked": ASKED,
        "ruled": 0 if explained.written else RULED,
        "written": list(map(_written, explained.written)),
        "earlier-heading": EARLIER,
        "earlier": list(map(_written, explained.earlier)),
    }


def _written(written: Written) -> dict[str, str]:
    return {"text": written.text, "by": f"{signature(written)}. {of_which_figures(written)}"}


def _figure(figure: Figure) -> dict[str, Any]:
    """`width` is in CSS pixels, so that every chart is drawn to one scale."""
    width = re.search(r'width="([\d.]+)"', figure.svg)
    return {
        "svg": figure.svg,
        "caption": figure.caption,
        "told": f"{figure.caption}. {figure.told}",
        "width": float(width[1]) if width else WIDTH,
    }


def _table(whole: View, policies: Collection[str]) -> dict[str, Any]:
    """Its note says first what a gap means, where it has one."""
    view = spared(whole)
    shade = shades(view)
    gaps = sentence(policies) if view.has_gaps else ""
    return {
        "caption": view.caption,
        "stub": view.stub,
        "wide": view.wide,
        "note": " ".join(filter(None, (gaps, view.note))),
        "spans": [{"label": label, "width": width} for label, width in view.spans],
        "headings": [heading.label for heading in view.headings],
        "groups": [_group(group, shade) for group in view.groups],
    }


def _group(group: Group, shade: Callable[[Cell], int]) -> dict[str, Any]:
    rows = [
        {
            "label": row.label,
            "role": row.role.value,
            "link": row.link,
            "cells": [{"text": cell_text(cell), "shade": shade(cell)} for cell in row.cells],
        }
        for row in group.rows
    ]
    return {"label": group.label, "rows": rows}


def whole_words(data: Any) -> Any:
    """The same with every text in it kept from breaking where it must not; pictures are left as they are."""
    match data:
        case str():
            return data if data.startswith("<svg") else unbroken(data)
        case list():
            return list(map(whole_words, data))
        case dict():
            return {key: whole_words(value) for key, value in data.items()}
        case _:
            return data
