"""`skillnad attack`: what a reader can work out of what is published."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Annotated

import typer

from skillnad.analysis.disclosure.attack.findings import attack as attacked
from skillnad.analysis.disclosure.attack.published import Place, Publication
from skillnad.analysis.disclosure.attack.reading import Manner, read_publications
from skillnad.analysis.disclosure.attack.words import told
from skillnad.analysis.disclosure.attackers import Attacker
from skillnad.analysis.disclosure.policy import DEFAULT
from skillnad.lib.errors import UserError
from skillnad.lib.text import listed, meant, nearest, shown

Pairs = list[str] | None

Reader = Annotated[
    Attacker | None,
    typer.Option(
        "--reader",
        help="Vad läsaren vet om luckor: A0 att inget är mindre än noll, A1 att de är minst 1 där nollor visas, A2 "
        "också vilka som är små (--marked). Förval: A1.",
    ),
]


def register(app: typer.Typer) -> None:
    app.command("attack")(attack)


def attack(
    releases: Annotated[
        list[Path],
        typer.Argument(metavar="PUBLICERING...", help="Mappar som `skillnad protect` har skrivit, eller CSV-filer."),
    ],
    count: Annotated[str, typer.Option("--count", help="Kolumnen med antal. Tomt eller ett tecken är en lucka.")] = "",
    reader: Reader = None,
    threshold: Annotated[
        int | None,
        typer.Option(
            "--threshold", min=2, help="Under så många är ett tal litet. Förval: publiceringens egen, eller 5."
        ),
    ] = None,
    share: Annotated[
        str,
        typer.Option(
            "--share", metavar="KOLUMN[=ÖVER]", help="Kolumnen med andelar i procent, och vad de summerar över."
        ),
    ] = "",
    marked: Annotated[str, typer.Option("--marked", help="Kolumnen som säger vilka luckor som är små tal.")] = "",
    hierarchy: Annotated[
        Pairs, typer.Option("--hierarchy", metavar="FIN=GROV", help="Kolumnen GROV grupperar kolumnen FIN; upprepas.")
    ] = None,
    group: Annotated[
        Pairs,
        typer.Option("--group", metavar="KOLUMN:VÄRDE=A,B", help="Ett värde som är flera andra tillsammans; upprepas."),
    ] = None,
    where: Annotated[
        Pairs, typer.Option("--where", metavar="FIL:KOLUMN=VÄRDE", help="Vad en hel fil gäller, som år=2024; upprepas.")
    ] = None,
) -> None:
    """Spela läsaren: vad går att räkna ut ur det som är publicerat, hur snävt, och genom vad? Slutar med status 1 om
    något om få går att räkna ut."""
    column, _, over = share.partition("=")
    manner = Manner(count, column, over, marked, _hierarchies(hierarchy), _groups(group), _within(where))
    publications = [publication for path in releases for publication in read_publications(path, manner)]
    _check_named(publications, manner)
    if reader is Attacker.PRIMARY_KNOWN and not marked:
        raise _unmarked()
    small = threshold or max(publication.threshold for publication in publications) or DEFAULT.threshold
    found = attacked(publications, reader or Attacker.ZEROS_PRINTED, small)
    for line in told(found):
        typer.echo(line)
    if found.small:
        raise typer.Exit(1)


def _check_named(publications: Sequence[Publication], manner: Manner) -> None:
    """What no file has would be left out of the reckoning, and nothing found for the sake of a misspelling."""
    columns = {column for each in publications for column in each.columns}
    rows = [statement for each in publications for statement in each.statements]
    _check_word("--hierarchy", [column for edge in manner.groupings for column in edge], columns)
    _check_word("--group", manner.groups, columns)
    _check_word("--where", manner.within, {each.name for each in publications})
    _check_word("--share", [manner.of] if manner.of else [], columns)
    if manner.share and not any(row.share for row in rows):
        _check_word("--share", [manner.share], columns)
    if manner.marked and any(row.gap for row in rows) and all(row.small is None for row in rows):
        _check_word("--marked", [manner.marked], columns)


def _check_word(option: str, words: Iterable[str], known: AbstractSet[str]) -> None:
    for word in words:
        if word not in known:
            have, guess = sorted(known), nearest(word, known)
            raise UserError.of(
                "DISC-086",
                where=option,
                sv=f"”{shown(word)}” finns inte i det som ska prövas.{meant(guess)} Här finns {listed(have)}.",
                en=f"'{shown(word)}' is not in what is tried.{meant(guess, 'en')} Here are {listed(have, 'en')}.",
            )


def _hierarchies(told: Pairs) -> tuple[tuple[str, str], ...]:
    return tuple(_split(text, "=", "--hierarchy", "kommun=region") for text in told or ())


def _groups(told: Pairs) -> dict[str, dict[str, frozenset[str]]]:
    found: dict[str, dict[str, frozenset[str]]] = {}
    for text in told or ():
        named, codes = _split(text, "=", "--group", "ålder:0–17=0–12,13–17")
        column, value = _split(named, ":", "--group", "ålder:0–17=0–12,13–17")
        found.setdefault(column, {})[value] = frozenset(code.strip() for code in codes.split(","))
    return found


def _within(told: Pairs) -> dict[str, Place]:
    found: dict[str, Place] = {}
    for text in told or ():
        file, of = _split(text, ":", "--where", "fjol.csv:år=2024")
        found[file] = (*found.get(file, ()), _split(of, "=", "--where", "fjol.csv:år=2024"))
    return found


def _split(text: str, sign: str, option: str, example: str) -> tuple[str, str]:
    before, between, after = text.partition(sign)
    if not (before.strip() and between and after.strip()):
        raise UserError.of(
            "DISC-086",
            where=option,
            sv=f"”{shown(text)}” går inte att läsa. Skriv till exempel {option} {example}.",
            en=f"'{shown(text)}' cannot be read. Write for example {option} {example}.",
        )
    return before.strip(), after.strip()


def _unmarked() -> UserError:
    return UserError.of(
        "DISC-087",
        where="--reader A2",
        sv="Läsaren A2 vet vilka luckor som är små tal, men det står inte i filerna. Ange kolumnen som säger det med "
        "--marked, eller välj A1.",
        en="The reader A2 knows which gaps are small numbers, but the files do not say so. Give the column that does "
        "with --marked, or choose A1.",
    )
