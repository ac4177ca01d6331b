"""A comparison of municipalities from the command line: a snapshot of each, asked by itself."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from skillnad.analysis.asking import ask_municipalities
from skillnad.analysis.comparisons.municipalities import check_municipalities, own_share
from skillnad.analysis.comparisons.questions import Comparison
from skillnad.analysis.snapshot import open_snapshot
from skillnad.cli.kernel.asking import Answer, Destination, policy_asked
from skillnad.cli.kernel.naming import in_ids
from skillnad.lib.errors import UserError


def give_across(folders: Sequence[Path], question: Comparison, answer: Answer) -> None:
    """Raises UserError: ASK-060 … ASK-063 where these cannot be compared so, ASK-076 where one more snapshot is
    named."""
    destination = Destination(answer.format, answer.out)
    if answer.snapshot is not None:
        raise _one_more()
    snapshots = [open_snapshot(folder) for folder in folders]
    check_municipalities([snapshot.manifest for snapshot in snapshots], question)
    named = in_ids(own_share(question), snapshots[0].manifest)
    asked = replace(question, of=replace(named, by=question.by))
    destination.write(ask_municipalities(snapshots, asked, policy_asked(answer.policy)))


def _one_more() -> UserError:
    return UserError.of(
        "ASK-076",
        sv="Varje kommuns ögonblicksbild anges med --municipality, den egna också. Ta bort --snapshot.",
        en="The snapshot of each municipality is given by --municipality, one's own too. Leave out --snapshot.",
    )
