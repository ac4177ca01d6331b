"""The rows of a form's sheets: columns by their many names, languages, and groups inside each other."""

import pytest

from skillnad.exchange.forms.xlsform_expressions import Comparison, Joined, NoCounterpart, parsed
from skillnad.exchange.forms.xlsform_own import as_written, own_sheet, own_text, written_of
from skillnad.exchange.forms.xlsform_table import (
    Group,
    SheetRow,
    Unbalanced,
    kind_of,
    languages_of,
    settings_of,
    table_of,
    tree_of,
)
from skillnad.exchange.forms.xlsform_words import form_name, language_column, language_of, number_text

SHEETS = {"survey": [["type", "name"], ["text", "a"]], "choices": [["list_name"]], "settings": [["form_id"], ["x"]]}


def _rows(*kinds: str) -> list[SheetRow]:
    return [SheetRow("survey", number, {("type", ""): kind}) for number, kind in enumerate(kinds, 2)]


def test_rows_know_their_number_and_leave_out_the_empty():
    rows = table_of({"survey": [["Type", " Name "], ["text", "a"], ["", " "], ["date", "b", "extra"]]}, "survey")
    assert [(row.number, row.get("type"), row.get("name")) for row in rows] == [(2, "text", "a"), (4, "date", "b")]


@pytest.mark.parametrize(
    ("heading", "column"),
    [("Relevance", "relevant"), ("bind::relevant", "relevant"), ("Caption", "label"), ("list name", "list_name")],
)
def test_columns_have_other_names(heading: str, column: str):
    assert table_of({"survey": [[heading], ["x"]]}, "survey")[0].get(column) == "x"


def test_media_is_no_language():
    row = table_of({"survey": [["media::image", "label::Suomi (fi)"], ["x.png", "Hyvä"]]}, "survey")[0]
    assert row.cells == {("media::image", ""): "x.png", ("label", "Suomi (fi)"): "Hyvä"}


@pytest.mark.parametrize(
    ("headings", "main"),
    [
        (["label::English (en)", "label::Svenska (sv)"], "Svenska (sv)"),
        (["label::English", "label::swedish"], "swedish"),
        (["label", "label::English"], ""),
        (["label::English", "label::Suomi"], "English"),
    ],
)
def test_swedish_is_the_main_language_or_the_first(headings: list[str], main: str):
    assert languages_of({"survey": [headings, ["x", "y"]]}).main == main


def test_default_language_is_the_main_where_there_is_no_swedish():
    sheets = {"survey": [["label::English", "label::Suomi"], ["x", "y"]], "settings": [["default_language"], ["Suomi"]]}
    assert languages_of(sheets).main == "Suomi"
    assert languages_of(sheets).codes == {"English": "en"}


def test_language_that_cannot_be_told_is_kept_apart():
    assert languages_of({"survey": [["label", "label::Klingon"], ["x", "y"]]}).unknown == ("Klingon",)


@pytest.mark.parametrize("language", ["sv", "en", "fi", "ar", "so", "ti", "prs", "uk", "sv-FI"])
def test_name_of_a_language_reads_back(language: str):
    assert language_of(language_column(language)) == language


@pytest.mark.parametrize(
    ("written", "kind"), [("begin_group", "begin group"), ("Select_One  yesno", "select_one yesno"), ("", "")]
)
def test_kind_is_the_type_in_one_spelling(written: str, kind: str):
    assert kind_of(_rows(written)[0]) == kind


def test_groups_hold_what_stands_before_their_end():
    first, group, last = tree_of(_rows("text", "begin_group", "date", "end group", "text"))
    assert isinstance(group, Group)
    assert [child.number for child in group.children if isinstance(child, SheetRow)] == [4]
    assert (isinstance(first, SheetRow), isinstance(last, SheetRow)) == (True, True)


@pytest.mark.parametrize(
    ("kinds", "row"),
    [(["text", "end_group"], 3), (["begin_group", "text"], 2), (["begin_group"] * 30 + ["end_group"] * 30, 22)],
)
def test_groups_without_beginning_or_end_are_told_by_their_row(kinds: list[str], row: int):
    with pytest.raises(Unbalanced) as fault:
        tree_of(_rows(*kinds))
    assert fault.value.row.number == row


def test_form_without_settings_has_an_empty_row_of_them():
    assert settings_of({"survey": []}).cells == {}


def test_own_sheet_is_ours_as_long_as_nothing_is_changed():
    own = {**SHEETS, "_skillnad": own_sheet("x" * 70_000, SHEETS, "child", "")}
    assert own_text(own) == "x" * 70_000
    assert [len(row[0]) for row in own["_skillnad"][1:]] == [32_000, 32_000, 6_000]
    assert as_written(own)
    assert not as_written({**own, "choices": [["list_name"], ["new"]]})
    assert written_of(own) == ("child", "")


def test_form_without_our_sheet_has_no_text():
    assert own_text(SHEETS) is None
    assert own_text({**SHEETS, "_skillnad": [["something"]]}) is None


@pytest.mark.parametrize(("number", "text"), [(10, "10"), (0.1, "0.1"), (0, "0"), (1e-4, "0.0001"), (2.50, "2.5")])
def test_numbers_have_a_point_and_no_needless_zeros(number: float, text: str):
    assert number_text(number) == text


def test_cells_of_a_matrix_have_names_that_a_form_can_have():
    assert form_name("hours.client.mon") == "hours__client__mon"


def test_and_binds_before_or():
    found = parsed("${a} = 1 or ${b} = 2 and ${c} != 'x'")
    inner = Joined("and", (Comparison("b", "=", "2"), Comparison("c", "!=", "x")))
    assert found == Joined("or", (Comparison("a", "=", "1"), inner))


def test_parentheses_are_remembered():
    assert parsed("(${a} = 1 or ${a} = 2)") == Joined(
        "or", (Comparison("a", "=", "1"), Comparison("a", "=", "2")), closed=True
    )


@pytest.mark.parametrize(
    ("text", "test"), [("3 < ${a}", Comparison("a", ">", "3")), (". >= -1.5", Comparison("", ">=", "-1.5"))]
)
def test_comparison_names_the_question_first(text: str, test: Comparison):
    assert parsed(text) == test


@pytest.mark.parametrize(
    "text", ["", "${a}", "1 = 2", "${a} = ${b}", "${a} = 1 extra", "not ${a} = 1", "§", "and", "()"]
)
def test_what_is_no_comparison_has_no_counterpart(text: str):
    with pytest.raises(NoCounterpart):
        parsed(text)
