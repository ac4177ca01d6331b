"""What stands beside a difference on a page that is read: what is written, and ruled space where nothing is."""

from collections.abc import Callable
from html import escape

from skillnad.reports.explanations import ASKED, Explained, Written, of_which_figures, signature

Explain = Callable[[Explained], str]
HEADING, EARLIER = "Förklaring", "Förklaringar från andra perioder"
RULED = 2
"""Lines to write on by hand."""
_LINE = '<div class="sk-ruled"></div>'


def explanation(explained: Explained) -> str:
    """Everything that is written, or a question and lines to write on."""
    own = "".join(map(quote, explained.written)) or f"<p>{ASKED}</p>{_LINE * RULED}"
    return f'<div class="sk-explain"><p class="sk-explain-head">{HEADING}</p>{own}{earlier(explained)}</div>'


def earlier(explained: Explained) -> str:
    """What was written of the same difference in other periods; nothing where nothing was."""
    if not explained.earlier:
        return ""
    quotes = "".join(map(quote, explained.earlier))
    return f'<p class="sk-explain-head">{EARLIER}</p>{quotes}'


def quote(written: Written) -> str:
    lines = "<br>".join(escape(line) for line in written.text.splitlines())
    about = f"{escape(signature(written))}. {escape(of_which_figures(written))}"
    return f"<blockquote><p>{lines}</p><footer>{about}</footer></blockquote>"
