"""The page *Skillnader att förklara*: shown differences first, the largest and surest foremost, each with room for an
explanation; then what could not be told and what it would take; then what shows no difference.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from skillnad.analysis.comparisons.judging import Judgement, Page, judged_page
from skillnad.analysis.comparisons.questions import Asked
from skillnad.analysis.figures import whole
from skillnad.analysis.formulas.verdicts import Verdict
from skillnad.analysis.protected_set import ProtectedSet
from skillnad.analysis.results import ProtectedTable
from skillnad.codebook.days_in_words import period_words
from skillnad.codebook.periods import Period
from skillnad.reports.contents.differences import (
    KINDS,
    TITLE,
    Kind,
    Matter,
    common_kinds,
    differences_outline,
    matters,
)
from skillnad.reports.counting import rows_counted
from skillnad.reports.differences_about import about_differences
from skillnad.reports.differences_tables import Compared, beside, long_table, overview
from skillnad.reports.differences_wording import ONLY_NEEDS, sentences, sized, title_of
from skillnad.reports.explanations import Explanations
from skillnad.reports.making import MANY_ROWS
from skillnad.reports.outline import Chapter, Outline, ReportItem, questions
from skillnad.reports.report import AnsweredChapter, AnsweredItem, Facts, Report, ReportAnswer, facts_of

SHOWN_CHAPTER, FEW_CHAPTER, NONE_CHAPTER = "att-forklara", "for-fa", "ingen-skillnad"
FOREMOST = 5
"""So many shown differences stand in the summary."""

Progress = Callable[[int, int], None]


def _quiet(done: int, of: int) -> None:
    pass


def prepare(answers: ProtectedSet, period: Period, progress: Progress = _quiet) -> None:
    """Ask all that the page asks; what has not been asked before joins the protected set. Raises as the set does."""
    manifest = answers.snapshot.manifest
    rows = sum(table.rows for table in manifest.tables.values())
    outline, _ = _outline(answers, period)
    answers.precompute(questions(outline, period), progress, workers=0 if rows >= MANY_ROWS else 1)


def is_prepared(answers: ProtectedSet, period: Period) -> bool:
    """Is the page of the period in the protected set already, so that showing it takes no time?"""
    if not _offers_are_asked(answers, period):
        return False
    outline, _ = _outline(answers, period)
    return all(question in answers for question in questions(outline, period))


def _offers_are_asked(answers: ProtectedSet, period: Period) -> bool:
    return KINDS(period) in answers or not _has_offers(answers, period)


def _has_offers(answers: ProtectedSet, period: Period) -> bool:
    outline = differences_outline(matters(()), answers.snapshot.manifest, period)
    return any(item.parts for chapter in outline.chapters if chapter.id == Kind.RESULT.id for item in chapter.items)


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
    explanations: Explanations = Explanations(),
) -> Report:
    """The page as a report, for the same renderers. What has not been asked joins the protected set, one at a time:
    `prepare` first where there are many rows."""
    manifest = answers.snapshot.manifest
    facts = facts_of(manifest, period, title=TITLE, municipality=municipality, made_on=made_on)
    outline, named = _outline(answers, period)
    found = list(_asked(outline, named, answers.get_or_protect, period))
    page = judged_page([table for _, table in found])
    matter_of = {id(table): matter for matter, table in found}
    compared = [(matter_of[id(one.table)], one) for one in page.judgements]
    facts = replace(facts, about=about_differences(facts, page, outline))
    return Report(facts, _chapters(compared, page, outline, facts, explanations))


def _asked(
    outline: Outline, named: Mapping[str, Matter], answer: Callable[[Asked], ProtectedTable], period: Period
) -> Iterator[tuple[Matter, ProtectedTable]]:
    for item in outline.items:
        for part in item.parts:
            for ask in part.asks:
                yield named[item.id], answer(ask(period))


def _chapters(
    compared: Sequence[Compared], page: Page, outline: Outline, facts: Facts, explanations: Explanations
) -> tuple[AnsweredChapter, ...]:
    by_verdict = {verdict: [one for one in compared if one[1].verdict is verdict] for verdict in Verdict}
    shown = sorted(by_verdict[Verdict.DIFFERENCE_SHOWN], key=_foremost)
    few, none = by_verdict[Verdict.TOO_FEW_TO_TELL], by_verdict[Verdict.NO_DIFFERENCE_SHOWN]
    return (
        _shown_chapter(shown, len(compared), facts, explanations),
        _long_chapter(Chapter(FEW_CHAPTER, "För få för att avgöra", (), _few_lead(few, len(compared))), few, outline),
        _long_chapter(Chapter(NONE_CHAPTER, "Ingen skillnad visad", (), _none_lead(none)), none, None),
    )


_ORDER = (Kind.RESULT, Kind.TIME, Kind.OFFER)
"""What is offered comes last: that the old and the young are offered unlike things is for the most part their needs."""


def _foremost(compared: Compared) -> tuple[int, float]:
    """Of each kind by how large the difference is at the least: as it is, or, where only the adjusted is shown,
    adjusted."""
    matter, one = compared
    told = one.adjusted if one.adjusted is not None and not one.plain.is_shown else one.plain
    return _ORDER.index(matter.kind), -told.at_least


def _shown_chapter(shown: Sequence[Compared], of: int, facts: Facts, explanations: Explanations) -> AnsweredChapter:
    chapter = Chapter(SHOWN_CHAPTER, TITLE, (), _shown_lead(len(shown), of))
    if not shown:
        return AnsweredChapter(chapter, ())
    first = AnsweredItem(
        ReportItem("oversikt", "Alla visade skillnader i en tabell"),
        (
            _answer(
                "oversikt-1", (), overview(shown, "Visade skillnader, av varje slag störst och säkrast först"), shown
            ),
        ),
    )
    items = (_shown_item(one, place, facts, explanations) for place, one in enumerate(shown))
    return AnsweredChapter(chapter, (first, *items))


def _shown_item(compared: Compared, place: int, facts: Facts, explanations: Explanations) -> AnsweredItem:
    matter, one = compared
    title, name = title_of(matter, one), anchor_of(matter, one)
    answer = _answer(f"{name}-1", sentences(matter, one), beside(one, title), [compared])
    explained = explanations.of(key_of(matter, one), str(facts.period), sized(one.plain))
    answer = replace(answer, counted=rows_counted(one.table), explained=explained)
    return AnsweredItem(ReportItem(name, title, key_figure=place < FOREMOST), (answer,))


def key_of(matter: Matter, one: Judgement) -> str:
    """The difference's name from one period to the next: "mal.legal_sex.1"."""
    return f"{matter.id}.{one.table.axes[0].id}.{one.group.code}"


