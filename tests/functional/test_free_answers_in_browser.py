"""Free answers on a telephone and at a desk: read, themed, and usable by all."""

from pathlib import Path
from typing import Any

import people
import pytest
from answer_files import row, written
from made_instruments import small

from skillnad.collection.actions import import_answers

from .conftest import DESK, PHONE, serious, wider_than_the_window

pytestmark = pytest.mark.browser

WORDS = ("Larmet går hela tiden, ring mig på 070-123 45 67.", "Mörkt i trappan på Storgatan 12.", "أشعر بالأمان هنا")


@pytest.fixture
def page_of(open_page: Any, tmp_path: Path) -> Any:
    """The page of a question, where the analyst has signed in as a person does."""
    people.follow_up(people.intervention(people.case(people.cecilia(), unit=people.unit())))
    rows = [row(str(number), day="1", why_not=words) for number, words in enumerate(WORDS)]
    path = written(tmp_path / "svar.csv", *rows)
    import_answers(path=path, instrument=small(), by=people.BY, at=people.NOW)
    people.alva()

    def opened(**how: Any) -> Any:
        page = open_page("/fritext/", **how)
        page.get_by_label("Användarnamn").fill("alva")
        page.get_by_label("Lösenord").fill(people.PASSWORD)
        page.get_by_role("button", name="Logga in").click()
        page.get_by_role("link", name="why_not").click()
        return page

    return opened


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_words_fit_the_screen_and_are_for_all(size: dict[str, int], page_of: Any) -> None:
    page = page_of(size=size)
    assert page.get_by_text("ring mig på [telefon]").count() == 1
    assert serious(page) == []
    assert wider_than_the_window(page) == 0


def test_themes_are_set_without_script_and_followed(page_of: Any) -> None:
    page = page_of(script=False)
    page.get_by_label("Teman, med komma mellan, för svar 1").fill("språk")
    page.get_by_role("button", name="Spara teman för svar 1").click()
    page.get_by_role("link", name="språk").click()
    assert page.get_by_role("button", name="Spara teman").count() == 1
    assert page.get_by_label("Teman, med komma mellan").input_value() == "språk"


def test_theme_that_points_someone_out_is_told(page_of: Any) -> None:
    page = page_of()
    page.get_by_label("Teman, med komma mellan, för svar 2").fill("070-123 45 67")
    page.get_by_role("button", name="Spara teman för svar 2").click()
    assert "Temana är inte sparade" in page.get_by_role("alert").inner_text()
    assert serious(page) == []
