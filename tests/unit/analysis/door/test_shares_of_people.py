"""Shares of people: what a reader knows of them, and that no small part of them shows."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from generative.made_questions import rows, snapshot_of
from hypothesis import given
from hypothesis import strategies as st
from proof_sizes import examples
from snapshots_made import make_snapshot

from skillnad.analysis.disclosure.audit import Reader
from skillnad.analysis.door import ask
from skillnad.analysis.engines.in_memory import InMemoryEngine
from skillnad.analysis.headline import headline
from skillnad.analysis.questions import Count, CrossTable, Percent, Question, Selection, Share, Where
from skillnad.analysis.relations import count_system, reader_system
from skillnad.reports.counting import basis
from skillnad.reports.reading import known
from skillnad.reports.render.tables import render

PEOPLE = Selection(people=True)
HELD = Share(Where("problem", ("1",)), PEOPLE, ("unit",))
CROSSED = CrossTable("problem", "unit", PEOPLE, Percent.COLUMNS)
ASKED = [
    HELD,
    CROSSED,
    Share(Where("origin", ("1",)), PEOPLE, ("legal_sex", "problem")),
    CrossTable("origin", "problem", PEOPLE, Percent.ROWS),
    CrossTable("origin", "problem", PEOPLE, Percent.ALL, by=("unit",)),
]


def people(*kinds: tuple[int, str]) -> list[dict[str, object]]:
    """So many clients each with these rows, written `unit:problem, unit:problem`."""
    told = (rows for times, rows in kinds for _ in range(times))
    return [
        {"client": client, "unit": row.split(":")[0], "problem": row.split(":")[1]}
        for client, rows in enumerate(told, start=1)
        for row in rows.split(", ")
    ]


def raw(folder: Path, question: Question, *kinds: tuple[int, str]):
    return InMemoryEngine().count(make_snapshot(folder, interventions=people(*kinds)), question)


@examples(60, 600)
@given(data=rows(), question=st.sampled_from(ASKED))
def test_what_is_told_of_people_holds_whoever_they_are(data: list, question: Question) -> None:
    with TemporaryDirectory() as folder:
        table = InMemoryEngine().count(snapshot_of(Path(folder), data), question)
    for told in (count_system(table), reader_system(table)):
        assert told.matrix.shape[0] > 0  # the system refuses relations that do not hold
        assert {cell.value for cell in told.cells if not cell.latent} >= set(table.counts.values())


@pytest.mark.parametrize(("outcome", "within"), [("yes", (0, 8)), ("no", (22, 30))])
def test_yes_of_a_group_is_at_most_that_of_all_but_no_can_be_more(tmp_path, outcome, within):
    told = count_system(raw(tmp_path, HELD, (8, "A:1, B:14"), (22, "A:14, B:14")))
    hidden = [(f"share:problem={each}", f"unit={unit}") for each in ("yes", "no") for unit in "BA"]
    asked = (f"share:problem={outcome}", "unit=B")
    assert Reader(told, [asked, *(cell for cell in hidden if cell != asked)], 0).exact(asked) == pytest.approx(within)


def test_few_who_never_had_it_hide_with_those_who_had(tmp_path):
    snapshot = make_snapshot(tmp_path, interventions=people((20, "A:1, A:14"), (2, "A:14"), (20, "B:14"), (20, "B:1")))
    table = ask(snapshot, HELD)
    assert table.value("count", "no", "A") is None
    assert table.value("count", "yes", "A") is None or table.value("count", "*", "A") is None


def test_few_without_a_level_in_a_cross_table_hide_it(tmp_path):
    kinds = [(20, "A:1"), (2, "A:14"), (10, "A:1, A:14"), (20, "B:14"), (20, "B:1")]
    table = ask(make_snapshot(tmp_path, interventions=people(*kinds)), CROSSED)
    shown = [table.value("count", code, "A") for code in ("1", "+")]
    assert None in shown


def test_share_of_people_is_shown_with_its_denominator(tmp_path):
    kinds = [(20, "A:1"), (10, "A:1, A:14"), (10, "A:14"), (20, "B:14"), (20, "B:1")]
    table = ask(make_snapshot(tmp_path, interventions=people(*kinds)), CROSSED)
    assert (table.value("count", "1", "A"), table.value("count", "+", "A")) == (30, 40)
    assert (table.value("share", "1", "A"), table.value("share", "14", "A")) == (0.75, 0.5)
    assert ("+", "A") not in table.cells["share"]
    assert "Känd uppgift" in render(table, "markdown")


def test_headline_and_measures_say_people(tmp_path):
    table = ask(make_snapshot(tmp_path, interventions=people((20, "A:1"), (20, "A:14"))), HELD)
    assert [measure.label for measure in table.measures] == ["Personer", "Andel"]
    assert headline(table).startswith("Personer")
    assert table.value("share", "yes") == 0.5


def test_number_of_people_with_a_value_is_the_denominator_and_not_what_the_missing_leave(tmp_path):
    rows = people((20, "A:1, A:"), (15, "A:14"), (10, "A:"))
    table = ask(make_snapshot(tmp_path, interventions=rows), CROSSED)
    assert (known(table), table.value("count", "")) == (35, 30)
    assert basis(table).startswith("n = 35 personer med uppgift om")


def test_people_by_a_column_have_no_denominator_where_none_is_counted(tmp_path):
    rows = people((20, "A:1, A:"), (15, "A:14"), (10, "A:"))
    table = ask(make_snapshot(tmp_path, interventions=rows), Count(PEOPLE, ("problem",)))
    assert known(table) is None
    assert basis(table) == "n = 45 personer."
