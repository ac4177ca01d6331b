"""Published tables as a reader has them, written as CSV."""

from skillnad.analysis.disclosure.attack.findings import attack
from skillnad.analysis.disclosure.attack.reading import Manner, publication_of
from skillnad.analysis.disclosure.attackers import Attacker


def published(text, name="t.csv", **manner):
    """`text` has a column n of counts."""
    return publication_of(name, text.encode(), Manner("n", **manner))


def found(*told, reader=Attacker.ZEROS_PRINTED, threshold=5):
    """Findings by who they are of: how, and between what."""
    return {
        ", ".join(value for _, value in finding.people): (finding.kind.value, finding.low, finding.high)
        for finding in attack(told, reader, threshold).findings
    }
