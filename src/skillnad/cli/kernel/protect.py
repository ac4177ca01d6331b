"""`skillnad protect`: anybody's tables, with gaps where a reader could learn too much. Nothing more of ours is used."""

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from skillnad.analysis.disclosure.attackers import Attacker, Way
from skillnad.analysis.disclosure.policy import DEFAULT, Policy
from skillnad.analysis.disclosure.policy_files import municipal_policy, narrowed, policy_file
from skillnad.analysis.disclosure.release import ProtectedRelease
from skillnad.analysis.disclosure.release_folder import REPORT, check_out, read_release, write_release
from skillnad.analysis.disclosure.suggest.searching import suggestions
from skillnad.analysis.disclosure.table_set.likely import likely_groupings
from skillnad.analysis.disclosure.table_set.protecting import protect as protected
from skillnad.analysis.disclosure.table_set.reading import read_tables
from skillnad.analysis.disclosure.table_set.tables import TableSet
from skillnad.lib.errors import UserError
from skillnad.lib.text import listed, shown

LEAST_THRESHOLD = 2
BEYOND = 10**9
"""More rows than any quantile is asked of: no quantile is shown here, so their limit follows the threshold."""

Groupings = Annotated[
    list[str] | None,
    typer.Option(
        "--hierarchy",
        metavar="FINARE=GRÖVRE",
        help="En kolumn som är en gruppering av en annan, som kommun=län; kan upprepas, och får överlappa.",
    ),
]

Earlier = Annotated[
    list[Path] | None,
    typer.Option(
        "--against",
        metavar="MAPP",
        help="En tidigare publicering av samma människor: vad den visar är känt, vad den döljer förblir dolt.",
    ),
]

Forced = Annotated[
    list[str] | None,
    typer.Option("--force", metavar="KOLUMN=VÄRDE,…", help="En cell som ska döljas hur stor den än är."),
]


def register(app: typer.Typer) -> None:
    app.command("protect", help="Skyddar egna tabeller (CSV): döljer små tal och det som röjer dem.")(protect)


def protect(
    tables: Annotated[
        list[Path],
        typer.Argument(metavar="TABELL.csv…", help="Inre celler, en på varje rad. Flera tabeller skyddas tillsammans."),
    ],
    count: Annotated[
        str, typer.Option("--count", metavar="KOLUMN", help="Kolumnen med antal. Alla andra delar in tabellen.")
    ],
    out: Annotated[
        Path, typer.Option("--out", metavar="MAPP", help="Mapp som de skyddade tabellerna och report.json skrivs till.")
    ],
    hierarchy: Groupings = None,
    policy: Annotated[
        Path | None,
        typer.Option("--policy", metavar="FIL", help="Skyddsregler (förval: kommunens, annars tröskel 5)."),
    ] = None,
    threshold: Annotated[
        int | None, typer.Option("--threshold", help="Minsta antal som visas utom 0, i stället för policyns.")
    ] = None,
    seconds: Annotated[
        float, typer.Option("--seconds", min=0.0, help="Hur länge det får letas efter färre luckor.")
    ] = 10.0,
    seed: Annotated[int, typer.Option("--seed", help="Samma tal ger samma luckor.")] = 0,
    against: Earlier = None,
    force: Forced = None,
    suggest: Annotated[
        bool,
        typer.Option("--suggest", help="Visar också, bara på skärmen, vilka grövre tabeller som ger färre luckor."),
    ] = False,
) -> None:
    """Skriver varje tabell med alla celler och summor, och luckor där en läsare annars kunde räkna ut för mycket."""
    _check_places(tables, out)
    told = read_tables(tables, count, [_pair(each, "--hierarchy") for each in hierarchy or ()])
    _ask_about(told)
    asked = _policy(policy, threshold)
    release = protected(
        told,
        asked,
        seconds=seconds,
        seed=seed,
        against=[read_release(folder) for folder in against or ()],
        forced=[dict(_pair(part, "--force") for part in each.split(",")) for each in force or ()],
    )
    write_release(release, out)
    written = f"Skrivet i {out}: {listed([*_names(release), REPORT])}."
    typer.echo("\n".join((*_told(release), "", written, f"Det som kan spridas är tabellerna, inte {REPORT}.")))
    if suggest:
        typer.echo("\n".join(("", *_suggested(told, asked))))


def _suggested(told: TableSet, policy: Policy) -> list[str]:
    """An inside view: it stands in no file."""
    found = suggestions(told, policy)
    if not found:
        return ["Ingen grövre tabell som prövats ger färre luckor och berättar mer."]
    head = "Grövre tabeller som ger färre luckor (bara för dig: förslagen följer av tal som inte visas):"
    return [head, *(f"- {each.sv}" for each in found)]


