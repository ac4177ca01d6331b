"""Codes and English labels of any file that people write: told by the file's own codes."""

import pytest

from skillnad.lib.toml_files import Checked, FileCodes, Findings, Source
from skillnad.lib.toml_words import code_of, english

CODES = FileCodes(unreadable="T-1", unknown_key="T-2", wrong_type="T-3", missing="T-4", unknown_word="T-5", unfit="T-6")


def table(text="", *, local=False, **data):
    return Checked(Source("f.toml", data, text, local), (), data, Findings(CODES))


@pytest.mark.parametrize("code", ["1", "ÅÄ-1", "a.b+c_d", "x" * 40])
def test_code_is_letters_digits_and_a_few_signs(code):
    read = table(code=code)
    assert code_of(read) == code
    assert read.findings.problems == []


@pytest.mark.parametrize("code", ["a b", "x" * 41, "a;b", "1/2"])
def test_other_code_is_told_on_its_line_by_the_files_own_number(code):
    read = table(f'\n\ncode = "{code}"\n', code=code)
    assert code_of(read) == code
    (problem,) = read.findings.problems
    assert (problem.code, problem.where) == ("T-6", "f.toml, rad 3")
    assert "bokstäver, siffror" in problem.sv


def test_code_that_is_missing_is_told_once():
    read = table()
    code_of(read)
    assert [problem.code for problem in read.findings.problems] == ["T-4"]


@pytest.mark.parametrize(("words", "told"), [({"sv": "Hund"}, "Hund"), ({"sv": "Hund", "en": "Dog"}, "Dog")])
def test_municipality_may_leave_the_english_words_out(words, told):
    read = table(local=True, **words)
    assert english(read) == told
    assert read.findings.problems == []


def test_what_comes_with_skillnad_may_not():
    read = table(label_sv="Hund")
    assert english(read, "label_en", "label_sv") == ""
    assert [problem.code for problem in read.findings.problems] == ["T-4"]
