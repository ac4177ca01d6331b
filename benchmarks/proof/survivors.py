"""Mutants that no test noticed: those that change nothing, each with its reason, and those that lack a test."""

import tomllib
from pathlib import Path

from benchmarks.proof.mutants import Tried

GOAL = 0.9
"""The least share of all mutants that tests should notice: some change nothing that can be seen."""

FLOOR = 0.7
"""The least share of one target's, of which a small sample is tried."""

EQUIVALENT = Path(__file__).with_name("equivalent.toml")


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
