"""Decisions: each has a number of its own, is what its page says, and is found from the list of them."""

import re
from collections import Counter
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "docs/adr"
PAGES = sorted(FOLDER.glob("[0-9]*.md"))
LISTED = (FOLDER / "README.md").read_text(encoding="utf-8").splitlines()


def number(page: Path) -> int:
    return int(page.name[:4])


def test_no_two_decisions_have_one_number() -> None:
    assert [found for found, times in Counter(map(number, PAGES)).items() if times > 1] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_decision_is_listed_by_its_number_and_title(page: Path) -> None:
    title = page.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ")
    told = title.partition(".")[0]
    assert int(told) == number(page)
    assert f"- [{title}]({page.name})" in LISTED


def test_list_names_no_page_that_is_not_there() -> None:
    linked = re.findall(r"^- .*\((.+?\.md)\)$", "\n".join(LISTED), re.MULTILINE)
    assert linked == [page.name for page in PAGES]
