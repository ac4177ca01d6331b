"""Another's form as an instrument of the municipality's own."""

from pathlib import Path

import pytest
from made_xlsforms import items_of, question, read, refused, rows_of, saved, workbook

from skillnad.exchange.forms.xlsform_in import instrument_from_xlsform
from skillnad.instruments.asked import ItemKind
from skillnad.instruments.checking import check_folder
from skillnad.instruments.loading import load_instrument


def test_form_of_another_becomes_an_own_instrument(tmp_path: Path):
    folder, losses = read([question("day"), question("why", "text")], tmp_path)
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
    folder, _ = read(survey, tmp_path)
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
    assert items_of([question("q", kind)], tmp_path)["q"].kind is expected


def test_list_that_two_questions_share_is_an_option_set(tmp_path: Path):
    items = items_of([question("a"), question("b")], tmp_path)
    assert items["a"].option_set == items["b"].option_set == "yesno"
    assert [(option.code, option.sv) for option in items["a"].options] == [("1", "Ja"), ("2", "Nej")]


def test_list_of_the_questions_own_name_is_its_own(tmp_path: Path):
    item = items_of([question("a", "select_one a")], tmp_path, choices=[("a", "x", "Ja"), ("a", "y", "Nej")])["a"]
    assert (item.option_set, [option.code for option in item.options]) == ("", ["x", "y"])


def test_or_other_asks_for_words(tmp_path: Path):
    item = items_of([question("a", "select_one yesno or_other")], tmp_path)["a"]
    assert (item.options[-1].code, item.options[-1].specify) == ("other", True)


def test_or_other_is_of_its_own_question_only(tmp_path: Path):
    items = items_of([question("a", "select_one yesno or_other"), question("b")], tmp_path)
    assert [option.code for option in items["b"].options] == ["1", "2"]


def test_groups_that_are_alike_become_a_matrix(tmp_path: Path):
    cells = [question(f"m__{row}__{column}", label=column) for row in "ab" for column in "xy"]
    rows = [{"type": "begin_group", "name": f"m__{row}", "label": row.upper()} for row in "ab"]
    end = {"type": "end_group"}
    outer = {"type": "begin_group", "name": "m", "label": "Hur ofta?"}
    survey = [outer, rows[0], *cells[:2], end, rows[1], *cells[2:], end, end]
    instrument = read([*survey, question("q", relevant="${m__a__x} = '1'")], tmp_path)[0].instrument
    assert instrument.matrices["m"].rows == (("a", "A", "A"), ("b", "B", "B"))
    assert list(instrument.items) == ["m.a.x", "m.a.y", "m.b.x", "m.b.y", "q"]
    assert instrument.items["q"].when.all[0].item == "m.a.x"


def test_groups_that_are_not_alike_stay_groups(tmp_path: Path):
    outer = {"type": "begin_group", "name": "m", "label": "Hur ofta?"}
    inner = {"type": "begin_group", "name": "m__a", "label": "A"}
    ends = [{"type": "end_group"}] * 2
    folder, losses = read([outer, inner, question("m__a__x"), question("m__a__y", "text"), *ends], tmp_path)
    assert folder.instrument.matrices == {}
    assert any("inuti" in loss.sv for loss in losses)


def test_numbers_have_the_limits_of_their_constraint(tmp_path: Path):
    survey = [
        question("a", "integer", constraint=". > 0 and . < 10"),
        question("b", "decimal", constraint="(. >= 0.5) and (20 >= .)"),
    ]
    items = items_of(survey, tmp_path)
    assert (items["a"].least, items["a"].most, items["a"].decimals) == (1, 9, 0)
    assert (items["b"].least, items["b"].most, items["b"].decimals) == (0.5, 20, 2)


def test_number_without_a_least_gets_zero_and_says_so(tmp_path: Path):
    folder, losses = read([question("a", "integer")], tmp_path)
    assert folder.instrument.items["a"].least == 0
    assert any(loss.where == "a" and "minsta" in loss.sv for loss in losses)


def test_range_has_its_parameters(tmp_path: Path):
    item = items_of([question("a", "range", parameters="start=0; end=100, step=0.1")], tmp_path)["a"]
    assert (item.least, item.most, item.decimals) == (0, 100, 1)


def test_exclusive_option_is_read_from_its_idiom(tmp_path: Path):
    limit = "not(selected(., '2') and count-selected(.) > 1)"
    item = items_of([question("a", "select_multiple yesno", constraint=limit)], tmp_path)["a"]
    assert [option.exclusive for option in item.options] == [False, True]


