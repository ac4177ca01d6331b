"""Another's form as an instrument, or what has no counterpart by sheet and row; and files that are no forms at all."""

import io
import zipfile
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_xlsforms import changed, form, question, rows_of, saved, workbook

from skillnad.exchange.forms.folders import Folder
from skillnad.exchange.forms.losses import Loss
from skillnad.exchange.forms.xlsform_in import instrument_from_xlsform
from skillnad.instruments.asked import Clause, Condition, ItemKind
from skillnad.instruments.checking import check_folder
from skillnad.instruments.loading import load_instrument
from skillnad.lib.errors import UserError

Survey = list[dict[str, str]]


def _read(survey: Survey, folder: Path, **more: object) -> tuple[Folder, tuple[Loss, ...]]:
    return instrument_from_xlsform(saved(form(survey, **more), folder))  # type: ignore[arg-type]


def _items(survey: Survey, folder: Path, **more: object) -> dict:
    return dict(_read(survey, folder, **more)[0].instrument.items)


def _refused(survey: Survey, folder: Path, **more: object) -> UserError:
    with pytest.raises(UserError) as refusal:
        _read(survey, folder, **more)
    return refusal.value


def _bad_file(raw: bytes, folder: Path) -> UserError:
    with pytest.raises(UserError) as refusal:
        instrument_from_xlsform(saved(raw, folder))
    return refusal.value


def _zip(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


# Forms that import


def test_form_of_another_becomes_an_own_instrument(tmp_path: Path):
    folder, losses = _read([question("day"), question("why", "text")], tmp_path)
    instrument = folder.instrument
    assert (instrument.id, instrument.version, instrument.title_sv) == ("trivsel", "2026.1", "Trivsel")
    assert (instrument.kind, instrument.local) == ("local", True)
    assert [item.kind for item in instrument.items.values()] == [ItemKind.SINGLE, ItemKind.TEXT]
    assert any("syfte" in loss.sv for loss in losses)


def test_folder_of_an_imported_form_passes_its_checks(tmp_path: Path):
    survey = [
        {"type": "begin_group", "name": "living", "label": "Boendet"},
        question("day", required="yes"),
        question("hours", "integer", constraint=". >= 0 and . <= 24"),
        {"type": "end_group"},
        question("why", "text", relevant="${day} = '2'"),
    ]
    folder, _ = _read(survey, tmp_path)
    for name, text in folder.files().items():
        path = tmp_path / "trivsel" / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(text, "utf-8")
    assert [problem.text() for problem in check_folder(tmp_path / "trivsel").problems] == []
    assert load_instrument(tmp_path / "trivsel") == folder.instrument


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("select_one yesno", ItemKind.SINGLE),
        ("select one yesno", ItemKind.SINGLE),
        ("Select_One yesno", ItemKind.SINGLE),
        ("select_multiple yesno", ItemKind.MULTIPLE),
        ("select all that apply from yesno", ItemKind.MULTIPLE),
        ("rank yesno", ItemKind.RANK),
        ("integer", ItemKind.NUMBER),
        ("decimal", ItemKind.NUMBER),
        ("range", ItemKind.ANALOGUE),
        ("date", ItemKind.DATE),
        ("text", ItemKind.TEXT),
    ],
)
def test_type_has_its_kind(kind: str, expected: ItemKind, tmp_path: Path):
    assert _items([question("q", kind)], tmp_path)["q"].kind is expected


def test_list_that_two_questions_share_is_an_option_set(tmp_path: Path):
    items = _items([question("a"), question("b")], tmp_path)
    assert items["a"].option_set == items["b"].option_set == "yesno"
    assert [(option.code, option.sv) for option in items["a"].options] == [("1", "Ja"), ("2", "Nej")]


def test_list_of_the_questions_own_name_is_its_own(tmp_path: Path):
    item = _items([question("a", "select_one a")], tmp_path, choices=[("a", "x", "Ja"), ("a", "y", "Nej")])["a"]
    assert (item.option_set, [option.code for option in item.options]) == ("", ["x", "y"])


