"""A population's Parquet files give the same bits as its rows do, however they are written."""

from itertools import pairwise

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from unit.analysis.index.random_rows import SEVERAL, arrow_of, built, manifest_of, random_rows, table_of

from skillnad.analysis.index import building, reading
from skillnad.analysis.index.building import build
from skillnad.analysis.index.reading import cut, group_sizes, read_groups, reader

ROWS = random_rows([3, 70, 40])
TABLE = table_of(ROWS, 2)
NAMES = list(TABLE.columns)


def written(path, begin=0, end=len(ROWS), **options):
    pq.write_table(arrow_of(ROWS[begin:end], NAMES), path, **options)
    return path


def from_files(path):
    return build(manifest_of(TABLE), TABLE, reader(TABLE, path))


def in_parts(folder, ends):
    folder.mkdir()
    for begin, end in pairwise(ends):
        written(folder / f"part-{begin:05}.parquet", begin, end)
    return folder


@pytest.mark.parametrize(
    "options",
    [{}, {"use_dictionary": False}, {"row_group_size": 17}, {"compression": "none"}, {"version": "1.0"}],
    ids=str,
)
def test_files_give_the_same_bits_however_they_are_written(tmp_path, options):
    found, right = from_files(written(tmp_path / "a", **options)), built(ROWS, 2)
    assert found.layout == right.layout
    assert np.array_equal(found.planes, right.planes)


@pytest.mark.parametrize("ends", [[0, 113], [0, 50, 113], [0, 0, 1, 1, 113]])
def test_parts_give_the_same_bits_as_one_file(tmp_path, ends):
    assert np.array_equal(from_files(in_parts(tmp_path / "parts", ends)).planes, built(ROWS, 2).planes)


def test_rows_are_held_some_at_a_time(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "ROWS", 10)
    monkeypatch.setattr(building, "CHUNK", 7)
    assert np.array_equal(from_files(written(tmp_path / "a")).planes, built(ROWS, 2).planes)


def test_multi_selects_come_as_bits_or_as_lists(tmp_path):
    pages, lists = (
        next(reader(TABLE, written(tmp_path / name, use_dictionary=use))(["problem"])).column("problem")
        for name, use in (("a", True), ("b", False))
    )
    assert (pages.type, lists.type) == (pa.uint64(), pa.list_(pa.int16()))
    assert pages.to_pylist() == [sum(1 << code - 1 for code in codes) for codes in lists.to_pylist()]


@pytest.mark.parametrize("left", [[0, 50], [0, 50, 113, 120]])
def test_parts_with_other_rows_than_the_manifest_says_are_refused(tmp_path, left):
    folder = in_parts(tmp_path / "parts", [0, 50, 113])
    if len(left) == 2:
        (folder / "part-00050.parquet").unlink()
    else:
        written(folder / "part-00113.parquet", 0, 7)
    with pytest.raises(pa.ArrowInvalid, match="other rows"):
        from_files(folder)


def test_no_parts_are_no_rows(tmp_path):
    (tmp_path / "parts").mkdir()
    with pytest.raises((OSError, pa.ArrowException)):
        from_files(tmp_path / "parts")


@pytest.mark.parametrize("name", SEVERAL)
def test_set_that_holds_a_level_that_the_manifest_lacks_is_refused(tmp_path, name):
    rows = [ROWS[0] | {name: [SEVERAL[name] + 1]}, *ROWS[1:]]
    pq.write_table(arrow_of(rows, NAMES), tmp_path / "a")
    with pytest.raises(pa.ArrowInvalid, match=name):
        from_files(tmp_path / "a")


def test_name_with_stars_is_one_file(tmp_path):
    assert from_files(written(tmp_path / "a[1]*")).layout.rows == len(ROWS)


@pytest.mark.parametrize(("first", "end"), [(0, 7), (2, 5), (6, 7), (3, 3)])
@pytest.mark.parametrize("options", [{}, {"use_dictionary": False}], ids=["pages", "lists"])
def test_row_groups_are_read_alone(tmp_path, first, end, options):
    file = written(tmp_path / "a", row_group_size=17, **options)
    found = read_groups(file, first, end, NAMES)
    right = arrow_of(ROWS[17 * first : 17 * end], NAMES)
    assert found.column_names == NAMES
    assert found.drop_columns(list(SEVERAL)).equals(right.drop_columns(list(SEVERAL)))
    sets = right.column("problem").to_pylist()
    if not options:
        sets = [sum(1 << code - 1 for code in codes) for codes in sets]
    assert found.column("problem").to_pylist() == sets


def test_multi_selects_alone_are_read(tmp_path):
    assert read_groups(written(tmp_path / "a"), 0, 1, ["language"]).column_names == ["language"]


def test_row_groups_that_are_gone_are_refused(tmp_path):
    with pytest.raises(pa.ArrowInvalid, match="row groups"):
        read_groups(written(tmp_path / "a"), 0, 2, ["unit"])


@pytest.mark.parametrize(
    ("sizes", "together"),
    [([60, 40, 1, 300, 99], [(0, 2), (2, 3), (3, 4), (4, 5)]), ([101], [(0, 1)]), ([0, 100], [(0, 2)]), ([], [(0, 0)])],
    ids=str,
)
def test_row_groups_go_together_up_to_a_size(sizes, together):
    assert list(cut(sizes, 100)) == together


def test_sizes_are_those_of_the_row_groups(tmp_path):
    assert group_sizes(written(tmp_path / "a", row_group_size=50)) == [50, 50, 13]
