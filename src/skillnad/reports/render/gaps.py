"""How a gap explains itself: a word for who hears the table, and under the table, once, what a gap means.

It never says which of the two a gap is, a small number or one that protects another: a reader who knew that would come
nearer both.
"""

from collections.abc import Iterable
from html import escape

from skillnad.analysis.disclosure.policy import DEFAULT
from skillnad.analysis.results import Provenance
from skillnad.analysis.serialise import GAP, GAP_NOTE
from skillnad.reports.report import ReportAnswer

HEARD = "dolt"
"""What a screen reader says for the two dots, which it would else leave out or call "punkt punkt"."""
OTHER_NOTE = "färre än skyddets gräns, eller skyddar ett annat tal"
"""Of a policy that is not the usual one: its limit may be another than five."""
MORE = (
    "Vilket av de två det är sägs aldrig, för det skulle säga något om det dolda talet. Läs aldrig en lucka som noll, "
    "och gissa inte vad som står där. Bredare grupper, en längre period eller en större enhet ger färre luckor."
)


def policies_of(answer: ReportAnswer) -> tuple[str, ...]:
    """The ids of the policies behind an answer; what a source has published has none."""
    return tuple(told.policy for told in answer.provenance if isinstance(told, Provenance))


def meaning(policies: Iterable[str]) -> str:
    """What a gap means under the policies, by their ids, that the numbers were protected with."""
    return GAP_NOTE if set(policies) <= {DEFAULT.id} else OTHER_NOTE


def sentence(policies: Iterable[str]) -> str:
    return f"{GAP} betyder {meaning(policies)}."


def gap(heard: str) -> str:
    """The gap in a cell; `heard` is the class of what is read out and not drawn."""
    return f'<span aria-hidden="true">{GAP}</span><span class="{heard}">{HEARD}</span>'


def explained(id: str, policies: Iterable[str], name: str = "") -> str:
    """The meaning, in sight, and more of it for whoever opens it; the table is described by `id`."""
    classed = f' class="{name}"' if name else ""
    seen = f'<summary><span id="{id}">{escape(sentence(policies))}</span></summary>'
    return f"<details{classed}>{seen}<p>{escape(MORE)}</p></details>"
