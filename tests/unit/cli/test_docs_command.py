from dataclasses import dataclass, field
from pathlib import Path

import pytest
from spec.chapters import Case, Chapter, Section

from skillnad.analysis.questions import Count, CrossTable, Selection, Where
from skillnad.cli.kernel.docs import reference_pages, refuse_stale, surplus
from skillnad.cli.kernel.reference_pages import chapter_page, index_page, shown_question
from skillnad.codebook.loading import load_codebook
from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import Population
from skillnad.lib.errors import UserError

CASE = Case(
    title="Ett fall",
    text="Så här.",
    table="| a | b |\n| 1 | 2 |",
    question=CrossTable(rows="a", columns="b"),
    expected="| a | count |\n| 1 | 1 |",
    left_out={"no_event": 2},
)
CHAPTER = Chapter("tables", "Tabeller", 20, "Inledning.", (Section("Avsnitt", "Text.", (CASE,)),))


@dataclass(frozen=True)
class Outer:
    inner: tuple[str, ...] = ()
    more: dict = field(default_factory=dict)


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        (CrossTable(rows="a", columns="b"), 'CrossTable(rows="a", columns="b")'),
        (Count(), "Count()"),
        (
            Count(Selection(population=Population.CASES, period=Period.year(2025)), by=("a",)),
            'Count(selection=Selection(population=Population.CASES, period=Period.parse("2025")), by=("a",))',
        ),
        (Where("a", ("1", "2")), 'Where(column="a", codes=("1", "2"))'),
        (Outer(("x",)), 'Outer(inner=("x",))'),
    ],
)
def test_question_is_shown_as_it_is_written(question, shown):
    assert shown_question(question) == shown


def test_page_has_the_case_in_full():
    page = chapter_page(CHAPTER, load_codebook())
    expected = ["# Tabeller", "## Avsnitt", "### Ett fall", "| a | b |\n|---|---|\n| 1 | 2 |", "Utanför: 2 (no_event)."]
    assert all(part in page for part in expected)
    assert '```python\nCrossTable(rows="a", columns="b")\n```' in page


def test_page_on_variables_begins_with_the_codebook():
    page = chapter_page(Chapter("variables", "Variabler", 10, "", ()), load_codebook())
    assert all(f"### {variable.number}. {variable.sv}\n" in page for variable in load_codebook().standard)
    assert "till och med 2025-06-30: 4 kap. 3 § SoL (2001:453) (ej kontrollerat)" in page
    assert "| Utforma uppdrag | inga |" in page


def test_index_links_every_chapter():
    assert "- [Tabeller](tables.md)" in index_page((CHAPTER,))


def test_pages_outside_a_checkout_is_a_user_error(tmp_path):
    with pytest.raises(UserError) as caught:
        reference_pages(tmp_path)
    assert caught.value.code == "CODE-031"


def test_pages_of_this_checkout_have_the_variables():
    pages = reference_pages(Path(__file__).parents[3])
    assert "variables.md" in pages
    assert "README.md" in pages


def test_stale_page_is_named(tmp_path):
    (tmp_path / "a.md").write_text("old", encoding="utf-8")
    (tmp_path / "gone.md").write_text("x", encoding="utf-8")
    with pytest.raises(UserError, match=r"a.md, b.md och gone.md") as caught:
        refuse_stale(tmp_path, {"a.md": "new", "b.md": "new"})
    assert caught.value.code == "CODE-032"


def test_pages_that_are_right_are_not_stale(tmp_path):
    (tmp_path / "a.md").write_text("same", encoding="utf-8")
    refuse_stale(tmp_path, {"a.md": "same"})
    assert surplus(tmp_path, {"a.md": "same"}) == []
