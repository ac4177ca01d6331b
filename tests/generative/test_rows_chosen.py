"""Tables of what their rows were chosen for, against a reader who knows what was asked.

Rows that were chosen for a problem have it, each of them. A reader solves for how many there are of each kind of row
that can be there (a unit, and one problem or several): no small hidden number may follow.
"""

from collections.abc import Iterator
from itertools import combinations, product

from generative.test_people_by_kind import OUTCOME, Cells, registers, small_cells_that_follow
from hypothesis import given
from hypothesis import strategies as st
from proof_sizes import examples
from raw_tables import axis

from skillnad.analysis.merged import merged
from skillnad.analysis.questions import Count, Selection, Share, Where
from skillnad.analysis.results import NO, TOTAL, YES, Axis

TOGETHER = merged("problem", {"X": ["1", "2"]})
LEVELS = {"problem": {"1": "1", "2": "2", "3": "3"}, TOGETHER: {"1": "X", "2": "X", "3": "others"}}
"""What a problem is called in a table by it."""
UNIT = axis("unit", "A", "B", "C")
CHOSEN = Selection(where=(Where("problem", ("1",)),))
EITHER = Selection(where=(Where("problem", ("1", "2")),))


def kinds(chosen: Selection, by: str) -> list[Cells]:
    """A row in any unit has problems, one of which it was chosen for."""
    codes = chosen.where[0].codes
    return [
        frozenset(product({LEVELS[by][one] for one in held} | {TOTAL}, (unit, TOTAL)))
        for held in _problems()
        if {*held} & {*codes}
        for unit in "ABC"
    ]


def held_kinds(by: str) -> list[Cells]:
    """A row has problems: it holds where 1 is among them."""
    return [
        frozenset(product((YES if "1" in held else NO, TOTAL), {LEVELS[by][one] for one in held} | {TOTAL}))
        for held in _problems()
    ]


def _problems() -> Iterator[tuple[str, ...]]:
    return (held for number in (1, 2, 3) for held in combinations("123", number))


def problems(by: str) -> Axis:
    return axis(by, *dict.fromkeys(LEVELS[by].values()), multiple=True)


@examples(60, 600)
@given(data=st.data(), chosen=st.sampled_from([CHOSEN, EITHER]), by=st.sampled_from([*LEVELS]))
def test_no_small_number_follows_from_what_rows_were_chosen_for(
    data: st.DataObject, chosen: Selection, by: str
) -> None:
    rows = data.draw(registers(kinds(chosen, by)))
    question = Count(chosen, (by, "unit"))
    assert small_cells_that_follow(question, (problems(by), UNIT), kinds(chosen, by), rows) == []


@examples(200, 1_000)
@given(data=st.data(), by=st.sampled_from([*LEVELS]))
def test_no_small_number_follows_from_what_holds(data: st.DataObject, by: str) -> None:
    rows = data.draw(registers(held_kinds(by)))
    question = Share(Where("problem", ("1",)), by=(by,))
    assert small_cells_that_follow(question, (OUTCOME, problems(by)), held_kinds(by), rows) == []
