"""A report as one page that needs nothing else: no script, no font or picture from elsewhere, readable on a
telephone, with
a keyboard and a screen reader, and on paper.

`report_fragment` is the body alone, for a page that has its own head; its classes start with `sk-` and its style is
`report_style()`.
"""

from collections.abc import Iterator
from importlib.resources import files
from itertools import groupby

from skillnad.codebook.days_in_words import day, period_words
from skillnad.reports.notes import LACKING, NO_ANSWER, about
from skillnad.reports.render.explanations import Explain, explanation
from skillnad.reports.render.gaps import policies_of
from skillnad.reports.render.html_tables import table, text
from skillnad.reports.render.sources import WHERE_FROM, source_ids, source_words
from skillnad.reports.report import AnsweredChapter, AnsweredItem, Figure, Report, ReportAnswer

TO_BEGINNING, TO_QUESTIONS, TO_CHAPTER = "Till början", "Till kapitlets frågor", "Till kapitlets början"
EXPLAINED = "Förklaring finns"
IN_SHORT = '<li><a href="#i-korthet">I korthet</a></li>'
MOST_LINKS = 12
"""A chapter with more questions folds its list of them: what the chapter says is not to start windows further down."""
MOST_BESIDE = 3
"""So many columns have room beside a picture."""
BEGINNING = "sk-borjan"
"""Where "till början" leads: the list of chapters."""


def report_style() -> str:
    """The style sheet, which touches nothing outside `.sk-report`."""
    return (files("skillnad.reports.render") / "report.css").read_text(encoding="utf-8")


def report_page(report: Report) -> str:
    """The whole page, in Swedish."""
    facts = report.facts
    title = text(f"{facts.title}, {facts.whose} {period_words(facts.period)}")
    return (
        '<!doctype html>\n<html lang="sv">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>\n{report_style()}</style>\n</head>\n"
        '<body class="sk-page">\n<a class="sk-skip" href="#sk-innehall">Hoppa till innehållet</a>\n'
        f'<header>{_head(report)}</header>\n<main id="sk-innehall">\n{report_fragment(report)}</main>\n'
        "</body>\n</html>\n"
    )


def report_fragment(report: Report, level: int = 2, *, explain: Explain = explanation) -> str:
    """Contents, summary and chapters; `level` is the heading level of a chapter, `explain` what stands beside a
    difference: ruled space, or the form of a page where one can write.
    """
    chapters = "".join(_chapter(chapter, level, explain) for chapter in report.chapters)
    first = (_contents(report), _summary(report, level))
    inside = f"{''.join(reversed(first) if report.in_short else first)}{chapters}{_about(report, level)}"
    return f'<div class="sk-report">\n{inside}</div>\n'


def _head(report: Report) -> str:
    facts = report.facts
    return (
        f'<p class="sk-over">{text(facts.whose)}</p><h1>{text(facts.title)}</h1>'
        f"<p>{text(period_words(facts.period).capitalize())} · Framtagen {day(facts.made_on)} · "
        f"Underlag till och med {day(facts.as_of)}</p>"
    )


def _contents(report: Report) -> str:
    chapters = "".join(
        f'<li><a href="#{chapter.chapter.id}">{text(chapter.chapter.title)}</a></li>' for chapter in report.chapters
    )
    return (
        f'<nav class="sk-nav" id="{BEGINNING}" aria-label="Innehåll"><ol>'
        f"{'' if report.in_short else IN_SHORT}{chapters}"
        '<li><a href="#om-rapporten">Så är rapporten gjord</a></li>'
        "</ol></nav>\n"
    )


def _summary(report: Report, level: int) -> str:
    if report.in_short:
        return _first_of_all(report, level)
    if not report.summary:
        return ""
    points = "".join(
        f'<li>{text(sentence)} <a href="#{id}">Läs mer<span class="sk-only-read"> om: {text(title)}</span></a></li>'
        for id, title, sentence in report.summary
    )
    return f'<section id="i-korthet"><h{level}>I korthet</h{level}><ul class="sk-summary">{points}</ul></section>\n'


def _first_of_all(report: Report, level: int) -> str:
    """Before the contents: what the page shows, and the foremost of it, each leading to the rest."""
    points = "".join(f'<li><a href="#{id}">{text(sentence)}</a></li>' for id, _, sentence in report.summary)
    foremost = f'<ol class="sk-foremost">{points}</ol>' if points else ""
    return (
        f'<section id="i-korthet" class="sk-first"><h{level}>{text(report.in_short)}</h{level}>{foremost}</section>\n'
    )


def _chapter(answered: AnsweredChapter, level: int, explain: Explain) -> str:
    chapter = answered.chapter
    items = "".join(_items(answered, level + 1, explain))
    lead = f'<p class="sk-lead">{text(chapter.lead)}</p>' if chapter.lead else ""
    title = f"<h{level}>{text(chapter.title)}</h{level}>"
    inside = f"{title}{lead}{_questions(answered)}{items}{_back(BEGINNING, TO_BEGINNING)}"
    return f'<section id="{chapter.id}">{inside}</section>\n'


