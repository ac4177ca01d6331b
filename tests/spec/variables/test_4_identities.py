"""Identitetsnummer.

Alla har inte ett personnummer. Inget nummer avvisas för att det ser udda ut: det udda blir en varning. Ett födelsedatum
som läses ur ett nummer är en ledtråd, aldrig en uppgift. Efter registret finns inga nummer alls, bara pseudonymer.

Numren nedan är publicerade testnummer eller kan inte tillhöra någon.
"""

from datetime import date

import pytest
from spec.chapters import Case

from skillnad.codebook.identity import parse_identity

TODAY = date(2025, 11, 1)

CASES = [
    Case(
        title="Slag av nummer",
        text="Läst den 1 november 2025. Samordningsnummer har dagen plus 60; reservnummer har en bokstav.",
        table="""
            | written       |
            | 19570428-9999 |
            | 194608239986  |
            | 090527+1474   |
            | 19700488-9893 |
            | 19900101-T123 |
            | 22900101AB12  |
            | 991234567890  |
            | T-4711        |
            |               |
        """,
        question="Vad för slags nummer är det, och hur lagras det?",
        expected="""
            | kind         | number       |
            | personnummer | 195704289999 |
            | personnummer | 194608239986 |
            | personnummer | 190905271474 |
            | samordning   | 197004889893 |
            | reserv_lokal | 19900101T123 |
            | reserv_nat   | 22900101AB12 |
            | reserv_lokal | 991234567890 |
            | reserv_lokal | T-4711       |
            | none         |              |
        """,
    ),
    Case(
        title="Varningar",
        table="""
            | written       |
            | 19570428-9999 |
            | 197004289895  |
            | 201509160006  |
            | 20251350-1234 |
            | 4711          |
        """,
        question="Vad är udda med numret?",
        expected="""
            | warnings     |
            |              |
            | check_digit  |
            | birth_number |
            | no_such_date |
            | unknown_form |
        """,
    ),
]


def read(row):
    identity = parse_identity(row["written"], TODAY)
    return {"kind": str(identity.kind), "number": identity.number}


def odd(row):
    return {"warnings": ";".join(parse_identity(row["written"], TODAY).warnings)}


@pytest.mark.parametrize(("case", "compute"), list(zip(CASES, [read, odd], strict=True)), ids=["kinds", "warnings"])
def test_every_number_is_read_and_what_is_odd_is_a_warning(case, compute, answers):
    answers(case, compute)
