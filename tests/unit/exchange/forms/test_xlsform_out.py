"""Every instrument as an XLSForm: pyxform reads it as we meant it, and no cell is a formula."""

from functools import cache
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from skillnad.exchange.forms.xlsform_conditions import Compared, condition_read
from skillnad.exchange.forms.xlsform_expressions import relevant_of
from skillnad.exchange.forms.xlsform_out import xlsform_of
from skillnad.exchange.forms.xlsform_sheets import form_sheets
from skillnad.exchange.forms.xlsform_words import form_name, language_of
from skillnad.instruments.asked import Clause, Condition, ItemKind
from skillnad.instruments.loading import Loaded, instrument_ids, load_instrument, load_with_files
from skillnad.lib.errors import UserError

CATALOGUE = instrument_ids()
TYPES = {
    ItemKind.SINGLE: "select one",
    ItemKind.SCALE: "select one",
    ItemKind.MULTIPLE: "select all that apply",
    ItemKind.RANK: "rank",
    ItemKind.ANALOGUE: "range",
    ItemKind.DATE: "date",
    ItemKind.TEXT: "text",
}


@cache
def _converted(name: str, variant: str = "") -> tuple[Any, list[str]]:
    convert = pytest.importorskip("pyxform.xls2xform").convert
    warnings: list[str] = []
    raw, _ = xlsform_of(load_with_files(name), variant)
    return convert(raw, warnings=warnings, validate=False, file_type=".xlsx"), warnings


