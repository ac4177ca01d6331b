import io
import json
import subprocess
import sys

import openpyxl
import pyarrow.parquet as pq
import pyreadstat
import pytest
from made_tables import YEAR, cross, frequency, invented

from skillnad.exchange.results.frames import to_frame
from skillnad.lib.errors import UserError
from skillnad.reports.contents.standard import standard_outline
from skillnad.reports.outline import questions
from skillnad.reports.render.files import KINDS, save
from skillnad.reports.table_charts import drawing_of

TABLE = cross({("1", "1"): 20, ("1", "2"): None, ("2", "1"): 7, ("2", "2"): 9})
OPENED = {
    "csv": lambda content: content.decode("utf-8-sig"),
    "xlsx": lambda content: str(list(openpyxl.load_workbook(io.BytesIO(content)).active.values)),
    "parquet": lambda content: str(pq.read_table(io.BytesIO(content)).to_pylist()),
    "json": lambda content: str(json.loads(content)["cells"]),
    "html": bytes.decode,
    "md": bytes.decode,
}


@pytest.mark.parametrize(("kind", "opened"), OPENED.items(), ids=OPENED)
def test_every_kind_of_file_has_the_number_and_the_gap(kind, opened):
    text = opened(KINDS[kind].content(TABLE))
    assert "20" in text
    assert any(gap in text for gap in ("..", "None"))


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("csv", "sav", "xlsx")])
def test_file_has_the_key_that_finds_the_answer_again(kind):
    told = KINDS[kind].content(frequency({"1": 20, "2": 30}))
    assert b"a" * 12 in told


def test_save_goes_by_the_end_of_the_name(tmp_path):
    file = save(TABLE, tmp_path / "Tabell.SAV")
    assert pyreadstat.read_sav(file)[1].number_rows == 16


def test_save_takes_the_path_as_text(tmp_path):
    assert save(TABLE, str(tmp_path / "t.md")).read_text().startswith("**Ärenden 2025")


@pytest.mark.parametrize("name", ["tabell", "tabell.xls", "tabell.docx"])
def test_save_to_another_ending_says_which_there_are(tmp_path, name):
    with pytest.raises(UserError, match=r"REP-012.*\.csv, \.xlsx, \.sav, \.parquet"):
        save(TABLE, tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_save_where_there_is_no_folder_says_so(tmp_path):
    with pytest.raises(UserError, match="ASK-022"):
        save(TABLE, tmp_path / "nowhere" / "t.csv")


def test_command_that_writes_a_table_loads_no_charts():
    loaded = "import sys, skillnad.cli.kernel.table; print({'altair', 'xlsxwriter'} & {*sys.modules})"
    done = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


@pytest.fixture(scope="module")
def every_table(described):
    """An answer to each question of the standard report, of every kind that it asks."""
    asked = questions(standard_outline(described.manifest, YEAR), YEAR)
    return [invented(described, question) for question in asked]


@pytest.mark.parametrize("hidden", [False, True])
def test_every_question_of_the_report_becomes_a_frame_and_an_spss_file(described, every_table, hidden, tmp_path):
    for table in every_table:
        answer = invented(described, table.question, hidden=hidden)
        frame, file = to_frame(answer), save(answer, tmp_path / "t.sav")
        data, told = pyreadstat.read_sav(file, user_missing=True)
        assert frame.num_rows == len(data) > 0
        assert frame.column("count").null_count == (frame.num_rows if hidden else 0)
        assert all(len(name.encode()) <= 64 for name in told.column_names)


def test_every_question_of_the_report_has_a_picture_or_says_why_not(every_table):
    drawn = [drawing_of(table) for table in every_table]
    assert sum(drawing is not None for drawing in drawn) > 0.8 * len(drawn)
