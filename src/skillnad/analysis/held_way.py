"""In which way a population of a snapshot is shown, kept beside its answers so that no later one is in another."""

import json
import os
from pathlib import Path

from skillnad.analysis.disclosure.attackers import Way
from skillnad.analysis.disclosure.perturbed.one_way import Kept, check_one_way, kept
from skillnad.analysis.disclosure.policy import Policy
from skillnad.codebook.snapshot_schema import Population
from skillnad.lib.errors import UserError

WAY = ".way"


def hold_to_one_way(directory: Path, population: Population, policy: Policy, secret: bytes = b"") -> None:
    """To be called before a population is answered of. `directory` is where the snapshot's answers are kept; the first
    call says the way, once and for all.

    Raises UserError: DISC-076 where the population was answered in another way, DISC-077 where the noise was made with
    another secret, DISC-005 where what is kept cannot be read.
    """
    directory.mkdir(exist_ok=True)
    if not any(directory.glob(f"*{WAY}")) and any(directory.glob("*.json")):
        for each in Population:  # answers from before ways were kept are of gaps
            _written_once(_file(directory, each), Kept(Way.SUPPRESS))
    new = kept(policy, secret)
    if not _written_once(_file(directory, population), new):
        check_one_way(_read(_file(directory, population)), new, population.value)


def _file(directory: Path, population: Population) -> Path:
    return directory / f"{population.value}{WAY}"


def _written_once(file: Path, told: Kept) -> bool:
    """Whole or not at all: False where it is there already."""
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    part.write_text(json.dumps({"way": told.way.value, "base": told.base, "secret": told.secret}), encoding="utf-8")
    try:
        os.link(part, file)
    except FileExistsError:
        return False
    finally:
        part.unlink()
    return True


def _read(file: Path) -> Kept:
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
        return Kept(Way(told["way"]), int(told["base"]), str(told["secret"]))
    except (ValueError, KeyError, TypeError):
        raise UserError.of(
            "DISC-005",
            where=file.name,
            sv="Filen som säger hur svaren visas går inte att läsa, och inget nytt visas intill dem. Gör en ny "
            "ögonblicksbild med `skillnad snapshot`.",
            en="The file that says how answers are shown cannot be read, and nothing new is shown beside them. Make a "
            "new snapshot with `skillnad snapshot`.",
        ) from None
