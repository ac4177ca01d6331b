"""docs/eget-instrument.md as a newcomer follows it: every block is run or written, in order, in an empty folder."""

import csv
import re
import shlex
import shutil
from pathlib import Path

import pytest

from .commands import skillnad

PAGE = Path(__file__).parents[2] / "docs" / "eget-instrument.md"
BLOCK = re.compile(r"^```(?P<kind>\w+) ?(?P<told>[^\n]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
OWN = Path("egna") / "trygghet"


def blocks():
    return [match.groupdict() for match in BLOCK.finditer(PAGE.read_text(encoding="utf-8"))]


class Newcomer:
    """Someone who does what the page says. `said` is all that the commands answered."""

    def __init__(self, folder):
        self.folder, self.said = folder, []

    def follow(self, block):
        getattr(self, f"_{block['kind']}")(block["told"], block["text"])

    def _sh(self, status, text):
        for line in text.splitlines():
            program, *words = shlex.split(line)
            assert program == "skillnad"
            done = skillnad(*words, folder=self.folder)
            assert done.returncode == int(status or 0), done.stderr
            self.said.append(done.stdout + done.stderr)

    def _text(self, name, text):
        """`name=` is a file to save; without a name, what is shown on the screen."""
        if name:
            self._file(name).write_text(text, encoding="utf-8")

    def _toml(self, name, text):
        path = self._file(name)
        before = "" if name.endswith("=") else path.read_text(encoding="utf-8") + "\n"
        path.write_text(before + text, encoding="utf-8")

    def _diff(self, name, text):
        """Each run of minus lines is replaced, where it next stands, by the plus lines after it."""
        path = self._file(name)
        content = path.read_text(encoding="utf-8")
        for old, new in hunks(text):
            assert old in content, f"the page changes what is not there: {old}"
            content = content.replace(old, new, 1)
        path.write_text(content, encoding="utf-8")

    def _file(self, name):
        name = name.removesuffix("=")
        return self.folder / name if name.endswith(".csv") else self.folder / OWN / name


def hunks(text):
    """(old lines, new lines) of a diff without context."""
    found = re.findall(r"((?:^-.*\n)+)((?:^\+.*\n)+)", text, re.MULTILINE)
    return [tuple("".join(line[1:] + "\n" for line in part.splitlines()) for part in pair) for pair in found]


@pytest.fixture(scope="module")
def newcomer(tmp_path_factory):
    followed = Newcomer(tmp_path_factory.mktemp("newcomer"))
    for block in blocks():
        followed.follow(block)
    return followed


def told(newcomer, word):
    return next(said for said in newcomer.said if word in said)


def rows(path):
    with path.open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream, delimiter=";"))


def test_the_page_has_a_block_for_each_step():
    assert [block["kind"] for block in blocks()].count("sh") == 4
    assert len(blocks()) > 10


def test_new_says_what_is_left_to_change_as_the_page_does(newcomer):
    shown = next(block["text"] for block in blocks() if block["text"].startswith("trygghet följer"))
    first, last = shown.splitlines()
    assert first in told(newcomer, "Kvar att ändra")
    assert last in told(newcomer, "Kvar att ändra")


def test_what_the_newcomer_made_follows_the_rules(newcomer):
    assert "trygghet följer reglerna: 3 frågor, 1 poäng, 3 räknade exempel." in told(newcomer, "3 frågor")
    assert "Kvar att ändra" not in told(newcomer, "3 frågor")


def test_a_slip_is_told_as_the_page_says(newcomer, tmp_path):
    shown = next(block["text"].strip() for block in blocks() if block["text"].startswith("INSTR-007"))
    folder = tmp_path / "trygghet"
    shutil.copytree(newcomer.folder / OWN, folder, ignore=shutil.ignore_patterns("versions"))
    definition = folder / "definition.toml"
    text = definition.read_text(encoding="utf-8").replace('items = ["day", "night"]', 'items = ["day", "nigth"]')
    definition.write_text(text, encoding="utf-8")
    done = skillnad("instrument", "check", str(folder))
    assert (done.returncode, done.stderr.splitlines()) == (2, [shown])


def test_the_form_is_shown_as_it_is_put(newcomer):
    shown = told(newcomer, "svarar:")
    assert "Hur ofta känner du dig trygg här på natten?" in shown
    assert "(ställs om ”Trygg på dagen” är 1 eller 2, eller ”Trygg på natten” är 1 eller 2)" in shown
    assert "safety: Trygghet. Medelvärdet av `day` och `night`." in shown


def test_the_answers_are_scored(newcomer):
    scored = rows(newcomer.folder / "poang.csv")
    assert [(row["key"], row["safety"], row["safe_by_night"]) for row in scored] == [
        ("1", "3,5", "1"),
        ("2", "", ""),
        ("3", "1,5", "0"),
    ]


def test_the_answer_that_cannot_be_is_listed_as_the_page_says(newcomer):
    shown = next(block["text"] for block in blocks() if block["text"].startswith("Skrev poang.csv"))
    *_, counted, refused = shown.splitlines()
    assert counted in told(newcomer, "svar.csv, rad 5")
    assert refused in told(newcomer, "svar.csv, rad 5")
    assert [row["code"] for row in rows(newcomer.folder / "poang.avvisade.csv")] == ["INSTR-051"]


def test_the_next_version_keeps_the_one_that_was_answered(newcomer):
    kept = list((newcomer.folder / OWN / "versions").glob("*/definition.toml"))
    assert len(kept) == 1
    assert "Hur ofta känner du dig trygg här på natten?" in kept[0].read_text(encoding="utf-8")
    (said,) = re.findall(r"trygghet är nu version (\d{4}\.\d+)", told(newcomer, "är nu version"))
    assert f'version = "{said}"' in (newcomer.folder / OWN / "definition.toml").read_text(encoding="utf-8")
