"""An index on disk: the same bytes each time, and never counted on where it is damaged or another's."""

from dataclasses import replace
from mmap import mmap

import numpy as np
import pytest
from snapshots_made import make_snapshot
from unit.analysis.index.random_rows import built, manifest_of, random_rows, table_of

from skillnad.analysis.index import opening
from skillnad.analysis.index.file import MAGIC, index_name, open_index, write_index
from skillnad.analysis.index.opening import counted_on, index_of, make_indexes
from skillnad.codebook.snapshot_schema import Population
from skillnad.lib.errors import UserError

ROWS = random_rows([3, 64, 100])
TABLE = table_of(ROWS, 2)
MANIFEST = manifest_of(TABLE)
CASES = """
    client | unit | legal_sex
    1      | A    | 1
    2      | B    |
"""


@pytest.fixture
def path(tmp_path):
    write_index(tmp_path / "x.bits", built(ROWS, 2))
    return tmp_path / "x.bits"


@pytest.fixture
def snapshot(tmp_path):
    return make_snapshot(tmp_path, cases=CASES)


def change(path, place, byte=None):
    data = bytearray(path.read_bytes())
    data[place] = data[place] ^ 1 if byte is None else byte
    path.write_bytes(bytes(data))


def code(path, manifest=MANIFEST, table=TABLE):
    with pytest.raises(UserError) as refused:
        open_index(path, manifest, table)
    assert str(path) in refused.value.text("sv")
    return refused.value.code


def test_index_is_read_back_as_it_was_written(path):
    made, found = built(ROWS, 2), open_index(path, MANIFEST, TABLE)
    assert found.layout == made.layout
    assert np.array_equal(found.planes, made.planes)


def test_same_rows_are_the_same_bytes(path):
    first = path.read_bytes()
    write_index(path, built(ROWS, 2, chunks=3))
    assert path.read_bytes() == first


def test_planes_are_mapped_and_cannot_be_written(path):
    with pytest.raises(ValueError, match="read-only"):
        open_index(path, MANIFEST, TABLE).planes[0, 0] = 0


@pytest.mark.parametrize("place", [0, 3, 20, 60, 200, -1, -700])
def test_turned_bit_is_found_wherever_it_is(path, place):
    change(path, place)
    assert code(path) == "SNAP-008"


@pytest.mark.parametrize("length", [0, 7, 40, 300, 4096, -8])
def test_file_that_was_cut_short_is_found(path, length):
    path.write_bytes(path.read_bytes()[:length])
    assert code(path) == "SNAP-008"


def test_damage_says_what_to_do(path):
    change(path, -1)
    with pytest.raises(UserError) as refused:
        open_index(path, MANIFEST, TABLE)
    assert "Ta bort filen" in refused.value.text("sv")
    assert "Remove the file" in refused.value.text("en")


def test_index_of_other_rows_is_refused(path):
    assert code(path, table=replace(TABLE, sha256="other")) == "SNAP-009"


def test_index_of_another_population_is_refused(path):
    assert code(path, table=replace(TABLE, population=Population.CASES)) == "SNAP-009"


@pytest.mark.parametrize("changed", [{"codebook_version": "2"}, {"codebook_digest": "1" * 64}])
def test_index_of_another_codebook_is_refused(path, changed):
    assert code(path, manifest=replace(MANIFEST, **changed)) == "SNAP-009"


def test_another_format_is_as_none(path):
    change(path, len(MAGIC) - 1, 99)
    assert open_index(path, MANIFEST, TABLE) is None


def test_no_file_is_no_index(tmp_path):
    assert open_index(tmp_path / "none.bits", MANIFEST, TABLE) is None


def test_folder_in_the_files_place_is_damage(tmp_path):
    assert code(tmp_path) == "SNAP-008"


def test_failed_writing_leaves_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr("os.fsync", _full)
    with pytest.raises(OSError, match="disk"):
        write_index(tmp_path / "x.bits", built(ROWS, 2))
    assert list(tmp_path.iterdir()) == []


