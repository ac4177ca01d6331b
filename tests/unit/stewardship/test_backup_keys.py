"""The pair of keys, and which files are taken."""

from pathlib import Path

import pytest
from pyrage import decrypt, encrypt

from skillnad.lib.errors import UserError
from skillnad.stewardship.backup.age_keys import identity_of, make_pair, recipient_of
from skillnad.stewardship.backup.contents import lasting, own_keys


def test_pair_opens_what_it_closes(tmp_path: Path) -> None:
    public = make_pair(tmp_path / "new" / "secret")
    assert (
        decrypt(encrypt(b"hej", [recipient_of(f" {public}\n")]), [identity_of(tmp_path / "new" / "secret")]) == b"hej"
    )


def test_secret_is_for_its_owner_alone(tmp_path: Path) -> None:
    make_pair(tmp_path / "secret")
    assert (tmp_path / "secret").stat().st_mode & 0o777 == 0o600


def test_key_is_never_written_over(tmp_path: Path) -> None:
    make_pair(tmp_path / "secret")
    before = (tmp_path / "secret").read_text()
    with pytest.raises(UserError, match="OPS-016"):
        make_pair(tmp_path / "secret")
    assert (tmp_path / "secret").read_text() == before


@pytest.mark.parametrize("public", ["", "age1", "AGE-SECRET-KEY-1QQQ", "x" * 62])
def test_recipient_that_is_none_is_refused_with_the_way_to_one(public: str) -> None:
    with pytest.raises(UserError, match=r"OPS-001 SKILLNAD_BACKUP_RECIPIENT:.*keygen") as refused:
        recipient_of(public)
    assert public == "" or public not in str(refused.value).replace("age1…", "")


@pytest.mark.parametrize("content", ["", "# public key: age1", "AGE-SECRET-KEY-1QQQ\n", "ett\ntvå\n", "åäö"])
def test_file_that_is_no_secret_key_is_refused_without_its_content(tmp_path: Path, content: str) -> None:
    (tmp_path / "secret").touch(mode=0o600)
    (tmp_path / "secret").write_text(content)
    with pytest.raises(UserError, match="OPS-002 secret:") as refused:
        identity_of(tmp_path / "secret")
    assert "QQQ" not in str(refused.value)


def test_secret_that_others_can_read_is_refused(tmp_path: Path) -> None:
    make_pair(tmp_path / "secret")
    (tmp_path / "secret").chmod(0o640)
    with pytest.raises(UserError, match="OPS-002"):
        identity_of(tmp_path / "secret")


def home_with(tmp_path: Path, *names: str) -> Path:
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    return tmp_path


def test_what_must_last_is_taken(tmp_path: Path) -> None:
    names = ["ledger-0a.jsonl", "sammanhang.toml", "snapshots/ab/cases.parquet", "snapshots/ab/reports/2025/report.pdf"]
    names.append("checkpoints/logg-000000000001.json")
    home = home_with(tmp_path, *names)
    assert sorted(name for name, _ in lasting(home, {})) == sorted(names)


def test_keys_rejected_rows_and_what_is_being_made_are_not(tmp_path: Path) -> None:
    home = home_with(
        tmp_path,
        "keys.json",
        "ledger-0a.key",
        "ledger-0a.lock",
        "import/avvisade-x.csv",
        "snapshots/.lock",
        "snapshots/.making-7/cases.parquet",
        "cache/x",
        "static/x",
        "skillnad.sqlite3-wal",
    )
    assert list(lasting(home, {})) == []
    assert [path.name for path in own_keys(home)] == ["ledger-0a.key"]


def test_link_out_of_the_home_is_not_followed(tmp_path: Path) -> None:
    home = home_with(tmp_path, "secret", "snapshots/ab/manifest.json")
    (home / "snapshots/ab/link").symlink_to(home / "secret")
    assert [name for name, _ in lasting(home, {})] == ["snapshots/ab/manifest.json"]


def test_own_codebook_is_taken_from_wherever_it_lies(tmp_path: Path) -> None:
    elsewhere = home_with(tmp_path / "etc", "variables/a.toml").resolve()
    found = list(lasting(tmp_path / "home", {"codebook": elsewhere, "instruments": None}))
    assert found == [("kodbok/variables/a.toml", elsewhere / "variables/a.toml")]
