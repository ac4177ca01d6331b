import pytest

from skillnad.lib.errors import UserError
from skillnad.reports import making
from skillnad.reports.making import file_name, write_report


def test_write_report_makes_the_folder_and_three_files(gaps, tmp_path):
    paths = write_report(gaps, tmp_path / "ny" / "mapp")
    assert [path.name for path in paths] == ["report.html", "report.pdf", "report.xlsx"]
    assert all(path.stat().st_size > 1000 for path in paths)


def test_write_report_refuses_a_folder_that_cannot_be(gaps, tmp_path):
    (tmp_path / "fil").write_text("x", encoding="utf-8")
    with pytest.raises(UserError) as refused:
        write_report(gaps, tmp_path / "fil")
    assert refused.value.code == "REP-001"


def test_write_report_writes_nothing_where_one_file_cannot_be_made(gaps, tmp_path, monkeypatch):
    def broken(report):
        raise RuntimeError("a bug")

    monkeypatch.setattr(making, "report_workbook", broken)
    with pytest.raises(RuntimeError):
        write_report(gaps, tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("units", "name"),
    [((), "report"), (("BUO",), "report-BUO"), (("BUO", "FÖR"), "report-BUO-FÖR"), (("../A b",), "report-_A_b")],
)
def test_files_of_some_units_carry_their_codes_and_leave_the_folder_for_no_other(units, name):
    assert file_name(units) == name
