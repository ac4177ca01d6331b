"""Every address by every role, in the area of the people and in another: what is not allowed shows nothing, changes
nothing and tells nothing. The addresses and the roles are the program's own; `access_table` has how each is asked for.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zlib import crc32

import people
import pytest
from access_table import ADDRESSES, OPEN, SIGNING, Address, all_addresses
from answer_files import row, written
from areas_made import a_story
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import resolve
from made_instruments import small

from skillnad.collection.actions import import_answers
from skillnad.collection.models import FreeAnswer
from skillnad.organisation.models import Account, Role
from skillnad.organisation.rights import TABLE, Right

pytestmark = pytest.mark.django_db
CANARIES = {"BU": "Kungsfiskaren", "LSS": "Stenskvättan", "SECRET": "Nattskärran", "NONE": "Gräshoppsångaren"}
"""What people have written: in Bu's committee, in another, under protected identity, and of no unit."""
GET, POST = "GET", "POST"


@pytest.fixture(autouse=True)
def written_words(db: None, tmp_path: Path) -> None:
    units = {"BU": people.unit("BU"), "LSS": people.unit("LSS"), "SECRET": people.unit("BU"), "NONE": None}
    for key, unit in units.items():
        a_story(f"{key}-1", unit=unit, protected=key == "SECRET")
    rows = [
        row(key, follow_up=f"{key}-1", day="1", night="1", why_not=f"{word} larmar.") for key, word in CANARIES.items()
    ]
    import_answers(path=written(tmp_path / "a.csv", *rows), instrument=small(), by=people.BY, at=people.NOW)
    people.login("cesar", Role.INTERVIEWER)


def someone(role: Role, place: str) -> Account:
    """With the role in the people's unit or in another committee's; those that need no place too."""
    return people.login("prov", role, unit=people.unit(place))


def stored() -> dict[str, int]:
    """All rows of ours but the log, where a refusal is to leave its mark."""
    models = [model for model in apps.get_models() if model.__module__.startswith("skillnad.")]
    kept = [model for model in models if model._meta.app_label != "audit"]
    rows = {model.__name__: sorted(map(repr, model._base_manager.values_list())) for model in kept}
    return {name: crc32(repr(each).encode()) for name, each in rows.items()}


def asked(browser: Any, address: Address, method: str) -> Any:
    if method == GET:
        return browser.get(address.path)
    return browser.post(address.path, dict(address.data or {}))


def ways() -> Iterator[tuple[str, Address, str]]:
    for name, address in ADDRESSES.items():
        for method in (GET, POST) if address.posts else (GET,):
            yield name, address, method


def canaries_in(answer: Any) -> set[str]:
    body = b"".join(answer) if answer.streaming else answer.content
    return {key for key, word in CANARIES.items() if word.encode() in body}


def test_every_address_has_a_row() -> None:
    assert {name for name, _ in all_addresses()} == set(ADDRESSES)


@pytest.mark.parametrize("name", list(ADDRESSES))
def test_row_leads_to_the_address_that_it_names(name: str) -> None:
    assert resolve(ADDRESSES[name].path.partition("?")[0]).url_name == name


def test_only_signing_in_and_texts_are_open() -> None:
    assert {name for name, row in ADDRESSES.items() if row.right is OPEN} == {
        "start",
        "accessibility",
        "report_style",
        *SIGNING,
    }


def test_no_address_holds_a_number_of_a_row() -> None:
    assert not [path for _, path in all_addresses() if "<int" in path]


@pytest.mark.parametrize("place", ["BU", "LSS"])
@pytest.mark.parametrize("role", list(Role))
def test_role_opens_what_the_table_gives_it_and_nothing_else(role: Role, place: str, browser: Any) -> None:
    browser.force_login(someone(role, place))
    browser.raise_request_exception = False
    wrong, before = [], stored()
    for name, address, method in ways():
        allowed = address.right is OPEN or role in TABLE[address.right].roles
        answer = asked(browser, address, method)
        if answer.status_code >= 500 and answer.status_code != 503:
            wrong.append((name, method, answer.status_code))
        if answer.status_code == 405:
            continue
        if allowed is (answer.status_code == 403):
            wrong.append((name, method, answer.status_code))
        if not allowed and (canaries_in(answer) or stored() != before):
            wrong.append((name, method, "told or changed something"))
        before = stored() if allowed else before
        seen = {place} if allowed and address.right is Right.READ_FREE_TEXT else set()
        if canaries_in(answer) - seen:
            wrong.append((name, method, "showed another area's words"))
    assert wrong == []


@pytest.mark.parametrize("place", ["BU", "LSS"])
def test_words_are_shown_in_their_own_area_and_no_other(place: str, browser: Any) -> None:
    browser.force_login(someone(Role.ANALYST, place))
    assert canaries_in(browser.get(ADDRESSES["free_answers"].path)) == {place}


def test_stranger_is_led_to_sign_in_and_told_nothing(browser: Any) -> None:
    before = stored()
    for name, address, method in ways():
        answer = asked(browser, address, method)
        if address.right is not OPEN:
            assert answer.status_code == 405 or answer["Location"].startswith("/logga-in/"), name
        assert canaries_in(answer) == set()
    assert stored() == before


def test_central_analyst_gets_results_and_never_a_person(browser: Any) -> None:
    browser.force_login(people.astrid())
    for _, address, method in ways():
        assert canaries_in(asked(browser, address, method)) == set()


NOT_SEEN = ["LSS", "SECRET", "NONE"]


def told_of(browser: Any, path: str, data: dict[str, str] | None = None) -> tuple[int, bytes, int]:
    """Status, the page without what is new in each (a form's token), and how many questions the database got."""
    with CaptureQueriesContext(connection) as queries:
        answer = browser.get(path) if data is None else browser.post(path, data)
    return answer.status_code, answer.content, len(queries)


@pytest.mark.parametrize("whose", NOT_SEEN)
def test_question_that_others_answered_is_as_one_that_nobody_did(whose: str, browser: Any) -> None:
    """By its status, its size and what was asked of the database, which is where time goes."""
    FreeAnswer.everyone.exclude(submission__follow_up__source_key=f"{whose}-1").delete()
    browser.force_login(someone(Role.ANALYST, "BU"))
    browser.get("/fritext/")
    there, never = told_of(browser, "/fritext/trygghet/why_not/"), told_of(browser, "/fritext/trygghet/who_not/")
    assert there[0] == never[0] == 404
    assert (len(there[1]), there[2]) == (len(never[1]), never[2])


@pytest.mark.parametrize("whose", NOT_SEEN)
def test_answer_of_someone_else_is_as_one_that_is_not_there(whose: str, browser: Any) -> None:
    theirs = FreeAnswer.everyone.get(submission__follow_up__source_key=f"{whose}-1").pk
    browser.force_login(someone(Role.ANALYST, "BU"))
    browser.get("/fritext/")
    path = ADDRESSES["theme_free_answer"].path
    found, missing = (told_of(browser, path, {"answer": str(n), "themes": "larm"}) for n in (theirs, 987654))
    assert found[0] == missing[0] == 404
    assert (len(found[1]), found[2]) == (len(missing[1]), missing[2])


def test_account_that_exists_is_as_one_that_does_not_at_sign_in(browser: Any) -> None:
    there, never = (
        browser.post("/logga-in/", {"login": name, "password": "en gissning som är fel"}).content.decode()
        for name in ("cesar", "sesar")
    )
    assert len(there) == len(never)
    assert there.count("ds-validation-message") == never.count("ds-validation-message")
