"""What may be taken along: every protected table but those of one's own area, of which nothing is hidden (`own_area`).

Everything that makes a file of a table, or plain data, asks here first.
"""

from skillnad.analysis.disclosure.policy import OWN_AREA_NAME
from skillnad.analysis.results import ProtectedTable
from skillnad.lib.errors import UserError


def is_own_area(table: ProtectedTable) -> bool:
    return table.provenance.policy.startswith(f"{OWN_AREA_NAME}-")


def check_may_leave(table: ProtectedTable) -> None:
    """Raises UserError (DISC-033) of a table with nothing hidden: it is read on its page and nowhere else."""
    if is_own_area(table):
        raise UserError.of(
            "DISC-033",
            sv="Tabellen visar det egna området med små tal och får inte lämna sidan. Ställ samma fråga i Utforska, så "
            "får du en skyddad tabell att ta med.",
            en="The table shows one's own area with its small numbers, and may not leave its page. Ask the same "
            "question in the explorer, which gives a protected table to take along.",
        )