def _full(_):
    raise OSError("disk is full")


def test_empty_population_has_an_index(tmp_path):
    write_index(tmp_path / "x.bits", built([], 2))
    assert open_index(tmp_path / "x.bits", MANIFEST, replace(TABLE)).layout.rows == 0


def test_old_snapshot_gets_an_index_beside_its_rows(snapshot):
    path = snapshot.path / index_name(Population.CASES)
    assert not path.exists()
    assert index_of(snapshot, Population.CASES).layout.rows == 2
    assert open_index(path, snapshot.manifest, snapshot.table(Population.CASES)) is not None


def test_index_is_built_once(snapshot, monkeypatch):
    index_of(snapshot, Population.CASES)
    monkeypatch.setattr(opening, "build", lambda *_: pytest.fail("built again"))
    assert index_of(snapshot, Population.CASES).layout.rows == 2


def test_snapshot_that_cannot_be_written_is_counted_in_memory(snapshot, monkeypatch):
    monkeypatch.setattr("os.fsync", _full)
    index = index_of(snapshot, Population.CASES)
    assert index.layout.rows == 2
    assert list(snapshot.path.glob("*.bits*")) == list(snapshot.path.glob(".*.bits*")) == []


def test_index_is_counted_on_before_it_is_in_its_place(snapshot):
    path = snapshot.path / index_name(Population.CASES)
    index, seen = counted_on(snapshot, Population.CASES, lambda index: (path.exists(), index.planes.copy()))
    kept = open_index(path, snapshot.manifest, snapshot.table(Population.CASES))
    assert seen[0] is False
    assert np.array_equal(seen[1], kept.planes)
    assert np.array_equal(index.planes, kept.planes)


def test_file_that_does_not_last_is_counted_on_anew_in_memory(snapshot, monkeypatch):
    monkeypatch.setattr("os.fsync", _full)
    seen = []
    index, counted = counted_on(snapshot, Population.CASES, lambda index: seen.append(index) or len(seen))
    assert (counted, seen[1]) == (2, index)
    assert not isinstance(index.planes.base, mmap)


def test_counting_that_ends_badly_leaves_no_half_file(snapshot):
    with pytest.raises(ZeroDivisionError):
        counted_on(snapshot, Population.CASES, lambda _: 1 // 0)
    assert list(snapshot.path.glob("*.bits*")) == list(snapshot.path.glob(".*.bits*")) == []


def test_index_that_is_there_is_counted_on(snapshot):
    kept = index_of(snapshot, Population.CASES)
    index, rows = counted_on(snapshot, Population.CASES, lambda index: index.layout.rows)
    assert (rows, index.layout) == (2, kept.layout)


def test_index_of_another_format_is_built_again(snapshot):
    path = snapshot.path / index_name(Population.CASES)
    index_of(snapshot, Population.CASES)
    right = path.read_bytes()
    change(path, len(MAGIC) - 1, 0)
    index_of(snapshot, Population.CASES)
    assert path.read_bytes() == right


@pytest.mark.parametrize("damage", [lambda file: file.unlink(), lambda file: file.write_bytes(b"PAR1 no more")])
def test_missing_or_damaged_rows_are_said(snapshot, damage):
    damage(snapshot.file(Population.CASES))
    with pytest.raises(UserError) as refused:
        index_of(snapshot, Population.CASES)
    assert refused.value.code == "SNAP-004"


def test_every_population_gets_its_index(tmp_path):
    snapshot = make_snapshot(tmp_path, cases=CASES, clients="client | unit\n1 | A")
    make_indexes(snapshot.path, snapshot.manifest)
    assert sorted(path.name for path in tmp_path.glob("*.bits")) == ["cases.bits", "clients.bits"]


def test_index_does_not_tell_its_rows(snapshot):
    assert repr(index_of(snapshot, Population.CASES)).startswith("Index(cases, ")
