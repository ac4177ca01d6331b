"""The committee's chapter of what people have answered: each instrument's good answers beside those of last year."""

from dataclasses import replace

from skillnad.analysis.comparisons.questions import Comparison
from skillnad.analysis.questions import Selection, Share, Where
from skillnad.codebook.snapshot_schema import Manifest, SnapshotColumn
from skillnad.reports.answers_last_year import TRIED, last_year_shown, last_year_told
from skillnad.reports.beside_last_year import against_last_year
from skillnad.reports.contents.answers import ANSWERS, Asked, gave, instruments, plain_title, slug
from skillnad.reports.counting import rows_counted
from skillnad.reports.outline import Ask, Chapter, Part, ReportItem, Tables

LEAD = (
    "Kapitlet gäller svar som lämnades under perioden, av dem som själva får stöd. De som inte svarade kan tycka något "
    "annat. Hur många de är, och vad enheternas brukare svarar, står i standardrapporten."
)


def answers_beside(manifest: Manifest) -> tuple[Chapter, ...]:
    """No chapter where nobody has answered anything."""
    items = tuple(_item(asked, columns) for asked in instruments(manifest) if (columns := _of_clients(asked)))
    return (Chapter("svaren", "Vad säger de som får stöd?", items, lead=LEAD),) if items else ()


def _of_clients(asked: Asked) -> list[SnapshotColumn]:
    """What the first who are asked say of themselves; a single question is in the standard report alone."""
    columns = asked.judged[0] if asked.judged else []
    return columns if len(columns) > 1 and all(column.sensitive for column in columns) else []


def _item(asked: Asked, columns: list[SnapshotColumn]) -> ReportItem:
    titles = {column.id: plain_title(column) for column in columns}
    part = Part(
        f"{asked.title}: andelen bra svar, perioden och samma period året före",
        tuple(_against_last_year(column) for column in columns),
        last_year_told(columns, titles),
        last_year_shown(columns, titles),
        count=lambda table: f"{rows_counted(table)} {TRIED}",
        base=_in_the_table,
    )
    return ReportItem(f"svar-{slug(asked.instrument)}", asked.title, (part,), key_figure=True)


def _against_last_year(column: SnapshotColumn) -> Ask:
    def of(selection: Selection, by: str) -> Comparison:
        those = replace(selection, where=(*selection.where, gave(column)))
        return Comparison(Share(Where(column.id, column.good), those, (by,)))

    return against_last_year(of, ANSWERS, "answer_date")


def _in_the_table(_: Tables) -> str:
    return ""
