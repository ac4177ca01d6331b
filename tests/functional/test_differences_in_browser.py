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
    """The difference in goals, opened by leading to it."""
    if not page.locator("#mal-legal-sex-1").is_visible():
        page.goto(page.url.split("#")[0] + "#mal-legal-sex-1")
    return page.locator("#mal-legal-sex-1")


def height(page: Any) -> int:
    return int(page.evaluate("document.documentElement.scrollHeight"))


def in_sight(page: Any, found: Any) -> bool:
    box = found.bounding_box()
    return bool(box and box["y"] > -1 and box["y"] + box["height"] <= page.viewport_size["height"])


@pytest.mark.parametrize("size", [PHONE, DESK, {"width": 320, "height": 256}], ids=["phone", "desk", "four-times"])
@pytest.mark.parametrize("path", [PAGE, "/skillnader/?period=2024"], ids=["made", "unmade"])
def test_page_has_no_serious_accessibility_findings(signed_in: Any, path: str, size: dict[str, int]) -> None:
    page = signed_in(path, size=size)
    assert serious(page) == []
    for summary in [summary for summary in page.locator(".sk-fold > summary").all() if summary.is_visible()]:
        summary.click()
    for summary in [summary for summary in page.locator(".sk-fold .sk-fold > summary").all() if summary.is_visible()][
        :3
    ]:
        summary.click()
    for summary in [summary for summary in page.locator(".sk-explain summary").all() if summary.is_visible()][:2]:
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


@pytest.mark.parametrize(("size", "most"), [(PHONE, 12_000), (DESK, 6_000)], ids=["phone", "desk"])
def test_all_folded_the_page_has_an_end(signed_in: Any, size: dict[str, int], most: int) -> None:
    page = signed_in(size=size)
    assert page.locator("details.sk-fold[open]").count() == 0
    assert height(page) < most


def test_first_window_of_a_telephone_has_how_many_and_the_foremost_five(signed_in: Any) -> None:
    page = signed_in(size=PHONE)
    assert "jämförelser visar en skillnad" in page.locator("#i-korthet h2").inner_text()
    assert in_sight(page, page.locator("#i-korthet h2"))
    assert page.locator(".sk-foremost a").count() == 5
    assert in_sight(page, page.locator(".sk-foremost a").last)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_link_from_the_first_window_opens_what_it_leads_to(signed_in: Any, script: bool) -> None:
    page = signed_in(size=PHONE, script=script)
    page.locator(".sk-foremost a").last.click()
    page.wait_for_url("**#*")
    inside = page.locator(f"#{page.url.split('#')[1]}")
    assert inside.is_visible()
    assert inside.get_by_role("table").is_visible()
    assert page.locator("details.sk-item[open]").count() == 1
    inside.get_by_role("link", name="Till kapitlets början").click()
    assert in_sight(page, page.get_by_role("heading", name="Skillnader att förklara", exact=True))


def test_what_is_folded_opens_by_keyboard(signed_in: Any) -> None:
    page = signed_in()
    page.locator(".sk-under > summary").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator("details.sk-item[open]").count() == 1
    assert page.locator("details.sk-item[open] table").first.is_visible()


def test_script_opens_all_for_print_and_closes_again(signed_in: Any) -> None:
    page = signed_in()
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details.sk-fold:not([open])").count() == 0
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator("details.sk-fold[open]").count() == 0


def test_style_alone_shows_all_on_paper(signed_in: Any) -> None:
    page = signed_in(script=False)
    before = height(page)
    page.emulate_media(media="print")
    assert page.locator("details.sk-fold[open]").count() == 0
    assert height(page) > 3 * before
    assert page.locator("#mal-legal-sex-1 table").is_visible()


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
