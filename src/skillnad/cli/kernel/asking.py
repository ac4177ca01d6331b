"""What the commands that ask a snapshot share: which snapshot, what is asked in words, and where the answer goes."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from skillnad.analysis.asking import protected_set
from skillnad.analysis.comparisons.questions import Asked
from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.disclosure.policy_files import asked_policy
from skillnad.analysis.noise_secret import secret_for
from skillnad.analysis.protected_set import ProtectedSet
from skillnad.analysis.questions import Selection, Where
from skillnad.analysis.results import ProtectedTable
from skillnad.analysis.sensitive_groups import check_sensitive
from skillnad.analysis.snapshot import Snapshot, open_snapshot
from skillnad.cli.kernel.naming import in_ids
from skillnad.codebook.loading import load_codebook
from skillnad.codebook.manifest import MADE
from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import Population
from skillnad.lib.errors import UserError
from skillnad.reports.render.files import KINDS, FileKind, kind_of, save_as
from skillnad.reports.render.tables import FORMATS, render

ON_DISK = ("xlsx", "sav", "parquet")
"""Formats that no screen shows."""
SCREEN = "markdown"

Of = Annotated[
    Population,
    typer.Option(
        "--of", help="Vad som räknas: brukare, ärenden, insatser, uppföljningar, omprövningar, kostnader eller svar."
    ),
]
PeriodText = Annotated[
    str, typer.Option("--period", help="2025, 2025H1, 2025K3, 2025-04 eller två datum med .. emellan.")
]
Event = Annotated[
    str,
    typer.Option("--event", help="Datumet som ska falla i perioden, eller ongoing: det som pågick någon dag i den."),
]
Conditions = Annotated[
    list[str] | None,
    typer.Option(
        "--where", metavar="KOLUMN=KOD,KOD", help="Bara rader med någon av koderna, som problem=1,4; kan upprepas."
    ),
]
Units = Annotated[list[str] | None, typer.Option("--unit", metavar="KOD", help="Bara den här enheten; kan upprepas.")]
SnapshotFolder = Annotated[
    Path | None, typer.Option("--snapshot", metavar="MAPP", help="Ögonblicksbilden (förval: den nyaste).")
]
PolicyFile = Annotated[
    Path | None,
    typer.Option(
        "--policy",
        metavar="FIL",
        help="Skyddsregler utöver kommunens, minst lika stränga (förval: skydd.toml bredvid kommunens kodbok).",
    ),
]
Format = Annotated[
    str,
    typer.Option(
        "--format",
        help=f"Ett av {', '.join((*FORMATS, *ON_DISK))} (förval: det som filens namn slutar på; på skärmen {SCREEN}).",
    ),
]
Out = Annotated[Path | None, typer.Option("--out", metavar="FIL", help="Fil att skriva till, i stället för skärmen.")]


@dataclass(frozen=True)
class Destination:
    """How an answer is written, and where: on the screen where there is no file, as the file's name ends where there is
    no format."""

    format: str
    file: Path | None

    def __post_init__(self) -> None:
        if self.format not in ("", *FORMATS, *ON_DISK):
            raise _no_format(self.format)
        if self.file is not None:
            self._kind(self.file)
        if self.format in ON_DISK and self.file is None:
            raise _needs_file(self.format)

    def write(self, table: ProtectedTable) -> None:
        if self.file is None:
            typer.echo(render(table, self.format or SCREEN), nl=False)
        else:
            save_as(self._kind(self.file), table, self.file)

    def _kind(self, file: Path) -> FileKind:
        if not self.format:
            return kind_of(file)
        return KINDS["md" if self.format == SCREEN else self.format]


def _no_format(given: str) -> UserError:
    known = ", ".join((*FORMATS, *ON_DISK))
    return UserError.of(
        "ASK-021",
        where="--format",
        sv=f"”{given[:20]}” är inget format. Välj {known}.",
        en=f"'{given[:20]}' is no format. Choose {known}.",
    )


def _needs_file(given: str) -> UserError:
    return UserError.of(
        "REP-013",
        where="--format",
        sv=f"Formatet {given} är en fil och kan inte visas på skärmen. Ange filen, till exempel --out tabell.{given}.",
        en=f"The format {given} is a file and cannot be shown on the screen. Give one, such as --out table.{given}.",
    )


@dataclass(frozen=True)
class Answer:
    """The options of where an answer is found, and where it goes."""

    snapshot: SnapshotFolder = None
    format: Format = ""
    out: Out = None
    policy: PolicyFile = None

    def give(self, question: Callable[[], Asked]) -> None:
        """Ask the snapshot's protected set and write the answer."""
        destination = Destination(self.format, self.out)
        asked = question()
        protected = protected_by(open_snapshot(self.snapshot or newest_snapshot(home())), self.policy)
        destination.write(protected.get_or_protect(in_ids(asked, protected.snapshot.manifest)))


