"""The organisation's page on a telephone and at a desk: an operator changes it without a mouse or script."""

from typing import Any

import people
import pytest

from skillnad.organisation.models import Unit

from .conftest import DESK, PHONE, serious, wider_than_the_window

pytestmark = pytest.mark.browser


@pytest.fixture
def page_of(open_page: Any) -> Any:
    """The page, where the operator has signed in as a person does."""
    people.exempelby()
    people.olle()

    def opened(**how: Any) -> Any:
        page = open_page("/organisationen/", **how)
        page.get_by_label("Användarnamn").fill("olle")
        page.get_by_label("Lösenord").fill(people.PASSWORD)
        page.get_by_role("button", name="Logga in").click()
        return page

    return opened


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_page_fits_the_screen_with_every_form_open_and_is_for_all(size: dict[str, int], page_of: Any) -> None:
    page = page_of(size=size)
    for summary in page.locator("summary").all():
        summary.click()
    assert serious(page) == []
    assert wider_than_the_window(page) == 0


def test_unit_is_split_on_a_telephone_without_script(page_of: Any) -> None:
    page = page_of(size=PHONE, script=False)
    page.get_by_text("Dela en enhet").click()
    form = page.locator("form", has=page.get_by_role("button", name="Dela", exact=True))
    form.get_by_label("Enhet", exact=True).select_option("BU")
    form.get_by_label("Enheter efter delningen").fill("B1 Barn\nU1 Unga")
    form.get_by_label("Från och med").fill("2025-01-01")
    form.get_by_role("button", name="Dela").click()
    assert page.get_by_role("cell", name="B1, BU, U1").count() == 2
    assert Unit.objects.get(code="U1").name == "Unga"
