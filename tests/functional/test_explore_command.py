"""`skillnad explore`: a real server on a free port of loopback, and a browser with the address that was printed."""

import io
import re
import signal
import socket
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pages_made import small_snapshot

from .commands import SKILLNAD, environment, skillnad
from .conftest import DESK, serious

SECONDS = 120
LISTENING = "0A"
LOOPBACK = "0100007F"


@dataclass(frozen=True)
class Explorer:
    process: "subprocess.Popen[str]"
    address: str
    log: Path

    @property
    def root(self) -> str:
        return self.address.partition("?")[0]

    def stop(self) -> int:
        """Ctrl+C, and the exit status."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=SECONDS)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_snapshot(tmp_path_factory.mktemp("explore") / "snapshot").path


def no_home(folder: Path) -> dict[str, str]:
    """A machine where nothing is installed."""
    return {"SKILLNAD_HOME": str(folder.parent / "nowhere")}


@contextmanager
def started(folder: Path) -> Iterator[Explorer]:
    """An explorer of a snapshot, stopped by its own process id, and well."""
    log = folder.parent / "log"
    with log.open("w") as errors:
        command = [*SKILLNAD, "explore", str(folder)]
        process = subprocess.Popen(
            command, env=environment(**no_home(folder)), stdout=subprocess.PIPE, stderr=errors, encoding="utf-8"
        )
    assert process.stdout
    first = process.stdout.readline()
    found = re.search(r"http://127\.0\.0\.1:\d+/\?nyckel=\S+", first)
    try:
        assert found, log.read_text()
        yield Explorer(process, found[0], log)
    finally:
        process.kill() if process.poll() is None else None
        process.wait(timeout=SECONDS)
        process.stdout.close()


@pytest.fixture(scope="module")
def explorer(folder: Path) -> Iterator[Explorer]:
    with started(folder) as explorer:
        yield explorer


@pytest.fixture(scope="module")
def page(explorer: Explorer, chromium: Any) -> Iterator[Any]:
    """The one browser that the address lets in."""
    context = chromium.new_context(viewport=DESK, locale="sv-SE", accept_downloads=True)
    opened = context.new_page()
    opened.goto(explorer.address)
    yield opened
    context.close()


def status(address: str) -> int:
    try:
        with urllib.request.urlopen(address, timeout=SECONDS) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def refused(folder: Path, *options: str) -> str:
    done = skillnad("explore", str(folder), *options, **no_home(folder))
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    return done.stderr


@pytest.mark.parametrize("query", ["", "?nyckel=fel"])
def test_address_without_the_right_key_is_refused(explorer: Explorer, query: str) -> None:
    assert status(explorer.root + query) == 403


@pytest.mark.browser
def test_reader_builds_a_table_and_takes_it_along(page: Any, tmp_path: Path) -> None:
    page.get_by_role("link", name="Hur många?").click()
    page.get_by_label("Rader").select_option("legal_sex")
    page.get_by_label("Period").select_option("2025")
    page.get_by_role("button", name="Visa", exact=True).click()
    assert "20" in page.get_by_role("row", name="Kvinna").inner_text()
    for label, kind in (("Hämta som CSV", "csv"), ("Hämta som Excel", "xlsx")):
        with page.expect_download() as download:
            page.get_by_role("link", name=label).click()
        download.value.save_as(tmp_path / f"tabell.{kind}")
    assert "Kvinna;20" in (tmp_path / "tabell.csv").read_text("utf-8-sig")
    book = openpyxl.load_workbook(io.BytesIO((tmp_path / "tabell.xlsx").read_bytes()))
    assert {20, 40} <= {cell for row in book.active.values for cell in row}


@pytest.mark.browser
def test_small_group_is_hidden_without_accounts_too(page: Any, explorer: Explorer) -> None:
    page.goto(explorer.root + "utforska/?om=insatser&rader=unit&period=2025")
    assert ".." in page.get_by_role("row", name="Väster").inner_text()


@pytest.mark.browser
def test_page_has_no_serious_accessibility_findings(page: Any, explorer: Explorer) -> None:
    page.goto(explorer.root + "utforska/?om=insatser&rader=legal_sex&period=2025")
    assert serious(page) == []


@pytest.mark.browser
def test_address_lets_no_second_browser_in(page: Any, explorer: Explorer, chromium: Any) -> None:
    context = chromium.new_context(locale="sv-SE")
    try:
        other = context.new_page()
        assert other.goto(explorer.address).status == 403
        assert serious(other) == []
    finally:
        context.close()


@pytest.mark.browser
def test_log_has_who_came_and_what_left(page: Any, explorer: Explorer) -> None:
    with page.expect_download():
        page.evaluate("location.href = '/utforska/tabell.csv?om=insatser&rader=legal_sex'")
    log = explorer.log.read_text()
    assert "INFO skillnad.audit explore.opened" in log
    assert 'explorer.exported {"snapshot"' in log
    assert explorer.address.partition("=")[2] not in log


def test_explorer_listens_to_this_machine_alone(explorer: Explorer) -> None:
    port = f"{int(explorer.root.rsplit(':', 1)[1].strip('/')):04X}"
    rows = [line.split() for name in ("tcp", "tcp6") for line in Path(f"/proc/net/{name}").read_text().splitlines()[1:]]
    heard = {row[1].split(":")[0] for row in rows if row[3] == LISTENING and row[1].endswith(f":{port}")}
    assert heard == {LOOPBACK}


def test_address_beyond_this_machine_is_refused(folder: Path) -> None:
    assert refused(folder, "--host", "0.0.0.0").startswith("CONF-023 --host:")


def test_folder_without_a_snapshot_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path).startswith("SNAP-001")


def test_port_that_is_taken_leads_to_another(folder: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert "`skillnad explore --port" in refused(folder, "--port", str(taken.getsockname()[1]))


def test_explorer_makes_nothing_but_answers_and_ends_with_ctrl_c(tmp_path: Path) -> None:
    folder = small_snapshot(tmp_path / "snapshot").path
    with started(folder) as explorer:
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        browser.open(explorer.address, timeout=SECONDS).close()
        table = f"{explorer.root}utforska/?om=insatser&rader=legal_sex&period=2025"
        assert "Kvinna" in browser.open(table, timeout=SECONDS).read().decode()
        assert explorer.stop() == 0
    assert not (tmp_path / "nowhere").exists()
    assert not list(folder.rglob("*sqlite*"))
    assert list(folder.glob("protected/*.json"))
    assert "Traceback" not in explorer.log.read_text()
