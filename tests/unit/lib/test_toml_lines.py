import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillnad.codebook.loading import STANDARD
from skillnad.lib.toml_lines import line_of_fault, toml_lines

TEXT = """\
# a comment with [brackets] and = signs
title = "x # not a comment"

[table]
a.b = 1
"quoted key" = 'literal "#'

[[row]]
code = "1"
list = [
    "a", # comment, with ] bracket
    { code = "x", deep = [1, [2, 3]] },
    "b",
]
[[row]]
text = \"\"\"
code = "no key"
\"\"\"
[row.inner]
flag = true
[[row.item]]
k = 1979-05-27 07:32:00
[[row.item]]
k = -1.5e3
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("title",), 2),
        (("table",), 4),
        (("table", "a"), 5),
        (("table", "a", "b"), 5),
        (("table", "quoted key"), 6),
        (("row", 0), 8),
        (("row", 0, "list"), 10),
        (("row", 0, "list", 0), 11),
        (("row", 0, "list", 1, "deep", 1, 1), 12),
        (("row", 0, "list", 2), 13),
        (("row", 1), 15),
        (("row", 1, "text"), 16),
        (("row", 1, "inner", "flag"), 20),
        (("row", 1, "item", 1, "k"), 24),
    ],
)
def test_lines_of_a_path(path, line):
    assert toml_lines(TEXT).of(*path) == line


def test_lines_of_an_unknown_path_are_those_around_it():
    lines = toml_lines(TEXT)
    assert lines.of("row", 1, "missing", "deeper") == 15
    assert lines.of("nowhere") == 1


def paths(content, path=()):
    """Every path of what tomllib read, by a second and independent walk."""
    items = content.items() if isinstance(content, dict) else enumerate(content)
    for key, value in items:
        yield (*path, key)
        if isinstance(value, dict | list):
            yield from paths(value, (*path, key))


@pytest.mark.parametrize("file", sorted(STANDARD.glob("*.toml")), ids=lambda path: path.name)
def test_lines_know_every_path_of_a_real_file(file: Path):
    text = file.read_text(encoding="utf-8")
    assert set(toml_lines(text).lines) == set(paths(tomllib.loads(text)))


KEY = st.from_regex(r"[a-z]{1,6}", fullmatch=True)
SCALAR = st.one_of(
    st.integers(-99, 99).map(str),
    st.sampled_from(['"]"', '"a # b"', "'{'", "true", "2025-07-01", '"""x\n]"""', "'''y\n'''", '"\\""', '""']),
)
VALUE = st.recursive(
    SCALAR,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: "[" + ", # ]\n".join(items) + ("\n" if items else "") + "]"),
    ),
    max_leaves=6,
)


@given(st.dictionaries(KEY, VALUE, max_size=5))
def test_lines_know_every_path_of_any_file(content):
    text = "[[t]]\n" + "\n".join(f"{key} = {value} # end" for key, value in content.items()) + "\n[[t]]\n"
    assert set(toml_lines(text).lines) == set(paths(tomllib.loads(text)))


@pytest.mark.parametrize(("text", "line"), [("a = 1\nb = = 2\n", 2), ("a = 1\n\nb = [1,\n", 4)])
def test_line_of_a_fault_is_tomllibs(text, line):
    with pytest.raises(tomllib.TOMLDecodeError) as caught:
        tomllib.loads(text)
    assert line_of_fault(caught.value, text) in (line, line - 1)