def _check_places(tables: Sequence[Path], out: Path) -> None:
    """What is protected never lies among what it was made of."""
    if out.resolve() in {path.resolve().parent for path in tables}:
        raise UserError.of(
            "DISC-060",
            where=str(out),
            sv="I mappen ligger tabellen som ska skyddas, och den får inte följa med. Ange en annan mapp med --out.",
            en="The folder holds the table to protect, which must not come along. Give another folder with --out.",
        )
    check_out(out)


def _ask_about(told: TableSet) -> None:
    """What costs gaps and time for nothing, where it was forgotten."""
    for child, parent in likely_groupings(told):
        typer.echo(
            f"Varje värde i {shown(child)} ligger i ett enda i {shown(parent)}. Är {shown(parent)} en gruppering av "
            f"{shown(child)}, skriv --hierarchy {shown(child)}={shown(parent)}, så blir luckorna färre.",
            err=True,
        )


def _pair(text: str, option: str) -> tuple[str, str]:
    one, sign, other = (part.strip() for part in text.partition("="))
    if one and sign and other:
        return one, other
    raise UserError.of(
        "DISC-049",
        where=f"{option} {shown(text)}",
        sv="Skriv två ord med = emellan: --hierarchy kommun=län, --force kommun=A,kön=kvinna.",
        en="Write two words with = between: --hierarchy municipality=county, --force municipality=A,sex=woman.",
    )


def _policy(file: Path | None, threshold: int | None) -> Policy:
    """The file's, on top of the municipality's where there is one, which it may then not be looser than."""
    if threshold is not None and threshold < LEAST_THRESHOLD:
        raise _low_threshold()
    folder = os.environ.get("SKILLNAD_LOCAL_CODEBOOK")
    own = municipal_policy(Path(folder) if folder else None)
    given = policy_file(file, replace(own, quantile_minimum=BEYOND)) if file else own
    asked = replace(given, threshold=threshold or given.threshold, quantile_minimum=BEYOND)
    asked = replace(asked, quantile_minimum=max(own.quantile_minimum, asked.threshold))
    return asked if own == DEFAULT else narrowed(own, asked, file.name if file else "--threshold")


def _low_threshold() -> UserError:
    return UserError.of(
        "DISC-001",
        where="--threshold",
        sv=f"Tröskeln är det minsta antal som visas utom 0, och minst {LEAST_THRESHOLD}. Ange ett högre tal, eller "
        "utelämna --threshold, så gäller policyns.",
        en=f"The threshold is the least number shown but 0, and at least {LEAST_THRESHOLD}. Give a higher number, or "
        "leave --threshold out for the policy's.",
    )


def _told(release: ProtectedRelease) -> list[str]:
    """What was hidden, and what it cost, in a reader's words."""
    width = max(len(name) for name in ("Följdluckor", *_names(release)))
    tables = [f"{table.name:<{width}}  {len(table.rows):>7} celler {table.gaps:>6} luckor" for table in release.tables]
    if release.rules.get("way") == Way.ROUND:
        rules = release.rules
        return [*tables, "", f"Små tal är 0 eller {rules['base']}. Inget tal är mer än {rules['distance']} ifrån."]
    tables += _rows_and_groups(release)
    reader = Attacker(release.attacker)
    facts = (
        ("Små tal", f"{release.primary:>7}"),
        ("Följdluckor", f"{release.secondary:>7}"),
        ("Kostnad", f"{'':>7}  {_nearness(release)}"),
        ("Tid", f"{_decimal(release.seconds):>7}  sekunder"),
        ("Läsaren", f"{reader.value:>7}  {reader.sv}"),
        ("Oskyddade", f"{len(release.unmet):>7}"),
    )
    return [*tables, "", *(f"{name:<{width}}  {fact}".rstrip() for name, fact in facts)]


def _rows_and_groups(release: ProtectedRelease) -> list[str]:
    """Why the gaps are more than the two numbers below them, where they are."""
    gaps, groups = sum(table.gaps for table in release.tables), release.primary + release.secondary
    if gaps == groups:
        return []
    people = "en enda grupp" if groups == 1 else f"{groups} grupper"
    return ["", f"De {gaps} luckorna är {people} av människor: samma grupp står på flera rader."]


def _nearness(release: ProtectedRelease) -> str:
    if release.proven or release.cost <= release.bound:
        return "billigare går inte"
    if release.bound <= 0:
        return "hur mycket billigare det kunde bli är inte känt"
    return f"högst {100 * (release.cost - 1):.0f} procent över det billigaste"


def _names(release: ProtectedRelease) -> list[str]:
    return [table.name for table in release.tables]


def _decimal(number: float) -> str:
    return f"{number:.1f}".replace(".", ",")