def test_note_is_the_introduction_or_the_next_help(tmp_path: Path):
    survey = [question("first", "note"), question("a"), question("second", "note"), question("b", hint="Ungefär")]
    folder, losses = read(survey, tmp_path)
    assert folder.instrument.intro == "Fråga first"
    assert folder.instrument.items["b"].help == "Fråga second\nUngefär"
    assert any("noter" in loss.sv and loss.where == "second" for loss in losses)


def test_notes_in_a_row_are_all_help(tmp_path: Path):
    survey = [question("a"), question("n1", "note"), question("n2", "note"), question("b")]
    assert items_of(survey, tmp_path)["b"].help == "Fråga n1\nFråga n2"


def test_note_after_the_last_question_is_said_to_be_lost(tmp_path: Path):
    survey = [question("a"), question("second", "note"), question("b"), question("thanks", "note")]
    folder, losses = read(survey, tmp_path)
    assert [loss.where for loss in losses if "efter den sista" in loss.sv] == ["thanks"]
    assert [loss.where for loss in losses if "hjälptext" in loss.sv] == ["second"]
    assert "thanks" not in folder.files()["definition.toml"]


def test_condition_of_a_note_is_said_to_be_lost(tmp_path: Path):
    _, losses = read([question("a"), question("n", "note", relevant="${a} = '1'"), question("b")], tmp_path)
    assert [loss.where for loss in losses if "villkor för noter" in loss.sv] == ["n"]


@pytest.mark.parametrize(
    ("calculation", "kind", "span"),
    [("${a} + ${b}", "sum", (2, 4)), ("(${a} + ${b}) div 2", "mean", (1, 2)), ("${a}+${n}", "sum", (1, 12))],
)
def test_sum_or_mean_becomes_a_score(calculation: str, kind: str, span: tuple[int, int], tmp_path: Path):
    survey = [question("a"), question("b"), question("n", "integer", constraint=". >= 0 and . <= 10")]
    calculated = {"type": "calculate", "name": "total", "calculation": calculation}
    score = read([*survey, calculated], tmp_path)[0].instrument.scores["total"]
    assert (score.kind, (score.low, score.high), score.missing) == (kind, span, "refuse")


@pytest.mark.parametrize("calculation", ["${a} * 2", "${a} + ${m}", "${a} + ${t}", "(${a} + ${b}) div 3", "now()", ""])
def test_other_calculations_have_no_counterpart(calculation: str, tmp_path: Path):
    survey = [question("a"), question("b"), question("m", "select_multiple yesno"), question("t", "text")]
    error = refused([*survey, {"type": "calculate", "name": "c", "calculation": calculation}], tmp_path)
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
    folder, losses = read(survey, tmp_path, settings={"form_id": "Min Enkät 7"})
    assert list(folder.instrument.items) == ["q1_forsta", "q1_forsta_2", "x"]
    assert folder.instrument.items["x"].when.all[0].item == "q1_forsta"
    assert folder.instrument.id == "min_enkat_7"
    assert any("Q1-Första → q1_forsta" in loss.where for loss in losses)


def test_what_only_looks_different_is_listed(tmp_path: Path):
    survey = [question("start", "start"), question("a", appearance="minimal", media="x.png", default="1")]
    _, losses = read(survey, tmp_path)
    listed = " ".join(loss.where for loss in losses)
    assert all(name in listed for name in ("start", "appearance", "media", "default"))


def test_version_of_another_kind_becomes_ours_and_is_listed(tmp_path: Path):
    folder, losses = read([question("a")], tmp_path, settings={"version": "2024051301"})
    assert folder.instrument.version == "2024.1"
    assert any(loss.where == "2024051301 → 2024.1" for loss in losses)


def test_disabled_row_is_left_out(tmp_path: Path):
    assert list(items_of([question("a"), question("b", "geopoint", disabled="yes")], tmp_path)) == ["a"]


def test_slash_in_a_question_is_for_staff(tmp_path: Path):
    survey = [{"type": "text", "name": "a", "label": "Barn/ungdom?"}]
    assert read(survey, tmp_path)[0].instrument.answered_by == ("staff",)


ODD = ["=1+1", "+46", "-5", "@x", "'q'", "_x0041_", "a\tb", "<b>&amp;", "å\nö", "\u200f\u0639\u0631", '"']
"""Words that a spreadsheet might take for something else."""


@pytest.mark.parametrize("text", ODD)
def test_words_come_in_as_they_stand(text: str, tmp_path: Path):
    assert items_of([{"type": "text", "name": "a", "label": text}], tmp_path)["a"].text == text