def _questions(children: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The questions of pyxform's form by name, out of their groups."""
    found: dict[str, dict[str, Any]] = {}
    for child in children:
        inner = child.get("children")
        found |= _questions(inner) if child["type"] == "group" and inner else {child["name"]: child}
    return found


def _read(name: str, variant: str = "") -> dict[str, dict[str, Any]]:
    return _questions(_converted(name, variant)[0]._pyxform["children"])


def _survey(loaded: Loaded, **chosen: str) -> dict[str, dict[str, str]]:
    names, *rows = form_sheets(loaded, **chosen)["survey"]
    cells = [dict(zip(names, row, strict=True)) for row in rows]
    return {row["name"]: row for row in cells if row.get("name")}


@pytest.mark.parametrize("name", CATALOGUE)
def test_pyxform_reads_it_without_a_warning(name: str) -> None:
    form, warnings = _converted(name)
    assert warnings == []
    assert form.xform.startswith("<?xml")


@pytest.mark.parametrize("name", CATALOGUE)
def test_pyxform_finds_our_types(name: str) -> None:
    found = _read(name)
    for item in load_instrument(name).items.values():
        numbers = "decimal" if item.decimals else "integer"
        assert found[form_name(item.id)]["type"] == TYPES.get(item.kind, numbers), item.id


@pytest.mark.parametrize("name", CATALOGUE)
def test_pyxform_finds_our_options_in_order(name: str) -> None:
    lists = _converted(name)[0]._pyxform.get("choices", {})
    found = _read(name)
    for item in load_instrument(name).items.values():
        beside = item.kind in (ItemKind.NUMBER, ItemKind.DURATION) and item.options
        row = found[form_name(item.id) + ("__instead" if beside else "")]
        codes = [choice["name"] for choice in lists.get(row.get("itemset", row.get("list_name")), [])]
        assert codes == [option.code for option in item.options], item.id


@pytest.mark.parametrize("variant", list(load_instrument("skr6").variants))
def test_pyxform_reads_every_variant_of_the_six_questions(variant: str) -> None:
    assert _converted("skr6", variant)[1] == []
    assert {"b1a", "b1b", "b2", "b3", "b4", "b5"} <= set(_read("skr6", variant))


def test_pyxform_finds_the_languages() -> None:
    label = _read("skr6")["b3"]["label"]
    assert set(map(language_of, label)) == {"sv", "en", "fi", "ar", "so", "ti", "prs", "uk"}
    assert label["العربية (ar)"].endswith("؟")


def test_nobody_is_asked_by_a_slot_or_a_slash() -> None:
    for row in _survey(load_with_files("skr6")).values():
        assert not any(mark in row["label::Svenska (sv)"] for mark in "{}/")


def test_machine_made_translation_is_marked_first() -> None:
    name, row = next(iter(_survey(load_with_files("skr6")).items()))
    assert "ar" in name.split("__")
    assert "sv" not in name.split("__")
    assert row["label::العربية (ar)"].startswith("ترجمة آلية")
    assert row["label::Svenska (sv)"] == load_instrument("skr6").intro


def test_variant_says_its_own_words() -> None:
    survey = _survey(load_with_files("skr6"), variant="guardian")
    assert "ditt barns" in survey["b1a"]["label::Svenska (sv)"]


def test_perspective_is_asked_only_its_own() -> None:
    loaded = load_with_files("hvb_pilot_2022")
    first, second = (set(_survey(loaded, perspective=name)) for name in loaded.instrument.perspectives)
    assert first
    assert second
    assert not first & second


def test_question_whose_condition_nobody_answers_is_left_out() -> None:
    county = _survey(load_with_files("municipal_survey_2011"), perspective="county")
    assert set(county) == {"q10", "q10__7__words", "comment"}


@pytest.mark.parametrize("chosen", [{"variant": "vuxen"}, {"perspective": "pilot"}])
def test_unknown_choice_is_refused(chosen: dict[str, str]) -> None:
    with pytest.raises(UserError) as refusal:
        xlsform_of(load_with_files("skr6"), **chosen)
    assert refusal.value.code == "INSTR-059"


def test_matrix_is_a_group_for_each_row() -> None:
    survey = _survey(load_with_files("work_diary"))
    assert survey["hours__client"]["label::Svenska (sv)"] == "Möten med brukare"
    assert survey["hours__client__mon"]["label::Svenska (sv)"] == "Måndag"
    assert survey["hours__client__mon"]["constraint"] == ". >= 0 and . <= 24 and . = round(., 1)"


def test_line_has_steps() -> None:
    row = next(row for row in _survey(load_with_files("ors")).values() if row["type"] == "range")
    assert row["parameters"] == "start=0 end=10 step=0.1"


def test_codes_beside_a_number_are_a_question_of_their_own() -> None:
    survey = _survey(load_with_files("asi"))
    name = next(name for name in survey if name.endswith("__instead"))
    assert survey[name]["relevant"] == f"${{{name.removesuffix('__instead')}}} = ''"


def test_option_that_asks_for_words_gets_a_row_for_them() -> None:
    survey = _survey(load_with_files("municipal_survey_2011"))
    assert survey["q3__14__words"]["type"] == "text"
    assert survey["q3__14__words"]["relevant"] == "selected(${q3}, '14')"


def test_conditions_are_written_as_forms_have_them() -> None:
    survey = _survey(load_with_files("skr6"))
    assert survey["b2"]["relevant"] == "(${b1a} = '1' or ${b1a} = '2') or (${b1b} = '1' or ${b1b} = '2')"
    freda = _survey(load_with_files("freda"))
    assert freda["description_points"]["relevant"] == "selected(${tools}, '2')"


CONDITIONS = [
    Condition(all=(Clause("q5", in_=frozenset("1")),)),
    Condition(all=(Clause("q5", not_in=frozenset("12")),)),
    Condition(all=(Clause("q2", not_in=frozenset("1")), Clause("q5", in_=frozenset("23")))),
    Condition(any=(Clause("q2", in_=frozenset("14")), Clause("q5", in_=frozenset("1")))),
    Condition(
        all=(Clause("q1", in_=frozenset("1")),),
        any=(Clause("q2", in_=frozenset("1")), Clause("q5", in_=frozenset("12"))),
    ),
]


@pytest.mark.parametrize("condition", CONDITIONS)
def test_condition_reads_back_as_it_was(condition: Condition) -> None:
    items = dict(load_instrument("municipal_survey_2011").items)
    known = {
        name: Compared(name, tuple(option.code for option in item.options), several=item.kind is ItemKind.MULTIPLE)
        for name, item in items.items()
    }
    table = condition_read(relevant_of(condition, items), known)
    read = {part: tuple(map(_clause, table.get(part, ()))) for part in ("all", "any")}
    assert Condition(**read) == condition


def _clause(table: dict[str, Any]) -> Clause:
    return Clause(table["item"], frozenset(table.get("in", ())), frozenset(table.get("not_in", ())))


def test_limits_of_numbers_read_back() -> None:
    items = dict(load_instrument("work_diary").items)
    cell = "hours.client.mon"
    limits = Condition(all=(Clause(cell, at_least=0.5), Clause(cell, at_most=8)))
    text = relevant_of(limits, items)
    assert text == "${hours__client__mon} >= 0.5 and ${hours__client__mon} <= 8"
    table = condition_read(text, {"hours__client__mon": Compared(cell, (), 1)})
    assert table["all"] == [{"item": cell, "at_least": 0.5}, {"item": cell, "at_most": 8}]


@pytest.mark.parametrize("name", CATALOGUE)
def test_no_cell_is_a_formula(name: str) -> None:
    book = load_workbook(BytesIO(xlsform_of(load_with_files(name))[0]))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.quotePrefix for cell in cells)


def test_same_instrument_is_the_same_file() -> None:
    assert xlsform_of(load_with_files("ors"))[0] == xlsform_of(load_with_files("ors"))[0]


def test_sheet_of_our_own_is_hidden_and_last() -> None:
    book = load_workbook(BytesIO(xlsform_of(load_with_files("ors"))[0]))
    assert book.sheetnames == ["survey", "choices", "settings", "_skillnad"]
    assert book["_skillnad"].sheet_state == "hidden"
    assert max(len(cell.value) for (cell, *_) in book["_skillnad"].iter_rows() if cell.value) <= 32_000
