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


@pytest.fixture
def before(tmp_path, table):
    """A release of the same people."""
    protect(table, "--count", "n", "--hierarchy", "muni=region", "--out", tmp_path / "before")
    return tmp_path / "before"


def refused_beside(before, table, tmp_path):
    with pytest.raises(UserError) as refused:
        protect(table, "--count", "n", "--hierarchy", "muni=region", "--against", before, "--out", tmp_path / "ut")
    assert not (tmp_path / "ut").exists()
    return refused.value


def test_release_that_was_changed_afterwards_stops_the_next(tmp_path, table, before):
    told = (before / "t.csv").read_text(encoding="utf-8")
    (before / "t.csv").write_text(told.replace(",30", ",31"), encoding="utf-8")
    refused = refused_beside(before, table, tmp_path)
    assert (refused.code, refused.problems[0].where) == ("DISC-054", "before/t.csv")
    assert "säkerhetskopia" in refused.text("sv")


@pytest.mark.parametrize("content", ["", "{", "[]", '{"format": 1}'])
def test_report_that_is_damaged_stops_the_next(tmp_path, table, before, content):
    (before / "report.json").write_text(content, encoding="utf-8")
    assert refused_beside(before, table, tmp_path).code == "DISC-054"


def test_release_of_other_people_stops_the_next_and_names_the_cells(tmp_path, table, before):
    table.write_text(table.read_text(encoding="utf-8").replace("A,1,k,30", f"A,1,k,{CANARY}"), encoding="utf-8")
    refused = refused_beside(before, table, tmp_path)
    assert refused.code == "DISC-055"
    assert "muni=A" in refused.text("sv")
    assert CANARY not in refused.text("sv") + refused.text("en")


@pytest.mark.parametrize(
    ("policy", "word"), [("treshold = 5", "threshold"), ('attacker = "A9"', "A1"), ("threshold = true", "threshold")]
)
def test_policy_with_a_typo_is_refused_with_what_was_meant(tmp_path, table, policy, word):
    (tmp_path / "r.toml").write_text(policy, encoding="utf-8")
    with pytest.raises(UserError) as refused:
        protect(table, "--count", "n", "--policy", tmp_path / "r.toml", "--out", tmp_path / "ut")
    assert refused.value.code.startswith("DISC-02")
    assert word in refused.value.text("sv")
    assert not (tmp_path / "ut").exists()


def test_earlier_release_that_stands_in_the_way_is_named(tmp_path):
    """All of a0 is in c0, where no more than 8 are b1: of the ten in a0 two or more are then b0, one of the first's."""
    files = {
        "ab": "a,b,n\na0,b0,3\na0,b1,7\na1,b0,5\na1,b1,9\n",
        "bc": "b,c,n\nb0,c0,8\nb0,c1,0\nb1,c0,8\nb1,c1,8\n",
        "ac": "a,c,n\na0,c0,10\na0,c1,0\na1,c0,6\na1,c1,8\n",
    }
    for name, text in files.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    protect(tmp_path / "ab.csv", "--count", "n", "--out", tmp_path / "first")
    both = tmp_path / "bc.csv", tmp_path / "ac.csv"
    with pytest.raises(UserError) as refused:
        protect(*both, "--count", "n", "--against", tmp_path / "first", "--out", tmp_path / "ut")
    assert (refused.value.code, refused.value.problems[0].where) == ("DISC-056", "--against, ab.csv")
    assert "i samma kommando" in refused.value.text("sv")
    assert not (tmp_path / "ut").exists()


def test_tables_that_stand_in_each_other_s_way_are_protected_in_one_command(tmp_path):
    for name, text in {
        "ab": "a,b,n\na0,b0,3\na0,b1,7\na1,b0,5\na1,b1,9\n",
        "ac": "a,c,n\na0,c0,10\na0,c1,0\na1,c0,6\na1,c1,8\n",
    }.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    protect(tmp_path / "ab.csv", tmp_path / "ac.csv", "--count", "n", "--out", tmp_path / "ut")
    assert "a0,b0,\n" in (tmp_path / "ut" / "ab.csv").read_text(encoding="utf-8")