@dataclass(frozen=True)
class Rows:
    """The options of which rows are asked about."""

    of: Of = Population.INTERVENTIONS
    period: PeriodText = ""
    event: Event = ""
    where: Conditions = None
    unit: Units = None

    def selected(self, *, people: bool = False) -> Selection:
        period = Period.parse(self.period) if self.period else None
        return Selection(self.of, period, self.event, conditions(self.where, self.unit), people)


def conditions(where: list[str] | None, units: list[str] | None) -> tuple[Where, ...]:
    """`problem=1,4` as a Where; units are one more."""
    told = [condition(text, "--where") for text in where or []]
    return (*told, Where("unit", tuple(units))) if units else tuple(told)


def condition(text: str, option: str) -> Where:
    """`problem=1,4` as a Where. Raises UserError ASK-023, with the option that it was given to."""
    column, equals, codes = text.partition("=")
    if not equals or not column.strip():
        raise UserError.of(
            "ASK-023",
            where=option,
            sv="Villkoret går inte att läsa. Skriv kolumn=kod eller kolumn=kod,kod, till exempel problem=1,4.",
            en="The condition cannot be read. Write column=code or column=code,code, such as problem=1,4.",
        )
    return Where(column.strip(), tuple(code.strip() for code in codes.split(",")))


def reported_period(text: str, as_of: date) -> Period:
    """The period of a report. Raises UserError: PER-001 where it is none, REP-014 where it begins after `as_of`."""
    period = Period.parse(text)
    if period.start > as_of:
        raise UserError.of(
            "REP-014",
            where="--period",
            sv=f"Underlaget slutar {as_of}, innan perioden börjar. Välj en tidigare period, eller gör en ny "
            "ögonblicksbild.",
            en=f"The data end {as_of}, before the period begins. Choose an earlier period, or make a new snapshot.",
        )
    return period


def policy_asked(file: Path | None) -> Policy:
    """The municipality's policy, or the file's on top of it. Raises UserError (DISC-…) where that will not do."""
    return asked_policy(_local_codebook(), file)


def protected_by(snapshot: Snapshot, file: Path | None) -> ProtectedSet:
    """The snapshot's protected set under the municipality's policy, or the file's on top of it."""
    policy = policy_asked(file)
    if policy.sensitive:
        check_sensitive(policy, snapshot.manifest, load_codebook(_local_codebook()).variables)
    return protected_set(snapshot, policy, secret_for(policy, _key_file()), key_file=_key_file())


def _key_file() -> Path:
    return Path(os.environ.get("SKILLNAD_KEY_FILE") or home() / "keys.json")


def _local_codebook() -> Path | None:
    own = os.environ.get("SKILLNAD_LOCAL_CODEBOOK")
    return Path(own) if own else None


def home() -> Path:
    """Where everything of this installation lies: SKILLNAD_HOME, else `var` here."""
    return Path(os.environ.get("SKILLNAD_HOME", "var"))


def newest_snapshot(at: Path) -> Path:
    """The snapshot that was made last. Raises UserError (ASK-024) where there is none."""
    made = sorted((at / "snapshots").glob(f"*/{MADE}"), key=lambda file: (file.read_text(encoding="utf-8"), file))
    if not made:
        raise UserError.of(
            "ASK-024",
            where=str(at / "snapshots"),
            sv="Här finns ingen ögonblicksbild. Gör en med `skillnad snapshot`, ange en med --snapshot, eller sätt "
            "SKILLNAD_HOME till mappen som har dem.",
            en="There is no snapshot here. Make one with `skillnad snapshot`, give one with --snapshot, or set "
            "SKILLNAD_HOME to the folder that has them.",
        )
    return made[-1].parent