def _items(answered: AnsweredChapter, level: int, explain: Explain) -> Iterator[str]:
    """Those that stand under a heading of their own are folded under it together."""
    for under, same in groupby(answered.items, key=lambda item: item.item.under):
        inside = "".join(_item(item, level + bool(under), answered.chapter.id, explain) for item in same)
        yield _folded(f"<h{level}>{text(under)}</h{level}>", inside, "sk-under") if under else inside


def _questions(answered: AnsweredChapter) -> str:
    """The chapter's own contents: on a telephone it is far from one question to the next. What is folded needs none."""
    if all(item.item.folded for item in answered.items):
        return ""
    title = text(answered.chapter.title)
    links = "".join(f'<li><a href="#{item.item.id}">{text(item.item.title)}</a></li>' for item in answered.items)
    listed = f"<ul>{links}</ul>"
    if len(answered.items) > MOST_LINKS:
        listed = f"<details><summary>Lista över allt i kapitlet ({len(answered.items)})</summary>{listed}</details>"
    return f'<nav class="sk-questions" aria-label="Frågor i kapitlet {title}">{listed}</nav>'


def _back(target: str, words: str) -> str:
    return f'<p class="sk-back"><a href="#{target}">{words}</a></p>'


def _item(answered: AnsweredItem, level: int, chapter: str, explain: Explain) -> str:
    item = answered.item
    lead = f"<p>{text(item.lead)}</p>" if item.lead else ""
    heading = answered.said_first or item.title
    answers = "".join(_answer(answer, explain, heading) for answer in answered.answers)
    missing = ""
    if item.lacking:
        why = LACKING if answered.answers else NO_ANSWER
        missing = f'<p class="sk-lacking"><strong>{why}</strong> {text(item.lacking)}</p>'
    if item.folded:
        inside = f"{lead}{answers}{missing}{_back(chapter, TO_CHAPTER)}"
        mark = f' <span class="sk-mark">{EXPLAINED}</span>' if answered.is_explained else ""
        return _folded(f"<h{level}>{text(heading)}</h{level}>{mark}", f'<div id="{item.id}">{inside}</div>')
    inside = f"<h{level}>{text(item.title)}</h{level}>{lead}{answers}{missing}{_back(chapter, TO_QUESTIONS)}"
    return f'<section id="{item.id}" class="sk-item">{inside}</section>\n'


def _folded(seen: str, inside: str, name: str = "sk-item") -> str:
    """Closed until it is opened, or led to: a browser opens what an address leads into, so ids are on the inside."""
    within = f'<div class="sk-inside">{inside}</div>'
    return f'<details class="{name} sk-fold"><summary>{seen}</summary>{within}</details>\n'


def _answer(answer: ReportAnswer, explain: Explain, heading: str) -> str:
    """What the `heading` has just said is not said again; such a caption is left to who reads with the ears."""
    said = " ".join(text(sentence) for sentence in answer.sentences if sentence != heading)
    counted = text(" ".join(filter(None, (answer.basis, answer.counted))))
    return (
        f'<div class="sk-answer">{f"<p class={chr(34)}sk-said{chr(34)}>{said}</p>" if said else ""}'
        f"{_pair(answer, heading)}"
        f"{explain(answer.explained) if answer.explained else ''}"
        f"{f'<p class={chr(34)}sk-note{chr(34)}>{counted}</p>' if counted else ''}"
        f"{_source(answer)}</div>\n"
    )


def _pair(answer: ReportAnswer, heading: str) -> str:
    """The picture and its table, beside each other on a screen that has room for both."""
    seen = answer.view.caption != heading
    shown = table(answer.view, answer.id, caption_shown=seen, policies=policies_of(answer))
    if answer.figure is None:
        return shown
    narrow = len(answer.view.headings) <= MOST_BESIDE
    both = f"{_figure(answer.figure)}<div>{shown}</div>"
    return f'<div class="sk-pair">{both}</div>' if narrow else both


def _source(answer: ReportAnswer) -> str:
    return (
        f'<details class="sk-source"><summary>{WHERE_FROM}</summary><p>{text(source_words(answer.provenance[0]))}</p>'
        f'<p class="sk-fine">{text(source_ids(answer))}</p></details>'
    )


def _figure(figure: Figure) -> str:
    return f'<figure class="sk-figure"><figcaption>{text(figure.caption)}</figcaption>{figure.svg}</figure>'


def _about(report: Report, level: int) -> str:
    points = "".join(f"<dt>{text(term)}</dt><dd>{text(told)}</dd>" for term, told in about(report.facts))
    heading, listed = f"<h{level}>Så är rapporten gjord</h{level}>", f"<dl>{points}</dl>"
    if report.in_short:
        return _folded(heading, f'<div id="om-rapporten">{listed}</div>', "sk-under")
    return f'<section id="om-rapporten">{heading}{listed}</section>\n'
