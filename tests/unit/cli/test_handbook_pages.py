"""The handbook's pages: every statistic once, links that lead somewhere, tables and formulas that are shown whole."""

import re
from pathlib import Path

import pytest
from spec.chapters import Case, Chapter, Section

from skillnad.analysis.handbook import chapters, statistics
from skillnad.cli.kernel.docs import HANDBOOK, docs, specification, write_pages
from skillnad.cli.kernel.handbook_pages import contents_page, handbook_page, handbook_pages, words_page
from skillnad.lib.errors import UserError

ROOT = Path(__file__).parents[3]
PAGES = handbook_pages(specification(ROOT))
ALL = pytest.mark.parametrize("name", sorted(PAGES))


def test_every_chapter_has_a_page() -> None:
    assert set(PAGES) == {"README.md", "ord.md", *(f"{chapter.name}.md" for chapter in chapters())}


def test_contents_link_every_statistic() -> None:
    linked = re.findall(r"\]\([a-z-]+\.md#([a-z0-9-]+)\)", contents_page())
    assert linked == list(statistics())


@ALL
def test_links_lead_somewhere(name: str) -> None:
    for target, anchor in re.findall(r"\]\(([^)#]*)(?:#([^)]+))?\)", PAGES[name]):
        if target in PAGES:
            assert not anchor or f'<a id="{anchor}"></a>' in PAGES[target], (target, anchor)
        else:
            assert (ROOT / HANDBOOK / target).is_file(), target


@ALL
def test_page_has_no_figure_left_to_fill_in(name: str) -> None:
    text = re.sub(r"```.*?```|`[^`]*`", "", PAGES[name], flags=re.DOTALL)
    assert not re.search(r"\{\w+\}", text)


@ALL
def test_page_begins_with_where_it_comes_from(name: str) -> None:
    assert PAGES[name].startswith("<!-- Skapad med `skillnad docs`.")
    assert PAGES[name].endswith("\n")


@pytest.mark.parametrize("chapter", [each for each in chapters() if each.statistics], ids=lambda each: each.name)
def test_statistic_has_all_its_parts(chapter) -> None:
    page = PAGES[f"{chapter.name}.md"]
    for each in chapter.statistics:
        own = page.split(f'<a id="{each.id}"></a>')[1].split("<a id=")[0]
        assert f"## {each.name}\n" in own
        assert f"```text\n{each.formula}\n```" in own
        assert all(part in own for part in ("**Källa.**", "**Prövat mot.**", "**Skriv så.**"))
        assert "**Exempel.**" in own or "Ur specifikationen" in own


def test_case_of_the_specification_is_shown_whole() -> None:
    shown = PAGES["floden.md"]
    assert "<details><summary>Ur specifikationen: Sex insatser</summary>" in shown
    assert "| ongoing_start | 2     |" in shown
    assert "[Nya, pågående, avslutade](../reference/flows.md)" in shown


def test_case_that_is_gone_is_refused() -> None:
    chapter = next(each for each in chapters() if each.statistics)
    with pytest.raises(ValueError, match="does not have: cross_tables"):
        handbook_page(chapter, {})


def test_case_is_found_by_chapter_and_title() -> None:
    case = Case("Sex insatser", "| a |\n| 1 |", "Hur många?", "| a |\n| 1 |")
    with pytest.raises(ValueError, match="does not have"):
        handbook_pages((Chapter("flows", "Flöden", 1, "", (Section("A", "", (case,)),)),))


def test_words_are_in_swedish_order() -> None:
    listed = re.findall(r"^\| ([a-zåäö][^|]*) \|", words_page(), re.MULTILINE)
    assert listed[0] == "andel av alla"
    assert listed[-1] == "ögonblicksbild"


def test_written_pages_replace_those_that_are_no_more(tmp_path: Path) -> None:
    (tmp_path / "gone.md").write_text("old", encoding="utf-8")
    write_pages(tmp_path, {"a.md": "new"})
    assert {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()} == {"a.md": "new"}


def test_stale_handbook_is_refused_by_the_check(tmp_path: Path) -> None:
    (tmp_path / "tests").symlink_to(ROOT / "tests")
    docs(check=False, checkout=tmp_path)
    docs(check=True, checkout=tmp_path)
    (tmp_path / HANDBOOK / "tider.md").write_text("annat", encoding="utf-8")
    with pytest.raises(UserError, match=r"tider.md"):
        docs(check=True, checkout=tmp_path)


@ALL
def test_tables_and_lists_begin_a_paragraph(name: str) -> None:
    assert not re.search(r"^\*\*[^\n]*\*\* [|-] ", PAGES[name], re.MULTILINE)
    for before, line in zip(PAGES[name].splitlines(), PAGES[name].splitlines()[1:], strict=False):
        assert not line.startswith("|") or before == "" or before.startswith("|"), line


def test_every_chapter_of_the_specification_is_explained() -> None:
    """A new kind of question has a chapter; what is of variables is the reference's, not a statistic."""
    explained = {name.split(": ")[0] for each in statistics().values() for name in each.cases}
    assert {chapter.name for chapter in specification(ROOT)} - explained == {"variables"}
