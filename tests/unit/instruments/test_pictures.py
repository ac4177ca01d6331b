"""What a picture may be: a drawing with a label, and nothing that does or fetches."""

import pytest

from skillnad.instruments.pictures import LARGEST, SHARED, fault_of, picture_path, safe_svg

CIRCLE = '<circle cx="3" cy="4" r="2"/>'


def drawing(inside=CIRCLE, head='viewBox="0 0 8 8" role="img" aria-label="glad"'):
    return f'<svg xmlns="http://www.w3.org/2000/svg" {head}>{inside}</svg>'


@pytest.fixture
def fault(tmp_path):
    def found(text):
        path = tmp_path / "bild.svg"
        path.write_text(text, encoding="utf-8")
        return fault_of(path)

    return found


def test_plain_drawing_is_a_picture(fault):
    assert fault(drawing()) is None
    assert fault(drawing(f'<g fill="currentColor" stroke="none">{CIRCLE}</g>')) is None


@pytest.mark.parametrize("path", sorted(SHARED.glob("*.svg")), ids=lambda path: path.stem)
def test_every_shared_picture_is_safe(path):
    assert fault_of(path) is None
    assert safe_svg(path).startswith("<svg")


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        "<style>*{color:red}</style>",
        "<foreignObject/>",
        '<image href="x.png"/>',
        '<use href="#a"/>',
        "<a/>",
        "<text>Bra</text>",
        "<animate/>",
        '<circle onclick="alert(1)"/>',
        '<circle style="fill:red"/>',
        '<circle class="x"/>',
        '<circle fill="url(#a)"/>',
        '<circle fill="red"/>',
        '<path d="url(x)"/>',
        '<path d="&#106;"/>',
        '<g xmlns="http://www.w3.org/1999/xhtml"/>',
        "<!-- x -->",
        "<![CDATA[x]]>",
        "<?php x?>",
        "Bra",
        drawing(),
    ],
)
def test_whatever_is_no_drawing_is_refused(fault, inside):
    assert fault(drawing(inside)) is not None


@pytest.mark.parametrize(
    "head", ['viewBox="0 0 8 8"', 'viewBox="0 0 8 8" aria-label=" "', 'aria-label="glad"', 'viewBox="0" onload="x"']
)
def test_picture_without_label_or_size_is_refused(fault, head):
    assert fault(drawing(head=head)) is not None


@pytest.mark.parametrize(
    ("text", "sv"),
    [
        ('<!DOCTYPE svg [<!ENTITY a "b">]>' + drawing(), "har annat än element"),
        ("<svg", "är inte XML"),
        ("", "är inte XML"),
        ("<html></html>", "har elementet html"),
        (drawing("<script/>"), "har elementet script"),
        (drawing(CIRCLE * 1000), f"är större än {LARGEST} byte"),
    ],
)
def test_fault_is_told_in_words(fault, text, sv):
    found, english = fault(text)
    assert found.startswith(sv)
    assert english


def test_file_that_is_no_text_is_refused(tmp_path):
    path = tmp_path / "bild.svg"
    path.write_bytes(b"\x89PNG\xff")
    assert fault_of(path) == ("är inte UTF-8", "is not UTF-8")


def test_first_fault_is_the_one_that_is_told(fault):
    assert fault(drawing("<script/><style/>"))[1] == "has the element script"


def test_unsafe_picture_is_never_put_into_a_page(tmp_path):
    path = tmp_path / "bild.svg"
    path.write_text(drawing("<script/>"), encoding="utf-8")
    with pytest.raises(ValueError, match=r"bild\.svg has the element script"):
        safe_svg(path)


def test_own_picture_comes_before_the_shared(tmp_path):
    assert picture_path("face_1.svg", [tmp_path]) == SHARED / "face_1.svg"
    (tmp_path / "pictures").mkdir()
    own = tmp_path / "pictures" / "face_1.svg"
    own.write_text(drawing(), encoding="utf-8")
    assert picture_path("face_1.svg", [tmp_path]) == own


@pytest.mark.parametrize("name", ["../interventions.toml", "face_1.png", "/etc/passwd", "Face.svg", "saknas.svg", ""])
def test_name_that_is_no_picture_leads_nowhere(name):
    assert picture_path(name, []) is None
