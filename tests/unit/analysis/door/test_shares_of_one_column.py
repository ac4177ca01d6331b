"""Shares of one column through the door: of the known, and gaps where a denominator would tell what is hidden."""

import pytest
from snapshots_made import make_snapshot

from skillnad.analysis.door import ask
from skillnad.analysis.question_data import canonical_json
from skillnad.analysis.questions import Count
from skillnad.analysis.results import ProtectedTable
from skillnad.reports.reading import share
from skillnad.reports.render.tables import render

ASKED = Count(by=("origin",), shares=True)


def shown(folder, **times: int) -> ProtectedTable:
    codes = {"": "", "none": ""}
    rows = [{"origin": codes.get(name, name.lstrip("_"))} for name, number in times.items() for _ in range(number)]
    return ask(make_snapshot(folder, interventions=rows), ASKED)


def test_shares_are_of_the_known(tmp_path):
    table = shown(tmp_path, _1=30, _3=10, _5=20, none=6)
    assert (table.value("share", "1"), table.value("share", "3")) == (0.75, 0.25)
    assert ("5",) not in table.cells["share"]


def test_hidden_count_has_no_share(tmp_path):
    table = shown(tmp_path, _1=30, _2=3, _3=10, _4=9)
    assert (table.value("count", "2"), table.value("share", "2")) == (None, None)


def test_few_without_a_value_make_shares_of_all_where_most_are_known(tmp_path):
    table = shown(tmp_path, _1=60, _3=40, none=2, _5=3)
    assert table.value("count", "") is None
    assert [measure.label for measure in table.measures] == ["Antal", "Andel av alla"]
    assert table.value("share", "1") == pytest.approx(60 / 105)


def test_report_reads_the_share_that_the_table_has(tmp_path):
    table = shown(tmp_path, _1=30, _3=10)
    assert share(table, "1") == table.value("share", "1")


def test_markdown_has_counts_and_shares_and_says_of_what(tmp_path):
    text = render(shown(tmp_path, _1=30, _3=10), "markdown")
    assert "| Antal | Andel |" in text
    assert "ingår inte i nämnaren" in text


def test_plain_count_is_called_what_it_was_before_there_were_shares():
    assert "shares" not in canonical_json(Count(by=("origin",)))
    assert canonical_json(ASKED) != canonical_json(Count(by=("origin",)))
