"""The pictures beside answers: small SVG drawings, put into pages as they are and so held to what a drawing needs.

What is allowed is listed; all else is refused. A picture can then hold no script, no address and no style, and its
colour is that of the text around it.
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final
from xml.parsers.expat import ExpatError, ParserCreate

from skillnad.instruments.reading import CATALOGUE

SHARED: Final = CATALOGUE / "_shared" / "pictures"
LARGEST: Final = 20_000
"""Bytes. The largest of the catalogue has 447."""

ELEMENTS: Final = frozenset({"svg", "g", "path", "circle", "ellipse", "rect", "line", "polyline", "polygon"})
_LINES: Final = {"fill", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin", "opacity", "fill-rule"}
_SHAPES: Final = {"d", "points", "cx", "cy", "r", "rx", "ry", "x", "y", "x1", "y1", "x2", "y2", "width", "height"}
ATTRIBUTES: Final = frozenset({"xmlns", "viewBox", "role", "aria-label", "transform"} | _LINES | _SHAPES)
_NAMESPACE = "http://www.w3.org/2000/svg"
_DRAWN = re.compile(r"[A-Za-z0-9 ,.()+-]*")
_FILE = re.compile(r"[a-z0-9][a-z0-9_-]{0,60}\.svg")

Wrong = tuple[str, str]
"""What is wrong with a picture, in Swedish and English."""


def picture_path(name: str, folders: Sequence[Path]) -> Path | None:
    """The picture's file in the first of the instrument's `folders` that has it, or among the shared ones."""
    if not _FILE.fullmatch(name):
        return None
    paths = (*(folder / "pictures" / name for folder in folders), SHARED / name)
    return next((path for path in paths if path.is_file()), None)


def fault_of(path: Path) -> Wrong | None:
    """Why a file is no picture that may be shown, or None."""
    if path.stat().st_size > LARGEST:
        return f"är större än {LARGEST} byte", f"is larger than {LARGEST} bytes"
    try:
        return _fault(path.read_text("utf-8"))
    except UnicodeDecodeError:
        return "är inte UTF-8", "is not UTF-8"


def safe_svg(path: Path) -> str:
    """The drawing's markup, held to the rules. Raises ValueError where it breaks one: loading has told of it before."""
    if fault := fault_of(path):
        raise ValueError(f"{path.name} {fault[1]}")
    return path.read_text("utf-8").strip()


def _fault(text: str) -> Wrong | None:
    if "<!" in text or "<?" in text or "&" in text:
        return "har annat än element: ingen kommentar, doctype eller entitet", "has a comment, a doctype or an entity"
    reader = _Reader()
    try:
        reader.read(text)
    except ExpatError:
        return "är inte XML", "is not XML"
    return reader.fault


class _Reader:
    """One pass over a drawing, keeping the first thing that is not allowed."""

    def __init__(self) -> None:
        self.fault: Wrong | None = None
        self._depth = 0

    def read(self, text: str) -> None:
        parser = ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.Parse(text, True)

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name not in ELEMENTS or (name == "svg") != (self._depth == 0):
            self._refuse(f"har elementet {name[:20]}", f"has the element {name[:20]}")
        for key, value in attributes.items():
            if key not in ATTRIBUTES or not _allowed(key, value):
                self._refuse(f"har {key[:20]} med ett värde som inte får stå där", f"has {key[:20]} or its value")
        if name == "svg" and not (attributes.get("aria-label", "").strip() and "viewBox" in attributes):
            self._refuse("saknar aria-label eller viewBox", "lacks aria-label or viewBox")
        self._depth += 1

    def _end(self, _name: str) -> None:
        self._depth -= 1

    def _text(self, text: str) -> None:
        if text.strip():
            self._refuse("har text: ord står bredvid bilden", "has text: words stand beside the picture")

    def _refuse(self, sv: str, en: str) -> None:
        self.fault = self.fault or (sv, en)


def _allowed(key: str, value: str) -> bool:
    if key in ("fill", "stroke"):
        return value in ("none", "currentColor")
    if key == "xmlns":
        return value == _NAMESPACE
    if key == "aria-label":
        return "<" not in value and len(value) <= 80
    return bool(_DRAWN.fullmatch(value)) and "url" not in value
