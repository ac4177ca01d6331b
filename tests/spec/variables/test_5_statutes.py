"""Lagrum i ett värdes namn.

Standarden skrevs 2019, och namnen är dess egna. Där ett namn hänvisar till en lag säger kodboken vilken bestämmelse som
gäller en viss dag. Socialtjänstlagen byttes den 1 juli 2025. En hänvisning är märkt tills någon har kontrollerat den
mot lagtexten.
"""

from datetime import date

import pytest
from spec.chapters import Case, case_id

from skillnad.codebook.statutes import provision_at

CASES = [
    Case(
        title="Försörjningsstöd före och efter den nya lagen",
        table="""
            | variable          | code | day        |
            | intervention_type | 11   | 2025-06-30 |
            | intervention_type | 11   | 2025-07-01 |
            | intervention_type | 10   | 2025-07-01 |
        """,
        question="Vilken bestämmelse gäller den dagen?",
        expected="""
            | provision                                  |
            | 4 kap. 3 § SoL (2001:453) (ej kontrollerat)  |
            | 12 kap. 1 § SoL (2025:400) (ej kontrollerat) |
            |                                            |
        """,
    ),
]


def provision(row):
    found = provision_at(row["variable"], row["code"], date.fromisoformat(row["day"]))
    return {"provision": found.label() if found else ""}


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_the_provision_follows_the_day(case, answers):
    answers(case, provision)
