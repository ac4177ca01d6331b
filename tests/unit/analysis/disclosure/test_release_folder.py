import json
import stat
from dataclasses import replace

import pytest
from tables_from_files import fixture

from skillnad.analysis.disclosure import release_folder
from skillnad.analysis.disclosure.policy import DEFAULT
from skillnad.analysis.disclosure.release_folder import check_out, read_release, write_release
from skillnad.analysis.disclosure.table_set.protecting import protect
from skillnad.lib.errors import UserError


@pytest.fixture(scope="module")
def release():
    return protect(fixture("insatser.csv", "personer.csv"), DEFAULT)


@pytest.fixture
def out(tmp_path, release):
    write_release(release, tmp_path / "ut")
    return tmp_path / "ut"


def report(folder):
    return json.loads((folder / "report.json").read_text(encoding="utf-8"))


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_release_comes_back_as_it_was(out, release):
    back = read_release(out)
    assert back.tables == release.tables
    assert back.id == release.id
    assert replace(back, cost=0, bound=0, seconds=0, rules={}) == replace(release, cost=0, bound=0, seconds=0, rules={})


def test_nothing_else_is_written(out, tmp_path):
    assert names(out) == ["insatser.csv", "personer.csv", "report.json"]
    assert names(tmp_path) == ["ut"]


def test_report_says_what_was_done(out, release):
    told = report(out)
    assert (told["primary"], told["secondary"]) == (release.primary, release.secondary)
    assert told["attacker"] == "A1"
    assert told["unmet"] == []
    assert told["withheld"] is False
    assert told["policy"]["id"] == DEFAULT.id
    assert told["policy"]["threshold"] == 5
    assert told["cost"] >= told["bound"] >= 0
    assert told["seconds"] >= 0


def test_report_says_what_the_tables_are(out, release):
    table = report(out)["tables"][1]
    assert table["file"] == "personer.csv"
    assert table["count"] == "antal"
    assert table["columns"] == ["kommun", "län", "kön"]
    assert (table["cells"], table["gaps"]) == (len(release.tables[1].rows), release.tables[1].gaps)


def test_table_is_written_as_it_came(out):
    assert (out / "personer.csv").read_text(encoding="utf-8").startswith("kommun;län;kön;antal\nTotal;Total;Total;")


def test_files_can_be_read_by_others(out):
    assert out.stat().st_mode & stat.S_IRWXU == stat.S_IRWXU


def test_an_earlier_release_is_replaced(out, release):
    write_release(replace(release, tables=release.tables[:1]), out)
    assert names(out) == ["insatser.csv", "report.json"]


@pytest.mark.parametrize("name", ["original.csv", "insatser.csv", "report.json"])
def test_anything_else_is_not_written_over(tmp_path, release, name):
    (tmp_path / name).write_text("{}", encoding="utf-8")
    with pytest.raises(UserError, match="DISC-060"):
        write_release(release, tmp_path)
    assert names(tmp_path) == [name]


def test_file_beside_a_release_s_own_is_not_written_over(out):
    (out / "mina anteckningar.txt").write_text("", encoding="utf-8")
    with pytest.raises(UserError, match="DISC-060"):
        check_out(out)


def test_file_is_no_folder(tmp_path):
    (tmp_path / "ut").write_text("", encoding="utf-8")
    with pytest.raises(UserError, match="DISC-060"):
        check_out(tmp_path / "ut")


def test_folder_that_cannot_be_made_leaves_nothing(tmp_path, release):
    (tmp_path / "fil").write_text("", encoding="utf-8")
    with pytest.raises(UserError, match="DISC-061"):
        write_release(release, tmp_path / "fil" / "ut")
    assert names(tmp_path) == ["fil"]


def test_what_was_there_stays_where_the_new_cannot_come(out, release, monkeypatch):
    before = (out / "report.json").read_bytes()
    monkeypatch.setattr(release_folder, "csv_of", lambda *_: (_ for _ in ()).throw(OSError))
    with pytest.raises(UserError, match="DISC-061"):
        write_release(release, out)
    assert (out / "report.json").read_bytes() == before
    assert names(out.parent) == ["ut"]


@pytest.mark.parametrize("name", ["insatser.csv", "personer.csv"])
def test_changed_table_is_noticed(out, name):
    text = (out / name).read_bytes()
    (out / name).write_bytes(text.replace(b"Total", b"total", 1))
    with pytest.raises(UserError, match=f"DISC-054 ut/{name}"):
        read_release(out)


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"format": 99}'])
def test_report_that_is_damaged_is_noticed(out, content):
    (out / "report.json").write_text(content, encoding="utf-8")
    with pytest.raises(UserError, match="DISC-054"):
        read_release(out)


def test_table_that_is_gone_is_noticed(out):
    (out / "personer.csv").unlink()
    with pytest.raises(UserError, match="DISC-054"):
        read_release(out)


def test_report_reaches_no_file_outside_its_folder(out):
    told = report(out)
    told["tables"][0]["file"] = "../insatser.csv"
    (out / "report.json").write_text(json.dumps(told), encoding="utf-8")
    (out.parent / "insatser.csv").write_bytes((out / "insatser.csv").read_bytes())
    (out / "insatser.csv").unlink()
    with pytest.raises(UserError, match="DISC-054"):
        read_release(out)


def test_folder_that_is_no_release_is_refused(tmp_path):
    with pytest.raises(UserError, match="DISC-054"):
        read_release(tmp_path)


def test_folder_without_a_report_is_told_as_no_release(tmp_path):
    with pytest.raises(UserError, match="DISC-054") as refused:
        read_release(tmp_path / "gone")
    assert "Här finns ingen publicering" in refused.value.text("sv")


def test_table_that_is_gone_is_named(tmp_path, release):
    write_release(release, tmp_path / "ut")
    (tmp_path / "ut" / "personer.csv").unlink()
    with pytest.raises(UserError, match="DISC-054") as refused:
        read_release(tmp_path / "ut")
    assert refused.value.problems[0].where == "ut/personer.csv"