def test_or_other_asks_for_words(tmp_path: Path):
    item = _items([question("a", "select_one yesno or_other")], tmp_path)["a"]
    assert (item.options[-1].code, item.options[-1].specify) == ("other", True)


def test_or_other_is_of_its_own_question_only(tmp_path: Path):
    items = _items([question("a", "select_one yesno or_other"), question("b")], tmp_path)
    assert [option.code for option in items["b"].options] == ["1", "2"]


def test_groups_that_are_alike_become_a_matrix(tmp_path: Path):
    cells = [question(f"m__{row}__{column}", label=column) for row in "ab" for column in "xy"]
    rows = [{"type": "begin_group", "name": f"m__{row}", "label": row.upper()} for row in "ab"]
    end = {"type": "end_group"}
    outer = {"type": "begin_group", "name": "m", "label": "Hur ofta?"}
    survey = [outer, rows[0], *cells[:2], end, rows[1], *cells[2:], end, end]
    instrument = _read([*survey, question("q", relevant="${m__a__x} = '1'")], tmp_path)[0].instrument
    assert instrument.matrices["m"].rows == (("a", "A", "A"), ("b", "B", "B"))
    assert list(instrument.items) == ["m.a.x", "m.a.y", "m.b.x", "m.b.y", "q"]
    assert instrument.items["q"].when.all[0].item == "m.a.x"


def test_groups_that_are_not_alike_stay_groups(tmp_path: Path):
    outer = {"type": "begin_group", "name": "m", "label": "Hur ofta?"}
    inner = {"type": "begin_group", "name": "m__a", "label": "A"}
    ends = [{"type": "end_group"}] * 2
    folder, losses = _read([outer, inner, question("m__a__x"), question("m__a__y", "text"), *ends], tmp_path)
    assert folder.instrument.matrices == {}
    assert any("inuti" in loss.sv for loss in losses)


def test_numbers_have_the_limits_of_their_constraint(tmp_path: Path):
    survey = [
        question("a", "integer", constraint=". > 0 and . < 10"),
        question("b", "decimal", constraint="(. >= 0.5) and (20 >= .)"),
    ]
    items = _items(survey, tmp_path)
    assert (items["a"].least, items["a"].most, items["a"].decimals) == (1, 9, 0)
    assert (items["b"].least, items["b"].most, items["b"].decimals) == (0.5, 20, 2)


def test_number_without_a_least_gets_zero_and_says_so(tmp_path: Path):
    folder, losses = _read([question("a", "integer")], tmp_path)
    assert folder.instrument.items["a"].least == 0
    assert any(loss.where == "a" and "minsta" in loss.sv for loss in losses)


def test_range_has_its_parameters(tmp_path: Path):
    item = _items([question("a", "range", parameters="start=0; end=100, step=0.1")], tmp_path)["a"]
    assert (item.least, item.most, item.decimals) == (0, 100, 1)


WHEN = [
    ("${a} = '1'", Condition(all=(Clause("a", in_=frozenset("1")),))),
    ('${a}="1"', Condition(all=(Clause("a", in_=frozenset("1")),))),
    ("${a} = 1", Condition(all=(Clause("a", in_=frozenset("1")),))),
    ("${a} != '1'", Condition(all=(Clause("a", not_in=frozenset("1")),))),
    ("${a} != ''", Condition(all=(Clause("a", in_=frozenset("12")),))),
    ("${a} > 1", Condition(all=(Clause("a", in_=frozenset("2")),))),
    ("selected(${m}, '2')", Condition(all=(Clause("m", in_=frozenset("2")),))),
    ("not(selected(${m}, '2'))", Condition(all=(Clause("m", not_in=frozenset("2")),))),
    ("${n} >= 3", Condition(all=(Clause("n", at_least=3),))),
    ("3 < ${n}", Condition(all=(Clause("n", at_least=4),))),
    ("${a} = '1' and ${n} < 3", Condition(all=(Clause("a", in_=frozenset("1")), Clause("n", at_most=2)))),
    ("${a} = '1' or ${n} >= 3", Condition(any=(Clause("a", in_=frozenset("1")), Clause("n", at_least=3)))),
    ("(${a} = '1' or ${a} = '2')", Condition(all=(Clause("a", in_=frozenset("12")),))),
    (
        "${n} >= 3 and (${a} = '1' or selected(${m}, '1'))",
        Condition((Clause("n", at_least=3),), (Clause("a", in_=frozenset("1")), Clause("m", in_=frozenset("1")))),
    ),
]


