import json

import pytest

from skillnad.lib.errors import UserError
from skillnad.reports.published import COLUMNS, Published, read_published

CSV = "kpi;municipality;period;gender;value\nN1;0000;2024;T;76,5\nN1;1480;2024;K;1 091\nN2;0000;2024;T;5\n"


def _file(folder, name, text, encoding="utf-8"):
    file = folder / name
    file.write_bytes(text.encode(encoding))
    return file


def test_csv_of_one_kpi_is_read(tmp_path):
    found = read_published(_file(tmp_path, "a.csv", CSV), "N1", COLUMNS)
    assert found == (Published("0000", "2024", "T", 76.5), Published("1480", "2024", "K", 1091.0))


def test_csv_without_kpi_is_read_whole(tmp_path):
    assert len(read_published(_file(tmp_path, "a.csv", CSV), "", COLUMNS)) == 3


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_csv_is_read_whatever_parts_its_columns(tmp_path, delimiter):
    text = delimiter.join(("Kommun", "År", "Värde")) + "\n" + delimiter.join(("Ale", "2023", "4"))
    columns = {**COLUMNS, "area": "Kommun", "period": "År", "value": "Värde"}
    assert read_published(_file(tmp_path, "a.csv", text), "", columns) == (Published("Ale", "2023", "T", 4.0),)


def test_csv_in_windows_letters_is_read(tmp_path):
    columns = {**COLUMNS, "area": "Område"}
    file = _file(tmp_path, "a.csv", "Område;period;value\nMålilla;2024;3\n", "cp1252")
    assert read_published(file, "", columns)[0].area == "Målilla"


@pytest.mark.parametrize(("said", "group"), [("Kvinnor", "K"), ("män", "M"), ("Totalt", "T"), ("k", "K")])
def test_sex_is_known_by_its_words(tmp_path, said, group):
    file = _file(tmp_path, "a.csv", f"municipality;period;gender;value\n0000;2024;{said};3\n")
    assert [figure.group for figure in read_published(file, "", COLUMNS)] == [group]


@pytest.mark.parametrize("value", ["", "..", "-", "NA"])
def test_figure_that_its_source_withholds_is_left(tmp_path, value):
    file = _file(tmp_path, "a.csv", f"municipality;period;gender;value\n0000;2024;T;{value}\n0000;2023;T;1\n")
    assert [figure.period for figure in read_published(file, "", COLUMNS)] == ["2023"]


def _row(kpi, **more):
    values = [
        {"gender": "T", "value": 34.5, "count": 1, "status": "", "isdeleted": False},
        {"gender": "K", "value": None, "count": 0, "status": "Missing", "isdeleted": False},
        {"gender": "M", "value": 3.0, "count": 1, "status": "", "isdeleted": True},
    ]
    return {"kpi": kpi, "period": 2024, "values": values, **more}


def test_saved_answer_of_kolada_is_read_without_what_is_missing_or_withdrawn(tmp_path):
    told = {"count": 2, "values": [_row("N1", municipality="0000"), _row("N2", municipality="0000")]}
    file = _file(tmp_path, "a.json", json.dumps(told))
    assert read_published(file, "N1", COLUMNS) == (Published("0000", "2024", "T", 34.5),)


def test_saved_answer_by_unit_is_read(tmp_path):
    file = _file(tmp_path, "a.json", json.dumps({"values": [_row("U1", ou="V15E1")]}))
    assert read_published(file, "U1", COLUMNS)[0].area == "V15E1"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", "kommun;period;value\n0000;2024;3\n"),
        ("a.csv", "municipality;period;value\n0000;2024;tre\n"),
        ("a.json", "{}"),
        ("a.json", "inte json"),
        ("a.json", '{"values": [1]}'),
    ],
)
def test_file_that_is_something_else_is_refused(tmp_path, name, text):
    with pytest.raises(UserError) as refused:
        read_published(_file(tmp_path, name, text), "", COLUMNS)
    assert [problem.code for problem in refused.value.problems] == ["REP-021"]


def test_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(UserError, match="REP-021"):
        read_published(tmp_path / "nothing.csv", "", COLUMNS)
