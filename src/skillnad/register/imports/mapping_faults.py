"""What can be wrong in a mapping file, gathered so that the writer sees all of it at once: file, line, nearest word."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from skillnad.lib.errors import Problem, UserError
from skillnad.lib.text import nearest, shown
from skillnad.lib.toml_lines import TomlLines

Path = tuple[str | int, ...]


@dataclass
class Faults:
    """The problems of one file so far."""

    file: str
    lines: TomlLines
    problems: list[Problem] = field(default_factory=list)

    def add(self, code: str, path: Path, *, sv: str, en: str) -> None:
        self.problems.append(Problem(code=code, where=f"{self.file}, rad {self.lines.of(*path)}", sv=sv, en=en))

    def unknown(self, code: str, path: Path, word: str, known: Iterable[str], *, sv: str, en: str) -> None:
        """`word` is none of `known`; the nearest is suggested, or all of them are listed where they are few."""
        names = sorted(known)
        guess = nearest(word, names)
        if guess:
            hint_sv, hint_en = f"Menas ”{guess}”?", f"Is '{guess}' meant?"
        elif len(names) <= 40:
            hint_sv, hint_en = f"Det finns: {', '.join(names)}.", f"There are: {', '.join(names)}."
        else:
            hint_sv, hint_en = "`skillnad codebook show` listar dem.", "`skillnad codebook show` lists them."
        self.add(code, path, sv=f"{sv} ”{shown(word)}”. {hint_sv}", en=f"{en} '{shown(word)}'. {hint_en}")

    def shape(self, path: Path, *, sv: str, en: str) -> None:
        """The value of `path` is of another kind than the format has."""
        self.add("MAP-006", path, sv=sv, en=en)

    def stop(self) -> None:
        """Raise what there is, if there is anything."""
        if self.problems:
            raise UserError(*self.problems)
