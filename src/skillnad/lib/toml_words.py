"""The words that codes and labels have in every TOML file that people write."""

import re
from typing import Final

from skillnad.lib.text import shown
from skillnad.lib.toml_files import Checked

CODE: Final = re.compile(r"[A-Za-z0-9ÅÄÖåäö+._-]{1,40}")


def code_of(table: Checked) -> str:
    """The text of `code`; a problem where it cannot be one."""
    code = table.required("code")
    if code and not CODE.fullmatch(code):
        table.add(
            table.findings.codes.unfit,
            "code",
            sv=f"”{shown(code)}” kan inte vara en kod. Skriv bokstäver, siffror och + . _ - utan mellanslag, högst 40.",
            en=f"'{shown(code)}' cannot be a code. Write letters, digits and + . _ - without spaces, at most 40.",
        )
    return code


def english(table: Checked, key: str = "en", swedish: str = "sv") -> str:
    """The English words; a municipality may leave them out and has the Swedish, what comes with Skillnad may not."""
    if table.source.local:
        return str(table.get(key, "")).strip() or str(table.get(swedish, "")).strip()
    return table.required(key)
