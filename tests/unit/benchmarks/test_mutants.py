"""A mutant is what its tests meet; the code as it is passes."""

import ast
import subprocess
import sys
from dataclasses import replace

import pytest

from benchmarks.proof import survivors
from benchmarks.proof.mutants import ROOT, TARGETS, Target, Tried, sampled
from benchmarks.proof.mutations import mutations
from benchmarks.proof.survivors import Same, remarks, share_killed, told

SMALL = Target("codebook/made_up.py", ("tests/unit/codebook/test_made_up.py",), 100)
TRY = """
from benchmarks.proof.forked import load
from benchmarks.proof.mutants import Target, sampled, try_all
load()
target = Target({modules!r}, {tests!r}, 100)
chosen = [each for each in sampled(target, 1, 1)[0]][:{most}]
for each in try_all(target, chosen):
    print(each.place, "survived" if each.survived else "killed")
"""


def tried(modules: str, tests: tuple[str, ...], most: int) -> subprocess.CompletedProcess[str]:
    code = TRY.format(modules=modules, tests=tests, most=most)
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)


def line_of(mutant: Tried) -> str:
    return mutant.file.read_text("utf-8").splitlines()[mutant.mutation.line - 1]


def test_mutant_is_killed_by_tests_that_notice_it() -> None:
    done = tried(SMALL.modules, SMALL.tests, 2)
    assert [line.split()[1] for line in done.stdout.splitlines()] == ["killed", "killed"], done.stderr


def test_mutant_survives_tests_of_something_else() -> None:
    done = tried(SMALL.modules, ("tests/unit/lib/test_text.py",), 2)
    assert [line.split()[1] for line in done.stdout.splitlines()] == ["survived", "survived"], done.stderr


def test_mutants_are_not_tried_where_the_tests_do_not_pass_as_it_is() -> None:
    done = tried(SMALL.modules, ("tests/unit/benchmarks/none.py",), 1)
    assert done.returncode == 1
    assert "RuntimeError" in done.stderr


@pytest.mark.parametrize("share", [0.05, 1])
def test_sample_is_the_same_for_the_same_seed_and_no_larger_than_asked(share: float) -> None:
    target = TARGETS[0]
    chosen, every = sampled(target, share, 3)
    assert chosen == sampled(target, share, 3)[0]
    assert len(chosen) == min(every, round(target.most * share))


def test_sample_of_another_seed_is_another() -> None:
    assert sampled(TARGETS[0], 0.05, 1)[0] != sampled(TARGETS[0], 0.05, 2)[0]


def test_every_mutant_of_the_kernel_is_code() -> None:
    chosen, every = sampled(SMALL, 1, 1)
    source = chosen[0].file.read_text("utf-8")
    assert every == len(mutations(source)) > 5
    assert all(ast.parse(each.mutation.becomes) for each in chosen)


def test_remarks_name_a_survivor_by_place_and_mutation() -> None:
    survivor = sampled(SMALL, 1, 1)[0][0]
    text = "\n".join(remarks([survivor]))
    assert f"`codebook/made_up.py:{survivor.mutation.line}` `{survivor.mutation}`" in text


def test_remarks_say_that_none_survived() -> None:
    assert remarks([]) == ["No mutant survived."]


def test_what_became_of_mutants_is_told_with_those_that_took_too_long() -> None:
    made = sampled(SMALL, 1, 1)[0][:4]
    tried = [replace(made[0], survived=True), replace(made[1], too_long=True), *made[2:]]
    assert share_killed(tried) == 0.75
    assert told(tried, 9) == "4 of 9 mutants, 3 killed (75.0%), 1 of them by taking too long"
    assert told(made) == "4 mutants, 4 killed (100.0%)"


def test_survivor_that_changes_nothing_is_told_of_and_not_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    made = sampled(SMALL, 1, 1)[0][:4]
    same = Same(made[0].module, str(made[0].mutation), "why not", at=line_of(made[0]))
    monkeypatch.setattr(survivors, "known", lambda: [same])
    tried = [replace(made[0], survived=True), *made[1:]]
    assert share_killed(tried) == 1.0
    assert told(tried) == "4 mutants, 3 killed (100.0%), 1 change nothing"


def test_mutant_that_never_ends_is_killed_by_its_processor_time() -> None:
    code = """
import ast
from benchmarks.proof.forked import load, run
from benchmarks.proof.mutants import ROOT
load()
file = ROOT / "src/skillnad/codebook/made_up.py"
ended = run(("tests/unit/codebook/test_made_up.py",), file, ast.parse("while True: pass"), 1)
print(ended.too_long, ended.passed)
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.split() == ["True", "False"], done.stderr
