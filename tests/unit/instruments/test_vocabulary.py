"""The fixed words of a definition: known to all that read one, and called something by all that show one."""

import pytest
from instrument_folders import found, trygghet

from skillnad.instruments.loading import load_catalogue
from skillnad.instruments.vocabulary import ABOUT, KINDS, LANGUAGES, LICENCES, UNITS, WHO

CATALOGUE = pytest.mark.parametrize("instrument", load_catalogue().values(), ids=lambda one: one.id)


@CATALOGUE
def test_everything_in_the_catalogue_has_words(instrument):
    assert set(instrument.answered_by) <= set(WHO)
    assert {each.answered_by for each in instrument.perspectives.values()} <= set(WHO)
    assert instrument.about in ABOUT
    assert instrument.kind in KINDS
    assert instrument.licence.kind in LICENCES


@CATALOGUE
def test_units_and_languages_of_the_catalogue_are_named(instrument):
    assert {item.unit_of_measure for item in instrument.items.values()} <= {"", *UNITS}
    spoken = {language for variant in instrument.variants.values() for language in variant.languages}
    assert spoken <= set(LANGUAGES)


@pytest.mark.parametrize("words", [WHO, ABOUT, UNITS, LANGUAGES], ids=["who", "about", "units", "languages"])
def test_two_words_are_not_called_the_same(words):
    assert len(set(words.values())) == len(words)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('answered_by = ["client"]\nabout', WHO),
        ('answered_by = "client"', WHO),
        ('about = "intervention"', ABOUT),
        ('kind = "local"', KINDS),
        ('kind = "free"', LICENCES),
    ],
)
def test_another_word_is_refused_with_those_there_are(tmp_path, line, words):
    there = line.split('"')[1]
    problems = found(trygghet(tmp_path, (line, line.replace(there, "zzz"))), local=True)
    assert problems[0].code == "INSTR-003"
    assert all(word in problems[0].sv for word in words)
    assert "zzz" in problems[0].en
