"""Mutants that no test noticed: those that change nothing, each with its reason, and those that lack a test."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from benchmarks.proof.mutants import Tried

GOAL = 0.9
"""The least share of a target's mutants, and of all, that tests should notice, but for those that change nothing."""

EQUIVALENT = Path(__file__).with_name("equivalent.toml")


def told(tried: list[Tried], every: int | None = None) -> str:
    """How many were tried, of how many there are, and what became of them."""
    killed, too_long = sum(not each.survived for each in tried), sum(each.too_long for each in tried)
    late = f", {too_long} of them by taking too long" if too_long else ""
    of = f" of {every}" if every else ""
    same = len(tried) - len(_that_change(tried))
    nothing = f", {same} change nothing" if same else ""
    return f"{len(tried)}{of} mutants, {killed} killed ({share_killed(tried):.1%}){late}{nothing}"


def share_killed(tried: list[Tried]) -> float:
    """Of those that change something: a survivor that is known to change nothing is no wrong to notice."""
    counting = _that_change(tried)
    return sum(not each.survived for each in counting) / len(counting) if counting else 1.0


def _that_change(tried: list[Tried]) -> list[Tried]:
    return [each for each in tried if not each.survived or why_same(each) is None]


def remarks(survivors: list[Tried]) -> list[str]:
    """The survivors, by place, as Markdown."""
    if not survivors:
        return ["No mutant survived."]
    same = sum(why_same(each) is not None for each in survivors)
    lines = [_line(each) for each in survivors]
    return [f"{len(survivors)} survived, {same} of them known to change nothing:", "\n".join(lines)]


@dataclass(frozen=True)
class Same:
    """A mutation that changes nothing, and why; `at` is something that only its line holds, where a file has several
    of the same."""

    file: str
    mutation: str
    why: str
    at: str = ""

    def is_(self, mutant: Tried) -> bool:
        return (self.file, self.mutation) == (mutant.module, str(mutant.mutation)) and self.at in _line_of(mutant)


def known() -> list[Same]:
    """The mutations that change nothing."""
    return [Same(**each) for each in tomllib.loads(EQUIVALENT.read_text("utf-8")).get("equivalent", [])]


def why_same(mutant: Tried) -> str | None:
    """Why a mutant changes nothing; None where that is not known."""
    return next((each.why for each in known() if each.is_(mutant)), None)


def _line_of(mutant: Tried) -> str:
    return mutant.file.read_text("utf-8").splitlines()[mutant.mutation.line - 1]


def _line(survivor: Tried) -> str:
    why = why_same(survivor)
    return f"- `{survivor.place}` `{survivor.mutation}`" + (f": the same, {why}" if why else "")
