"""Whatever is done to a definition, what comes of it is an instrument or problems with a place, and never a crash."""

import re
from copy import deepcopy
from dataclasses import replace
from random import Random

import pytest

from skillnad.instruments.loading import load_with_files
from skillnad.instruments.parsing import instrument_from
from skillnad.instruments.reading import Findings
from skillnad.instruments.rules import check_definition

ODD = ["", 0, -1, 1.5, True, [], {}, [1], ["x"], [{}], "x", "{x}", [["x"]], [0, 0], "matrix", "rank", {"all": [{}]}]


def spots(part):
    """Every (container, key) of the data, at any depth."""
    for key, inner in list(part.items() if isinstance(part, dict) else enumerate(part)):
        yield part, key
        if isinstance(inner, dict | list):
            yield from spots(inner)


def hurt(data, chance):
    """One part removed, made odd, or set to something from elsewhere in the file."""
    found = list(spots(data))
    (container, key), (other, name) = chance.choice(found), chance.choice(found)
    kind = chance.randrange(3)
    if kind == 0:
        del container[key]
    else:
        container[key] = deepcopy(chance.choice(ODD) if kind == 1 else other[name])


@pytest.mark.parametrize("name", ["skr6", "sdq", "ors", "work_diary", "municipal_survey_2011"])
def test_damaged_definition_is_told_and_never_crashes(name):
    chance = Random(name)
    loaded = load_with_files(name)
    for _ in range(20):
        data = deepcopy(dict(loaded.files.definition.data))
        hurt(data, chance)
        files, findings = replace(loaded.files, definition=replace(loaded.files.definition, data=data)), Findings()
        parsed = instrument_from(files, findings)
        if parsed is not None:
            check_definition(parsed, files)
        assert parsed is not None or findings.problems
        for problem in findings.problems:
            assert problem.code.startswith("INSTR-0")
            assert re.match(rf"{name}/(definition|texts/\w+\.\w+)\.toml, rad \d+$", problem.where)
            assert problem.sv != problem.en
