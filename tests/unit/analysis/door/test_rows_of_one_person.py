"""What the door makes of registers in which one person has several rows, and of those in which nobody has."""

from dataclasses import replace
from pathlib import Path

import pytest
from snapshots_made import make_snapshot

from skillnad.analysis.asking import ask_municipalities
from skillnad.analysis.comparisons.questions import Asked, Chart, Comparison, Funnel, OverTime, Paired, Ranking
from skillnad.analysis.door import ask
from skillnad.analysis.questions import Selection, Share, Where
from skillnad.analysis.snapshot import Snapshot
from skillnad.codebook.snapshot_schema import Population

OF = Share(Where("rating", ("3",)), Selection(), ("unit",))
SHARES: dict[str, Asked] = {
    "comparison": Comparison(OF),
    "adjusted": Comparison(OF, adjusted_for=("legal_sex",)),
    "ranking": Ranking(OF),
    "funnel": Funnel(OF),
    "control": OverTime(replace(OF, by=("month:start_date",)), Chart.CONTROL),
}
ENDS = {"funnel": "inner_high", "control": "high"}


def register(folder: Path, name: str, *, each: int, rows: int = 720) -> Snapshot:
    """Clients with so many rows each, all alike in unit, month, sex and outcome: `each` 1 has the same rows."""
    made = []
    for number in range(rows):
        person = number // 2
        made.append(
            {
                "client": number // each,
                "unit": "ABC"[person % 3],
                "rating": "3" if person * 7 % 11 < 5 else "1",
                "legal_sex": "12"[person // 3 % 2],
                "start_date": f"2024-{person // 6 % 12 + 1:02}-01",
            }
        )
    found = make_snapshot(folder / f"{name}{each}", interventions=made)
    return replace(found, manifest=replace(found.manifest, municipality=name))


@pytest.fixture(scope="module")
def both(tmp_path_factory) -> tuple[Snapshot, Snapshot]:
    """The same rows as different people's, and as two each."""
    folder = tmp_path_factory.mktemp("both")
    return register(folder, "Ale", each=1), register(folder, "Ale", each=2)


@pytest.mark.parametrize("name", SHARES)
def test_intervals_and_limits_are_wider_and_all_else_is_as_it_was(both, name: str) -> None:
    plain, found = (ask(snapshot, SHARES[name]) for snapshot in both)
    measure = ENDS.get(name, "share_high")
    before, after = plain.cells[measure], found.cells[measure]
    assert before.keys() == after.keys()
    assert all(after[key] > before[key] for key in before if before[key] is not None and before[key] < 1)
    for same in ("part", "whole", "share"):
        assert plain.cells.get(same) == found.cells.get(same)
    assert "repeated" in found.cells
    assert "repeated" not in plain.cells


def test_paired_judgements_are_less_sure(both) -> None:
    question = Paired(Where("rating", ("3",)), Where("legal_sex", ("1",)))
    plain, found = (ask(snapshot, question) for snapshot in both)
    assert plain.value("difference") == found.value("difference")
    assert found.value("difference_low") < plain.value("difference_low")


@pytest.mark.parametrize("engine", ["bits", "duckdb", "in_memory"])
def test_whoever_counts_says_the_same(both, engine: str) -> None:
    right, found = ask(both[1], SHARES["adjusted"]), ask(both[1], SHARES["adjusted"], engine=engine)
    assert {name: dict(cells) for name, cells in found.cells.items()} == right.cells


def test_municipalities_are_less_sure_too(both, tmp_path: Path) -> None:
    question = Comparison(replace(OF, by=("municipality",)))
    others = [register(tmp_path, "Bro", each=each, rows=500) for each in (1, 2)]
    plain, found = (ask_municipalities([own, other], question) for own, other in zip(both, others, strict=True))
    assert plain.value("difference", "Ale") == found.value("difference", "Ale")
    assert found.value("difference_low", "Ale") < plain.value("difference_low", "Ale")
    assert found.value("repeated", "Bro") == pytest.approx(2.0, abs=0.06)


def test_people_themselves_are_as_sure_as_ever(tmp_path: Path) -> None:
    people = [
        {"client": number, "legal_sex": "12"[number % 2], "rating": "13"[number % 3 == 0]} for number in range(90)
    ]
    snapshot = make_snapshot(tmp_path, clients=people)
    question = Comparison(Share(Where("rating", ("3",)), Selection(Population.CLIENTS), ("legal_sex",)))
    assert "repeated" not in ask(snapshot, question).cells
