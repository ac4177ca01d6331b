"""Values of a coded column put together, as an axis: `merged:origin:Född i Sverige=1,2;Född i Europa=3`.

`merged:unit@2024-12-31:Norr=A,B` holds groups of units that are made by the organisation of a day (`trees`).

Each group has a name and the codes that it holds; the name is also its code. Values that no group holds make a level of
their own, OTHERS. What nobody knows and what is missing stay as they are, outside denominators.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from skillnad.codebook.snapshot_schema import SnapshotColumn, SnapshotLevel
from skillnad.lib.errors import Problem
from skillnad.lib.text import shown

MERGED = "merged"
OTHERS = "others"
"""The level of values that no group holds."""
_OTHERS_LABEL = ("Övriga", "The others")
TREE_OF, ON = "unit", "@"
"""The column that a day's organisation puts together, and what stands before the day."""
TREE_LEVELS = {"unit": ("Enhet", "Unit"), "committee": ("Nämnd", "Committee")}
MOST_CHARACTERS = 60
"""Of a group's name, which heads a column."""


@dataclass(frozen=True)
class Merged:
    """Groups of a column's codes, in the order that they are shown in."""

    column: str
    groups: tuple[tuple[str, tuple[str, ...]], ...]
    tree: str = ""
    """What the groups of units are by the organisation of a day, as `committee@2024-12-31`."""

    @property
    def name(self) -> str:
        """What a question names it."""
        told = ";".join(f"{name}={','.join(codes)}" for name, codes in self.groups)
        return f"{MERGED}:{self.tree or self.column}:{told}"

    @property
    def label(self) -> tuple[str, str] | None:
        """What its groups are, in Swedish and English, where they are not anybody's choice."""
        level, at, day = self.tree.partition(ON)
        if not at:
            return None
        sv, en = TREE_LEVELS.get(level, (level, level))
        return f"{sv} enligt organisationen {day}", f"{en} by the organisation of {day}"

    def level_of(self, code: str, unknown: frozenset[str]) -> str:
        """The level of a row that holds the code."""
        named = next((name for name, codes in self.groups if code in codes), "")
        return named or (code if code in unknown or not code else OTHERS)


def merged(column: str, groups: Mapping[str, Sequence[str]]) -> str:
    """The name of the column with its codes put together, as `by` and `rows` take it."""
    return Merged(column, tuple((name, tuple(codes)) for name, codes in groups.items())).name


def merged_of(name: str) -> Merged | None:
    """What the name puts together; None for every other name. A part that cannot be read is a group without codes."""
    kind, colon, rest = name.partition(":")
    if not colon or kind != MERGED:
        return None
    column, _, told = rest.partition(":")
    parts = (part.partition("=") for part in told.split(";"))
    groups = tuple((named.strip(), _codes(codes)) for named, _, codes in parts)
    return Merged(TREE_OF, groups, column) if ON in column else Merged(column, groups)


def _codes(told: str) -> tuple[str, ...]:
    return tuple(code.strip() for code in told.split(",") if code.strip())


def merged_column(made: Merged, stored: SnapshotColumn) -> SnapshotColumn:
    """The column that a question sees: its groups, the rest where there is any, and what nobody knows."""
    held = {code for _, codes in made.groups for code in codes}
    groups = [SnapshotLevel(name, name, name) for name, _ in made.groups]
    rest = any(level.code not in held | stored.unknown for level in stored.levels)
    unknown = [level for level in stored.levels if level.code in stored.unknown - held]
    return replace(
        stored,
        id=made.name,
        sv=made.label[0] if made.label else f"{stored.sv} i grupper",
        en=made.label[1] if made.label else f"{stored.en} in groups",
        levels=(*groups, *([SnapshotLevel(OTHERS, *_OTHERS_LABEL)] if rest else []), *unknown),
        order=(),
    )


