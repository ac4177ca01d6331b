"""What takes too long for `make test`: thousands of random instances, kills and mutants.

`python -m benchmarks.proof [NAME…] [--share 0.1] [--seed 1]`: all proofs, or the named; a share of each, for a machine
with less time. Each writes a page in docs/proof: what was tried, when, on which commit and with what outcome, all of it
read from the run.
"""

import subprocess
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "docs" / "proof"


@dataclass(frozen=True)
class Line:
    """One row of a page: what was tried, how much, in how many seconds, and whether it held."""

    what: str
    tried: str
    seconds: float
    held: bool


@dataclass
class Outcome:
    """What a run of a proof showed. `remarks` are Markdown after the table."""

    lines: list[Line]
    seconds: float
    remarks: list[str] = field(default_factory=list)

    @property
    def held(self) -> bool:
        return bool(self.lines) and all(line.held for line in self.lines)


@dataclass(frozen=True)
class Circumstances:
    """When, on what, and how much."""

    day: date
    commit: str
    share: float
    seed: int


def page(name: str, promise: str, outcome: Outcome, run: Circumstances) -> str:
    """The Markdown page of a proof."""
    facts = {
        "date": run.day.isoformat(),
        "commit": run.commit,
        "share of the whole": f"{run.share:g}",
        "seed": str(run.seed),
        "seconds": f"{outcome.seconds:.0f}",
        "outcome": _said(outcome.held),
    }
    rows = [[line.what, line.tried, f"{line.seconds:.0f}", _said(line.held)] for line in outcome.lines]
    parts = [
        f"# Proof: {name}",
        promise,
        f"Made by `make proof only={name}`; `make test` tries a sample of the same.",
        _table(["", ""], [[each, value] for each, value in facts.items()]),
        _table(["test", "tried", "seconds", "outcome"], rows),
        *outcome.remarks,
    ]
    return "\n\n".join(parts) + "\n"


def commit() -> str:
    """The short hash, and whether tracked code differed from it."""
    head = _git("rev-parse", "--short", "HEAD")
    changed = _git("status", "--porcelain", "--untracked-files=no", "--", "src", "tests", "benchmarks")
    return f"{head} with uncommitted changes" if changed else head


def _git(*words: str) -> str:
    return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()


def _said(held: bool) -> str:
    return "held" if held else "**failed**"


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '&#124;') for cell in line)} |" for line in lines)
