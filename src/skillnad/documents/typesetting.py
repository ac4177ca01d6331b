"""Typeset pages: a Typst template and its data become a tagged PDF (PDF/UA-1) in Swedish.

Only the fonts that are shipped here are used, so that a page looks the same on every machine. The template reads its
data with `#let data = json(bytes(sys.inputs.data))`; pictures travel in it as SVG text. PDF/UA-1 makes a picture
without an alternative text an error, which is why nothing here can forget one.
"""

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import typst

FONTS = Path(__file__).parent / "fonts"


def typeset(template: bytes, data: Mapping[str, Any], *, made_on: date) -> bytes:
    """The PDF of `template` filled with `data`. The same data and day give the same bytes.

    Raises typst.TypstError where the template is at fault: that is a bug, not something a user can mend.
    """
    return typst.compile(
        template,
        format="pdf",
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards="ua-1",
        timestamp=_midnight(made_on),
    )


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])


def _midnight(day: date) -> int:
    """Seconds from 1970-01-01 to the start of the day, which is what a PDF's time of making is given in."""
    return (day - date(1970, 1, 1)).days * 86_400
