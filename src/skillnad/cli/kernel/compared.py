"""What `compare` and `course` share: a share, a time or a count, told by the same options."""

from dataclasses import dataclass
from typing import Annotated

import typer

from skillnad.analysis.questions import Duration, Selection, Share
from skillnad.cli.kernel.asking import condition
from skillnad.lib.errors import UserError

ShareOf = Annotated[
    str,
    typer.Option(
        "--share", metavar="KOLUMN=KOD,KOD", help="Andelen som har någon av koderna, som goal_attainment=1,3."
    ),
]
From = Annotated[str, typer.Option("--from", help="Tid i stället för andel: datumet som den börjar, som start_date.")]
To = Annotated[str, typer.Option("--to", help="Datumet som tiden slutar, som end_date.")]


@dataclass(frozen=True)
class ShareOrTime:
    """The options of what is compared."""

    share: ShareOf = ""
    start: From = ""
    end: To = ""

    @property
    def is_time(self) -> bool:
        return bool(self.start or self.end)

    def asked(self, selection: Selection, by: str, within: list[int] | None = None) -> Share | Duration | None:
        """The share or the time that is asked about; None where neither is. Raises UserError ASK-070 where both are,
        or half a time, or limits without a time."""
        half = bool(self.start) != bool(self.end)
        if (self.share and self.is_time) or half or (within and not self.start):
            raise UserError.of(
                "ASK-070",
                sv="Ange antingen en andel (--share goal_attainment=1,3) eller en tid (--from start_date --to "
                "end_date; --within hör till en tid).",
                en="Give either a share (--share goal_attainment=1,3) or a time (--from start_date --to end_date; "
                "--within belongs to a time).",
            )
        if self.share:
            return Share(condition(self.share, "--share"), selection, (by,))
        return Duration(self.start, self.end, selection, (by,), tuple(within or ())) if self.start else None
