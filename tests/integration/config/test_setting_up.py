"""A new installation, from nothing: in a process of its own, as a command does it."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

from skillnad.lib.sealing import load_key_file

SET_UP = """
from skillnad.cli.service.django_setup import prepare_database, set_up_django
set_up_django()
prepare_database()
"""


def set_up(home: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SKILLNAD_", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, "-c", SET_UP],
        env={**kept, "SKILLNAD_HOME": str(home), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_new_home_is_private_and_has_keys_and_tables(tmp_path: Path) -> None:
    home = tmp_path / "a home"
    assert set_up(home).stderr == ""
    assert home.stat().st_mode & 0o777 == 0o700
    assert load_key_file(home / "keys.json").current
    with sqlite3.connect(home / "skillnad.sqlite3") as database:
        assert database.execute("SELECT count(*) FROM register_client").fetchone() == (0,)


def test_what_is_made_is_not_for_others_even_in_a_home_that_is_open(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    set_up(tmp_path)
    made = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {"skillnad.sqlite3", "keys.json"} <= {path.name for path in made}
    assert [path.name for path in made if path.stat().st_mode & 0o007] == []


def test_setting_up_again_keeps_the_keys(tmp_path: Path) -> None:
    set_up(tmp_path)
    before = (tmp_path / "keys.json").read_bytes()
    assert set_up(tmp_path).returncode == 0
    assert (tmp_path / "keys.json").read_bytes() == before


def test_unsafe_production_does_not_start(tmp_path: Path) -> None:
    refused = set_up(tmp_path / "home", SKILLNAD_MODE="production")
    assert refused.returncode != 0
    assert "CONF-002 SKILLNAD_SECRET_KEY" in refused.stderr
    assert not (tmp_path / "home").exists()


def test_production_makes_no_keys_by_itself(tmp_path: Path) -> None:
    safe = {"SKILLNAD_SECRET_KEY": "x" * 50, "SKILLNAD_ALLOWED_HOSTS": "uppfoljning.example.se"}
    refused = set_up(tmp_path, SKILLNAD_MODE="production", **safe)
    assert "CONF-015" in refused.stderr
    assert not (tmp_path / "skillnad.sqlite3").exists()


def test_site_with_a_policy_that_cannot_be_read_does_not_start(tmp_path: Path) -> None:
    codebook = tmp_path / "kodbok"
    codebook.mkdir()
    (codebook / "skydd.toml").write_text("treshold = 7", encoding="utf-8")
    refused = set_up(tmp_path / "home", SKILLNAD_LOCAL_CODEBOOK=str(codebook))
    assert refused.returncode != 0
    assert "DISC-021 skydd.toml, rad 1: Policyn har ingen regel ”treshold”. Menade du ”threshold”?" in refused.stderr
