"""Every setting is documented, and every documented setting is read."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
NAME = re.compile(r"\bSKILLNAD_[A-Z_]*[A-Z]")
READ = re.compile(r"""(?:environ|values)(?:\.get\(|\[|\.setdefault\()\s*["'](SKILLNAD_[A-Z_]+)["']""")


def settings_that_are_read() -> set[str]:
    return {name for path in (ROOT / "src").rglob("*.py") for name in READ.findall(path.read_text())}


def test_settings_are_read_from_the_environment() -> None:
    assert {"SKILLNAD_HOME", "SKILLNAD_DATABASE_URL", "SKILLNAD_LANGUAGE"} <= settings_that_are_read()


def test_documented_settings_are_those_that_are_read() -> None:
    table = re.findall(r"^\| `(SKILLNAD_[A-Z_]+)` \|", (ROOT / "docs/settings.md").read_text(), re.MULTILINE)
    assert sorted(table) == sorted(settings_that_are_read())


def test_no_text_names_a_setting_that_does_not_exist() -> None:
    texts = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    named = {name for path in texts if path.exists() for name in NAME.findall(path.read_text())}
    assert named <= settings_that_are_read()
