"""A policy in a file: a municipality's default beside its codebook (`skydd.toml`), and what a report asks for beyond.

A file says only what differs. A report's file is read on top of the municipality's, and may be as strict or stricter,
field by field, unless the municipality's says `allow_looser`.
"""

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from skillnad.analysis.disclosure.policy import DEFAULT, MARKED, Policy
from skillnad.analysis.disclosure.policy_fields import EXPECTED, FIELDS, WORDS, Field, Kind
from skillnad.codebook.sources import POLICY_FILE
from skillnad.lib.errors import Problem, UserError
from skillnad.lib.text import listed, meant, nearest, shown
from skillnad.lib.toml_lines import TomlLines, line_of_fault, toml_lines


def policy_from_toml(text: str, where: str, base: Policy = DEFAULT) -> Policy:
    """The policy that `text` says, on top of `base`; `where` is what messages call the file.

    Raises UserError with all that is wrong: DISC-020 (no TOML), DISC-021 (unknown field), DISC-022 (of another kind),
    DISC-001 (rules that make no sense, or none together).
    """
    data, lines = _read(text, where)
    problems = [problem for name, told in data.items() for problem in _problems(name, told, where, lines)]
    if problems:
        raise UserError(*problems)
    try:
        return replace(base, **{name: _value(FIELDS[name], told) for name, told in data.items()})
    except UserError as refused:
        told = (replace(problem, where=where) for problem in refused.problems)
        raise UserError(*told) from None


def policy_as_toml(policy: Policy) -> str:
    """Every field with what it is: a file that a municipality can start from."""
    return "\n".join(_told(name, field, getattr(policy, name)) for name, field in FIELDS.items())


def narrowed(default: Policy, override: Policy, where: str) -> Policy:
    """A report's own policy, where it asks for no less than the municipality's. Raises UserError (DISC-023) with each
    field that is looser, unless the default allows that."""
    if default.allow_looser:
        return override
    looser = [name for name, field in FIELDS.items() if field.at_least and not field.at_least(default, override)]
    if looser:
        raise UserError(*(_looser(name, default, where) for name in looser))
    return override


def municipal_policy(folder: Path | None) -> Policy:
    """What the municipality's folder says; DEFAULT where there is none. Raises UserError as `policy_from_toml`."""
    file = folder / POLICY_FILE if folder else None
    return policy_file(file) if file and file.exists() else DEFAULT


def policy_file(file: Path, base: Policy = DEFAULT) -> Policy:
    """The policy of a file. Raises UserError as `policy_from_toml`, and DISC-024 where it cannot be read."""
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise UserError.of(
            "DISC-024",
            where=str(file),
            sv="Policyn går inte att läsa. Ange en fil som finns, sparad som UTF-8.",
            en="The policy cannot be read. Give a file that is there, saved as UTF-8.",
        ) from None
    return policy_from_toml(text.replace("\r\n", "\n"), file.name, base)


def asked_policy(folder: Path | None, file: Path | None) -> Policy:
    """The municipality's policy, or a report's own file on top of it. Raises UserError as its parts."""
    default = municipal_policy(folder)
    return narrowed(default, policy_file(file, default), file.name) if file else default


def check_columns(policy: Policy, columns: Collection[str]) -> None:
    """Raises UserError (DISC-025) where a sensitive column is none that there is: a typo would protect nothing."""
    unknown = [name for name in policy.sensitive if name not in columns and name != MARKED]
    if unknown:
        raise UserError(*(_no_column(name, policy, columns) for name in unknown))


def _read(text: str, where: str) -> tuple[Mapping[str, Any], TomlLines]:
    try:
        return tomllib.loads(text), toml_lines(text)
    except tomllib.TOMLDecodeError as error:
        reason = str(error).split(" (at ")[0]
        raise UserError.of(
            "DISC-020",
            where=f"{where}, rad {line_of_fault(error, text)}",
            sv=f"Raden följer inte TOML:s regler ({reason}). Vanligast är ett citattecken som saknas.",
            en=f"The line does not follow the rules of TOML ({reason}). Most often a quote is missing.",
        ) from None


