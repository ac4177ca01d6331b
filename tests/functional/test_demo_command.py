"""`skillnad demo` and `skillnad serve` as they are run: what they make, what they refuse, and that they stop."""

import json
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from skillnad.cli.service import demo
from skillnad.cli.service.serve import HOST, address, check_free
from skillnad.lib.errors import UserError

from .commands import SKILLNAD, environment, skillnad


@contextmanager
def listening() -> Iterator[int]:
    """A port that something listens on."""
    with closing(socket.create_server((HOST, 0))) as server:
        yield server.getsockname()[1]


def free_port() -> int:
    with closing(socket.create_server((HOST, 0))) as server:
        return int(server.getsockname()[1])


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A small demo, and what it said."""
    home = tmp_path_factory.mktemp("demo") / "kommun"
    done = skillnad("demo", "--clients", "60", "--seed", "3", "--home", str(home))
    assert done.returncode == 0, done.stderr
    return home, done.stdout


def test_demo_puts_all_in_its_own_folder(made: tuple[Path, str]) -> None:
    home, _ = made
    assert {path.name for path in (home / "underlag").iterdir()} == {"lifecare", "procapita", "omsorg"}
    assert {path.name for path in (home / "svar").iterdir()} == {"skr6.csv", "hvb_pilot_2022.csv"}
    assert {path.name for path in (home / "rapport").iterdir()} >= {"report.html", "report.pdf", "report.xlsx"}
    assert list((home / "snapshots").glob("*/manifest.json"))
    assert json.loads((home / "demo.json").read_text()) == {"clients": 60, "seed": 3}


def test_demo_says_what_each_step_did_and_how_long_it_took(made: tuple[Path, str]) -> None:
    _, said = made
    assert len(re.findall(r" … .*\d,\d s$", said, re.MULTILINE)) == 9
    for system in ("lifecare", "procapita", "omsorg"):
        assert re.search(rf"Inläsning av {system} \(\d filer\) … \d+ rader lästa, \d+ godtagna", said)
    for instrument in ("skr6", "hvb_pilot_2022"):
        assert re.search(rf"Inläsning av svar på {instrument} … \d+ formulär lästa, \d+ godtagna", said)


def test_demos_answers_can_be_imported_by_the_ordinary_command_and_change_nothing(made: tuple[Path, str]) -> None:
    home, _ = made
    again = ("import", "answers", str(home / "svar" / "skr6.csv"), "--instrument", "skr6", "--json")
    told = json.loads(skillnad(*again, **demo.environment(home)).stdout)
    assert told["new"] == told["changed"] == 0
    assert told["unchanged"] == told["read"] - told["refused"] > 20


def test_demos_snapshot_has_the_answers(made: tuple[Path, str]) -> None:
    (manifest,) = (made[0] / "snapshots").glob("*/manifest.json")
    told = json.loads(manifest.read_text())
    assert [name for name, *_ in told["instruments"]][-1] == "skr6"


def test_demo_says_where_to_go_and_how_to_sign_in(made: tuple[Path, str]) -> None:
    _, said = made
    assert "http://127.0.0.1:8000/" in said
    assert re.search(r"anna  \S+-\S+-\S+-\S+   \(analytiker\)", said)
    assert re.search(r"bo    \S+-\S+-\S+-\S+   \(enhetschef", said)


def test_demo_can_be_started_again_as_it_was_started(made: tuple[Path, str]) -> None:
    home, said = made
    line = next(line for line in said.splitlines() if "Startas med" in line)
    assert f"SKILLNAD_HOME={home}" in line
    assert line.endswith(f"{sys.executable} -m skillnad.cli.main serve --port 8000")


@pytest.mark.parametrize(
    ("name", "found", "told"),
    [
        (".venv/bin/skillnad", None, ".venv/bin/skillnad"),
        (".venv/bin/skillnad", "/usr/bin/skillnad", ".venv/bin/skillnad"),
        ("/opt/skillnad/bin/skillnad", "/opt/skillnad/bin/skillnad", "skillnad"),
        ("/home/en kommun/skillnad", None, "'/home/en kommun/skillnad'"),
        ("/srv/skillnad/cli/main.py", None, f"{sys.executable} -m skillnad.cli.main"),
    ],
)
def test_command_is_told_as_it_was_called(name: str, found: str | None, told: str) -> None:
    assert demo.called_as(name, found) == told


def test_demo_keeps_its_keys_to_itself(made: tuple[Path, str]) -> None:
    home, _ = made
    assert (home / "keys.json").stat().st_mode & 0o077 == 0


def test_demo_is_not_for_others_to_read(made: tuple[Path, str]) -> None:
    home, _ = made
    assert home.stat().st_mode & 0o077 == 0
    kept = [home / "skillnad.sqlite3", *home.glob("avvisat/*/*"), *home.glob("snapshots/*/reports/*/*")]
    assert len(kept) > 3
    assert [path.name for path in kept if path.stat().st_mode & 0o007] == []


def test_demo_again_starts_from_the_beginning(made: tuple[Path, str], tmp_path: Path) -> None:
    home, before = made
    (home / "mitt.txt").write_text("kvar")
    done = skillnad("demo", "--clients", "50", "--seed", "4", "--home", str(home), SKILLNAD_LANGUAGE="en")
    assert done.returncode == 0, done.stderr
    assert "Three extracts about 50 made-up clients" in done.stdout
    assert len(list((home / "snapshots").glob("*/manifest.json"))) == 1
    assert (home / "mitt.txt").read_text() == "kvar"
    assert _password(done.stdout) != _password(before)


def _password(said: str) -> str:
    found = re.search(r"anna  (\S+)", said)
    assert found
    return found[1]


def test_demo_refuses_a_folder_with_something_else(tmp_path: Path) -> None:
    (tmp_path / "budget.xlsx").write_text("x")
    done = skillnad("demo", "--home", str(tmp_path))
    assert done.returncode == 2
    assert done.stderr.startswith("CONF-022")
    assert [path.name for path in tmp_path.iterdir()] == ["budget.xlsx"]


def test_demo_that_cannot_serve_says_so_before_it_makes_anything(tmp_path: Path) -> None:
    with listening() as port:
        done = skillnad("demo", "--serve", "--port", str(port), "--home", str(tmp_path / "kommun"))
    assert done.returncode == 2
    assert f"CONF-020 --port {port}: Porten är upptagen" in done.stderr
    assert not (tmp_path / "kommun").exists()


def test_serve_on_a_taken_port_says_which_other_to_take() -> None:
    with listening() as port:
        done = skillnad("serve", "--port", str(port))
    assert done.returncode == 2
    assert "skillnad serve --port" in done.stderr
    assert "Traceback" not in done.stderr


@contextmanager
def served(home: Path, port: int) -> Iterator["subprocess.Popen[str]"]:
    """The demo's pages, in a process of its own that ends with the block."""
    command = [*SKILLNAD, "serve", "--port", str(port)]
    settings = environment(**demo.environment(home))
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=settings)
    try:
        yield server
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(timeout=60)


