"""Random questions on random registers: no number beside a count tells of a gap, by the auditor of derived numbers."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from generative.made_comparisons import KINDS, registers
from generative.made_questions import changes, cross_tables, durations, shares, snapshot_of
from hypothesis import given
from hypothesis import strategies as st
from proof_sizes import examples

from skillnad.analysis.comparisons.questions import Asked, Paired
from skillnad.analysis.disclosure.derived.audit import objections
from skillnad.analysis.disclosure.policy import DEFAULT, Policy
from skillnad.analysis.door import ask
from skillnad.lib.errors import UserError

POLICIES = {
    "zeros printed": DEFAULT,
    "zeros hidden too": Policy(zeros_printed=False),
    "zeros protected": Policy(zeros_printed=False, zeros_protected=True),
    "denominators": Policy(denominator=20),
}
PLAIN = {"shares": shares(), "cross tables": cross_tables(), "durations": durations(), "changes": changes()}


def found(data: list, question: Asked, policy: Policy) -> list:
    """Objections; none where the question is refused, as many random ones are."""
    with TemporaryDirectory() as folder:
        snapshot = snapshot_of(Path(folder), data)
        try:
            table = ask(snapshot, question, policy, engine="duckdb")
            plain = ask(snapshot, question.of, policy, engine="duckdb") if isinstance(question, Paired) else None
        except UserError:
            return []
    return objections(table, policy, plain)


@pytest.mark.parametrize("named", POLICIES)
@pytest.mark.parametrize("kind", PLAIN)
@examples(3, 400)
@given(rows=registers(), draw=st.data())
def test_plain_tables_tell_nothing_of_their_gaps(kind: str, named: str, rows: list, draw: st.DataObject) -> None:
    assert found(rows, draw.draw(PLAIN[kind]), POLICIES[named]) == []


@pytest.mark.parametrize("named", ["zeros printed", "zeros protected"])
@pytest.mark.parametrize("kind", KINDS)
@examples(3, 400)
@given(rows=registers(), draw=st.data())
def test_comparative_tables_tell_nothing_of_their_gaps(kind: str, named: str, rows: list, draw: st.DataObject) -> None:
    assert found(rows, draw.draw(KINDS[kind]), POLICIES[named]) == []
