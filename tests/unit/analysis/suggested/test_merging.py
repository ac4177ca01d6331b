"""Which levels are put together, and what they are then called."""

import pytest
from made_tables import frequency
from snapshots_made import numbered

from skillnad.analysis.results import Level
from skillnad.analysis.suggested.merging import gaps_at, joined_name, put_together

BROKEN = {"1": None, "2": 30, "3": None, "4": None, "5": 90}


def levels(*labels: str) -> list[Level]:
    return [Level(str(place), label) for place, label in enumerate(labels)]


def names(numbers, **column) -> list[str]:
    stored = numbered("problem", len(numbers), **column)
    return [name for name, _, _ in put_together(stored, "problem", frequency(numbers, total=None))]


def test_nominal_levels_with_gaps_are_put_together() -> None:
    assert names(BROKEN) == [
        "merged:problem:Ett och Tre=1,3;Två=2;Fyra=4;Fem=5",
        "merged:problem:Ett, Tre och Fyra=1,3,4;Två=2;Fem=5",
    ]


def test_levels_of_a_scale_are_put_together_with_a_neighbour() -> None:
    found = names(BROKEN, order=("5", "4", "3", "2", "1"))
    assert found[0] == "merged:problem:Ett=1;Två=2;Fyra och Tre=4,3;Fem=5"
    assert not any("Tre och Ett" in name or "Ett och Tre" in name for name in found)


def test_all_levels_are_never_put_together() -> None:
    assert all(name.count("=") > 1 for name in names(dict.fromkeys(BROKEN, None)))


def test_two_levels_are_not_put_together() -> None:
    assert names({"1": None, "2": None}) == []


def test_words_name_three_levels_at_most() -> None:
    numbers = {**dict.fromkeys("1234", None), "5": 90}
    said = [sv for _, sv, _ in put_together(numbered("problem", 5), "problem", frequency(numbers, total=None))]
    assert said[-1] == "Slå ihop Ett, Två och 2 till"


@pytest.mark.parametrize(
    ("labels", "name"),
    [
        (("0–6 år", "7–12 år"), "0–12 år"),
        (("13–20 år", "21 år och äldre"), "13–20 år och 21 år och äldre"),
        (("Norr", "Söder"), "Norr och Söder"),
        (("A;B", "C=D"), "A,B och C-D"),
    ],
)
def test_levels_together_have_a_name(labels, name: str) -> None:
    assert joined_name(levels(*labels)) == name


def test_long_names_are_cut() -> None:
    assert len(joined_name(levels("x" * 50, "y" * 50))) == 60


def test_gaps_of_a_level_are_those_of_its_cells() -> None:
    table = frequency(BROKEN, total=None)
    assert [gaps_at(table, table.axes[0], code) for code in "12"] == [1, 0]