def answer(url: str, server: "subprocess.Popen[str]") -> tuple[int, str]:
    """Status and address of the page that answers, waiting while the server starts."""
    for _ in range(600):
        assert server.poll() is None, server.stdout.read() if server.stdout else ""
        try:
            with urllib.request.urlopen(url, timeout=30) as page:
                return page.status, page.url
        except urllib.error.HTTPError:
            raise
        except OSError:
            time.sleep(0.1)
    raise AssertionError("no answer")


def test_serve_answers_with_the_sign_in_page_and_stops_when_interrupted(made: tuple[Path, str]) -> None:
    port = free_port()
    with served(made[0], port) as server:
        status, url = answer(address(HOST, port), server)
        assert status == 200
        assert "login" in url or "logga-in" in url
    check_free(HOST, port)


def sign_in(home: Path, username: str, password: str) -> str:
    """The address that someone who signs in ends up at."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    port = free_port()
    with served(home, port) as server:
        _, login = answer(address(HOST, port), server)
        page = browser.open(login, timeout=30).read().decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token
        form = {"login": username, "password": password, "csrfmiddlewaretoken": token[1]}
        request = urllib.request.Request(login, urllib.parse.urlencode(form).encode(), {"Referer": login})
        return str(browser.open(request, timeout=120).url)


def test_anna_signs_in_with_the_password_that_the_demo_says(tmp_path: Path) -> None:
    done = skillnad("demo", "--clients", "50", "--seed", "5", "--home", str(tmp_path / "kommun"))
    url = sign_in(tmp_path / "kommun", "anna", _password(done.stdout))
    assert "/rapport/" in url


def test_claim_makes_an_empty_folder_with_the_demos_mark(tmp_path: Path) -> None:
    home = tmp_path / "a" / "b"
    demo.claim(home, 70, 2)
    assert [path.name for path in home.iterdir()] == [demo.MARK]


def test_claim_removes_what_the_demo_made_and_nothing_else(tmp_path: Path) -> None:
    demo.claim(tmp_path, 70, 2)
    (tmp_path / "snapshots" / "x").mkdir(parents=True)
    (tmp_path / "keys.json").write_text("{}")
    (tmp_path / "anteckningar.txt").write_text("kvar")
    demo.claim(tmp_path, 70, 2)
    assert {path.name for path in tmp_path.iterdir()} == {demo.MARK, "anteckningar.txt"}


def test_claim_of_an_empty_folder_is_allowed(tmp_path: Path) -> None:
    demo.claim(tmp_path, 70, 2)
    assert (tmp_path / demo.MARK).exists()


def test_environment_is_the_demos_own(tmp_path: Path) -> None:
    settings = demo.environment(tmp_path)
    assert settings["SKILLNAD_MODE"] == "demo"
    assert settings["SKILLNAD_HOME"] == str(tmp_path)
    assert Path(settings["SKILLNAD_LOCAL_CODEBOOK"]).parent == tmp_path


@pytest.mark.parametrize(("host", "url"), [("127.0.0.1", "http://127.0.0.1:8000/"), ("::1", "http://[::1]:8000/")])
def test_address_is_one_that_a_browser_takes(host: str, url: str) -> None:
    assert address(host, 8000) == url


@pytest.mark.parametrize(("host", "code"), [("192.0.2.1", "CONF-021"), ("ingen.invalid", "CONF-021")])
def test_address_of_another_machine_is_refused(host: str, code: str) -> None:
    with pytest.raises(UserError) as refused:
        check_free(host, 8000)
    assert refused.value.code == code


def test_free_port_is_accepted() -> None:
    check_free(HOST, free_port())
