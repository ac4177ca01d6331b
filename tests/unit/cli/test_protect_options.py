"""What bad input `skillnad protect` gets: an error that names cells and remedy, and nothing is written."""

import pytest

from skillnad.cli.main import build
from skillnad.lib.errors import UserError

CANARY = "4711"
HEAD = "muni,region,sex,n\n"
BAD = {
    "one that is gone": (None, [], "DISC-040"),
    "not UTF-8": (HEAD.encode() + b"\xe5,1,k,9\n", [], "DISC-040"),
    "nothing": (b"", [], "DISC-041"),
    "another column": (b"muni,antal\nA,9\n", [], "DISC-042"),
    "a line too long": (f"{HEAD}A,1,k,9,9\n", [], "DISC-043"),
    "a value missing": (f"{HEAD}A,1,,{CANARY}\n", [], "DISC-043"),
    "a negative count": (f"{HEAD}A,1,k,-{CANARY}\n", [], "DISC-044"),
    "a part of a count": (f"{HEAD}A,1,k,{CANARY}.5\n", [], "DISC-044"),
    "a cell twice": (f"{HEAD}A,1,k,{CANARY}\nA,1,k,{CANARY}\n", [], "DISC-045"),
    "margins that do not add up": (f"{HEAD}A,1,k,9\nTotal,1,k,{CANARY}\n", ["muni=region"], "DISC-046"),
    "a hole": (f"{HEAD}A,1,k,{CANARY}\nB,,k,9\n", ["muni=region"], "DISC-047"),
    "two parents": (f"{HEAD}A,1,k,{CANARY}\nA,2,m,9\n", ["muni=region"], "DISC-048"),
    "a ring": (f"{HEAD}A,1,k,{CANARY}\n", ["muni=region", "region=muni"], "DISC-049"),
    "half a grouping": (f"{HEAD}A,1,k,{CANARY}\n", ["muni"], "DISC-049"),
    "a grouping of nothing": (f"{HEAD}A,1,k,{CANARY}\n", ["muni=land"], "DISC-042"),
    "a sum by another name": (f"{HEAD}A,1,k,{CANARY}\nA,1,Totalt,{CANARY}\n", [], "DISC-062"),
    "a sum in capitals": (f"{HEAD}A,1,k,{CANARY}\nTOTAL,1,k,{CANARY}\n", ["muni=region"], "DISC-062"),
    "an identity": (f"{HEAD}20000229-2399,1,k,{CANARY}\n", [], "DISC-058"),
}


def protect(*words):
    build(["protect"])(["protect", *map(str, words)], standalone_mode=False)


@pytest.mark.parametrize(("content", "groupings", "code"), BAD.values(), ids=BAD)
def test_bad_table_is_refused_and_nothing_written(tmp_path, content, groupings, code):
    if content is not None:
        (tmp_path / "t.csv").write_bytes(content.encode() if isinstance(content, str) else content)
    before = {path.name for path in tmp_path.iterdir()}
    options = [word for each in groupings for word in ("--hierarchy", each)]
    with pytest.raises(UserError) as refused:
        protect(tmp_path / "t.csv", "--count", "n", *options, "--out", tmp_path / "ut")
    assert refused.value.code == code
    assert CANARY not in refused.value.text("sv") + refused.value.text("en")
    assert {path.name for path in tmp_path.iterdir()} == before


@pytest.fixture
def table(tmp_path):
    file = tmp_path / "t.csv"
    file.write_text(f"{HEAD}A,1,k,30\nB,1,k,40\nB,1,m,50\nC,2,m,60\n", encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--force", "muni=Z"], "DISC-051"),
        (["--force", "muni"], "DISC-049"),
        (["--force", "muni=A,sex=m"], "DISC-051"),
        (["--against", "gone"], "DISC-054"),
        (["--policy", "gone.toml"], "DISC-024"),
        (["--threshold", "1"], "DISC-001"),
        (["--threshold", "0"], "DISC-001"),
        (["--threshold", "-4"], "DISC-001"),
    ],
)
def test_bad_option_is_refused_and_nothing_written(tmp_path, table, words, code):
    with pytest.raises(UserError) as refused:
        protect(table, "--count", "n", *words, "--out", tmp_path / "ut")
    assert refused.value.code == code
    assert not (tmp_path / "ut").exists()


