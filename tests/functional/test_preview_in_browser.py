"""The preview on a telephone, in a real browser: the base form, easy to read with pictures, and Arabic."""

from typing import Any

import people
import pytest

from .conftest import DESK, PHONE, serious, wider_than_the_window

pytestmark = pytest.mark.browser

SKR6 = "/instrument/skr6/"
PICTURES = f"{SKR6}?variant=picture&svar.b1a=1"
ARABIC = f"{SKR6}?language=ar&svar.b1a=1"
TARGETS = "main a, main button, main summary, main .put-box, main .put select, main .put input[type=number]"
SMALL = f"""[...document.querySelectorAll('{TARGETS}')]
  .filter(each => !each.closest('details:not([open])') || each.tagName === 'SUMMARY')
  .filter(each => each.getBoundingClientRect().height < 44)
  .map(each => each.textContent.trim() || each.tagName)"""


@pytest.fixture
def preview(open_page: Any, db: None) -> Any:
    """A page of the preview where the analyst has signed in."""

    def opened(path: str, **how: Any) -> Any:
        people.alva()
        page = open_page(f"/logga-in/?next={path}", **how)
        page.get_by_label("Användarnamn").fill("alva")
        page.get_by_label("Lösenord").fill(people.PASSWORD)
        page.get_by_role("button", name="Logga in").click()
        page.goto("/".join(page.url.split("/")[:3]) + path)
        return page

    return opened


@pytest.mark.parametrize(
    ("path", "size"),
    [
        ("/instrument/", PHONE),
        (SKR6, PHONE),
        (PICTURES, PHONE),
        (PICTURES, DESK),
        (ARABIC, PHONE),
        ("/instrument/work_diary/", PHONE),
        ("/instrument/fcs/", PHONE),
        ("/instrument/ors/?svar.social=5.6", PHONE),
    ],
)
def test_form_is_accessible_and_fits(preview: Any, path: str, size: dict[str, int]) -> None:
    page = preview(path, size=size)
    assert serious(page) == []
    assert wider_than_the_window(page) <= 0
    assert page.evaluate(SMALL) == []


def test_follow_up_question_comes_without_javascript(preview: Any) -> None:
    page = preview(SKR6, size=PHONE, script=False)
    question = page.get_by_role("group", name="Om din situation har förbättrats")
    assert question.count() == 0
    page.get_by_role("group", name="Hur har din situation").get_by_label("Förbättrats mycket").check()
    page.get_by_role("button", name="Visa frågorna som följer på svaren").click()
    assert question.get_by_role("radio").count() == 5
    assert page.get_by_role("group", name="Hur har din situation").get_by_label("Förbättrats mycket").is_checked()


def test_picture_stands_on_the_right_of_nothing_but_its_words(preview: Any) -> None:
    """In Swedish on a telephone: the mark, the picture, the words, from left to right on one row."""
    row = preview(PICTURES, size=PHONE).locator(".put-box").first
    left = [row.locator(part).bounding_box()["x"] for part in ("input", "svg", "span >> nth=-1")]
    assert left == sorted(left)
    assert row.locator("svg").bounding_box()["height"] >= 44


def test_arabic_form_begins_at_the_right(preview: Any) -> None:
    row = preview(ARABIC, size=PHONE).locator(".put-box").first
    mark, words = row.locator("input").bounding_box(), row.locator("span").bounding_box()
    assert mark["x"] > words["x"]


def test_line_is_marked_by_a_press_and_by_keys_without_javascript(preview: Any) -> None:
    page = preview("/instrument/ors/", size=PHONE, script=False)
    line = page.get_by_role("radiogroup", name="Socialt")
    assert page.get_by_role("radio", checked=True).count() == 0
    box = line.bounding_box()
    line.click(position={"x": box["width"] / 2, "y": box["height"] / 2})
    marked = float(line.get_by_role("radio", checked=True).get_attribute("value"))
    assert marked == pytest.approx(5, abs=0.11)
    page.keyboard.press("ArrowRight")
    assert float(line.get_by_role("radio", checked=True).get_attribute("value")) == pytest.approx(marked + 0.1)
    assert page.get_by_role("radio", checked=True).count() == 1
