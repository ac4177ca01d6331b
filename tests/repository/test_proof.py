"""What `make proof` showed is written down: each proof has a page with its day, commit and sizes."""

import re
from pathlib import Path

import pytest
from kills import Import, Snapshot
from proof_sizes import examples, size

from benchmarks.proof.__main__ import PROOFS
from benchmarks.proof.mutants import TARGETS
from benchmarks.proof.mutations import mutations
from benchmarks.proof.survivors import known

PAGES = Path(__file__).parents[2] / "docs" / "proof"
SOURCE = Path(__file__).parents[2] / "src" / "skillnad"


@pytest.mark.parametrize("name", PROOFS)
def test_proof_page_has_day_commit_and_sizes(name: str) -> None:
    text = (PAGES / f"{name}.md").read_text("utf-8")
    assert re.search(r"^\| date \| \d{4}-\d{2}-\d{2} \|$", text, re.MULTILINE)
    assert re.search(r"^\| commit \| [0-9a-f]{7,12}\b", text, re.MULTILINE)
    assert re.search(r"^\| [^|]+ \| [1-9]\d* .* \| \d+ \| (held|\*\*failed\*\*) \|$", text, re.MULTILINE)
    assert re.search(r"^\| outcome \| (held|\*\*failed\*\*) \|$", text, re.MULTILINE)


def test_every_proof_page_is_of_a_proof() -> None:
    assert {path.stem for path in PAGES.glob("*.md")} <= {*PROOFS, "README"}


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.modules)
def test_mutated_modules_and_their_tests_are_there(target) -> None:
    assert target.files()
    assert all((PAGES.parents[1] / tests).exists() for tests in target.tests)


@pytest.mark.parametrize("same", known(), ids=lambda same: f"{same.file} {same.mutation}")
def test_mutation_said_to_change_nothing_can_be_made_on_just_the_line_it_names(same) -> None:
    file = SOURCE / same.file
    source = file.read_text("utf-8")
    lines = {each.line for each in mutations(source) if str(each) == same.mutation}
    assert len([line for line in lines if same.at in source.splitlines()[line - 1]]) == 1


@pytest.mark.parametrize(("proof", "share", "tried"), [(False, 1, 5), (True, 1, 200), (True, 0.1, 20), (True, 0, 1)])
def test_size_is_a_sample_or_a_share_of_the_proof(monkeypatch, proof: bool, share: float, tried: int) -> None:
    monkeypatch.setattr("proof_sizes.PROOF", proof)
    monkeypatch.setattr("proof_sizes.SHARE", share)
    assert size(5, 200) == examples(5, 200).max_examples == tried


@pytest.mark.parametrize("proof", [False, True])
def test_proof_tries_new_examples_and_the_sample_the_same(monkeypatch, proof: bool) -> None:
    monkeypatch.setattr("proof_sizes.PROOF", proof)
    assert examples(5, 200).derandomize is not proof


def test_kills_come_anywhere_and_where_it_matters() -> None:
    assert None in Import.marks
    assert None in Snapshot.marks
    assert all(len(each.marks) > 1 for each in (Import, Snapshot))
