"""A hidden number is nowhere behind its gap: one that stands out is planted, and looked for in all that comes out."""

import json
import logging
import pickle
import re
from collections.abc import Mapping

import pytest
from raw_tables import axis, counted

from skillnad.analysis import door
from skillnad.analysis.disclosure import protect
from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.questions import CrossTable, Percent
from skillnad.analysis.results import ProtectedTable, RawTable

CANARY = 271
POLICY = Policy(name="canary", threshold=300, quantile_minimum=300)
AXES = (axis("sex", "1", "2"), axis("unit", "A", "B"))
ROWS = {("1", "A"): CANARY, ("1", "B"): 6000, ("2", "A"): 7000, ("2", "B"): 8000}


class Engine:
    def count(self, snapshot, question):
        return counted(AXES, ROWS, question)


class Snapshot:
    id = "0" * 64

    class manifest:
        from datetime import date

        as_of = date(2025, 12, 31)
        tables: Mapping[str, object] = {}


@pytest.fixture
def table(monkeypatch):
    monkeypatch.setattr(door, "_engine", lambda name: Engine())
    return door.ask(Snapshot(), CrossTable("sex", "unit", percent=Percent.ROWS), POLICY)


def everything_in(value, seen=None):
    """Every number and text that can be reached from an object."""
    seen = set() if seen is None else seen
    if id(value) in seen:
        return
    seen.add(id(value))
    yield value
    if isinstance(value, dict):
        parts = [*value.keys(), *value.values()]
    elif isinstance(value, list | tuple | set | frozenset):
        parts = list(value)
    else:
        parts = list(vars(value).values()) if hasattr(value, "__dict__") and not isinstance(value, type) else []
    for part in parts:
        yield from everything_in(part, seen)


def test_canary_is_in_the_raw_table():
    assert CANARY in everything_in(Engine().count(None, CrossTable("sex", "unit")))


def test_canary_is_hidden(table):
    assert table.value("count", "1", "A") is None


def test_canary_is_nowhere_in_the_table(table):
    assert CANARY not in list(everything_in(table))


def test_canary_is_not_in_what_the_table_writes(table):
    written = repr(table) + table._repr_html_() + json.dumps(table.as_data())
    assert not re.search(rf"\b{CANARY}\b", written)


def test_canary_is_not_in_the_pickle(table):
    cells = pickle.dumps((table.cells, table.axes, table.left_out))
    assert pickle.dumps(CANARY)[2:-1] not in cells


def test_raw_table_shows_no_counts():
    raw = Engine().count(None, CrossTable("sex", "unit"))
    assert str(CANARY) not in repr(raw) + str(raw)


def test_canary_is_in_no_log(table, caplog, monkeypatch):
    with caplog.at_level(logging.DEBUG):
        door.ask(Snapshot(), CrossTable("sex", "unit"), POLICY)
    assert str(CANARY) not in caplog.text


def test_withheld_table_holds_nothing(monkeypatch):
    monkeypatch.setattr(door, "_engine", lambda name: Engine())
    monkeypatch.setattr(protect.Search, "run", lambda self: self.needs.primary)
    table = door.ask(Snapshot(), CrossTable("sex", "unit"), POLICY)
    assert set(table.cells["count"].values()) == {None}


def test_refusal_of_a_broken_table_holds_no_counts(monkeypatch):
    class Broken(Engine):
        def count(self, snapshot, question):
            raw = super().count(snapshot, question)
            return RawTable(raw.question, raw.axes, {**raw.counts, ("*", "*"): CANARY + 1000}, {})

    monkeypatch.setattr(door, "_engine", lambda name: Broken())
    with pytest.raises(Exception, match="DISC-002") as refused:
        door.ask(Snapshot(), CrossTable("sex", "unit"), POLICY)
    assert str(CANARY) not in str(refused.value)


def test_protected_table_is_a_table_of_its_own(table):
    assert isinstance(table, ProtectedTable)
    assert not any(isinstance(part, RawTable) for part in everything_in(table))
