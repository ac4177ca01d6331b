"""tau-Argus' optimal suppression (pytauargus) of a system, in a process of its own: it may end the process it is in.

`python -m benchmarks.tauargus FILE SECONDS` solves a file in its "JJ" format and prints the seconds that it took, then
the places of the secondary gaps. Cells have costs in whole hundredths; known zeros are marked so that they stay.
"""

import subprocess
import sys
import tempfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from time import process_time

import numpy as np

from skillnad.analysis.disclosure.needs import Needs
from skillnad.analysis.disclosure.system import System

HUNDREDTHS = 100
BUSY = 10
"""So many times its seconds it may take on a machine that does much else."""


@dataclass(frozen=True)
class Theirs:
    """Secondary gaps as places of the system, and seconds of the processor."""

    gaps: tuple[int, ...]
    seconds: float

    def cost(self, told: System) -> float:
        return float(np.log2(2 + told.values[list(self.gaps)]).sum())


def installed() -> bool:
    return find_spec("pytauargus") is not None


def suppressed(told: System, needs: Needs, seconds: int) -> Theirs | None:
    """The same primary cells, protection levels and attacker as `needs` has; None where it ended without an answer."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "in.jj"
        file.write_text(_told(told, needs), encoding="ascii")
        command = [sys.executable, "-m", "benchmarks.tauargus", str(file), str(seconds)]
        done = ended(command, BUSY * seconds)
    if done is None or done.returncode:
        return None
    taken, *places = done.stdout.split()
    gaps = tuple(int(place) for place in places if not needs.primary[int(place)])
    return Theirs(gaps, float(taken)) if places else None


def ended(command: list[str], seconds: float) -> subprocess.CompletedProcess[str] | None:
    """None where it did not come to its end; it is stopped then."""
    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired:
        return None


def _told(told: System, needs: Needs) -> str:
    lines = ["0", str(len(told.cells))]
    most = int(told.values.max())
    for place, value in enumerate(told.values):
        cost = round(HUNDREDTHS * float(np.log2(2 + value)))
        status = "u" if needs.primary[place] else "s" if needs.movable[place] else "z"
        low = needs.floor[place] if needs.movable[place] else 0
        down, up = value - needs.low[place], needs.high[place] - value
        lines.append(f"{place} {value:g} {cost} {status} {low:g} {most} {down:.3f} {up:.3f} 0")
    lines.append(str(told.matrix.shape[0]))
    return "\n".join([*lines, *_relations(told), ""])


def _relations(told: System) -> list[str]:
    matrix = told.matrix
    found = []
    for start, end in zip(matrix.indptr[:-1], matrix.indptr[1:], strict=True):
        entries = zip(matrix.indices[start:end], matrix.data[start:end], strict=True)
        found.append(f"0 {end - start} : " + " ".join(f"{place} ({int(sign)})" for place, sign in entries))
    return found


def main() -> None:
    from pytauargus import HiTaSCtrl

    file, seconds = sys.argv[1], int(sys.argv[2])
    began = process_time()
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        HiTaSCtrl().full_jj(file, str(out), max_time=seconds, out_dir=folder)
        taken = process_time() - began
        print(f"{taken:.3f}", out.read_text(encoding="ascii"))


if __name__ == "__main__":
    main()
