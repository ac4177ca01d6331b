"""The manifest goes to JSON and back, and its id names exactly its content."""

import json
from dataclasses import replace
from datetime import date

import pytest

from skillnad.codebook.manifest import file_name, manifest_id, named, read_manifest, write_manifest
from skillnad.codebook.snapshot_schema import (
    Column,
    Manifest,
    Population,
    SnapshotColumn,
    SnapshotLevel,
    SnapshotTable,
)
from skillnad.codebook.trees import Succession, TreeHistory, UnitSpell
from skillnad.lib.errors import UserError

SEX = SnapshotColumn(
    id="legal_sex",
    kind=Column.CODE,
    sv="Juridiskt kön",
    en="Legal sex",
    levels=(SnapshotLevel("1", "Kvinna", "Woman"), SnapshotLevel("2", "Man", "Man")),
    unknown=frozenset({"2"}),
    sensitive=True,
)
RATING = replace(SEX, id="rating", order=("2", "1"))
CLIENT = SnapshotColumn(id="client", kind=Column.KEY, sv="Klient", en="Client")


@pytest.fixture
def manifest() -> Manifest:
    columns = {column.id: column for column in (SEX, CLIENT, RATING)}
    table = SnapshotTable(Population.CLIENTS, 3, "ab" * 32, columns)
    return named(Manifest("", date(2025, 12, 31), "1.0", "cd" * 32, "Provköping", {Population.CLIENTS: table}, ("5",)))


def test_manifest_comes_back_as_it_went(manifest: Manifest) -> None:
    assert read_manifest(write_manifest(manifest)) == manifest


def test_column_order_comes_back_as_it_went(manifest: Manifest) -> None:
    back = read_manifest(write_manifest(manifest))
    assert list(back.tables[Population.CLIENTS].columns) == ["legal_sex", "client", "rating"]


def test_days_of_a_unit_come_back_and_are_told_of_no_other(manifest: Manifest) -> None:
    levels = (SnapshotLevel("A", "Norr", "North", last_day=date(2025, 6, 30)), SnapshotLevel("B", "Söder", "South"))
    unit = replace(SEX, id="unit", levels=levels)
    table = replace(manifest.tables[Population.CLIENTS], columns={"unit": unit})
    text = write_manifest(named(replace(manifest, tables={Population.CLIENTS: table})))
    assert read_manifest(text).tables[Population.CLIENTS].columns["unit"].levels == levels
    told = json.loads(text)["tables"]["clients"]["columns"][0]["levels"]
    assert told == [["A", "Norr", "North", "", "2025-06-30"], ["B", "Söder", "South"]]


def test_order_of_a_scale_is_told_of_scales_alone(manifest: Manifest) -> None:
    columns = json.loads(write_manifest(manifest))["tables"]["clients"]["columns"]
    assert [column.get("order") for column in columns] == [None, None, ["2", "1"]]


def test_id_is_the_same_for_the_same_content(manifest: Manifest) -> None:
    assert manifest.id == manifest_id(replace(manifest, id="anything"))
    assert len(manifest.id) == 64


@pytest.mark.parametrize(
    "change",
    [
        {"as_of": date(2025, 12, 30)},
        {"codebook_digest": "00"},
        {"municipality": "Annanstad"},
        {"not_used": ()},
        {"tables": {}},
    ],
)
def test_id_changes_with_the_content(manifest: Manifest, change: dict) -> None:
    assert manifest_id(replace(manifest, **change)) != manifest.id


def test_text_is_the_same_each_time(manifest: Manifest) -> None:
    assert write_manifest(manifest) == write_manifest(read_manifest(write_manifest(manifest)))


def test_changed_row_count_is_refused(manifest: Manifest) -> None:
    changed = write_manifest(manifest).replace('"rows": 3', '"rows": 4')
    with pytest.raises(UserError) as refused:
        read_manifest(changed)
    assert refused.value.code == "SNAP-003"


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", '{"format": 1}', "\x00", '{"format": 1, "tables": []}'])
def test_what_is_no_manifest_is_refused(text: str) -> None:
    with pytest.raises(UserError) as refused:
        read_manifest(text)
    assert refused.value.code == "SNAP-003"


def test_unknown_column_kind_is_refused(manifest: Manifest) -> None:
    changed = write_manifest(manifest).replace('"kind": "key"', '"kind": "photo"')
    with pytest.raises(UserError, match="SNAP-003"):
        read_manifest(changed)


def test_other_format_is_named_as_such(manifest: Manifest) -> None:
    data = json.loads(write_manifest(manifest)) | {"format": 99}
    with pytest.raises(UserError, match="SNAP-002 somewhere"):
        read_manifest(json.dumps(data), where="somewhere")


def test_file_is_named_for_its_population() -> None:
    assert file_name(Population.FOLLOW_UPS) == "follow_ups.parquet"


def test_column_of_an_instrument_comes_back_with_all_that_it_says(manifest: Manifest) -> None:
    asked = replace(RATING, not_asked="2", reference="since", scored="ors 2000.1", good=("1",), pair="legal_sex")
    table = replace(manifest.tables[Population.CLIENTS], columns={"rating": asked})
    given = replace(manifest, tables={Population.ANSWERS: replace(table, population=Population.ANSWERS)})
    back = read_manifest(write_manifest(named(given)))
    assert back.tables[Population.ANSWERS].columns["rating"] == asked


def test_instruments_come_back_and_are_part_of_the_id(manifest: Manifest) -> None:
    answered = named(replace(manifest, instruments=(("skr6", "2019.1", "ef" * 32),)))
    assert read_manifest(write_manifest(answered)).instruments == (("skr6", "2019.1", "ef" * 32),)
    assert answered.id != manifest.id


def test_manifest_without_answers_says_nothing_of_instruments(manifest: Manifest) -> None:
    """What was made before there were any has the id that it had."""
    told = json.loads(write_manifest(manifest))
    assert "instruments" not in told
    assert not {"not_asked", "reference", "scored", "good", "pair"} & set(told["tables"]["clients"]["columns"][0])


DAY = date(2025, 1, 1)
TREE = TreeHistory(
    (UnitSpell("A", "Norr", "SN", "", None, date(2024, 12, 31)), UnitSpell("B", "Söder", "SN", "D1", DAY)),
    (Succession("A", "B", DAY),),
)


def test_tree_comes_back_as_it_went(manifest: Manifest) -> None:
    told = named(replace(manifest, tree=TREE))
    assert read_manifest(write_manifest(told)) == told


def test_manifest_without_a_tree_is_what_it_was(manifest: Manifest) -> None:
    assert "tree" not in json.loads(write_manifest(manifest))
    assert manifest_id(replace(manifest, tree=TREE)) != manifest.id
