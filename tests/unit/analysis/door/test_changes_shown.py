"""A change through the door: people, shares of those known on both occasions, in words."""

from datetime import date
from pathlib import Path

import pytest
from snapshots_made import make_snapshot

from skillnad.analysis.door import ask
from skillnad.analysis.headline import headline
from skillnad.analysis.questions import Change
from skillnad.analysis.results import ProtectedTable
from skillnad.analysis.snapshot import Snapshot
from skillnad.reports.render.tables import render

PEOPLE = {("1", "3"): 20, ("2", "2"): 12, ("3", "1"): 8, ("9", "1"): 6, ("1", "2"): 3}
"""How many people went from one value to another."""


def snapshot(folder: Path, unit: str = "A", people: dict[tuple[str, str], int] = PEOPLE) -> Snapshot:
    rows = [
        {"client": client, "intervention": client, "unit": unit, "follow_up_date": day, "rating": rating}
        for client, pair in enumerate((pair for pair, times in people.items() for _ in range(times)), start=1)
        for day, rating in zip(("2025-01-10", "2025-06-10"), pair, strict=True)
    ]
    return make_snapshot(folder, follow_ups=rows)


@pytest.fixture
def table(tmp_path: Path) -> ProtectedTable:
    return ask(snapshot(tmp_path), Change("rating"))


def test_people_and_their_share_are_shown(table):
    assert table.value("count", "better") == 23
    assert table.value("share", "better") == pytest.approx(23 / 43)
    assert [measure.label for measure in table.measures] == ["Personer", "Andel"]


def test_unknown_on_an_occasion_stands_outside_the_share(table):
    assert table.value("count", "unknown") == 6
    assert ("unknown",) not in table.cells["share"]


def test_few_who_are_worse_hide_a_share_too(tmp_path):
    cells = ask(snapshot(tmp_path, people={("1", "3"): 20, ("2", "2"): 12, ("3", "1"): 3}), Change("rating")).cells
    assert (cells["count"]["worse",], cells["share"]["worse",]) == (None, None)


def test_headline_says_that_it_is_of_people_between_occasions(table):
    assert headline(table).startswith("Förändring från första till sista tillfället, personer")
    between = Change("rating", between=(date(2025, 1, 31), date(2025, 6, 30)))
    assert "från 2025-01-31 till 2025-06-30" in headline(_like(table, between))


def test_markdown_has_the_kinds_in_words(table):
    text = render(table, "markdown")
    assert all(word in text for word in ("Bättre", "Oförändrat", "Sämre", "Inte känt vid båda tillfällena"))


def _like(table: ProtectedTable, question: Change) -> ProtectedTable:
    table.question = question
    return table
