"""A name that nothing has is told with what is there, in both languages."""

import pytest

from skillnad.instruments.keys import KEYS
from skillnad.instruments.reading import Findings
from skillnad.instruments.references import BAND, ITEM, SCORE, refer
from skillnad.lib.toml_files import Source, checked


@pytest.fixture
def place():
    text = 'id = "x"\n\nitems = ["day", "nigt"]\n'
    source = Source("trygghet/definition.toml", {"id": "x", "items": ["day", "nigt"]}, text)
    return checked(source, (), source.data, KEYS["score"], Findings())


def test_known_names_are_no_problem(place):
    assert refer(place, ["day"], {"day": 1, "night": 2}, ITEM, "items")
    assert refer(place, [], [], ITEM, "items")
    assert place.findings.problems == []


def test_unknown_name_is_told_with_the_nearest_and_all(place):
    assert not refer(place, ["day", "nigt"], {"day": 1, "night": 2}, ITEM, "items")
    (problem,) = place.findings.problems
    assert problem.text() == (
        "INSTR-007 trygghet/definition.toml, rad 3: Frågan ”nigt” finns inte. Menade du ”night”? "
        "Här finns day och night."
    )
    assert problem.text("en") == (
        "INSTR-007 trygghet/definition.toml, rad 3: There is no item 'nigt'. Did you mean 'night'? "
        "There is day and night."
    )


def test_every_unknown_name_is_told(place):
    refer(place, ["a", "b"], ["total"], SCORE, "items")
    assert [problem.sv.split(" finns")[0] for problem in place.findings.problems] == ["Poängen ”a”", "Poängen ”b”"]


def test_nothing_to_choose_among_is_said(place):
    refer(place, ["low"], [], BAND, "items")
    assert place.findings.problems[0].sv == "Bandet ”low” finns inte. Här finns inget."


def test_long_list_is_cut(place):
    refer(place, ["x"], [f"question_{number}" for number in range(100)], ITEM, "items")
    assert len(place.findings.problems[0].sv) < 260
