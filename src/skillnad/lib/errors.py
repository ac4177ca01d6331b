"""The three kinds of error: what a user can mend, what a rule forbids, and bugs (everything else).

A message says where, what is wrong, what would be right, and how to get there; it exists in Swedish and English,
and never carries an identity number, a name or free text.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass

LANGUAGES = ("sv", "en")


@dataclass(frozen=True)
class Problem:
    """One thing that a user can mend.

    `code` is stable ("IMP-012"), `where` is a place a reader can go to ("extract.csv, rad 17, kolumn Kön").
    """

    code: str
    sv: str
    en: str
    where: str = ""

    def text(self, language: str = "sv") -> str:
        message = self.en if language == "en" else self.sv
        place = f" {self.where}:" if self.where else ""
        return f"{self.code}{place} {message}"


class SkillnadError(Exception):
    """Base of the errors that are shown as they are, without a traceback."""

    exit_status = 2


class UserError(SkillnadError):
    """Something a user can mend: one problem, or several of the same work."""

    def __init__(self, *problems: Problem) -> None:
        if not problems:
            raise ValueError("a UserError names at least one problem")
        self.problems: Sequence[Problem] = problems
        super().__init__("\n".join(problem.text() for problem in problems))

    def __reduce__(self) -> tuple[type["UserError"], tuple[Problem, ...]]:
        """Of its problems and not of their text, so that it comes whole out of another process."""
        return type(self), tuple(self.problems)

    @classmethod
    def of(cls, code: str, *, sv: str, en: str, where: str = "") -> "UserError":
        return cls(Problem(code=code, sv=sv, en=en, where=where))

    @property
    def code(self) -> str:
        return self.problems[0].code

    def text(self, language: str = "sv") -> str:
        return "\n".join(problem.text(language) for problem in self.problems)


class Denied(SkillnadError):
    """A rule said no, and says why."""

    exit_status = 3


def reader_language() -> str:
    """The language that messages are shown in: SKILLNAD_LANGUAGE (sv or en), Swedish by default."""
    language = os.environ.get("SKILLNAD_LANGUAGE", "sv")
    return language if language in LANGUAGES else "sv"
