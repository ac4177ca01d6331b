"""Suggestions follow from numbers that are not shown: only what asks for them before publishing may know of them."""

import re
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src" / "skillnad"
SUGGESTIONS = re.compile(r"skillnad\.analysis\.(?:suggested|disclosure\.suggest)\b")
OWN = ("analysis/suggested/", "analysis/disclosure/suggest/")
MAY_KNOW = {"cli/kernel/protect.py", "web/analyst/reviewing.py"}
"""The command that prints them on the screen alone, and the page that logs that it was read."""


def test_no_export_and_no_report_knows_of_suggestions() -> None:
    names = {file.relative_to(SOURCE).as_posix(): file for file in SOURCE.rglob("*.py")}
    knowing = {name for name, file in names.items() if SUGGESTIONS.search(file.read_text(encoding="utf-8"))}
    assert {name for name in knowing if not name.startswith(OWN)} == MAY_KNOW


def test_page_of_suggestions_logs_its_reading() -> None:
    page = (SOURCE / "web/analyst/reviewing.py").read_text(encoding="utf-8")
    assert 'log_report(request, "report.suggested"' in page
