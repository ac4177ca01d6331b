import io
import json
import subprocess
import sys

import openpyxl
import pyarrow.parquet as pq
import pyreadstat
import pytest
from made_tables import cross, frequency

from skillnad.lib.errors import UserError
from skillnad.reports.render.files import KINDS, save

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
