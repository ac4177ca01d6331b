import io
from datetime import date

import pypdf
import pytest
import typst

from skillnad.documents.typesetting import FONTS, typeset

TEMPLATE = b"""
#let data = json(bytes(sys.inputs.data))
#set document(title: data.title)
#set text(lang: "sv", font: "Inter")
= #data.title
"""
DAY = date(2026, 2, 1)


def read(pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf))


def test_typeset_is_a_tagged_swedish_pdf():
    root = read(typeset(TEMPLATE, {"title": "Å, ä och ö"}, made_on=DAY)).trailer["/Root"]
    assert root["/Lang"] == "sv"
    assert "/StructTreeRoot" in root
    assert root["/MarkInfo"]["/Marked"]


def test_typeset_writes_the_data():
    assert "Å, ä och ö" in read(typeset(TEMPLATE, {"title": "Å, ä och ö"}, made_on=DAY)).pages[0].extract_text()


def test_typeset_gives_the_same_bytes_for_the_same_day():
    assert typeset(TEMPLATE, {"title": "A"}, made_on=DAY) == typeset(TEMPLATE, {"title": "A"}, made_on=DAY)


def test_typeset_is_dated_by_the_day_that_it_is_given():
    assert read(typeset(TEMPLATE, {"title": "A"}, made_on=DAY)).metadata["/CreationDate"].startswith("D:20260201")


def test_typeset_uses_the_shipped_font():
    fonts = read(typeset(TEMPLATE, {"title": "A"}, made_on=DAY)).pages[0]["/Resources"]["/Font"]
    assert any("Inter" in font.get_object()["/BaseFont"] for font in fonts.values())


def test_typeset_refuses_a_picture_without_an_alternative_text():
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"></svg>'
    bare = TEMPLATE + f'#image(bytes("{svg.replace(chr(34), chr(92) + chr(34))}"), format: "svg")'.encode()
    with pytest.raises(typst.TypstError):
        typeset(bare, {"title": "A"}, made_on=DAY)


def test_the_fonts_come_with_their_licence():
    assert "SIL OPEN FONT LICENSE Version 1.1" in (FONTS / "OFL.txt").read_text(encoding="utf-8")
    assert {file.name for file in FONTS.glob("*.otf")} == {
        f"Inter-{w}.otf" for w in ("Regular", "SemiBold", "Bold", "Italic")
    }
