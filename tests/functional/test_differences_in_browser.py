"""*Skillnader att förklara* in a real browser: reading it on a telephone, and writing an explanation without script."""

from typing import Any

import people
import pytest
from differing import prepared_snapshot
from pages_made import shown

from .conftest import DESK, PHONE, serious, wider_than_the_window

pytestmark = pytest.mark.browser

PAGE = "/skillnader/?period=2025"
TEXT = "Kvinnorna har oftare korta insatser, som de själva har önskat."


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return prepared_snapshot(tmp_path_factory.mktemp("browser") / "snapshot")


@pytest.fixture
def signed_in(open_page: Any, prepared: Any) -> Any:
    """The page, where the analyst has signed in as a person does."""

    def page_for(path: str = PAGE, **how: Any) -> Any:
        shown(prepared)
        people.alva()
        page = open_page("/", **how)
        page.get_by_label("Användarnamn").fill("alva")
        page.get_by_label("Lösenord").fill(people.PASSWORD)
        page.get_by_role("button", name="Logga in").click()
        page.goto(page.url.split("/rapport/")[0] + path)
        return page

    return page_for


def goals(page: Any) -> Any:
    return page.locator("#mal-legal-sex-1")


def in_sight(page: Any, found: Any) -> bool:
    box = found.bounding_box()
    return bool(box and box["y"] >= 0 and box["y"] + box["height"] <= page.viewport_size["height"])


@pytest.mark.parametrize("size", [PHONE, DESK, {"width": 320, "height": 256}], ids=["phone", "desk", "four-times"])
@pytest.mark.parametrize("path", [PAGE, "/skillnader/?period=2024"], ids=["made", "unmade"])
def test_page_has_no_serious_accessibility_findings(signed_in: Any, path: str, size: dict[str, int]) -> None:
    page = signed_in(path, size=size)
    for summary in page.locator(".sk-explain summary").all()[:2]:
        summary.click()
    assert serious(page) == []
    assert wider_than_the_window(page) <= 0


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_explanation_is_written_beside_its_difference(signed_in: Any, script: bool) -> None:
    page = signed_in(size=PHONE, script=script)
    goals(page).locator("summary", has_text="Skriv en förklaring").click()
    goals(page).get_by_label("Din förklaring").fill(TEXT)
    goals(page).get_by_role("button", name="Spara förklaringen").click()
    page.wait_for_url("**#forklaring-mal-legal-sex-1")
    assert in_sight(page, goals(page).locator("blockquote"))
    assert TEXT in goals(page).locator("blockquote").inner_text()
    assert "alva" in goals(page).locator("blockquote").inner_text()
    goals(page).locator("summary", has_text="Ta bort").click()
    assert "går inte att få tillbaka" in goals(page).inner_text()
    goals(page).get_by_role("button", name="Ta bort förklaringen").click()
    assert goals(page).locator("blockquote").count() == 0


def test_what_is_refused_is_given_back_beside_the_reason(signed_in: Any) -> None:
    page = signed_in(size=PHONE)
    goals(page).locator("summary", has_text="Skriv en förklaring").click()
    goals(page).get_by_label("Din förklaring").fill("Se 20010203-T123")
    goals(page).get_by_role("button", name="Spara förklaringen").click()
    field = goals(page).get_by_label("Din förklaring")
    assert field.input_value() == "Se 20010203-T123"
    assert field.get_attribute("aria-invalid") == "true"
    assert in_sight(page, goals(page).locator(".ds-validation-message"))
    assert "personnummer" in page.get_by_role("alert").inner_text()
    assert serious(page) == []


def test_page_writes_no_errors_to_the_console(signed_in: Any) -> None:
    page = signed_in()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.reload()
    assert said == []


def test_keyboard_alone_reaches_and_opens_a_form(signed_in: Any) -> None:
    page = signed_in()
    goals(page).locator("summary", has_text="Skriv en förklaring").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "TEXTAREA"
