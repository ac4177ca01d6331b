"""The options that say that the rows are a sample, and of how many."""

from dataclasses import dataclass
from typing import Annotated

import typer

from skillnad.analysis.comparisons.questions import Drawn
from skillnad.analysis.formulas.samples import Chosen
from skillnad.lib.errors import UserError
from skillnad.lib.text import shown

ChosenHow = Annotated[
    Chosen | None,
    typer.Option(
        "--chosen",
        help="Raderna är ett urval: dragna med lott (by_lot), alla tillfrågade (everyone), de första som kom "
        "(first_met), valda av någon (by_hand) eller av sig själva (themselves).",
    ),
]
OfAll = Annotated[int | None, typer.Option("--of-all", metavar="ANTAL", help="Så många var urvalet draget ur.")]
OfEach = Annotated[
    list[str] | None,
    typer.Option(
        "--of-each", metavar="KOD=ANTAL", help="Så många var gruppen dragen ur, där var och en drogs för sig; upprepas."
    ),
]


@dataclass(frozen=True)
class Sampling:
    """The options of a sample."""

    chosen: ChosenHow = None
    of_all: OfAll = None
    of_each: OfEach = None

    @property
    def is_told(self) -> bool:
        return self.chosen is not None or self.of_all is not None or bool(self.of_each)

    def drawn(self) -> Drawn | None:
        """None where nothing is said of a sample. Raises UserError ASK-074."""
        if self.chosen is not None:
            return Drawn(self.chosen, self.of_all, tuple(map(_group, self.of_each or ())))
        if not self.is_told:
            return None
        raise UserError.of(
            "ASK-074",
            sv="--of-all och --of-each hör till ett urval. Ange också hur det valdes, till exempel --chosen by_lot.",
            en="--of-all and --of-each belong to a sample. Say how it was chosen too, such as --chosen by_lot.",
        )


def _group(text: str) -> tuple[str, int]:
    code, equals, people = text.rpartition("=")
    if not equals or not people.strip().isdecimal():
        raise UserError.of(
            "ASK-074",
            where="--of-each",
            sv=f"”{shown(text)}” går inte att läsa. Skriv gruppens kod och hur många den har, till exempel A=300.",
            en=f"'{shown(text)}' cannot be read. Write the group's code and how many it has, such as A=300.",
        )
    return code.strip(), int(people)
