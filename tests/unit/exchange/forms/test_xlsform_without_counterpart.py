"""What a form can ask and an instrument cannot is told by sheet and row, all of it at once."""

from pathlib import Path

import pytest
from made_xlsforms import question, refused


@pytest.mark.parametrize(
    "kind",
    [
        "begin_repeat",
        "begin repeat",
        "geopoint",
        "geotrace",
        "geoshape",
        "image",
        "audio",
        "video",
        "file",
        "barcode",
        "time",
        "dateTime",
        "acknowledge",
        "hidden",
        "select_one_from_file list.csv",
        "select_multiple_from_file list.csv",
        "select_one_external list",
        "xml-external",
        "csv-external",
        "background-audio",
        "something new",
    ],
)
def test_type_without_counterpart_is_told_by_its_row(kind: str, tmp_path: Path):
    error = refused([question("a"), question("b", kind)], tmp_path)
    assert error.code == "INSTR-031"
    assert error.problems[0].where == "form.xlsx, blad survey, rad 3"
    assert "motsvarighet" in error.text()
    assert "counterpart" in error.text("en")


@pytest.mark.parametrize(
    "cells",
    [
        {"choice_filter": "x = ${a}"},
        {"calculation": "1 + 1"},
        {"trigger": "${a}"},
        {"required": "${a} = '1'"},
        {"constraint": "regex(., '[0-9]')"},
        {"label": "Du svarade ${a}"},
    ],
)
def test_column_without_counterpart_is_told_by_its_row(cells: dict[str, str], tmp_path: Path):
    error = refused([question("a"), question("b") | cells], tmp_path)
    assert (error.code, error.problems[0].where) == ("INSTR-031", "form.xlsx, blad survey, rad 3")


def test_all_that_cannot_be_held_is_told_at_once(tmp_path: Path):
    survey = [question("a", "geopoint"), question("b"), question("c", "video"), question("d", choice_filter="x")]
    error = refused(survey, tmp_path)
    assert [problem.where[-5:] for problem in error.problems] == ["rad 2", "rad 4", "rad 5"]


def test_choices_in_another_file_are_told_by_their_sheet(tmp_path: Path):
    error = refused([question("a")], tmp_path, external_choices=[["list_name"]])
    assert (error.code, error.problems[0].where) == ("INSTR-031", "form.xlsx, blad external_choices")


@pytest.mark.parametrize("step", ["5", "0.25", "x", "0"])
def test_range_with_odd_steps_has_no_counterpart(step: str, tmp_path: Path):
    assert refused([question("a", "range", parameters=f"step={step}")], tmp_path).code == "INSTR-031"
