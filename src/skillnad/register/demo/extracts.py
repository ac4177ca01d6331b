"""The municipality written out as three extracts from three differently built case systems."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from skillnad.register.demo import lifecare, omsorg, procapita
from skillnad.register.demo.dice import Dice
from skillnad.register.demo.index import Index
from skillnad.register.demo.municipality import Municipality

SYSTEMS = {
    lifecare.SYSTEM: lifecare.write_lifecare,
    procapita.SYSTEM: procapita.write_procapita,
    omsorg.SYSTEM: omsorg.write_omsorg,
}


@dataclass(frozen=True)
class Extract:
    """One system's delivery: its files, the mapping that reads them, and how many rows were soiled in which way."""

    system: str
    files: tuple[Path, ...]
    mapping: Path
    faults: Mapping[str, int]


def write_extracts(municipality: Municipality, folder: Path) -> tuple[Extract, ...]:
    """A folder a system below `folder`. The same municipality gives the same bytes."""
    index = Index(municipality)
    return tuple(_written(index, municipality.seed, system, folder / system) for system in SYSTEMS)


def _written(index: Index, seed: int, system: str, folder: Path) -> Extract:
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():  # an earlier municipality's files would be read as this one's
        if old.is_file():
            old.unlink()
    faults: Counter[str] = SYSTEMS[system](index, folder, Dice(seed, f"dirt {system}"))
    return Extract(system, tuple(sorted(folder.iterdir())), mapping_file(system), faults)


def mapping_file(system: str) -> Path:
    return _data("mappings") / f"{system}.toml"


def codebook_folder() -> Path:
    """What the made-up municipality adds to the codebook."""
    return _data("codebook")


def _data(name: str) -> Path:
    return Path(str(files("skillnad.register.demo").joinpath(name)))
