"""The worked examples of a folder, with the folder's own words."""

import shutil

import pytest

from skillnad.instruments.folder_cases import check_folder_cases
from skillnad.instruments.loading import CATALOGUE, load_with_files
from skillnad.instruments.reading import Findings


@pytest.fixture
def skr6(tmp_path):
    """A copy of the six questions, to change one thing in."""
    return shutil.copytree(CATALOGUE / "skr6", tmp_path / "sex_fragor")


def problems(folder):
    loaded, findings = load_with_files(folder), Findings()
    check_folder_cases(loaded.instrument, loaded.files, findings)
    return [problem.text() for problem in findings.problems]


def changed(path, old, new):
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def own(skr6):
    """The copy under an id of its own."""
    changed(skr6 / "definition.toml", 'id = "skr6"', 'id = "sex_fragor"')
    return skr6


def test_a_copy_of_the_catalogues_comes_out(own) -> None:
    assert problems(own) == []


def test_a_sentence_is_filled_by_the_variants_own_words(own) -> None:
    changed(own / "cases.toml", 'b4 = "Hur har socialsekreteraren bemött dig?"', 'b4 = "Hur har hon bemött dig?"')
    (problem,) = problems(own)
    assert problem.startswith("INSTR-021 sex_fragor/cases.toml, rad ")
    assert (
        "”b4” blev ”Hur har socialsekreteraren bemött dig?”, men exemplet väntar ”Hur har hon bemött dig?”" in problem
    )


def test_answers_with_other_points_of_reference_do_not_pool(own) -> None:
    changed(own / "cases.toml", "pools = false", "pools = true")
    (problem,) = problems(own)
    assert "”pools” blev nej, men exemplet väntar ja" in problem


def test_a_folder_without_cases_is_refused(own) -> None:
    (own / "cases.toml").unlink()
    (problem,) = problems(own)
    assert problem.startswith("INSTR-020 sex_fragor/cases.toml:")
