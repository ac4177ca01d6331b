"""An analyst at a desk, a manager on a phone, someone with a keyboard alone: the pages in a real browser."""

from pathlib import Path
from typing import Any

import openpyxl
import people
import pytest
from pages_made import reported_snapshot, shown

from .conftest import DESK, PHONE, serious, wider_than_the_window

pytestmark = pytest.mark.browser

CROSSED = "/utforska/?om=insatser&rader=problem&kolumner=legal_sex&period=2025"
COMPARED = f"{CROSSED}&andel=kolumner&jamfor=1&varde=1"
ASKED = "/utforska/?fraga="
VALUES = f"{ASKED}enheter&av=problem&mellan=unit&bara1=legal_sex"
REVIEWED = "/rapport/granska/2025/"
WRONG = f"{ASKED}grupper&av=problem&varde_av=problem&mellan=legal_sex&period=egna&fran=2025-01-01&spelar_roll=0"
FLOWED = f"{ASKED}flode&visa=manader&period=egna&fran=2025-01-01&till=2025-06-30"


@pytest.fixture(scope="session")
def reported(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return reported_snapshot(tmp_path_factory.mktemp("browser") / "snapshot")


@pytest.fixture
def signed_in(open_page: Any, reported: Any) -> Any:
    """A page where the analyst has signed in as a person does."""

    def page_for(**how: Any) -> Any:
        shown(reported)
        people.alva()
        page = open_page("/", **how)
        page.get_by_label("Användarnamn").fill("alva")
        page.get_by_label("Lösenord").fill(people.PASSWORD)
        page.get_by_role("button", name="Logga in").click()
        return page

    return page_for


def test_analyst_signs_in_reads_builds_and_downloads(signed_in: Any, tmp_path: Path) -> None:
    page = signed_in()
    page.get_by_role("link", name="Läs rapporten för 2025").click()
    assert page.get_by_role("heading", level=1).inner_text().startswith("Systematisk uppföljning")
    page.get_by_role("link", name="Utforska").click()
    page.get_by_role("link", name="Hur många?").click()
    page.get_by_label("Rader").select_option("legal_sex")
    page.get_by_label("Period").select_option("2025")
    page.get_by_role("button", name="Visa", exact=True).click()
    assert page.get_by_role("table").count() == 1
    with page.expect_download() as download:
        page.get_by_role("link", name="Hämta som Excel").click()
    download.value.save_as(tmp_path / "tabell.xlsx")
    cells = [cell for row in openpyxl.load_workbook(tmp_path / "tabell.xlsx").active.values for cell in row]
    assert 20 in cells
    assert 40 in cells


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize(
    "path", ["/rapport/", REVIEWED, "/rapport/2025/", "/utforska/", CROSSED, COMPARED, VALUES, FLOWED]
)
def test_pages_have_no_serious_accessibility_findings(signed_in: Any, path: str, size: dict[str, int]) -> None:
    page = signed_in(size=size)
    page.goto(page.url.split("/rapport/")[0] + path)
    assert serious(page) == []
    assert wider_than_the_window(page) <= 0


def test_groups_of_a_share_table_are_compared_without_javascript(signed_in: Any) -> None:
    page = signed_in(script=False)
    page.goto(page.url.split("/rapport/")[0] + f"{CROSSED}&andel=kolumner")
    page.get_by_text("Jämför grupperna").click()
    page.locator("input[name=varde]").first.check()
    page.get_by_role("button", name="Jämför").click()
    assert page.get_by_role("heading", level=2).first.inner_text().startswith("Skillnader i problem")
    assert page.locator(".said li").first.is_visible()
    page.get_by_role("link", name="Tillbaka till tabellen").click()
    assert page.locator(".said").count() == 0


def test_share_is_asked_for_step_by_step_without_javascript(signed_in: Any) -> None:
    page = signed_in(script=False)
    page.get_by_role("link", name="Utforska").click()
    page.get_by_role("link", name="Mellan grupper?").click()
    page.get_by_label("Andelen som har ett visst värde av").select_option("legal_sex")
    page.get_by_label("Mellan grupperna i").select_option("problem")
    page.get_by_role("button", name="Visa", exact=True).click()
    assert in_window(page, page.get_by_role("status"))
    page.get_by_label("Andelen som har ett visst värde av").select_option("problem")
    page.get_by_label("Mellan grupperna i").select_option("legal_sex")
    page.get_by_role("button", name="Visa", exact=True).click()
    page.get_by_role("group", name="Andelen som har: problem").get_by_label("problem 1", exact=True).check()
    page.get_by_role("button", name="Visa", exact=True).click()
    assert page.get_by_role("heading", level=2).first.inner_text().startswith("Skillnader i problem")
    assert "Kvinna mot Man" in page.locator(".said").inner_text()


def test_own_days_and_one_unit_are_unfolded_on_a_telephone(signed_in: Any) -> None:
    page = signed_in(size=PHONE, script=False)
    page.goto(page.url.split("/rapport/")[0] + f"{ASKED}antal&om=insatser")
    page.get_by_label("Rader").select_option("legal_sex")
    page.get_by_label("Period").select_option("egna")
    page.get_by_text("Egna datum", exact=True).click()
    page.get_by_label("Från och med").fill("2025-01-01")
    page.get_by_label("Till och med").fill("2025-06-30")
    page.get_by_text("Bara en enhet, eller bara vissa").click()
    page.get_by_label("Var", exact=True).select_option("unit:A")
    page.get_by_role("button", name="Visa", exact=True).click()
    assert "1 januari–30 juni 2025" in page.get_by_role("heading", level=2).first.inner_text()
    assert "17" in page.get_by_role("row", name="Alla").inner_text()


def test_gap_explains_itself_to_a_keyboard_and_to_who_hears_it(signed_in: Any) -> None:
    page = signed_in(size=PHONE, script=False)
    page.goto(page.url.split("/rapport/")[0] + f"{ASKED}antal&om=insatser&rader=unit&period=2025")
    table = page.get_by_role("table")
    assert "dolt" in table.inner_text()
    told = page.locator(f"#{table.get_attribute('aria-describedby')}")
    assert "färre än fem, eller skyddar ett annat tal" in told.inner_text()
    more = page.get_by_text("Vilket av de två det är sägs aldrig")
    assert not more.is_visible()
    page.locator(".gap-told summary").focus()
    page.keyboard.press("Enter")
    assert more.is_visible()


def test_sign_in_page_has_no_serious_accessibility_findings(open_page: Any) -> None:
    page = open_page("/logga-in/", size=PHONE)
    assert serious(page) == []
    assert wider_than_the_window(page) <= 0


def test_everything_works_without_javascript(signed_in: Any) -> None:
    page = signed_in(script=False)
    page.get_by_role("link", name="Utforska").click()
    page.get_by_role("link", name="Hur många?").click()
    page.get_by_role("link", name="Insatser").click()
    page.get_by_label("Rader").select_option("unit")
    page.get_by_role("button", name="Visa", exact=True).click()
    assert "Norr" in page.get_by_role("table").inner_text()


def test_keyboard_alone_signs_in(open_page: Any, reported: Any) -> None:
    shown(reported)
    people.alva()
    page = open_page("/logga-in/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText") == "Hoppa till innehållet"
    page.get_by_label("Användarnamn").focus()
    page.keyboard.type("alva")
    page.keyboard.press("Tab")
    page.keyboard.type(people.PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/rapport/")


def test_small_group_is_nowhere_on_the_page(signed_in: Any) -> None:
    page = signed_in()
    page.goto(page.url.split("/rapport/")[0] + "/utforska/?om=insatser&rader=unit&period=2025")
    assert ".." in page.get_by_role("row", name="Väster").inner_text()


def test_pages_write_no_errors_to_the_console(signed_in: Any) -> None:
    page = signed_in()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    for path in ("/rapport/2025/", "/utforska/?om=insatser&rader=legal_sex"):
        page.goto(page.url.split("/rapport/")[0].split("/utforska/")[0] + path)
    assert said == []


CUT_CHOICES = """() => [...document.querySelectorAll('.choices select')].filter(choice => {
    const style = getComputedStyle(choice), pen = document.createElement('canvas').getContext('2d')
    pen.font = style.font
    const room = choice.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight)
    return [...choice.options].some(option => pen.measureText(option.text).width > room)
}).map(choice => choice.name)"""


@pytest.mark.parametrize("width", [1280, 1000])
@pytest.mark.parametrize("kind", ["andel", "tid", "over-tid", "enheter", "grupper"])
def test_longest_option_of_every_choice_can_be_read_on_a_desk(signed_in: Any, width: int, kind: str) -> None:
    page = signed_in(size={"width": width, "height": 900})
    page.goto(page.url.split("/rapport/")[0] + f"/utforska/?fraga={kind}")
    page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    assert page.locator(".choices select").count() >= 5
    assert page.evaluate(CUT_CHOICES) == []


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_long_report_is_walked_by_links_on_a_telephone(signed_in: Any, script: bool) -> None:
    page = signed_in(size=PHONE, script=script)
    page.get_by_role("link", name="Läs rapporten för 2025").click()
    page.get_by_role("navigation", name="Innehåll").get_by_role("link", name="Vad behöver de hjälp med?").click()
    questions = page.get_by_role("navigation", name="Frågor i kapitlet Vad behöver de hjälp med?")
    questions.get_by_role("link", name="När fattas besluten?").click()
    assert in_window(page, page.get_by_role("heading", name="När fattas besluten?"))
    page.locator("section.sk-item:target").get_by_role("link", name="Till kapitlets frågor").click()
    assert in_window(page, questions)
    page.get_by_role("link", name="Till början").first.click()
    assert in_window(page, page.get_by_role("navigation", name="Innehåll"))


def in_window(page: Any, found: Any) -> bool:
    box = found.bounding_box()
    return bool(box and box["y"] < page.viewport_size["height"] and box["y"] + box["height"] > 0)


def test_ids_are_unfolded_without_javascript(signed_in: Any) -> None:
    page = signed_in(script=False)
    page.get_by_role("link", name="Läs rapporten för 2025").click()
    source = page.locator("details.sk-source").first
    assert not source.locator(".sk-fine").is_visible()
    source.locator("summary").click()
    assert "liggare" in source.locator(".sk-fine").inner_text()


def test_keyboard_alone_builds_a_table_and_reaches_its_files(signed_in: Any) -> None:
    page = signed_in()
    page.goto(page.url.split("/rapport/")[0] + "/utforska/?om=insatser")
    page.get_by_label("Rader").focus()
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText") == "Visa":
            break
    assert page.evaluate("document.activeElement.innerText") == "Visa"
    page.keyboard.press("Enter")
    page.wait_for_url("**#resultat")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')").startswith("Tabell: ")
    reached = []
    for _ in range(3):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.innerText"))
    assert "Hämta som Excel" in reached


@pytest.mark.parametrize("path", ["/rapport/2025/", "/utforska/?om=insatser&rader=legal_sex&period=2025"])
def test_focus_can_be_seen_wherever_the_keyboard_goes(signed_in: Any, path: str) -> None:
    page = signed_in()
    page.goto(page.url.split("/rapport/")[0] + path)
    for _ in range(24):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            "(() => { const e = document.activeElement, s = getComputedStyle(e);"
            " return e === document.body || (s.outlineStyle === 'solid' && parseFloat(s.outlineWidth) >= 2) })()"
        )
        assert seen, page.evaluate("document.activeElement.outerHTML.slice(0, 120)")


def test_period_stays_when_something_else_is_counted(signed_in: Any) -> None:
    page = signed_in(script=False)
    page.goto(page.url.split("/rapport/")[0] + "/utforska/?om=insatser&rader=unit&period=2025")
    page.get_by_role("link", name="Ärenden").click()
    assert page.get_by_label("Period").input_value() == "2025"


@pytest.mark.parametrize("path", ["/rapport/2025/", "/utforska/?om=insatser&rader=problem&kolumner=legal_sex"])
def test_page_can_be_read_at_four_times_the_size(signed_in: Any, path: str) -> None:
    page = signed_in(size={"width": 320, "height": 256})
    page.goto(page.url.split("/rapport/")[0] + path)
    assert wider_than_the_window(page) <= 0


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize(
    "path", ["/finns-inte/", "/tillganglighet/", "/rapport/2019/", "/utforska/?om=insatser&rader=x", WRONG]
)
def test_pages_of_trouble_have_no_serious_accessibility_findings(
    signed_in: Any, path: str, size: dict[str, int]
) -> None:
    page = signed_in(size=size)
    page.goto(page.url.split("/rapport/")[0] + path)
    assert page.get_by_role("heading", level=1).count() == 1
    assert serious(page) == []
    assert wider_than_the_window(page) <= 0


def test_wrong_password_is_said_beside_the_fields_and_to_a_screen_reader(open_page: Any, reported: Any) -> None:
    people.alva()
    page = open_page("/logga-in/", size=PHONE)
    page.get_by_label("Användarnamn").fill("alva")
    page.get_by_label("Lösenord").fill("fel")
    page.get_by_role("button", name="Logga in").click()
    assert page.get_by_role("alert").inner_text()
    assert page.get_by_label("Användarnamn").input_value() == "alva"
    assert page.get_by_label("Lösenord").get_attribute("aria-describedby") == "fel"
    assert serious(page) == []