def _problems(name: str, told: Any, where: str, lines: TomlLines) -> list[Problem]:
    place = f"{where}, rad {lines.of(name)}"
    if name not in FIELDS:
        return [_unknown(name, place)]
    return [] if _fits(FIELDS[name].kind, told) else [_of_another_kind(name, told, place)]


def _fits(kind: Kind, told: Any) -> bool:
    if kind in WORDS:
        return isinstance(told, str) and told in set(WORDS[kind])
    if kind is Kind.FLAG:
        return isinstance(told, bool)
    if kind is Kind.TEXTS:
        return isinstance(told, list) and all(isinstance(each, str) and each for each in told)
    if kind is Kind.TEXT:
        return isinstance(told, str)
    return isinstance(told, int if kind is Kind.WHOLE else (int, float)) and not isinstance(told, bool)


def _value(field: Field, told: Any) -> Any:
    if field.kind in WORDS:
        return WORDS[field.kind](told)
    if field.kind is Kind.TEXTS:
        return tuple(dict.fromkeys(told))
    return float(told) if field.kind is Kind.PART else told


def _unknown(name: str, place: str) -> Problem:
    guess = nearest(name, FIELDS)
    return Problem(
        "DISC-021",
        where=place,
        sv=f"Policyn har ingen regel ”{shown(name)}”.{meant(guess)} Reglerna är {listed(list(FIELDS))}.",
        en=f"A policy has no rule '{shown(name)}'.{meant(guess, 'en')} The rules are {listed(list(FIELDS), 'en')}.",
    )


def _of_another_kind(name: str, told: Any, place: str) -> Problem:
    kind = FIELDS[name].kind
    guess = nearest(told, WORDS[kind]) if kind in WORDS and isinstance(told, str) else None
    sv, en = EXPECTED[kind]
    return Problem(
        "DISC-022",
        where=place,
        sv=f"”{name}” är {sv}.{meant(guess)} Ändra värdet.",
        en=f"'{name}' is {en}.{meant(guess, 'en')} Change the value.",
    )


def _looser(name: str, default: Policy, where: str) -> Problem:
    own = written(getattr(default, name)) or "förvalet"
    how = FIELDS[name].how
    return Problem(
        "DISC-023",
        where=where,
        sv=f"”{name}” är mildare än kommunens policy, som har {own}. Skriv detsamma eller strängare ({how}), eller be "
        "den som har kommunens policy att skriva allow_looser = true.",
        en=f"'{name}' is looser than the municipality's policy, which has {own}. Write the same or stricter, or ask "
        "whoever keeps the municipality's policy to write allow_looser = true.",
    )


def _no_column(name: str, policy: Policy, columns: Collection[str]) -> Problem:
    guess = nearest(name, columns)
    return Problem(
        "DISC-025",
        where=f"policy {policy.name}, sensitive",
        sv=f"Det finns ingen kolumn ”{shown(name)}”.{meant(guess)} Utan den skyddas inget; ändra namnet eller ta bort "
        f"det. Kolumnerna är {listed(sorted(columns))}.",
        en=f"There is no column '{shown(name)}'.{meant(guess, 'en')} Nothing is protected by it; change the name or "
        f"remove it. The columns are {listed(sorted(columns), 'en')}.",
    )


def _told(name: str, field: Field, value: Any) -> str:
    """A field without a value stands as a comment, so that its name is there to find."""
    told = written(value)
    line = f"{name} = {told}" if told is not None else f'# {name} = "{next(iter(WORDS[field.kind]))}"'
    return f"# {field.sv}\n{line}\n"


def written(value: Any) -> str | None:
    """A value as TOML has it; None of none."""
    if value is None:
        return None
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return f"[{', '.join(written(each) or '' for each in value)}]"
    if isinstance(value, str):
        text = str(value).replace("\\", "\\\\").replace('"', '\\"')
        return f'"{text}"'
    return str(value)
