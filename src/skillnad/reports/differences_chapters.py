"""The chapters of the page of differences, out of what was judged: what each shows, and what is said over it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from skillnad.analysis.comparisons.judging import Judgement, Page
from skillnad.analysis.figures import whole
from skillnad.analysis.formulas.verdicts import Verdict
from skillnad.analysis.results import MeasureKind
from skillnad.lib.text import lowered
from skillnad.reports.contents.differences import TITLE, Kind, Matter
from skillnad.reports.counting import rows_counted
from skillnad.reports.differences_tables import Compared, beside, long_table, overview
from skillnad.reports.differences_wording import ONLY_NEEDS, RELEVANT_WORDS, sentences, sized, title_of
from skillnad.reports.explanations import Difference, Explained
from skillnad.reports.outline import Chapter, Outline, ReportItem
from skillnad.reports.report import AnsweredChapter, AnsweredItem, ReportAnswer
from skillnad.reports.views import View

SHOWN_CHAPTER, FEW_CHAPTER, NONE_CHAPTER = "att-forklara", "for-fa", "ingen-skillnad"
FOREMOST = 5
"""So many shown differences stand in the summary."""


def chapters_of(compared: Sequence[Compared], page: Page, outline: Outline) -> tuple[AnsweredChapter, ...]:
    by_verdict = {verdict: [one for one in compared if one[1].verdict is verdict] for verdict in Verdict}
    shown = sorted(by_verdict[Verdict.DIFFERENCE_SHOWN], key=_foremost)
    few, none = by_verdict[Verdict.TOO_FEW_TO_TELL], by_verdict[Verdict.NO_DIFFERENCE_SHOWN]
    return (
        _shown_chapter(shown, len(compared), page),
        _long_chapter(Chapter(FEW_CHAPTER, "För få för att avgöra", (), _few_lead(few, len(compared))), few, outline),
        _long_chapter(Chapter(NONE_CHAPTER, "Ingen skillnad visad", (), _none_lead(none, len(compared))), none, None),
    )


_ORDER = (Kind.RESULT, Kind.TIME, Kind.OFFER)
"""What is offered comes last: that the old and the young are offered unlike things is for the most part their needs."""


def _foremost(compared: Compared) -> tuple[int, bool, float]:
    """Of each kind, and of times days first, by how large the difference is at the least: as it is, or, where only the
    adjusted is shown, adjusted."""
    matter, one = compared
    told = one.adjusted if one.adjusted is not None and not one.plain.is_shown else one.plain
    return _ORDER.index(matter.kind), one.plain.kind is not MeasureKind.DAYS, -told.at_least


_OVERVIEW = "Visade skillnader, av varje slag störst och säkrast först"


def _shown_chapter(shown: Sequence[Compared], of: int, page: Page) -> AnsweredChapter:
    chapter = Chapter(SHOWN_CHAPTER, TITLE, (), _shown_lead(len(shown), of), _in_short(len(shown), of))
    if not shown:
        return AnsweredChapter(chapter, ())
    first = AnsweredItem(
        ReportItem("oversikt", "Alla visade skillnader i en tabell", folded=True),
        (
            _answer(
                "oversikt-1",
                (),
                overview(shown, _OVERVIEW, page, anchor_of),
                shown,
            ),
        ),
    )
    many = Counter(matter.kind for matter, _ in shown)
    items = (_shown_item(one, place, page, many[one[0].kind]) for place, one in enumerate(shown))
    return AnsweredChapter(chapter, (first, *items))


def _shown_item(compared: Compared, place: int, page: Page, of_its_kind: int) -> AnsweredItem:
    matter, one = compared
    title, name = title_of(matter, one), anchor_of(matter, one)
    answer = _answer(f"{name}-1", sentences(matter, one), beside(one, title, page), [compared])
    explained = Explained(difference_of(matter, one))
    answer = replace(answer, counted=rows_counted(one.table), explained=explained)
    under = f"{matter.kind.title}: {whole(of_its_kind)} {'visad skillnad' if of_its_kind == 1 else 'visade skillnader'}"
    return AnsweredItem(ReportItem(name, title, key_figure=place < FOREMOST, folded=True, under=under), (answer,))


def difference_of(matter: Matter, one: Judgement) -> Difference:
    return Difference(
        key_of(matter, one), title_of(matter, one), anchor_of(matter, one), sized(one.plain), figures_of(one)
    )


def figures_of(one: Judgement) -> dict[str, float | None]:
    """What an explanation is about, to be kept with it."""
    told = {"": one.plain, **({"adjusted_": one.adjusted} if one.adjusted else {})}
    kept: dict[str, float | None] = {}
    for prefix, each in told.items():
        low, high = each.interval or (None, None)
        kept |= {f"{prefix}difference": each.value, f"{prefix}low": low, f"{prefix}high": high, f"{prefix}p": each.p}
    return kept


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
    for kind in _ORDER:
        rows = [one for one in found if one[0].kind is kind]
        lacking = _lacking(outline, kind)
        if rows or lacking:
            items.append(_long_item(chapter, kind, rows, lacking))
    return AnsweredChapter(chapter, tuple(items))


def _long_item(chapter: Chapter, kind: Kind, rows: Sequence[Compared], lacking: str) -> AnsweredItem:
    name = f"{chapter.id}-{kind.id}"
    item = ReportItem(name, f"{kind.title}: {lowered(chapter.title)}", lacking=lacking, folded=True)
    if not rows:
        return AnsweredItem(item, ())
    view = long_table(rows, item.title, needed=chapter.id == FEW_CHAPTER)
    return AnsweredItem(item, (_answer(f"{name}-1", (), view, rows),))


def _lacking(outline: Outline | None, kind: Kind) -> str:
    if outline is None:
        return ""
    items = (item for chapter in outline.chapters if chapter.id == kind.id for item in chapter.items)
    return " ".join(f"{item.title}: {item.lacking}" for item in items if item.lacking)


def _answer(name: str, said: tuple[str, ...], view: View, rows: Sequence[Compared]) -> ReportAnswer:
    provenance = tuple(dict.fromkeys(one.table.provenance for _, one in rows))
    return ReportAnswer(name, said, view, None, "", "", provenance)


def _in_short(shown: int, of: int) -> str:
    more = f" De {FOREMOST} främsta:" if shown > FOREMOST else ""
    return f"{_how_many(shown, of)}{more}"


def _how_many(shown: int, of: int) -> str:
    if not of:
        return _NOTHING
    return f"{whole(shown)} av {whole(of)} jämförelser visar en skillnad." if shown else _NONE.format(of=whole(of))


def _shown_lead(shown: int, of: int) -> str:
    if not of:
        return _NOTHING
    return f"{_how_many(shown, of)} {ONLY_NEEDS} {_ASK if shown else ''}".strip()


_NOTHING = "Perioden har inga rader att jämföra grupper av."
_NONE = "Ingen av {of} jämförelser visar en skillnad."
_ASK = (
    "Skriv en förklaring bredvid varje skillnad. De största och säkraste står först. Varje skillnad visas som den är, "
    "och med hänsyn till bakgrund där det går."
)


def _few_lead(few: Sequence[Compared], of: int) -> str:
    if not of:
        return _NOTHING
    if not few:
        return "Alla jämförelser kunde avgöras."
    return (
        f"I {whole(len(few))} av {whole(of)} jämförelser är de för få för att avgöra om grupperna skiljer sig åt. Det "
        "betyder inte att de är lika. Tabellerna visar den minsta skillnad som hade kunnat synas, och hur många gånger "
        f"fler som skulle behövas för att se en skillnad som spelar roll ({RELEVANT_WORDS}). Fler blir de över "
        "en längre period, eller tillsammans med andra kommuner."
    )


def _none_lead(none: Sequence[Compared], of: int) -> str:
    if not of:
        return _NOTHING
    if not none:
        return f"I ingen jämförelse är de så många att en skillnad som spelar roll ({RELEVANT_WORDS}) går att utesluta."
    return (
        f"I {whole(len(none))} jämförelser hade en skillnad som spelar roll ({RELEVANT_WORDS}) med stor "
        "chans synts, och ingen så stor ryms i intervallet."
    )
