"""The tree's history in a file: TOML, CSV and XLSX say the same, and what is wrong is told by its place."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from skillnad.codebook.trees import Succession, TreeHistory, UnitSpell, faults_of
from skillnad.lib.errors import UserError
from skillnad.organisation.history.changes import placed
from skillnad.organisation.history.files import MOST_BYTES, read_history

DAY, EVE = date(2025, 1, 1), date(2024, 12, 31)
TOLD = TreeHistory(
    (
        UnitSpell("A", "Norr", "SN", "", None, EVE),
        UnitSpell("B", "Öster", "SN", "", None, EVE),
        UnitSpell("AB", "Norr och öster", "SN", "D1", DAY),
    ),
    (Succession("A", "AB", DAY), Succession("B", "AB", DAY)),
)
CSV = """kod;namn;nämnd;förvaltning;från;till;följer
A;Norr;SN;;;2024-12-31;
B;Öster;SN;;;2024-12-31;

AB;Norr och öster;SN;D1;2025-01-01;;A, B
"""
TOML = """
[[unit]]
code = "A"
name = "Norr"
committee = "SN"
to = 2024-12-31

[[unit]]
code = "B"
name = "Öster"
committee = "SN"
to = 2024-12-31

[[unit]]
code = "AB"
name = "Norr och öster"
committee = "SN"
administration = "D1"
from = 2025-01-01
follows = ["A", "B"]
"""


def written(folder, name, text):
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def refused(file):
    with pytest.raises(UserError) as error:
        read_history(file)
    return [(problem.code, problem.where) for problem in error.value.problems]


@pytest.mark.parametrize(("name", "text"), [("a.csv", CSV), ("a.toml", TOML), ("A.CSV", CSV.replace(";", "\t"))])
def test_file_says_what_the_units_have_been_through(tmp_path, name, text):
    assert read_history(written(tmp_path, name, text)) == TOLD


def test_csv_may_have_english_headings_a_mark_and_commas(tmp_path):
    text = "\ufeffCode,Name,Committee,To\r\nA,Norr,SN,2024-12-31\r\n"
    assert read_history(written(tmp_path, "a.csv", text)).spells == TOLD.spells[:1]


def test_workbook_has_days_as_days(tmp_path):
    book = openpyxl.Workbook()
    for row in [["Kod", "Namn", "Nämnd", "Från", "Följer"], ["AB", "Båda", "SN", DAY, "A;B"], [None] * 5]:
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    assert read_history(tmp_path / "a.xlsx") == TreeHistory((UnitSpell("AB", "Båda", "SN", "", DAY),), TOLD.successions)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", b"kod;namn"),
        ("a.toml", b"[[unit"),
        ("a.toml", b"name = 1"),
        ("a.toml", b"unit = 3"),
        ("a.csv", "kod;namn\nÅ;B".encode("latin-1")),
        ("a.csv", b'kod;namn\n"A;B'),
        ("a.xlsx", b"PK nothing"),
        ("a.csv", b"x" * (MOST_BYTES + 1)),
    ],
)
def test_file_that_is_no_history_is_refused(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    assert refused(tmp_path / name) == [("ORG-013", name)]


def test_file_that_is_not_there_is_refused(tmp_path):
    assert refused(tmp_path / "b.csv") == [("ORG-013", "b.csv")]


def test_every_wrong_row_is_told_by_its_line(tmp_path):
    text = "kod;namn;från;följer\nA;;2025-13-01;\n;Norr;;\nB;Öster;;A\n"
    told = [("ORG-015", f"a.csv, rad {line}") for line in (2, 2, 3, 4)]
    assert refused(written(tmp_path, "a.csv", text)) == told


def test_heading_that_is_none_is_told_of(tmp_path):
    assert refused(written(tmp_path, "a.csv", "kod;chef\nA;Någon\n")) == [("ORG-014", "a.csv, rad 2")]
    assert refused(written(tmp_path, "a.toml", TOML + 'manager = "X"')) == [("ORG-014", "a.toml, rad 14")]


def test_unit_without_a_committee_is_where_it_was_or_in_the_only_one():
    known = TreeHistory((UnitSpell("A", "Norr", "SN"), UnitSpell("B", "Öster", "ON")))
    told = TreeHistory((UnitSpell("B", "Öst", ""), UnitSpell("C", "Ny", "")))
    assert [spell.committee for spell in placed(told, known).spells] == ["ON", ""]
    assert placed(told, TreeHistory(known.spells[:1])).spells[1].committee == "SN"
    followed = TreeHistory(told.spells, (Succession("B", "C", DAY),))
    assert placed(followed, known).spells[1].committee == "ON"


def test_examples_of_the_manual_say_the_same(tmp_path):
    page = (Path(__file__).parents[3] / "docs" / "organisation.md").read_text(encoding="utf-8")
    blocks = {kind: page.split(f"```{kind}\n")[1].split("```")[0] for kind in ("csv", "toml")}
    whole, one = (read_history(written(tmp_path, f"a.{kind}", text)) for kind, text in blocks.items())
    assert one.spells[0] == whole.spells[-1]
    assert set(one.successions) < set(whole.successions)
    assert not list(faults_of(whole))
