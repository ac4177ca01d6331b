import xml.etree.ElementTree as ET

import pytest
from made_tables import frequency

from skillnad.reports.charts import bars
from skillnad.reports.pictures import picture

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def svg() -> str:
    return picture(bars()((frequency({"1": 10, "2": 30, "3": None, "": None}, total=47),)), "fråga-1")


def test_picture_has_a_title_and_a_description_that_name_it(svg):
    root = ET.fromstring(svg)
    assert root.get("role") == "img"
    assert root.get("aria-labelledby").split() == [
        root.find(f"{SVG}title").get("id"),
        root.find(f"{SVG}desc").get("id"),
    ]


def test_picture_says_nothing_in_english(svg):
    assert "aria-roledescription" not in svg
    assert "X-axis" not in svg


def test_picture_scales_by_its_box(svg):
    root = ET.fromstring(svg)
    assert root.get("viewBox").split()[2:] == [root.get("width"), root.get("height")]


def test_picture_writes_the_gap_symbol_and_no_bar_for_a_gap(svg):
    texts = ["".join(text.itertext()) for text in ET.fromstring(svg).iter(f"{SVG}text")]
    assert ".." in texts
    bars_drawn = [path for path in ET.fromstring(svg).iter(f"{SVG}path") if path.get("fill") == "#1f4e79"]
    assert len(bars_drawn) == 2


def test_picture_has_nothing_that_a_strict_page_refuses(svg):
    assert "style=" not in svg
    assert "<script" not in svg
    assert "<image" not in svg
