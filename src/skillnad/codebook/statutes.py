"""Which provision a value's label speaks of, on a given day.

The only place that shows paragraph numbers to users (`standard/statutes.toml`). The Social Services Act was replaced on
1 July 2025, so a label that cites the old act is right only for what was decided before.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache

from skillnad.codebook.loading import STANDARD
from skillnad.codebook.rules import check_dates
from skillnad.codebook.sources import Findings, read_source
from skillnad.codebook.tables import FILE, PROVISION, Checked, checked, tables


@dataclass(frozen=True)
class Provision:
    """`verified` is False until someone has read the statute itself."""

    variable: str
    code: str
    text: str
    verified: bool
    valid_from: date | None = None
    valid_to: date | None = None  # the last day

    def applies(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)

    def label(self, language: str = "sv") -> str:
        unverified = "not verified" if language == "en" else "ej kontrollerat"
        return self.text if self.verified else f"{self.text} ({unverified})"


@cache
def provisions() -> tuple[Provision, ...]:
    """All of them, in the file's order."""
    findings = Findings()
    source = read_source(STANDARD / "statutes.toml", findings)
    findings.stop()
    found = tables(checked(source, (), source.data, FILE, findings), "provision", PROVISION) if source else []
    made = tuple(_provision(table) for table in found)
    findings.stop()
    return made


def provision_at(variable: str, code: str, day: date) -> Provision | None:
    """The provision behind a value on `day`, or None where its label cites no law."""
    for provision in provisions():
        if (provision.variable, provision.code) == (variable, code) and provision.applies(day):
            return provision
    return None


def _provision(table: Checked) -> Provision:
    first, last = table.get("valid_from"), table.get("valid_to")
    check_dates(first, last, table)
    texts = (table.required("variable"), table.required("code"), table.required("text"))
    return Provision(*texts, table.get("verified", False), first, last)
