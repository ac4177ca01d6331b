"""Columns that each stand for a value: by the variable's name and a code, or by the value's own label."""

import pytest

from skillnad.codebook.loading import load_codebook
from skillnad.register.imports.fields import Field, fields_of
from skillnad.register.imports.ticks import Ticks, tick_groups

FIELDS = {name: fields[-1] for name, fields in fields_of(load_codebook()).items()}
YES_NO = ("Ja", "Nej")
NAMES = {"problem": ("Problem", "Problematik"), "collaboration": ("Samverkan",)}


def groups(*headings: str, cells: tuple[str, ...] = YES_NO, of: tuple[str, ...] = ("problem",)) -> list[Ticks]:
    return groups_of(dict.fromkeys(headings, cells), *of)


def groups_of(columns: dict[str, tuple[str, ...]], *of: str) -> list[Ticks]:
    return tick_groups(columns, [FIELDS[name] for name in of], _names)


def _names(field: Field) -> tuple[str, ...]:
    return NAMES.get(field.id, (field.id,))


@pytest.mark.parametrize(
    ("heading", "code"),
    [
        ("problem_3", "3"),
        ("Problem 3", "3"),
        ("PROBLEM3", "3"),
        ("problem_03", "3"),
        ("Problematik: Hemlös", "11"),
        ("problem.kriminalitet", "9"),
        ("Problem_psykisk_ohälsa", "6"),
        ("Problem alkohol", "8"),
        ("Problem Homeless", "11"),
    ],
)
def test_heading_with_the_variables_name_says_a_code_or_a_label(heading: str, code: str) -> None:
    (group,) = groups("problem_1", heading)
    assert group.options == {"problem_1": "1", heading: code}
    assert group.sure


@pytest.mark.parametrize(
    "heading", ["problem_0", "problem_15", "problemlösning", "problem", "Kriminolog", "3", "Övrigt 3"]
)
def test_other_headings_are_left(heading: str) -> None:
    (group,) = groups("problem_1", "problem_2", heading)
    assert heading not in group.options


def test_labels_alone_are_not_sure() -> None:
    (group,) = groups("Hemlös", "Kriminalitet")
    assert (group.options, group.named, group.sure) == ({"Hemlös": "11", "Kriminalitet": "9"}, 0, False)


@pytest.mark.parametrize("cells", [("1", "0"), ("X",), ("x", "-"), ("sant", "falskt"), ()])
def test_cells_are_yes_no_or_empty(cells: tuple[str, ...]) -> None:
    assert groups("problem_1", "problem_2", cells=cells)


@pytest.mark.parametrize("cells", [("1", "14"), ("Ja", "Vet ej"), ("2024",)])
def test_column_of_other_cells_is_no_tick(cells: tuple[str, ...]) -> None:
    assert groups("problem_1", "problem_2", cells=cells) == []


def test_one_column_alone_is_not_a_group() -> None:
    assert groups("problem_1") == []
    assert len(groups("problem_1", "problem_2")) == 1


def test_code_goes_to_the_first_column_that_says_it() -> None:
    (group,) = groups("problem_1", "problem_2", "problem 2")
    assert group.options == {"problem_1": "1", "problem_2": "2"}


def test_named_columns_go_before_more_that_are_only_alike() -> None:
    named = ("Samverkan Skola", "Samverkan Polis")
    first, second = groups(*named, "Hemlös", "Kriminalitet", "Psykisk ohälsa", of=("problem", "collaboration"))
    assert (first.field.id, tuple(first.options)) == ("collaboration", named)
    assert len(second.options) == 3


def test_variable_of_one_value_is_not_spread_over_columns() -> None:
    assert groups("legal_sex_1", "legal_sex_2", of=("legal_sex",)) == []