@pytest.mark.parametrize(("text", "condition"), WHEN)
def test_relevant_is_a_condition(text: str, condition: Condition, tmp_path: Path):
    survey = [question("a"), question("m", "select_multiple yesno"), question("n", "integer")]
    assert _items([*survey, question("q", relevant=text)], tmp_path)["q"].when == condition


@pytest.mark.parametrize(
    "text",
    [
        "${a} = '1' and ${m} = '1' or ${n} > 1",
        "(${a} = '1' or ${n} > 1) and (${a} = '2' or ${n} > 2)",
        "${later} = '1'",
        "${a} = ${n}",
        "count-selected(${m}) > 1",
        "${m} = '1'",
        "selected(${m}, '1') and not(selected(${m}, '2') and selected(${m}, '1'))",
        "pulldata('file', 'x', 'y', ${a}) = '1'",
        "${n} + 1 > 3",
        "${n} = ''",
        "true()",
        "${a} = '3'",
        "regex(${a}, '[0-9]+')",
        "${a} =",
        "(${a} = '1'",
        "(" * 60 + "${a} = '1'" + ")" * 60,
        "instance('list')/top/item[name = ${a}]/label = 'x'",
        "${a} = '1' ; drop",
    ],
)
def test_condition_that_says_more_is_told_by_its_row(text: str, tmp_path: Path):
    survey = [question("a"), question("m", "select_multiple yesno"), question("n", "integer")]
    error = _refused([*survey, question("q", relevant=text), question("later")], tmp_path)
    assert error.code == "INSTR-031"
    assert error.problems[0].where == "form.xlsx, blad survey, rad 5"


def test_condition_of_a_group_is_that_of_its_questions(tmp_path: Path):
    survey = [
        question("a"),
        question("b"),
        {"type": "begin group", "name": "inner", "label": "Mer", "relevant": "${a} = '1'"},
        question("c", relevant="${b} = '1'"),
        {"type": "end group"},
    ]
    item = _items(survey, tmp_path)["c"]
    assert item.group == "inner"
    assert [clause.item for clause in item.when.all] == ["a", "b"]


def test_exclusive_option_is_read_from_its_idiom(tmp_path: Path):
    limit = "not(selected(., '2') and count-selected(.) > 1)"
    item = _items([question("a", "select_multiple yesno", constraint=limit)], tmp_path)["a"]
    assert [option.exclusive for option in item.options] == [False, True]


def test_note_is_the_introduction_or_the_next_help(tmp_path: Path):
    survey = [question("first", "note"), question("a"), question("second", "note"), question("b", hint="Ungefär")]
    folder, losses = _read(survey, tmp_path)
    assert folder.instrument.intro == "Fråga first"
    assert folder.instrument.items["b"].help == "Fråga second\nUngefär"
    assert any("noter" in loss.sv and loss.where == "second" for loss in losses)


@pytest.mark.parametrize(
    ("calculation", "kind", "span"),
    [("${a} + ${b}", "sum", (2, 4)), ("(${a} + ${b}) div 2", "mean", (1, 2)), ("${a}+${n}", "sum", (1, 12))],
)
def test_sum_or_mean_becomes_a_score(calculation: str, kind: str, span: tuple[int, int], tmp_path: Path):
    survey = [question("a"), question("b"), question("n", "integer", constraint=". >= 0 and . <= 10")]
    calculated = {"type": "calculate", "name": "total", "calculation": calculation}
    score = _read([*survey, calculated], tmp_path)[0].instrument.scores["total"]
    assert (score.kind, (score.low, score.high), score.missing) == (kind, span, "refuse")


