"""A report of a snapshot, as three files. Every number in them comes from the snapshot's protected set."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from skillnad.analysis.asking import protected_set
from skillnad.analysis.comparisons.questions import Asked
from skillnad.analysis.protected_set import Progress, ProtectedSet, quiet
from skillnad.analysis.snapshot import Snapshot
from skillnad.codebook.periods import Period
from skillnad.lib.errors import UserError
from skillnad.reports.context import Series, with_context
from skillnad.reports.editions import EDITIONS, STANDARD, Edition
from skillnad.reports.outline import questions
from skillnad.reports.places import narrowed, places_of
from skillnad.reports.render.html import report_page
from skillnad.reports.render.pdf import report_pdf
from skillnad.reports.render.xlsx import report_workbook
from skillnad.reports.report import Report, answer_outline, facts_of

MANY_ROWS = 50_000
"""From so many rows on, the answers are shared out over processes; with fewer, starting them takes longer than
asking."""


@dataclass(frozen=True)
class ReportPaths:
    """Where the three files are."""

    html: Path
    pdf: Path
    xlsx: Path

    def __iter__(self) -> Iterator[Path]:
        return iter((self.html, self.pdf, self.xlsx))


def prepare(
    answers: ProtectedSet,
    period: Period,
    edition: Edition = STANDARD,
    progress: Progress = quiet,
    units: Sequence[str] = (),
) -> None:
    """Ask all that the report asks, together; what has not been asked before joins the protected set. Raises as the set
    and `places_of` do."""
    asked = _asked(edition, answers, period, units) if units else _with_the_others(edition, answers, period)
    _precompute(answers, asked, progress)


def is_prepared(answers: ProtectedSet, period: Period, edition: Edition = STANDARD, units: Sequence[str] = ()) -> bool:
    """Is all that the report asks in the protected set, so that making it takes no counting? Raises as `places_of`."""
    return all(question in answers for question in _asked(edition, answers, period, units))


def _asked(edition: Edition, answers: ProtectedSet, period: Period, units: Sequence[str]) -> list[Asked]:
    manifest = answers.snapshot.manifest
    outline, places = edition.outline(manifest, period), places_of(manifest, units)
    return list(questions(narrowed(outline, places, manifest, period) if places else outline, period))


def _with_the_others(edition: Edition, answers: ProtectedSet, period: Period) -> list[Asked]:
    """What all editions of the period ask: protected together none of them stands in another's way."""
    others = [other for other in EDITIONS.values() if other is not edition]
    outlines = [each.outline(answers.snapshot.manifest, period) for each in (edition, *others)]
    return [question for outline in outlines for question in questions(outline, period)]


def _precompute(answers: ProtectedSet, asked: Iterable[Asked], progress: Progress) -> None:
    rows = sum(table.rows for table in answers.snapshot.manifest.tables.values())
    answers.precompute(asked, progress, workers=0 if rows >= MANY_ROWS else 1)


def report_of(
    source: Snapshot | ProtectedSet,
    period: Period,
    *,
    made_on: date,
    municipality: str = "",
    title: str = "",
    edition: Edition = STANDARD,
    context: Sequence[Series] = (),
    units: Sequence[str] = (),
    progress: Progress = quiet,
) -> Report:
    """The report as data; what has not been asked of the snapshot before joins its protected set.

    `municipality` is the snapshot's own where it is not given; `context` is what others have published, beside it.
    With `units` (codes or names of one level of the organisation) it is of their rows alone, and `context`, which is
    of whole municipalities, stands beside nothing. Raises UserError (ASK-…, DISC-…) as the set does, and REP-023/024 of
    `places_of`.
    """
    answers = source if isinstance(source, ProtectedSet) else protected_set(source)
    manifest = answers.snapshot.manifest
    outline, places = edition.outline(manifest, period), places_of(manifest, units)
    if places:
        outline, context = narrowed(outline, places, manifest, period), ()
    asked = questions(outline, period) if places else _with_the_others(edition, answers, period)
    _precompute(answers, asked, progress)
    facts = facts_of(
        manifest,
        period,
        title=title or edition.title,
        municipality=municipality,
        made_on=made_on,
        places=places.words if places else "",
    )
    return with_context(answer_outline(outline, answers.get_or_protect, facts), context)


def file_name(units: Sequence[str]) -> str:
    """What a report's files are called: "report", or "report-BUO-UNG" of some units."""
    return "-".join(("report", *(re.sub(r"\W+", "_", unit) for unit in units)))


def write_report(report: Report, out: Path, name: str = "report") -> ReportPaths:
    """The three files of a report that is ready, in the folder `out`, made where it is absent. All are made before any
    is written. Raises UserError: REP-001 where the folder cannot be written to.
    """
    paths = ReportPaths(*(out / f"{name}.{kind}" for kind in ("html", "pdf", "xlsx")))
    contents = (report_page(report).encode(), report_pdf(report), report_workbook(report))
    try:
        out.mkdir(parents=True, exist_ok=True)
        for path, content in zip(paths, contents, strict=True):
            path.write_bytes(content)
    except OSError:
        raise UserError.of(
            "REP-001",
            where=str(out),
            sv="Det går inte att skriva rapporten i mappen. Ange en mapp som du får skriva i, och stäng "
            "filerna om de är "
            "öppna i ett annat program.",
            en="The report cannot be written to the folder. Give a folder that you may write to, and "
            "close the files if "
            "another program has them open.",
        ) from None
    return paths