def test_forced_cell_may_be_of_several_columns(tmp_path, table, capsys):
    protect(table, "--count", "n", "--hierarchy", "muni=region", "--force", "muni=B,sex=k", "--out", tmp_path / "ut")
    assert "\nB,1,k,\n" in (tmp_path / "ut" / "t.csv").read_text(encoding="utf-8")
    assert "Följdluckor" in capsys.readouterr().out


def test_column_that_looks_like_a_grouping_is_asked_about(tmp_path, table, capsys):
    protect(table, "--count", "n", "--out", tmp_path / "ut")
    assert "--hierarchy muni=region" in capsys.readouterr().err
    protect(table, "--count", "n", "--hierarchy", "muni=region", "--out", tmp_path / "ut")
    assert capsys.readouterr().err == ""


def test_policy_s_threshold_may_be_higher_than_what_quantiles_need(tmp_path, table):
    (tmp_path / "r.toml").write_text("threshold = 35\n", encoding="utf-8")
    protect(
        table, "--count", "n", "--hierarchy", "muni=region", "--policy", tmp_path / "r.toml", "--out", tmp_path / "ut"
    )
    assert "\nA,1,k,\n" in (tmp_path / "ut" / "t.csv").read_text(encoding="utf-8")


def test_low_threshold_is_told_by_its_option(tmp_path, table):
    with pytest.raises(UserError) as refused:
        protect(table, "--count", "n", "--threshold", "0", "--out", tmp_path / "ut")
    assert refused.value.problems[0].where == "--threshold"


def test_file_where_the_folder_should_be_is_told_as_a_file(tmp_path, table):
    (tmp_path / "ut").write_text("kvar", encoding="utf-8")
    with pytest.raises(UserError, match="DISC-060") as refused:
        protect(table, "--count", "n", "--out", tmp_path / "ut")
    assert "Här ligger en fil" in refused.value.text("sv")
    assert (tmp_path / "ut").read_text(encoding="utf-8") == "kvar"


def test_same_people_on_several_rows_are_told_of(tmp_path, table, capsys):
    """Of C, region 2, there is one town, so they are one group; the gaps of both rows are its."""
    options = ["--count", "n", "--hierarchy", "muni=region", "--out", tmp_path / "ut"]
    protect(table, *options)
    assert "grupper av människor" not in capsys.readouterr().out
    protect(table, *options, "--force", "muni=C,sex=m")
    rows = (tmp_path / "ut" / "t.csv").read_text(encoding="utf-8").splitlines()
    gaps = sum(row.endswith(",") for row in rows)
    assert f"De {gaps} luckorna är " in capsys.readouterr().out


def test_grouping_may_stand_on_one_line_only(tmp_path, table):
    protect(table, "--count", "n", "--hierarchy", "muni=region", "--out", tmp_path / "full")
    table.write_text(table.read_text(encoding="utf-8").replace("B,1,m,50", "B,,m,50"), encoding="utf-8")
    protect(table, "--count", "n", "--hierarchy", "muni=region", "--out", tmp_path / "ut")
    assert (tmp_path / "ut" / "t.csv").read_bytes() == (tmp_path / "full" / "t.csv").read_bytes()


def test_one_group_on_two_rows_is_told_as_one(tmp_path, table, capsys):
    table.write_text("muni,n\nA,2\n", encoding="utf-8")
    protect(table, "--count", "n", "--out", tmp_path / "ut")
    assert "De 2 luckorna är en enda grupp av människor" in capsys.readouterr().out
