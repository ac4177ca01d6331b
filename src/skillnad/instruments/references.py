"""What one part of a definition calls another by: a name that nothing has is told with the nearest that is there."""

from collections.abc import Collection, Iterable
from typing import Final, NamedTuple

from skillnad.lib.text import listed, meant, nearest, shown
from skillnad.lib.toml_files import Checked


class Sort(NamedTuple):
    """A sort of thing, in the definite singular."""

    sv: str
    en: str


ITEM: Final = Sort("frågan", "item")
OPTION_SET: Final = Sort("svarsskalan", "option set")
GROUP: Final = Sort("gruppen", "group")
PERSPECTIVE: Final = Sort("perspektivet", "perspective")
SCORE: Final = Sort("poängen", "score")
BAND_SET: Final = Sort("bandindelningen", "band set")
BAND: Final = Sort("bandet", "band")
SHARE: Final = Sort("andelen", "share")
CHOICE: Final = Sort("valet", "choice")
CODE: Final = Sort("koden", "code")


def refer(place: Checked, names: Iterable[str], known: Collection[str], sort: Sort, *keys: str | int) -> bool:
    """Whether all of `names` are known; INSTR-007 at `keys` for each that is not."""
    unknown = [name for name in names if name not in known]
    for name in unknown:
        guess = nearest(name, known)
        there, english = (shown(listed(tuple(known), language), 200) for language in ("sv", "en"))
        place.add(
            "INSTR-007",
            *keys,
            sv=f"{sort.sv.capitalize()} ”{shown(name)}” finns inte.{meant(guess)} Här finns {there}.",
            en=f"There is no {sort.en} '{shown(name)}'.{meant(guess, 'en')} There is {english}.",
        )
    return not unknown
