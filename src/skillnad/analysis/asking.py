"""Asking a snapshot: notebooks, commands, pages and reports all ask its protected set, beside its home's ledger."""

from collections.abc import Sequence
from pathlib import Path

from skillnad.analysis.comparisons.municipalities import check_municipalities, own_share
from skillnad.analysis.comparisons.questions import Asked, Comparison
from skillnad.analysis.disclosure.attackers import Way
from skillnad.analysis.disclosure.policy import DEFAULT, Policy
from skillnad.analysis.door import set_municipalities_together
from skillnad.analysis.joint.home_ledger import ledger_of
from skillnad.analysis.protected_set import ProtectedSet
from skillnad.analysis.results import ProtectedTable
from skillnad.analysis.snapshot import Snapshot


def protected_set(
    snapshot: Snapshot,
    policy: Policy = DEFAULT,
    secret: bytes = b"",
    *,
    key_file: Path | None = None,
    engine: str = "",
) -> ProtectedSet:
    """The snapshot's protected set, beside what its home has published of earlier snapshots. `key_file` is the
    installation's, and `engine` counts what is new (as `door.ask`).

    Raises UserError (DISC-027, DISC-028, CONF-011, CONF-012) where the home's ledger cannot be opened.
    """
    gaps = policy.way is Way.SUPPRESS and not policy.own_area
    ledger = ledger_of(snapshot.path, snapshot.manifest.municipality, key_file) if gaps else None
    return ProtectedSet(snapshot, policy, secret, ledger, engine)


def ask(snapshot: Snapshot, question: Asked, policy: Policy = DEFAULT, *, engine: str = "") -> ProtectedTable:
    """The protected answer, which joins the snapshot's protected set. `engine="spark"` counts on the Spark there is.

    Raises UserError: ASK-… where the snapshot cannot answer the question, DISC-… where the answer cannot be protected
    beside what has been shown, or cannot be kept with it.
    """
    return protected_set(snapshot, policy, engine=engine).get_or_protect(question)


def ask_municipalities(snapshots: Sequence[Snapshot], question: Comparison, policy: Policy = DEFAULT) -> ProtectedTable:
    """A share compared between municipalities, by `municipality`: the answers of each snapshot's set, put together.

    Raises UserError: as `ask`, and ASK-060 … ASK-063 where these cannot be compared.
    """
    check_municipalities([snapshot.manifest for snapshot in snapshots], question)
    tables = [ask(snapshot, own_share(question), policy) for snapshot in snapshots]
    return set_municipalities_together(snapshots, question, tables, policy)
