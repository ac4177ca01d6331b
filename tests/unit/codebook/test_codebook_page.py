"""docs/codebook.md: its examples are read by the loader, and it lists every code that the codebook's errors have."""

import re
from pathlib import Path

import pytest

from skillnad.codebook.loading import load_codebook

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "codebook.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda text: text.split("\n")[0])
def test_page_example_follows_the_rules(example, tmp_path):
    (tmp_path / "exempel.toml").write_text(example, encoding="utf-8")
    assert load_codebook(tmp_path).digest != load_codebook().digest


def test_page_examples_work_together(tmp_path):
    for index, example in enumerate(EXAMPLES):
        (tmp_path / f"{index}.toml").write_text(example, encoding="utf-8")
    codebook = load_codebook(tmp_path)
    assert codebook["stated_gender"].used
    assert not codebook["origin"].used
    assert codebook["insats_gamla"].mapping["HVB"] == ("12",)
    assert len(codebook.age_bands) == 3


def codes_in(text):
    found = set()
    for first, rest in re.findall(r"CODE-(\d{3})((?:, \d{3})*)", text):
        found |= {first, *re.findall(r"\d{3}", rest)}
    return found


def test_page_lists_every_code():
    rooms = (ROOT / "src/skillnad/codebook", ROOT / "src/skillnad/cli/kernel")
    used = set().union(*(codes_in(path.read_text(encoding="utf-8")) for room in rooms for path in room.rglob("*.py")))
    assert used == codes_in(PAGE.split("## Fel")[1])
    assert len(used) > 20
