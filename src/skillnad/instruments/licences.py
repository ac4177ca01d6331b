"""Whose words may be used: what a municipality states of its licences, in licences.toml of its own folder.

Structure, scoring and limits are used without; words that are somebody's load first when the municipality has said who
agreed, when, and where that can be looked up. Whoever loads them logs the statement.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from skillnad.codebook.identity_in_text import contains_identity
from skillnad.instruments.keys import Keys
from skillnad.instruments.model import Instrument
from skillnad.lib.toml_files import DATE, TABLES, TEXT, Checked, Findings, checked, read_source, tables

FILE: Final = "licences.toml"
KINDS: Final = ("paper", "electronic")
"""On paper and by number; or on a screen too, which some holders give leave for apart."""

_TOP: Final[Keys] = {"licence": TABLES}
_STATED: Final[Keys] = {"instrument": TEXT, "by": TEXT, "date": DATE, "reference": TEXT, "kind": TEXT}


@dataclass(frozen=True)
class Statement:
    """One licence as the municipality states it. `by` is a role, and `reference` an agreement or case number."""

    instrument: str
    by: str
    date: date
    reference: str
    kind: str = "paper"


def read_licences(folder: Path, findings: Findings) -> Mapping[str, Statement]:
    """The licences of the municipality's folder, by instrument; what is incomplete is added to `findings`."""
    path = folder / FILE
    source = read_source(path, findings, name=FILE, local=True) if path.is_file() else None
    if source is None:
        return {}
    top = checked(source, (), source.data, _TOP, findings)
    found: dict[str, Statement] = {}
    for table in tables(top, "licence", _STATED):
        statement = _statement(table)
        if statement is None:
            continue
        if statement.instrument in found:
            _twice(table, statement.instrument)
        found.setdefault(statement.instrument, statement)
    return found


def needs_statement(instrument: Instrument) -> bool:
    """Whether its words load only with a licence."""
    return instrument.licence.confirm


def form_allowed(instrument: Instrument, statement: Statement | None) -> bool:
    """Whether a form on a screen may be shown: some holders give leave for paper alone."""
    if instrument.licence.electronic != "permission":
        return True
    return statement is not None and statement.kind == "electronic"


def refuse_words(instrument: Instrument, where: str, findings: Findings) -> None:
    """The problem (INSTR-028) that words lie in the municipality's folder and no licence is stated."""
    findings.add(
        "INSTR-028",
        where,
        sv=f"Orden i ”{instrument.id}” tillhör {instrument.licence.holder} och läses in först när kommunen har uppgett "
        f"sin licens. Kör ”skillnad instrument licence {instrument.id}” med roll och avtal.",
        en=f"The words of '{instrument.id}' belong to {instrument.licence.holder} and load once the municipality has "
        f"stated its licence. Run 'skillnad instrument licence {instrument.id}' with role and agreement.",
    )


def as_toml(statement: Statement) -> str:
    """The lines to add to licences.toml."""
    texts = {"instrument": statement.instrument, "by": statement.by, "reference": statement.reference}
    lines = [f"{key} = {json.dumps(text, ensure_ascii=False)}" for key, text in texts.items()]
    return "\n".join(["[[licence]]", *lines, f"date = {statement.date}", f'kind = "{statement.kind}"', ""])


def told(statement: Statement) -> dict[str, str]:
    """What the log keeps of a statement: codes, a day and a reference."""
    return {"by": statement.by, "date": str(statement.date), "reference": statement.reference, "kind": statement.kind}


def _statement(table: Checked) -> Statement | None:
    texts = {key: table.required(key) for key in ("instrument", "by", "reference")}
    if "date" not in table.data:
        table.missing("date", "2026-11-02")
    kind = table.word("kind", KINDS, "paper")
    for key, text in texts.items():
        if contains_identity(text):
            table.add(
                "INSTR-028",
                key,
                sv=f"”{key}” ser ut att ha ett personnummer. Skriv rollen, eller avtalets diarienummer.",
                en=f"'{key}' seems to hold an identity number. Write the role, or the agreement's number.",
            )
            return None
    if not all(texts.values()) or "date" not in table.data:
        return None
    return Statement(**texts, date=table.data["date"], kind=kind)


def _twice(table: Checked, instrument: str) -> None:
    table.add(
        "INSTR-006",
        "instrument",
        sv=f"”{instrument}” har redan en licens i filen. Ta bort den som inte gäller.",
        en=f"'{instrument}' has a licence in the file already. Remove the one that no longer holds.",
    )
