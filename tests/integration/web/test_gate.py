"""The door of an explorer without accounts, and what whoever comes through it may see."""

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client, override_settings
from pages_made import small_snapshot

from skillnad.analysis.disclosure.policy import DEFAULT, Policy
from skillnad.analysis.snapshot import Snapshot
from skillnad.config.explore import explorer_settings
from skillnad.lib.errors import Denied
from skillnad.organisation.permissions import check_can_explore_tables, check_can_read_report
from skillnad.web.shared.access import allowed
from skillnad.web.shared.snapshot_reader import SnapshotReader, check_reader

KEY = "en-nyckel-ur-terminalen"
HERE = ("MIDDLEWARE", "TEMPLATES", "ROOT_URLCONF", "SKILLNAD_MODE", "SKILLNAD_SNAPSHOT", "SKILLNAD_EXPLORE_KEY")
SEX = {"om": "insatser", "rader": "legal_sex", "period": "2025"}


@pytest.fixture(scope="module")
def explored(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return small_snapshot(tmp_path_factory.mktemp("explored") / "snapshot")


@pytest.fixture
def stranger(explored: Snapshot) -> Iterator[Client]:
    """A browser without cookies. There is no database: the test asks for none, and pytest-django lets nobody else."""
    made = explorer_settings(explored.path, KEY, "127.0.0.1")
    with override_settings(**{name: made[name] for name in HERE}):
        yield Client(SERVER_NAME="127.0.0.1")


@pytest.fixture
def reader(stranger: Client) -> Client:
    """A browser that has followed the address."""
    stranger.get("/", {"nyckel": KEY})
    return stranger


@pytest.mark.parametrize(
    "path", ["/", "/?nyckel=fel", "/?nyckel=", "/utforska/", f"/utforska/?nyckel={KEY}", "/?nyckel=å"]
)
def test_stranger_is_refused_and_told_where_the_address_is(stranger: Client, path: str) -> None:
    answer = stranger.get(path)
    assert answer.status_code == 403
    assert "adressen som skrevs ut i terminalen" in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"


def test_refusal_tells_nothing_of_the_snapshot(stranger: Client, explored: Snapshot) -> None:
    page = stranger.get("/utforska/", SEX).content.decode()
    assert explored.id[:12] not in page
    assert "Kvinna" not in page


def test_key_is_no_good_by_post_and_is_not_spent_by_it(stranger: Client) -> None:
    assert stranger.post(f"/?nyckel={KEY}").status_code == 403
    assert stranger.get("/", {"nyckel": KEY}).status_code == 302


def test_key_opens_the_explorer_and_leaves_the_address(stranger: Client) -> None:
    answer = stranger.get("/", {"nyckel": KEY}, follow=True)
    assert answer.redirect_chain == [("/utforska/", 302)]
    assert "Vad vill du veta?" in answer.content.decode()


def test_key_opens_once(stranger: Client) -> None:
    stranger.get("/", {"nyckel": KEY})
    stranger.cookies.clear()
    assert stranger.get("/", {"nyckel": KEY}).status_code == 403


def test_who_is_in_may_follow_the_address_again(reader: Client) -> None:
    assert reader.get("/", {"nyckel": KEY})["Location"] == "/utforska/"


def test_cookie_is_not_the_key_and_is_for_this_browser_alone(reader: Client) -> None:
    (cookie,) = reader.cookies.values()
    assert KEY not in cookie.value
    assert (cookie["httponly"], cookie["samesite"], cookie["expires"]) == (True, "Lax", "")


def test_another_explorers_cookie_opens_nothing(reader: Client, explored: Snapshot) -> None:
    stored = reader.cookies.output()
    other = Client(SERVER_NAME="127.0.0.1")
    other.cookies.load(stored)
    assert other.get("/utforska/").status_code == 403


def test_reader_builds_tables_and_takes_files(reader: Client) -> None:
    assert ">20<" in reader.get("/utforska/", SEX).content.decode()
    assert b"Kvinna;20" in reader.get("/utforska/tabell.csv", SEX).content


def test_page_says_which_snapshot_and_offers_no_sign_out(reader: Client, explored: Snapshot) -> None:
    page = reader.get("/utforska/").content.decode()
    assert f"Ögonblicksbild {explored.id[:12]}, läget 2025-12-31" in page
    assert "Logga ut" not in page


@pytest.mark.parametrize("path", ["/rapport/", "/logga-in/", "/konto/nytt/"])
def test_nothing_else_of_the_site_is_there(reader: Client, path: str) -> None:
    assert reader.get(path).status_code == 404


def test_another_host_name_is_refused(reader: Client) -> None:
    with override_settings(ALLOWED_HOSTS=explorer_settings(Path("x"), KEY, "127.0.0.1")["ALLOWED_HOSTS"]):
        assert reader.get("/utforska/", headers={"host": "evil.example"}).status_code == 400


def test_file_that_leaves_is_a_line_of_the_log(reader: Client, explored: Snapshot, caplog: Any) -> None:
    with caplog.at_level(logging.INFO, "skillnad.audit"):
        reader.get("/utforska/tabell.csv", SEX)
    (line,) = (record.getMessage() for record in caplog.records if "exported" in record.getMessage())
    assert line.startswith("explorer.exported {")
    assert explored.id in line
    assert '"facts": {"file": "csv"}' in line


def test_who_comes_and_who_is_refused_is_in_the_log_without_addresses(stranger: Client, caplog: Any) -> None:
    with caplog.at_level(logging.INFO, "skillnad.audit"):
        stranger.get("/?nyckel=fel")
        stranger.get("/", {"nyckel": KEY})
    said = [record.getMessage() for record in caplog.records if record.name == "skillnad.audit"]
    assert said == ["explore.refused", "explore.opened"]


def test_reader_may_build_tables_and_nothing_else() -> None:
    check_reader(check_can_explore_tables)
    with pytest.raises(Denied, match="bara en ögonblicksbild"):
        check_reader(check_can_read_report)


def test_site_with_a_register_has_no_such_door() -> None:
    assert settings.SKILLNAD_EXPLORE_KEY is None
    assert not [name for name in settings.MIDDLEWARE if "gate" in name]


def test_explorer_alone_has_no_database_and_reads_no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SKILLNAD_MODE", "nonsens")
    made = explorer_settings(Path("x"), KEY, "127.0.0.1")
    assert made["DATABASES"] == {}
    assert made["CONTENT_SECURITY_POLICY"] == settings.CONTENT_SECURITY_POLICY


def test_explorer_alone_protects_by_the_policy_that_it_is_given() -> None:
    stricter = Policy(threshold=7)
    assert explorer_settings(Path("x"), KEY, "127.0.0.1", stricter)["SKILLNAD_POLICY"] is stricter
    assert explorer_settings(Path("x"), KEY, "127.0.0.1")["SKILLNAD_POLICY"] == DEFAULT


def test_page_of_another_right_is_closed_to_a_reader_and_logged(rf: Any, caplog: Any) -> None:
    request = rf.get("/rapport/")
    request.user, request.resolver_match = SnapshotReader("5" * 64, "2025-12-31"), None
    with caplog.at_level(logging.INFO, "skillnad.audit"):
        answer = allowed(check_can_read_report)(lambda _: HttpResponse("rapporten"))(request)
    assert answer.status_code == 403
    assert "bara en ögonblicksbild" in answer.content.decode()
    assert "web.denied" in caplog.text