@pytest.mark.parametrize("calculation", ["${a} * 2", "${a} + ${m}", "${a} + ${t}", "(${a} + ${b}) div 3", "now()", ""])
def test_other_calculations_have_no_counterpart(calculation: str, tmp_path: Path):
    survey = [question("a"), question("b"), question("m", "select_multiple yesno"), question("t", "text")]
    error = _refused([*survey, {"type": "calculate", "name": "c", "calculation": calculation}], tmp_path)
    assert (error.code, error.problems[0].where) == ("INSTR-031", "form.xlsx, blad survey, rad 6")


def test_languages_become_files_of_words(tmp_path: Path):
    survey = [{"type": "select_one yesno", "name": "a", "label::Svenska (sv)": "Bra?", "label::Suomi (fi)": "Hyvä?"}]
    choices = [["list_name", "name", "label::Svenska (sv)", "label::Suomi (fi)"], ["yesno", "1", "Ja", "Kyllä"]]
    raw = workbook({"survey": rows_of(survey), "choices": choices})
    folder, _ = instrument_from_xlsform(saved(raw, tmp_path))
    words = folder.texts["adult.fi.toml"]
    assert (words["items"]["a"]["text"], words["option_sets"]["yesno"]["1"]) == ("Hyvä?", "Kyllä")
    assert folder.instrument.variants["adult"].languages == ("sv", "fi")
    assert folder.instrument.items["a"].text == "Bra?"


def test_language_that_lacks_words_is_listed_and_left_out(tmp_path: Path):
    survey = [
        {"type": "text", "name": "a", "label::Svenska (sv)": "Bra?", "label::English (en)": "Good?"},
        {"type": "text", "name": "b", "label::Svenska (sv)": "Dåligt?"},
    ]
    folder, losses = instrument_from_xlsform(saved(workbook({"survey": rows_of(survey)}), tmp_path))
    assert folder.texts == {}
    assert folder.instrument.items["a"].label_en == "Good?"
    assert any(loss.where == "en (1)" for loss in losses)


def test_note_in_another_language_is_part_of_the_help(tmp_path: Path):
    said = {"label::Svenska (sv)": "Ord", "label::English (en)": "Words"}
    survey = [{"type": kind, "name": name, **said} for name, kind in (("a", "text"), ("n", "note"), ("b", "text"))]
    folder, _ = instrument_from_xlsform(saved(workbook({"survey": rows_of(survey)}), tmp_path))
    assert folder.texts["adult.en.toml"]["items"]["b"] == {"text": "Words", "help": "Words"}


def test_language_that_lacks_the_help_is_left_out(tmp_path: Path):
    row = {"type": "text", "name": "a", "label::Svenska (sv)": "Ord", "label::English (en)": "Words"}
    raw = workbook({"survey": rows_of([row | {"hint::Svenska (sv)": "Hjälp"}])})
    assert instrument_from_xlsform(saved(raw, tmp_path))[0].texts == {}


def test_english_form_keeps_its_words(tmp_path: Path):
    survey = [{"type": "text", "name": "a", "label::English (en)": "How are you?"}]
    folder, _ = instrument_from_xlsform(saved(workbook({"survey": rows_of(survey)}), tmp_path))
    assert folder.instrument.items["a"].text == "How are you?"


def test_names_become_ids_and_conditions_follow(tmp_path: Path):
    survey = [question("Q1-Första"), question("Q1_forsta"), question("x", relevant="${Q1-Första} = '1'")]
    folder, losses = _read(survey, tmp_path, settings={"form_id": "Min Enkät 7"})
    assert list(folder.instrument.items) == ["q1_forsta", "q1_forsta_2", "x"]
    assert folder.instrument.items["x"].when.all[0].item == "q1_forsta"
    assert folder.instrument.id == "min_enkat_7"
    assert any("Q1-Första → q1_forsta" in loss.where for loss in losses)


def test_what_only_looks_different_is_listed(tmp_path: Path):
    survey = [question("start", "start"), question("a", appearance="minimal", media="x.png", default="1")]
    _, losses = _read(survey, tmp_path)
    listed = " ".join(loss.where for loss in losses)
    assert all(name in listed for name in ("start", "appearance", "media", "default"))


