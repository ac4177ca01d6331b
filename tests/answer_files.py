"""Files of answers, written for a test."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from skillnad.collection.summary import AnswerImport

Cells = Mapping[str, object]
Import = Callable[..., AnswerImport]


def row(key: str = "1", **cells: object) -> dict[str, object]:
    """A whole row of answers to `made_instruments.small()`, about Cecilia's follow-up."""
    return {"key": key, "date": "2026-02-01", "follow_up": "follow-up-1", "day": "3", "night": "4", **cells}


def written(path: Path, *rows: Cells, separator: str = ";", encoding: str = "utf-8") -> Path:
    """A CSV of the rows; a column that a row lacks is empty there."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    lines = [separator.join(columns), *(separator.join(_cells(row, columns)) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding=encoding)
    return path


def _cells(row: Cells, columns: Sequence[str]) -> list[str]:
    return [f'"{text}"' if set(text) & set(";,\n") else text for text in (str(row.get(name, "")) for name in columns)]
