"""The notebook that an analyst starts from: its cells run as a notebook runs them, and show what the example says."""

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pyreadstat
import pytest
from snapshots_made import COLUMNS, make_snapshot

import skillnad
from skillnad.codebook.loading import load_codebook
from skillnad.codebook.snapshot_schema import Population
from skillnad.snapshots.columns import columns_of

EXAMPLE = Path(__file__).parents[2] / "examples" / "notebook"
HOUSEHOLDS = {"1": (41, 33), "2": (52, 8), "4": (18, 23), "5": (37, 29), "7": (14, 3), "8": (11, 12)}
"""Women and men by type of household."""
IDS = re.compile(r"\b[0-9a-f]{12}\b|(?<=-)[0-9a-f]{8}\b")


class Text(HTMLParser):
    """HTML as a reader sees it: a line a row, a bar between cells."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.feed(html)

    def handle_endtag(self, tag: str) -> None:
        self.said.append(
            {"tr": "\n", "caption": "\n", "p": "\n", "summary": "\n", "th": " | ", "td": " | "}.get(tag, "")
        )

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def cells(text: str) -> list[str]:
    return [cell.partition("\n")[2] for cell in re.split(r"^# %%", text, flags=re.MULTILINE)[1:]]


def lines_of_code(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


def shown(value: Any) -> str:
    """What a notebook shows of a cell's last value, as text, without the ids of one snapshot."""
    if hasattr(value, "_repr_mimebundle_"):
        text = value._repr_mimebundle_()["text/plain"]
    elif type(value).__name__ == "DataFrame":
        text = value.to_string(index=False)
    else:
        text = "".join(Text(value._repr_html_()).said) if hasattr(value, "_repr_html_") else str(value)
    return "\n".join(line.rstrip(" |") for line in IDS.sub("…", text).splitlines())


def run(text: str) -> Iterator[str]:
    """What is shown under each cell that ends in a value."""
    names: dict[str, Any] = {}
    for cell in cells(text):
        body = ast.parse(cell).body
        last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
        exec(compile(ast.Module(body, []), "cell", "exec"), names)
        if isinstance(last, ast.Expr):
            yield shown(eval(compile(ast.Expression(last.value), "cell", "eval"), names))


def make_example(folder: Path) -> None:
    """A snapshot where the example says, its columns called what the codebook calls them."""
    rows = [
        {"household_type": household, "legal_sex": sex, "unit": "ABC"[n % 3], "start_date": f"2025-0{1 + n % 9}-03"}
        for household, women_and_men in HOUSEHOLDS.items()
        for sex, times in zip("12", women_and_men, strict=True)
        for n in range(times)
    ]
    named = columns_of(Population.INTERVENTIONS, load_codebook(), dict.fromkeys(("committee", "unit", "provider"), ()))
    with pytest.MonkeyPatch.context() as there:
        for name in ("household_type", "legal_sex"):
            there.setitem(COLUMNS, name, named[name])
        make_snapshot(folder / "snapshots" / "2025-12-31", interventions=rows)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("office")
    make_example(folder)
    return folder


@pytest.fixture(scope="module")
def outputs(office: Path) -> list[str]:
    with pytest.MonkeyPatch.context() as there:
        there.chdir(office)
        return list(run((EXAMPLE / "ask.py").read_text("utf-8")))


@pytest.mark.parametrize("name", ["ask.py", "compare.py"])
def test_notebook_is_ten_lines(name: str) -> None:
    assert len(lines_of_code((EXAMPLE / name).read_text("utf-8"))) <= 10


def test_notebook_that_compares_shows_what_the_example_says(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(office)
    told = "\n\n".join(run((EXAMPLE / "compare.py").read_text("utf-8")))
    assert told + "\n" == (EXAMPLE / "compare.txt").read_text("utf-8")


def test_notebook_shows_what_the_example_says(outputs: list[str]) -> None:
    assert "\n\n".join(outputs) + "\n" == (EXAMPLE / "expected.txt").read_text("utf-8")


def test_notebook_hides_the_small_group(outputs: list[str]) -> None:
    table, _, frame, _ = outputs
    assert ".." in table
    assert "gap" in frame
    assert "Övriga hushåll utan barn | .. | .. | .. | .. | 0 | 17 | 1" in table


def test_notebook_leaves_an_spss_file(outputs: list[str], office: Path) -> None:
    _, told = pyreadstat.read_sav(office / outputs[-1])
    assert told.variable_value_labels["household_type"][4] == "Sammanboende utan barn"


def test_manual_has_the_same_ten_lines() -> None:
    manual = (EXAMPLE.parents[1] / "docs" / "notebook.md").read_text("utf-8")
    first = manual.split("```python\n")[1].split("```")[0]
    assert len(lines_of_code(first)) <= 10
    imported = next(line for line in first.splitlines() if line.startswith("from skillnad"))
    exec(imported, {})


def test_manual_asks_questions_that_there_are() -> None:
    manual = (EXAMPLE.parents[1] / "docs" / "notebook.md").read_text("utf-8")
    asked = re.findall(r"^\| `([A-Z]\w+\(.*\))` \|", manual, re.MULTILINE)
    selections = re.findall(r"^`(Selection\(.*\))`", manual, re.MULTILINE)
    names = {name: getattr(skillnad, name) for name in skillnad.__all__} | {"selection": skillnad.Selection()}
    made = [eval(code, names) for code in (*asked, *selections)]
    assert len(asked) == 15
    assert isinstance(made[-1], skillnad.Selection)
