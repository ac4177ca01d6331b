"""The units' figures as two tables, the answers as they are and the answers in groups, and in words how many units have
one and on which step it stands."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from skillnad.analysis.results import ProtectedTable
from skillnad.analysis.selection import selection_of
from skillnad.codebook.days_in_words import period_words
from skillnad.lib.text import listed
from skillnad.reports.numbers import percent, whole
from skillnad.reports.outline import Say, Show, Tables
from skillnad.reports.reading import Number
from skillnad.reports.useful.ladder import Ladder, Step
from skillnad.reports.useful.reach import Reach, reach
from skillnad.reports.useful.standing import Standing, standings, steps_of
from skillnad.reports.views import Cell, Group, Heading, Row, View

NO_UNITS = "Inga enheter har några svar att visa."
NO_FIGURE = "Här står inga enheter: deras svar kan inte visas vart och ett."
HEADING = "Svar"


def said(ladder: Ladder) -> Say:
    """ "9 av 11 enheter har minst en användbar siffra. …"."""

    def say(tables: Tables) -> tuple[str, ...]:
        counted = reach(standings(steps_of(ladder, tables)))
        return tuple(_said(counted, ladder)) if counted.units else (NO_UNITS,)

    return say


def _said(counted: Reach, ladder: Ladder) -> Iterator[str]:
    yield (
        f"{whole(counted.reached)} av {whole(counted.units)} enheter har minst en användbar siffra "
        f"({percent(counted.share)}). Med de enskilda svaren för perioden, utan stegen, hade "
        f"{whole(counted.without)} haft det."
    )
    on = {
        Step.ANSWERS: "de enskilda svaren",
        Step.GROUPS: "svaren i grupper",
        Step.LONGER: f"svaren i grupper för {ladder.months} månader",
        Step.PARENT: f"{ladder.parent_name}s siffra i stället för sin egen",
        Step.NOWHERE: "ingen siffra som kan visas",
    }
    parts = [f"{whole(counted.at(step))} {words}" for step, words in on.items() if counted.at(step)]
    yield f"Av enheterna har {listed(parts)}."


def answers_shown(ladder: Ladder) -> Show:
    """A row a unit on the first step."""

    def show(tables: Tables, caption: str) -> View:
        on_first = [each for each in standings(steps_of(ladder, tables)) if each.step is Step.ANSWERS]
        return _view(caption, tables, on_first, [Group(tuple(map(_own, on_first)))])

    return show


def groups_shown(ladder: Ladder) -> Show:
    """The others, under the step that they stand on: a row a unit, and on the last step a row a parent."""

    def show(tables: Tables, caption: str) -> View:
        every = standings(steps_of(ladder, tables))
        others = [each for each in every if each.step not in (Step.ANSWERS, Step.NOWHERE)]
        nowhere = [each.unit.label for each in every if each.step is Step.NOWHERE]
        note = f"Ingen siffra kan visas på något steg för {listed(nowhere)}." if nowhere else ""
        return _view(caption, tables, others, list(_groups(others, _words(ladder, tables))), note)

    return show


def _words(ladder: Ladder, tables: Tables) -> dict[Step, str]:
    """What each step is of."""
    steps = steps_of(ladder, tables)
    year, longer = _period_of(steps.groups), _period_of(steps.longer)
    return {
        Step.GROUPS: f"Steg 2: svaren i grupper, {year}",
        Step.LONGER: f"Steg 3: svaren i grupper, {longer}",
        Step.PARENT: f"Steg 4: {ladder.parent_name} i stället för enheten, {longer}",
    }


def _period_of(table: ProtectedTable | None) -> str:
    period = selection_of(table.question).period if table else None
    return period_words(period) if period else ""


def _groups(others: Sequence[Standing], words: Mapping[Step, str]) -> Iterator[Group]:
    for step in (Step.GROUPS, Step.LONGER):
        if rows := tuple(_own(each) for each in others if each.step is step):
            yield Group(rows, words[step])
    through = sorted((each for each in others if each.step is Step.PARENT), key=_parent)
    if through:
        rows = tuple(_of_parent(list(units)) for _, units in groupby(through, key=_parent))
        yield Group(rows, words[Step.PARENT])


def _parent(standing: Standing) -> str:
    return standing.parent.label if standing.parent else ""


def _of_parent(units: Sequence[Standing]) -> Row:
    names = listed([each.unit.label for each in units])
    return Row(f"{_parent(units[0])} (i stället för {names})", _cells(units[0]))


def _own(standing: Standing) -> Row:
    return Row(standing.unit.label, _cells(standing))


def _cells(standing: Standing) -> tuple[Cell, ...]:
    figure = standing.figure
    answers = figure.answers if figure else ()
    return (Cell(figure.of if figure else None), *(_answer(found, part) for _, found, part in answers))


def _answer(found: Number, part: Number) -> Cell:
    """The count, and its share in brackets where there is one."""
    return Cell(found, share=part if found is not None else None)


def _view(caption: str, tables: Tables, shown: Sequence[Standing], groups: Sequence[Group], note: str = "") -> View:
    """Headed by the answers of the figures that stand in it; without any, the note alone."""
    stub = tables[0].axes[1].label if tables else ""
    figure = shown[0].figure if shown else None
    if figure is None:
        return View(caption, stub, (), (), note or NO_FIGURE)
    headings = (Heading(HEADING), *(Heading(level.label) for level, _, _ in figure.answers))
    return View(caption, stub, headings, tuple(groups), note)
