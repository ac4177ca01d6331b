"""A module's mutants meet its own tests first, then the others that read it, and no more."""

from pathlib import Path

import pytest

from benchmarks.proof import ROOT
from benchmarks.proof.mutants import TARGETS
from benchmarks.proof.nearest import reads, stages

FORMULAS = ROOT / "src/skillnad/analysis/formulas"
TESTS = "tests/unit/analysis/formulas"


def names(tests: tuple[str, ...]) -> set[str]:
    return {Path(each).name for each in tests}


def test_modules_own_tests_come_first() -> None:
    own, rest = stages(FORMULAS / "quantiles.py", (TESTS,))
    assert names(own) == {"test_quantiles.py"}
    assert "test_medians.py" in names(rest)


def test_test_that_never_reads_the_module_is_left_out() -> None:
    tried = names(sum(stages(FORMULAS / "quantiles.py", (TESTS,)), ()))
    assert "test_chart_rules.py" not in tried


def test_own_tests_may_be_several_files() -> None:
    own, _ = stages(ROOT / "src/skillnad/analysis/disclosure/network.py", ("tests/unit/analysis/disclosure",))
    assert names(own) == {"test_network.py", "test_network_by_hand.py"}


def test_module_without_tests_that_read_it_meets_none() -> None:
    assert stages(FORMULAS / "medians.py", ("tests/unit/lib/test_text.py",)) == []


def test_tests_that_are_not_there_are_said() -> None:
    with pytest.raises(RuntimeError, match=r"no tests at tests/unit/none\.py"):
        stages(FORMULAS / "medians.py", ("tests/unit/none.py",))


def test_reading_goes_through_what_is_read_and_the_packages_above() -> None:
    read = reads(FORMULAS / "medians.py")
    assert FORMULAS / "quantiles.py" in read
    assert FORMULAS / "proportions.py" in read
    assert ROOT / "src/skillnad/__init__.py" in read
    assert FORMULAS / "funnel.py" not in read


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.modules)
def test_every_mutated_module_is_read_by_a_test(target) -> None:
    assert [file.name for file in target.files() if not stages(file, target.tests)] == []
