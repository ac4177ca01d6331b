from datetime import date
from zipfile import is_zipfile

import pytest
from made_tables import frequency

from skillnad.analysis.questions import Selection, Where
from skillnad.cli.kernel.asking import (
    Destination,
    Rows,
    condition,
    conditions,
    home,
    newest_snapshot,
    reported_period,
)
from skillnad.codebook.manifest import MADE
from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import Population
from skillnad.lib.errors import UserError
from skillnad.reports.render.files import KINDS


def made(home, name, at):
    (home / "snapshots" / name).mkdir(parents=True)
    (home / "snapshots" / name / MADE).write_text(f'{{"made_at": "{at}"}}', encoding="utf-8")


def test_condition_has_a_column_and_codes():
    assert condition("problem=1, 14", "--where") == Where("problem", ("1", "14"))


def test_condition_on_the_missing_has_an_empty_code():
    assert condition("origin=", "--where") == Where("origin", ("",))


@pytest.mark.parametrize("text", ["problem", "=1", ""])
def test_condition_without_column_or_codes_is_refused(text):
    with pytest.raises(UserError, match="ASK-023 --share: "):
        condition(text, "--share")


def test_units_are_one_condition():
    assert conditions(["problem=1"], ["A", "B"]) == (Where("problem", ("1",)), Where("unit", ("A", "B")))


def test_nothing_asked_for_is_no_condition():
    assert conditions(None, None) == ()


def test_selection_reads_its_period():
    chosen = Rows(Population.CASES, "2025Q1").selected()
    assert chosen == Selection(Population.CASES, Period.parse("2025Q1"))


def test_period_of_a_report_may_begin_on_the_last_day_that_is_known():
    assert reported_period("2025-12-31..2026-01-31", date(2025, 12, 31)).start == date(2025, 12, 31)


def test_period_that_begins_after_the_last_day_is_refused():
    with pytest.raises(UserError, match="REP-014 --period: Underlaget slutar 2025-12-31"):
        reported_period("2026", date(2025, 12, 31))


def test_newest_snapshot_is_the_one_made_last(tmp_path):
    made(tmp_path, "b", "2025-12-01T10:00:00")
    made(tmp_path, "a", "2026-01-01T10:00:00")
    assert newest_snapshot(tmp_path).name == "a"


def test_folder_without_snapshots_is_refused(tmp_path):
    with pytest.raises(UserError, match=r"ASK-024.*SKILLNAD_HOME"):
        newest_snapshot(tmp_path)


def test_home_is_where_the_environment_says(monkeypatch, tmp_path):
    monkeypatch.setenv("SKILLNAD_HOME", str(tmp_path))
    assert home() == tmp_path


def test_unknown_format_is_refused_before_anything_is_asked():
    with pytest.raises(UserError, match="ASK-021"):
        Destination("ods", None)


@pytest.mark.parametrize("format", ["xlsx", "sav", "parquet"])
def test_format_that_no_screen_shows_needs_a_file(format, tmp_path):
    with pytest.raises(UserError, match=f"REP-013 --format: .*--out tabell.{format}"):
        Destination(format, None)
    assert Destination(format, tmp_path / "x").format == format


def test_file_without_a_format_is_what_its_name_ends_with(tmp_path):
    table, file = frequency({"1": 12, "2": 8}), tmp_path / "tabell.XLSX"
    Destination("", file).write(table)
    assert is_zipfile(file)


def test_format_goes_before_the_files_name(tmp_path):
    table, file = frequency({"1": 12, "2": 8}), tmp_path / "tabell.xlsx"
    Destination("csv", file).write(table)
    assert file.read_bytes() == KINDS["csv"].content(table)


@pytest.mark.parametrize("name", ["tabell.doc", "tabell"])
def test_file_that_says_no_kind_is_refused_before_anything_is_asked(name, tmp_path):
    with pytest.raises(UserError, match="REP-012"):
        Destination("", tmp_path / name)
