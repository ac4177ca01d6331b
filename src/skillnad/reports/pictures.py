"""Specifications of charts become SVG, without a browser and without the network, in the font that is shipped."""

import re
from html import escape

import vl_convert

from skillnad.documents.typesetting import FONTS
from skillnad.reports.outline import Drawing

_ROLES = re.compile(r'\s(?:role|aria-[a-z]+)="[^"]*"')
_ROOT = re.compile(r"<svg[^>]*>")
_NUMBER = re.compile(r'\b(width|height)="([\d.]+)"')

vl_convert.register_font_directory(str(FONTS))


def picture(drawing: Drawing, name: str) -> str:
    """The SVG of a chart, scaled by its box; `name` is unique on the page. Title and description are in Swedish."""
    svg = vl_convert.vegalite_to_svg(drawing.spec, allowed_base_urls=[])
    svg = _ROLES.sub("", svg)
    sizes = dict(_NUMBER.findall(_ROOT.search(svg)[0]))  # type: ignore[index]
    root = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {sizes["width"]} {sizes["height"]}" '
        f'width="{sizes["width"]}" height="{sizes["height"]}" role="img" aria-labelledby="{name}-title {name}-desc">'
        f'<title id="{name}-title">{escape(drawing.caption)}</title>'
        f'<desc id="{name}-desc">{escape(drawing.told)}</desc>'
    )
    svg = _ROOT.sub(lambda _: root, svg, count=1)
    return svg.replace("clip", f"{name}-clip") if 'id="clip' in svg else svg
