"""The standard report: every question that the 20 variables are meant to answer, the chapter on placed children, and
one for each instrument that someone has answered."""

from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import Manifest, Population, SnapshotColumn
from skillnad.reports.contents import answers, interventions, needs, people, placements, results, times, units
from skillnad.reports.contents.useful import GOALS, goals_of
from skillnad.reports.outline import Chapter, Outline, child_bands, supported
from skillnad.reports.regrouped import on_the_days_tree
from skillnad.reports.useful.ladder import Ladder


def whole_outline(bands: tuple[str, ...], forms: tuple[str, ...] = placements.FORMS, ladder: Ladder = GOALS) -> Outline:
    """All chapters; `bands` are the age bands of children and young people, `forms` the codes of placements, and
    `ladder` how units with few answers are shown."""
    return Outline(
        (
            people.CHAPTER,
            needs.CHAPTER,
            interventions.CHAPTER,
            times.CHAPTER,
            results.FOLLOW_UP_CHAPTER,
            results.ENDING_CHAPTER,
            units.chapter(ladder),
            placements.chapter(bands, forms),
        )
    )


def standard_outline(manifest: Manifest, period: Period) -> Outline:
    """The outline that a snapshot can answer: what it has no columns or rows for is said to be missing, not asked."""
    whole = whole_outline(_bands(manifest), _forms(manifest), goals_of(manifest))
    answered = Outline((*whole.chapters, *answers.chapters(manifest)))
    outline = on_the_days_tree(supported(answered, manifest, period), manifest)
    return outline if units.has_units(manifest) else _without(outline, units.CHAPTER)


def _without(outline: Outline, left: Chapter) -> Outline:
    return Outline(tuple(chapter for chapter in outline.chapters if chapter.id != left.id))


def _bands(manifest: Manifest) -> tuple[str, ...]:
    column = _column(manifest, "age_group")
    return child_bands(column) if column else ()


def _forms(manifest: Manifest) -> tuple[str, ...]:
    """The forms of placement that the snapshot has a code for; a question of any other would be refused."""
    column = _column(manifest, "intervention_type")
    there = {level.code for level in column.levels} if column else set(placements.FORMS)
    return tuple(code for code in placements.FORMS if code in there)


def _column(manifest: Manifest, name: str) -> SnapshotColumn | None:
    table = manifest.tables.get(Population.INTERVENTIONS)
    return table.columns.get(name) if table else None
