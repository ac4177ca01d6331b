"""Entries of the handbook: whole, each with an example that is worked out, and in words that a reader has."""

import re
from string import Formatter
from typing import get_args

import pytest

from skillnad.analysis import questions
from skillnad.analysis.comparisons import questions as comparative
from skillnad.analysis.formulas.samples import Chosen
from skillnad.analysis.handbook import Chapter, Statistic, chapters, internal, statistic, statistics, words
from skillnad.analysis.handbook.examples import EXAMPLES
from skillnad.analysis.handbook.loading import ORDER, TEXTS
from skillnad.analysis.question_data import question_as_data, question_from_data
from skillnad.analysis.question_reading import KINDS
from skillnad.codebook.loading import load_codebook
from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import Population

ENTRIES = [pytest.param(each, id=each.id) for each in statistics().values()]
TEXT_PAGES = [pytest.param(each, id=each.name) for each in chapters() if not each.statistics]


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("entry", ENTRIES)
def test_entry_is_whole(entry: Statistic) -> None:
    told = (entry.id, entry.name, entry.short, entry.paragraph, entry.formula, entry.source, entry.verified)
    assert all(told)
    assert entry.wording


@pytest.mark.parametrize("entry", ENTRIES)
def test_entry_has_an_example(entry: Statistic) -> None:
    assert entry.cases or entry.example
    assert bool(entry.text) == bool(entry.example)


@pytest.mark.parametrize("entry", [each for each in ENTRIES if each.values[0].example])
def test_example_tells_every_figure_that_it_works_out(entry: Statistic) -> None:
    assert entry.example is not None
    assert set(entry.example()) == fields(entry.text) | fields(entry.wording)


@pytest.mark.parametrize("entry", [each for each in ENTRIES if each.values[0].example])
def test_example_is_the_same_every_time(entry: Statistic) -> None:
    assert entry.worked() == entry.worked()


@pytest.mark.parametrize("chapter", [each for each in TEXT_PAGES if each.values[0].example])
def test_page_of_text_tells_every_figure_that_it_works_out(chapter: Chapter) -> None:
    assert chapter.example is not None
    assert set(chapter.example()) == fields(chapter.intro)


@pytest.mark.parametrize("entry", ENTRIES)
def test_short_form_is_one_sentence(entry: Statistic) -> None:
    assert len(entry.short) <= 130
    assert re.fullmatch(r"[^.]+\.", entry.short)


@pytest.mark.parametrize("entry", ENTRIES)
def test_sentences_are_short(entry: Statistic) -> None:
    sentences = re.split(r"[.:;?!](?:\s|$)", entry.paragraph)
    assert max(len(sentence.split()) for sentence in sentences) <= 40


@pytest.mark.parametrize("entry", ENTRIES)
def test_nothing_is_left_out_of_a_worked_example(entry: Statistic) -> None:
    assert "None" not in entry.worked()
    assert "finns inte" not in entry.worked()


@pytest.mark.parametrize("entry", ENTRIES)
def test_numbers_are_written_in_swedish(entry: Statistic) -> None:
    assert not re.search(r"\d\.\d", entry.worked() + entry.worded())
    assert not re.search(r"(^|[ (*])-\d", entry.worked()), "a minus sign is −"


@pytest.mark.parametrize("entry", ENTRIES)
def test_what_is_to_be_written_claims_nothing_more(entry: Statistic) -> None:
    said = entry.worded().replace("Skriv inte ”signifikant”", "").lower()
    assert not any(word in said for word in ("signifikant", "effekt", "bevisar", "orsakar"))


ASKED = [each for each in ENTRIES if each.values[0].question]
PARTS = (
    questions.Where,
    questions.Selection,
    comparative.Adjusted,
    comparative.Chart,
    comparative.Drawn,
    Chosen,
    Period,
    Population,
)
CLASSES = {kind.__name__: kind for kind in (*KINDS.values(), *PARTS)}


@pytest.mark.parametrize("entry", ASKED)
def test_question_that_is_named_can_be_asked_for(entry: Statistic) -> None:
    asked = eval(entry.question, {"__builtins__": {}}, CLASSES)
    assert question_from_data(question_as_data(asked)) == asked


@pytest.mark.parametrize("entry", ASKED)
def test_question_that_is_named_is_of_the_standards_columns(entry: Statistic) -> None:
    named = re.findall(r'"(?:\w+:)?([a-z]+_[a-z_]+)"', entry.question)
    assert set(named) <= {*load_codebook().variables, "age_group"}


@pytest.mark.parametrize(("name", "by_another"), [("tider", []), ("bakgrund", ["logistic"])])
def test_chapter_says_how_each_of_its_figures_is_asked_for(name: str, by_another: list[str]) -> None:
    (chapter,) = (each for each in chapters() if each.name == name)
    untold = [each for each in chapter.statistics if not each.question]
    assert [each.id for each in untold if "finns inte än" not in " ".join(each.paragraph.split())] == by_another


@pytest.mark.parametrize("name", ["mean-interval", "mean-difference", "mean-change", "standardised-rate"])
def test_figure_that_cannot_be_asked_for_yet_says_so(name: str) -> None:
    assert re.search(r"(finns\s+inte|ingen\s+fråga|går\s+inte\s+att\s+fråga\s+efter)\s+än", statistic(name).paragraph)


def test_every_comparative_question_is_named_by_an_entry() -> None:
    named = {each.values[0].question.partition("(")[0] for each in ASKED}
    assert named >= {kind.__name__ for kind in get_args(comparative.Comparative)}


def test_ids_are_addresses() -> None:
    assert all(re.fullmatch(r"[a-z0-9-]+", name) for name in statistics())
    assert len(statistics()) == sum(len(chapter.statistics) for chapter in chapters())


def test_every_example_belongs_somewhere() -> None:
    assert set(EXAMPLES) <= set(statistics()) | {chapter.name for chapter in chapters()}


def test_every_text_is_read() -> None:
    names = {path.name.rsplit(".", 1)[0] for path in TEXTS.iterdir()}
    assert names == {*ORDER, "ord", "internal"}


def test_entry_is_found_by_its_id() -> None:
    assert statistic("wilson").name == "Wilsons intervall för en andel"
    with pytest.raises(KeyError):
        statistic("guess")


def test_words_have_a_line_each() -> None:
    assert all(meaning and "\n" not in meaning for meaning in words().values())


def test_what_is_internal_says_why() -> None:
    assert all(internal().values())


@pytest.mark.parametrize("word", ["kvantil", "odds", "standardfel", "procentenhet", "svit", "bortfall", "urval"])
def test_word_of_the_trade_is_explained(word: str) -> None:
    assert word in words()