def merged_places(made: Merged, stored: SnapshotColumn) -> list[int]:
    """The place of the merged level (from 0) that each of the stored levels falls in."""
    codes = [level.code for level in merged_column(made, stored).levels]
    return [codes.index(made.level_of(level.code, stored.unknown)) for level in stored.levels]


def merged_problems(made: Merged, stored: SnapshotColumn) -> Iterator[Problem]:
    """What is wrong with the groups, if anything."""
    names = [name for name, _ in made.groups]
    if bad := [name for name, codes in made.groups if not codes or not _can_be_a_name(name, stored)]:
        yield _no_group(made.column, bad[0], stored)
    if twice := [name for place, name in enumerate(names) if name in names[:place]]:
        yield _twice(f"gruppen ”{shown(twice[0])}”", f"the group '{shown(twice[0])}'")
    held = [code for _, codes in made.groups for code in codes]
    if again := [code for place, code in enumerate(held) if code in held[:place]]:
        yield _twice(f"koden ”{shown(again[0])}”", f"the code '{shown(again[0])}'")
    known = [level.code for level in stored.levels if level.code not in stored.unknown]
    if absent := [code for code in held if code not in known]:
        yield _no_code(made.column, absent[0], known)
    elif len(names) == 1 and set(known) <= set(held) and not made.tree:
        yield _everything(made.column)


def _can_be_a_name(name: str, stored: SnapshotColumn) -> bool:
    taken = {OTHERS, "*", "+", *stored.unknown}
    return 0 < len(name) <= MOST_CHARACTERS and name not in taken and name.isprintable()


def _no_group(column: str, name: str, stored: SnapshotColumn) -> Problem:
    example = f"{MERGED}:{column}:Grupp={stored.levels[0].code if stored.levels else '1'}"
    return Problem(
        "ASK-078",
        sv=f"Gruppen ”{shown(name)}” går inte att läsa. Varje grupp har ett eget namn på högst {MOST_CHARACTERS} "
        f"tecken, ett likhetstecken och minst en kod, med semikolon mellan grupperna. Skriv till exempel {example}.",
        en=f"The group '{shown(name)}' cannot be read. Each group has a name of its own of at most {MOST_CHARACTERS} "
        f"characters, an equals sign and one code at least, with semicolons between groups. Write {example}, for "
        "instance.",
    )


def _twice(sv: str, en: str) -> Problem:
    return Problem(
        "ASK-079",
        sv=f"I grupperna står {sv} två gånger. Varje värde hör till en grupp. Ta bort den ena.",
        en=f"Among the groups {en} stands twice. Each value belongs to one group. Remove one.",
    )


def _no_code(column: str, code: str, known: Sequence[str]) -> Problem:
    return Problem(
        "ASK-008",
        sv=f"{column} har ingen kod ”{shown(code)}” att lägga i en grupp. Koderna är {', '.join(known[:60])}; det "
        "ingen vet står utanför.",
        en=f"{column} has no code '{shown(code)}' to put in a group. The codes are {', '.join(known[:60])}; what "
        "nobody knows stands outside.",
    )


def _everything(column: str) -> Problem:
    return Problem(
        "ASK-081",
        sv=f"Gruppen har alla värden av {column}, så den delar inte in något. Ta bort den, eller lämna några värden "
        "utanför.",
        en=f"The group has all values of {column}, so it divides nothing. Remove it, or leave some values out.",
    )


def merged_condition(name: str) -> Problem:
    """Of a group in a condition or in a share."""
    column = ungrouped(name)
    return Problem(
        "ASK-082",
        sv=f"Grupper delar in en tabell och kan inte vara villkor. Skriv koderna själva i villkoret: {column} med "
        "en kod eller flera.",
        en=f"Groups divide a table and are no condition. Write the codes themselves in the condition: {column} "
        "with one code or more.",
    )


def ungrouped(name: str) -> str:
    """The name without its groups: the column whose codes are put together, and every other name itself."""
    made = merged_of(name)
    return made.column if made else name