def anchor_of(matter: Matter, one: Judgement) -> str:
    """The same where an address needs it: codes may be of any letters, places are not."""
    axis = one.table.axes[0]
    place = [level.code for level in axis.levels].index(one.group.code) + 1
    words = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in f"{matter.id}-{axis.id}")
    return f"{words}-{place}".lower()


def _long_chapter(chapter: Chapter, found: Sequence[Compared], outline: Outline | None) -> AnsweredChapter:
    """A table for each kind, and what the extracts lack, where `outline` says it."""
    items = []
    for kind in Kind:
        rows = [one for one in found if one[0].kind is kind]
        lacking = _lacking(outline, kind)
        if rows or lacking:
            items.append(_long_item(chapter, kind, rows, lacking))
    return AnsweredChapter(chapter, tuple(items))


def _long_item(chapter: Chapter, kind: Kind, rows: Sequence[Compared], lacking: str) -> AnsweredItem:
    name = f"{chapter.id}-{kind.id}"
    item = ReportItem(name, f"{kind.title}: {_lower(chapter.title)}", lacking=lacking)
    if not rows:
        return AnsweredItem(item, ())
    view = long_table(rows, item.title, needed=chapter.id == FEW_CHAPTER)
    return AnsweredItem(item, (_answer(f"{name}-1", (), view, rows),))


def _lacking(outline: Outline | None, kind: Kind) -> str:
    if outline is None:
        return ""
    items = (item for chapter in outline.chapters if chapter.id == kind.id for item in chapter.items)
    return " ".join(f"{item.title}: {item.lacking}" for item in items if item.lacking)


def _answer(name: str, said: tuple[str, ...], view: object, rows: Sequence[Compared]) -> ReportAnswer:
    provenance = tuple(dict.fromkeys(one.table.provenance for _, one in rows))
    return ReportAnswer(name, said, view, None, "", "", provenance)  # type: ignore[arg-type]


def _shown_lead(shown: int, of: int) -> str:
    told = f"{whole(shown)} av {whole(of)} jämförelser visar en skillnad." if shown else _NONE.format(of=whole(of))
    return f"{told} {ONLY_NEEDS} {_ASK if shown else ''}".strip()


_NONE = "Ingen av {of} jämförelser visar en skillnad."
_ASK = (
    "Skriv en förklaring bredvid varje skillnad. De största och säkraste står först. Varje skillnad visas som den är, "
    "och med hänsyn till bakgrund där det går."
)


def _few_lead(few: Sequence[Compared], of: int) -> str:
    if not few:
        return "Alla jämförelser kunde avgöras."
    return (
        f"I {whole(len(few))} av {whole(of)} jämförelser är de för få för att avgöra om grupperna skiljer sig åt. Det "
        "betyder inte att de är lika. Tabellerna visar den minsta skillnad som hade kunnat synas, och hur många gånger "
        "fler som skulle behövas för att se en skillnad på fem procentenheter (en vecka för tider). Fler blir de över "
        "en längre period, eller tillsammans med andra kommuner."
    )


def _none_lead(none: Sequence[Compared]) -> str:
    if not none:
        return "I ingen jämförelse är de så många att en skillnad på fem procentenheter (en vecka) går att utesluta."
    return (
        f"I {whole(len(none))} jämförelser hade en skillnad på fem procentenheter (en vecka för tider) med stor chans "
        "synts, och ingen så stor ryms i intervallet."
    )


def _lower(text: str) -> str:
    return f"{text[:1].lower()}{text[1:]}"


def period_title(period: Period) -> str:
    return f"{TITLE} {period_words(period)}"
