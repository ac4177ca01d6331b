"""What is written as TOML reads back as it was, and looks as a person would have laid it out."""

import tomllib
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillnad.exchange.forms.toml_text import toml_text
from skillnad.instruments.loading import instrument_ids, load_with_files

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
PLAIN = TEXTS | st.integers(-(10**12), 10**12) | st.booleans() | st.dates() | st.floats(-1e6, 1e6)
INLINE = st.dictionaries(TEXTS, PLAIN | st.lists(PLAIN, max_size=3), max_size=3)
TABLES = st.dictionaries(TEXTS, PLAIN | st.lists(TEXTS, max_size=3) | INLINE | st.lists(INLINE, max_size=3), max_size=4)


@given(TABLES)
def test_any_table_reads_back(table: dict[str, Any]) -> None:
    assert tomllib.loads(toml_text(table)) == table


@pytest.mark.parametrize("name", instrument_ids())
def test_every_file_of_the_catalogue_reads_back(name: str) -> None:
    files = load_with_files(name).files
    for source in (files.definition, files.cases, *files.texts.values()):
        assert source is not None
        assert tomllib.loads(toml_text(source.data)) == source.data


def test_plain_keys_stand_before_tables() -> None:
    assert toml_text({"licence": {"kind": "free"}, "id": "x"}) == 'id = "x"\n\n[licence]\nkind = "free"\n'


def test_lists_of_tables_are_tables_of_their_own() -> None:
    assert toml_text({"item": [{"id": "a"}, {"id": "b"}]}) == '[[item]]\nid = "a"\n\n[[item]]\nid = "b"\n'


def test_long_lists_of_options_stand_on_lines_of_their_own() -> None:
    options = [{"code": str(code), "sv": "Ett svar med ord"} for code in range(3)]
    lines = toml_text({"option_set": [{"id": "a", "options": options}]}).splitlines()
    assert lines[2:] == [
        "options = [",
        *(f'    {{ code = "{code}", sv = "Ett svar med ord" }},' for code in range(3)),
        "]",
    ]


def test_short_lists_stand_on_one_line() -> None:
    assert toml_text({"item": [{"when": {"all": [{"item": "a"}]}}]}) == '[[item]]\nwhen = { all = [{ item = "a" }] }\n'


@pytest.mark.parametrize(
    ("content", "written"),
    [
        (1.0, "1"),
        (0.1, "0.1"),
        (True, "true"),
        (date(2026, 11, 1), "2026-11-01"),
        ('"\\\n', '"\\"\\\\\\n"'),
        ("\x7f", '"\\u007f"'),
        ("å", '"å"'),
        ([], "[]"),
    ],
)
def test_value_is_written_as_toml_has_it(content: Any, written: str) -> None:
    assert toml_text({"key": content}) == f"key = {written}\n"


def test_odd_keys_are_quoted() -> None:
    assert toml_text({"a b": {"å": 1}}) == '["a b"]\n"å" = 1\n'
