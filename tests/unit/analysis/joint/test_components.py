import numpy as np

from skillnad.analysis.disclosure.system import Cell, system
from skillnad.analysis.joint.components import around, components, mask, part_of, unsolved

NAMES = [("c", str(n)) for n in range(8)]
TOLD = system(
    [Cell(name, 10.0 * (2 if place in (2, 6) else 1)) for place, name in enumerate(NAMES)],
    [
        ((NAMES[0], 1.0), (NAMES[1], 1.0), (NAMES[2], -1.0)),
        ((NAMES[4], 1.0), (NAMES[5], 1.0), (NAMES[6], -1.0)),
        ((NAMES[2], 1.0), (NAMES[6], -1.0)),
        ((NAMES[3], 1.0), (NAMES[7], -1.0)),
    ],
)


def named(places):
    return {TOLD.cells[place].name for place in places}


def test_lone_gap_is_solved_and_two_are_not():
    assert not unsolved(TOLD, mask(TOLD, [NAMES[0]])).any()
    assert named(np.flatnonzero(unsolved(TOLD, mask(TOLD, NAMES[:2])))) == set(NAMES[:2])


def test_solving_goes_on():
    assert not unsolved(TOLD, mask(TOLD, [NAMES[0], NAMES[2]])).any()


def test_gaps_that_no_unknown_joins_are_apart():
    found = [named(places) for places in components(TOLD, mask(TOLD, [*NAMES[:2], *NAMES[4:6]]))]
    assert sorted(map(sorted, found)) == [NAMES[:2], NAMES[4:6]]


def test_unknown_margins_join_their_parts():
    (found,) = components(TOLD, mask(TOLD, [*NAMES[:3], *NAMES[4:7]]))
    assert named(found) == {*NAMES[:3], *NAMES[4:7]}


def test_nothing_unknown_has_no_components():
    assert list(components(TOLD, mask(TOLD, []))) == []


def test_part_has_the_relations_of_its_places_alone():
    part = part_of(TOLD, np.flatnonzero(mask(TOLD, NAMES[:2])))
    assert {cell.name for cell in part.cells} == set(NAMES[:3])
    assert not (part.matrix @ part.values).any()


def test_neighbourhood_grows_by_steps_and_knows_its_rim():
    places = np.flatnonzero(mask(TOLD, [NAMES[0]]))
    near, inside = around(TOLD, places, 0)
    assert {cell.name for cell, own in zip(near.cells, inside, strict=True) if own} == set(NAMES[:2])
    far, inside = around(TOLD, places, 4)
    assert len(far.cells) == 6
    assert inside.all()


def test_unknown_names_are_passed_over():
    assert not mask(TOLD, [("x",)]).any()
