"""Log lines that name no one: a line that seems to hold an identity number loses its text and keeps its place."""

import logging

from skillnad.codebook.identity_in_text import contains_identity


class IdentityFormatter(logging.Formatter):
    """One line a record. The message and the traceback are looked through, since an exception may quote a value."""

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname} {name} {message}", style="{")

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        said = line.replace(getattr(record, "asctime", ""), "", 1)
        if contains_identity(said):
            place = f"{record.module}:{record.lineno}"
            return f"{record.asctime} {record.levelname} {record.name} [withheld: an identity number] {place}"
        return line
