"""What is unusual enough that a run stops and asks: too many rejected rows, too much changed, too little delivered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from skillnad.lib.errors import UserError
from skillnad.register.imports.rules import RULES, rejects
from skillnad.register.imports.summary import RecordCount, record_name

_FEW = 20
"""Records below which a share says nothing."""


@dataclass(frozen=True)
class Limits:
    """Shares, 0–1. `accept_rejected` and `accept_changes` let a run pass that has been looked at."""

    rejected: float = 0.10
    changed: float = 0.20
    volume: float = 0.50
    accept_rejected: bool = False
    accept_changes: bool = False

    def check_rejected(
        self, taken: int, rejected: int, rules: Mapping[str, int] | None = None, where: Sequence[str] = ()
    ) -> None:
        """Raises UserError IMP-020 where nothing is left, IMP-021 above the share.

        `rules` has how many rows break each rule; `where` are the names of the files that have the rejected rows.
        """
        if taken and rejected == taken:
            raise UserError.of(
                "IMP-020",
                where=", ".join(where),
                sv=f"Alla {taken} rader avvisas, så ingenting är inläst. Rätta mappningen eller uttaget; skälen står i "
                f"filen med avvisade rader.{_told(rules, 'sv')}",
                en=f"All {taken} rows are rejected, so nothing is imported. Correct the mapping or the extract; the "
                f"reasons are in the file of rejected rows.{_told(rules, 'en')}",
            )
        if not self.accept_rejected and taken and rejected / taken > self.rejected:
            share = f"{100 * rejected / taken:.0f}"
            raise UserError.of(
                "IMP-021",
                where=", ".join(where),
                sv=f"{rejected} av {taken} rader ({share} %) avvisas; gränsen är {self.rejected:.0%}, så ingenting är "
                "inläst. Se filen med avvisade rader. Ska de övriga läsas in ändå: lägg till --accept-rejected."
                f"{_told(rules, 'sv')}",
                en=f"{rejected} of {taken} rows ({share} %) are rejected; the limit is {self.rejected:.0%}, so "
                "nothing is imported. See the file of rejected rows. To import the others all the same, add "
                f"--accept-rejected.{_told(rules, 'en')}",
            )

    def check_changes(self, counts: Mapping[str, RecordCount], existing: Mapping[str, int]) -> None:
        """Raises UserError IMP-022 where more of what is there would change than a delivery usually changes."""
        for name, count in counts.items():
            there = existing.get(name, 0)
            if self.accept_changes or there < _FEW or count.changed / there <= self.changed:
                continue
            raise UserError.of(
                "IMP-022",
                where=record_name(name),
                sv=f"{count.changed} av {there} poster skulle ändras; gränsen är {self.changed:.0%}, så ingenting är "
                "inläst. Se efter att mappningen och uttaget är de rätta. Är ändringen menad: lägg till "
                "--accept-changes.",
                en=f"{count.changed} of {there} records would change; the limit is {self.changed:.0%}, so nothing is "
                "imported. Check mapping and extract. If the change is meant, add --accept-changes.",
            )

    def check_volume(self, taken: int, before: int) -> None:
        """Raises UserError IMP-023 where far fewer rows come than the source's last delivery had."""
        if self.accept_changes or before < _FEW or taken / before >= self.volume:
            return
        raise UserError.of(
            "IMP-023",
            sv=f"Leveransen har {taken} rader; den förra hade {before}. Gränsen är {self.volume:.0%}, så ingenting är "
            "inläst. Se efter att uttaget är helt. Är det menat: lägg till --accept-changes.",
            en=f"The delivery has {taken} rows; the last had {before}. The limit is {self.volume:.0%}, so nothing is "
            "imported. Check that the extract is whole. If it is meant, add --accept-changes.",
        )


def _told(rules: Mapping[str, int] | None, language: str) -> str:
    """A line for each rule that rejects: how many rows, what is wrong, and how to mend it."""
    rows = "rows" if language == "en" else "rader"
    lines = [
        f"\n  {code} ({count} {rows}): {RULES[code].text(language)} {RULES[code].mend(language)}"
        for code, count in (rules or {}).items()
        if rejects(code)
    ]
    return "".join(lines)