def test_version_of_another_kind_becomes_ours_and_is_listed(tmp_path: Path):
    folder, losses = _read([question("a")], tmp_path, settings={"version": "2024051301"})
    assert folder.instrument.version == "2024.1"
    assert any(loss.where == "2024051301 → 2024.1" for loss in losses)


def test_disabled_row_is_left_out(tmp_path: Path):
    assert list(_items([question("a"), question("b", "geopoint", disabled="yes")], tmp_path)) == ["a"]


def test_slash_in_a_question_is_for_staff(tmp_path: Path):
    survey = [{"type": "text", "name": "a", "label": "Barn/ungdom?"}]
    assert _read(survey, tmp_path)[0].instrument.answered_by == ("staff",)


ODD = ["=1+1", "+46", "-5", "@x", "'q'", "_x0041_", "a\tb", "<b>&amp;", "å\nö", "\u200f\u0639\u0631", '"']
"""Words that a spreadsheet might take for something else."""


@pytest.mark.parametrize("text", ODD)
def test_words_come_in_as_they_stand(text: str, tmp_path: Path):
    assert _items([{"type": "text", "name": "a", "label": text}], tmp_path)["a"].text == text


# Constructs without counterpart


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
    error = _refused([question("a"), question("b", kind)], tmp_path)
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
    error = _refused([question("a"), question("b") | cells], tmp_path)
    assert (error.code, error.problems[0].where) == ("INSTR-031", "form.xlsx, blad survey, rad 3")


def test_all_that_cannot_be_held_is_told_at_once(tmp_path: Path):
    survey = [question("a", "geopoint"), question("b"), question("c", "video"), question("d", choice_filter="x")]
    error = _refused(survey, tmp_path)
    assert [problem.where[-5:] for problem in error.problems] == ["rad 2", "rad 4", "rad 5"]


def test_choices_in_another_file_are_told_by_their_sheet(tmp_path: Path):
    error = _refused([question("a")], tmp_path, external_choices=[["list_name"]])
    assert (error.code, error.problems[0].where) == ("INSTR-031", "form.xlsx, blad external_choices")


@pytest.mark.parametrize("step", ["5", "0.25", "x", "0"])
def test_range_with_odd_steps_has_no_counterpart(step: str, tmp_path: Path):
    assert _refused([question("a", "range", parameters=f"step={step}")], tmp_path).code == "INSTR-031"


# Faults of the form


def test_list_that_is_not_there_is_told_with_the_nearest(tmp_path: Path):
    error = _refused([question("a", "select_one yesnoo")], tmp_path)
    assert error.code == "INSTR-032"
    assert "Menade du ”yesno”?" in error.text()


@pytest.mark.parametrize(
    "survey",
    [
        [question("a"), question("a")],
        [question("")],
        [{"type": "text", "name": "a"}],
        [{"type": "begin_group", "name": "g", "label": "G"}, question("a")],
        [question("a"), {"type": "end_group"}],
        [{"type": "begin_group", "name": f"g{number}", "label": "G"} for number in range(2_000)],
    ],
)
def test_fault_is_told_by_its_row(survey: Survey, tmp_path: Path):
    error = _refused(survey, tmp_path)
    assert error.code == "INSTR-032"
    assert "blad survey, rad" in error.problems[0].where


def test_option_without_code_is_told_by_its_row(tmp_path: Path):
    error = _refused([question("a")], tmp_path, choices=[("yesno", "", "Ja")])
    assert (error.code, error.problems[0].where) == ("INSTR-032", "form.xlsx, blad choices, rad 2")


def test_rules_of_instruments_are_told_by_sheet_and_row(tmp_path: Path):
    twice = [("yesno", "1", "Ja"), ("yesno", "1", "Nej")]
    error = _refused([question("a")], tmp_path, choices=twice)
    assert (error.code, error.problems[0].where) == ("INSTR-006", "form.xlsx, blad choices, rad 3")
    error = _refused([question("a", "integer", constraint=". >= 9 and . <= 3")], tmp_path)
    assert (error.code, error.problems[0].where) == ("INSTR-011", "form.xlsx, blad survey, rad 2")


