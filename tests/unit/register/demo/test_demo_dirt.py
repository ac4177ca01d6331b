"""Each way of being wrong is wrong in that way, as often as it says."""

import pytest

from skillnad.register.demo import dirt
from skillnad.register.demo.dice import Dice
from skillnad.register.demo.dirt import Fault
from skillnad.register.demo.sheets import Sheet


def soiled(fault: Fault, **row: str) -> dict[str, str] | None:
    """The row as the fault leaves it; None where it found nothing to soil."""
    return row if fault.soil(row) else None


def test_blank_empties_the_cell() -> None:
    assert soiled(dirt.blank("A", 1), A="x") == {"A": ""}


def test_blank_of_an_empty_cell_is_no_fault() -> None:
    assert soiled(dirt.blank("A", 1), A="") is None


def test_wrong_puts_a_value_that_no_one_knows() -> None:
    assert soiled(dirt.wrong("A", "99", 1), A="1") == {"A": "99"}


@pytest.mark.parametrize(
    ("day", "ancient"),
    [
        ("2025-03-14", "0025-03-14"),
        ("2021-03-20T00:00:00", "0021-03-20T00:00:00"),
        ("20/12/2020", "20/12/0020"),
    ],
)
def test_ancient_moves_the_year_two_thousand_years_back(day: str, ancient: str) -> None:
    assert soiled(dirt.ancient("A", 1), A=day) == {"A": ancient}


def test_swapped_puts_the_end_before_the_start() -> None:
    assert soiled(dirt.swapped("A", "B", 1), A="2024", B="2025") == {"A": "2025", "B": "2024"}


@pytest.mark.parametrize(("first", "last"), [("", "2025"), ("2024", ""), ("2024", "2024")])
def test_swapped_needs_two_different_days(first: str, last: str) -> None:
    assert soiled(dirt.swapped("A", "B", 1), A=first, B=last) is None


def test_spaced_adds_blanks_and_loses_capitals() -> None:
    assert soiled(dirt.spaced("A", 1), A="19800101T012") == {"A": " 19800101t012 "}


def test_marked_puts_a_value_beside_one_that_excludes_it() -> None:
    assert soiled(dirt.marked("A", "B", "X", 1), A="", B="X") is None
    assert soiled(dirt.marked("A", "B", "X", 1), A="-", B="X") == {"A": "X", "B": "X"}


def test_beside_adds_a_value_in_the_same_cell() -> None:
    assert soiled(dirt.beside("A", "NEJ", ",", 1), A="SKO") == {"A": "SKO,NEJ"}
    assert soiled(dirt.beside("A", "NEJ", ",", 1), A="NEJ") is None
    assert soiled(dirt.beside("A", "NEJ", ",", 1), A="") is None


def rows(count: int) -> Sheet:
    sheet = Sheet("s", ("Nr", "A"))
    for number in range(count):
        sheet.add(Nr=str(number), A="x")
    return sheet


def test_soil_counts_what_it_did() -> None:
    sheet = rows(2000)
    found = dirt.soil(Dice(1, "s"), sheet, [dirt.blank("A", 0.05)], repeated=0.02)
    assert found["tom: A"] == sum(row["A"] == "" for row in sheet.rows)
    assert found["samma rad två gånger"] == len(sheet.rows) - 2000
    assert 70 < found["tom: A"] < 130
    assert 20 < found["samma rad två gånger"] < 60


def test_soil_gives_a_row_one_fault_at_most() -> None:
    sheet = rows(500)
    dirt.soil(Dice(1, "s"), sheet, [dirt.wrong("A", "y", 1), dirt.blank("A", 1)], repeated=1)
    assert {row["A"] for row in sheet.rows} == {"y"}
    assert len(sheet.rows) == 500


def test_soil_repeats_a_row_right_after_itself() -> None:
    sheet = rows(3)
    dirt.soil(Dice(1, "s"), sheet, [], repeated=1)
    assert [row["Nr"] for row in sheet.rows] == ["0", "0", "1", "1", "2", "2"]


def test_soil_without_faults_leaves_the_rows_alone() -> None:
    sheet = rows(5)
    assert not dirt.soil(Dice(1, "s"), sheet, [], repeated=0)
    assert sheet.rows == rows(5).rows
