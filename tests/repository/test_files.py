"""What no file of the repository says: where it was made, and where its packages were fetched."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HOSTS = [
    "pypi" + ".org",
    "files.python" + "hosted.org",
    "registry.npm" + "js.org",
    "index" + "-url",
    "proxy.golang" + ".org",
]
MACHINE = re.compile(r"(?<![\w./~-])/(?:root|work|home/\w+|Users/\w+)/")


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def texts() -> list[tuple[str, str]]:
    found = []
    for path in tracked():
        content = path.read_bytes()
        if b"\0" not in content:
            found.append((str(path.relative_to(ROOT)), content.decode("utf-8", errors="replace")))
    return found


def test_no_file_names_a_package_registry() -> None:
    assert [(name, host) for name, text in texts() for host in HOSTS if host in text] == []


def test_no_file_names_a_folder_of_a_machine() -> None:
    assert [(name, found.group()) for name, text in texts() if (found := MACHINE.search(text))] == []


@pytest.mark.parametrize("text", ["cd /" + "work/x", "'/" + "root/.cache'", "=/" + "home/anna/src"])
def test_folders_of_a_machine_are_recognised(text: str) -> None:
    assert MACHINE.search(text)


@pytest.mark.parametrize("text", ["../shared/work/x", "https://example.se/root/x", "/srv/skillnad/"])
def test_other_paths_are_left_alone(text: str) -> None:
    assert not MACHINE.search(text)


def test_no_secret_or_database_is_tracked() -> None:
    kept_out = re.compile(r"keys\.json$|\.sqlite3|\.pem$|(^|/)\.env$|^var/")
    assert [str(path) for path in tracked() if kept_out.search(str(path.relative_to(ROOT)))] == []