def test_code_that_cannot_be_one_is_told_by_its_row(tmp_path: Path):
    error = _refused([question("a")], tmp_path, choices=[("yesno", "1", "Ja"), ("yesno", "a b", "Nej")])
    assert (error.code, error.problems[0].where) == ("INSTR-005", "form.xlsx, blad choices, rad 3")


def test_form_without_questions_is_refused(tmp_path: Path):
    assert _refused([question("n", "note")], tmp_path).code == "INSTR-003"


def test_form_of_thousands_of_questions_is_refused(tmp_path: Path):
    assert _refused([question(f"q{number}", "text") for number in range(4_000)], tmp_path).code == "INSTR-023"


def test_formula_is_told_by_its_row(tmp_path: Path):
    stream = io.BytesIO()
    import xlsxwriter

    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("survey")
        sheet.write_row(0, 0, ["type", "name", "label"])
        sheet.write_row(1, 0, ["text", "a"])
        sheet.write_formula(1, 2, "=1+1")
    error = _bad_file(stream.getvalue(), tmp_path)
    assert (error.code, error.problems[0].where) == ("INSTR-032", "form.xlsx, blad survey, rad 2")


# Files that are no forms


@given(st.lists(st.tuples(st.integers(0, 1_000_000), st.integers(0, 255)), min_size=1, max_size=20))
@settings(max_examples=60, deadline=None)
def test_damaged_file_is_read_or_refused_in_words(damage: list[tuple[int, int]]):
    raw = bytearray(form([question("a"), question("b", "text")]))
    for place, byte in damage:
        raw[place % len(raw)] = byte
    with TemporaryDirectory() as folder, suppress(UserError):
        assert instrument_from_xlsform(saved(bytes(raw), Path(folder)))[0].instrument.items


def test_workbook_of_another_kind_says_which_sheets_it_has(tmp_path: Path):
    error = _bad_file(workbook({"Budget 2026": [["Konto", "Kronor"]], "Utfall": [["x"]]}), tmp_path)
    assert error.code == "INSTR-030"
    assert "Budget 2026 och Utfall" in error.text()


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"type;name;label\n",
        b"PK\x03\x04 broken",
        b"\x89PNG\r\n\x1a\n",
        _zip(**{"word/document.xml": b"<w/>", "[Content_Types].xml": b"<Types/>"}),
        _zip(**{"xl/workbook.xml": b"<not closed", "[Content_Types].xml": b"<Types/>"}),
        _zip(**{"xl/workbook.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}),
    ],
)
def test_file_that_is_no_workbook_is_refused(raw: bytes, tmp_path: Path):
    error = _bad_file(raw, tmp_path)
    assert error.code == "INSTR-030"
    assert "spara om" in error.text()


def test_locked_workbook_says_to_unlock_it(tmp_path: Path):
    error = _bad_file(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, tmp_path)
    assert error.code == "INSTR-030"
    assert "lösenord" in error.text()


def test_workbook_that_unpacks_to_a_bomb_is_refused(tmp_path: Path):
    raw = _zip(**{"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": b"0" * 60_000_000})
    assert len(raw) < 100_000
    error = _bad_file(raw, tmp_path)
    assert error.code == "INSTR-030"
    assert "för stor" in error.text()


def test_large_file_is_refused_unopened(tmp_path: Path):
    assert "för stor" in _bad_file(b"PK" + b"\0" * 5_000_001, tmp_path).text()


@pytest.mark.parametrize("cell", ["A1048576", "XFD3", "A20001"])
def test_cell_far_from_the_others_is_refused_by_its_place(cell: str, tmp_path: Path):
    raw = changed(workbook({"survey": rows_of([question("a", "text")])}), "survey", cell, "långt bort")
    error = _bad_file(raw, tmp_path)
    assert (error.code, error.problems[0].where) == ("INSTR-030", f"form.xlsx, blad survey, cell {cell}")


def test_no_message_shows_what_a_cell_says(tmp_path: Path):
    secret = "Anna Andersson bor på Storgatan"
    error = _refused([question("a", "geopoint", label=secret), question("b", label=f"{secret} ${{a}}")], tmp_path)
    assert "Anna" not in error.text() + error.text("en")
