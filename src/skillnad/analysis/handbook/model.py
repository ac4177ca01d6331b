"""What the handbook says of a statistic, so that a page and a tooltip read the same."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

Figures = Mapping[str, str]
"""What an example works out, by the names that its text has in braces, written as a Swedish reader writes numbers."""
Example = Callable[[], Figures]


@dataclass(frozen=True)
class Statistic:
    """`short` is one sentence, for where there is no room; `paragraph` the whole. `wording` is how to say it of one's
    own figures. `covers` names the public functions that work it out, as `module.function` of `analysis.formulas`.
    `cases` are examples of the specification, as `chapter: title`. `question` is how it is asked for, in Python; empty
    where a question of another statistic gives it. `text` is the example's; empty where there is none.
    """

    id: str
    name: str
    short: str
    paragraph: str
    formula: str
    source: str
    verified: str
    covers: tuple[str, ...]
    cases: tuple[str, ...]
    wording: str
    text: str
    example: Example | None
    question: str = ""

    def worked(self) -> str:
        """The example with its figures. KeyError of a figure that the example does not give."""
        return self.text.format_map(self.example()) if self.example else self.text

    def worded(self) -> str:
        """How to say it, of the example's figures."""
        return self.wording.format_map(self.example()) if self.example else self.wording


@dataclass(frozen=True)
class Chapter:
    """A page: statistics after an introduction, or, where there are none, a text with the figures of `example`."""

    name: str
    title: str
    summary: str
    intro: str
    statistics: tuple[Statistic, ...]
    example: Example | None = None

    def text(self) -> str:
        return self.intro.format_map(self.example()) if self.example else self.intro
