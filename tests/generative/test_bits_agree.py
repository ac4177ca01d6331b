"""Random questions on random data: bits count as the reference engine does, alone and behind the door."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from generative.made_questions import questions, rows, snapshot_of
from generative.test_engines_agree import same
from hypothesis import given
from proof_sizes import examples

from skillnad.analysis.engines.bits import BitsEngine, answers
from skillnad.analysis.engines.in_memory import InMemoryEngine
from skillnad.analysis.questions import Question


@pytest.fixture(scope="module")
def bits() -> Iterator[BitsEngine]:
    engine = BitsEngine(keep=1)
    yield engine
    engine.close()


@examples(100, 4_000)
@given(data=rows(), question=questions().filter(answers))
def test_bits_count_as_the_reference(bits: BitsEngine, data: list, question: Question) -> None:
    with TemporaryDirectory() as folder:
        snapshot = snapshot_of(Path(folder), data)
        right, found = InMemoryEngine().count(snapshot, question), bits.count(snapshot, question)
    assert (found.axes, found.left_out) == (right.axes, right.left_out)
    assert found.counts == right.counts
    assert found.values.keys() == right.values.keys()
    assert all(same(name, values, right.values[name]) for name, values in found.values.items())
