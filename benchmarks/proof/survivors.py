"""Mutants that no test noticed: those that change nothing, each with its reason, and those that lack a test."""

import tomllib
from pathlib import Path

from benchmarks.proof.mutants import Tried

GOAL = 0.9
"""The least share of a target's mutants, and of all, that tests should notice: some change nothing that can be seen."""

EQUIVALENT = Path(__file__).with_name("equivalent.toml")


def told(tried: list[Tried], every: int | None = None) -> str:
    """How many were tried, of how many there are, and what became of them."""
    killed, too_long = sum(not each.survived for each in tried), sum(each.too_long for each in tried)
    late = f", {too_long} of them by taking too long" if too_long else ""
    of = f" of {every}" if every else ""
    return f"{len(tried)}{of} mutants, {killed} killed ({share_killed(tried):.1%}){late}"


def share_killed(tried: list[Tried]) -> float:
    """Those that change nothing are not taken out."""
    return sum(not each.survived for each in tried) / len(tried)


def remarks(survivors: list[Tried]) -> list[str]:
    """The survivors, by place, as Markdown."""
    if not survivors:
        return ["No mutant survived."]
    reasons = known()
    lines = [_line(each, reasons) for each in survivors]
    return [f"{len(survivors)} survived:", "\n".join(lines)]


def known() -> dict[tuple[str, str], str]:
    """Why a mutation changes nothing, by file and mutation."""
    read = tomllib.loads(EQUIVALENT.read_text("utf-8"))
    return {(each["file"], each["mutation"]): each["why"] for each in read.get("equivalent", [])}


def _line(survivor: Tried, reasons: dict[tuple[str, str], str]) -> str:
    file = survivor.place.rpartition(":")[0]
    why = reasons.get((file, str(survivor.mutation)))
    return f"- `{survivor.place}` `{survivor.mutation}`" + (f": the same, {why}" if why else "")
