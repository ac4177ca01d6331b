"""Codes to levels: text columns in, typed columns out."""

import json
from datetime import date

import polars as pl
import pytest

from skillnad.codebook.model import Entity, Kind, Meaning, Step, Value, Variable
from skillnad.codebook.snapshot_schema import Column
from skillnad.lib.errors import UserError
from skillnad.snapshots.encoding import LOCAL, column_of, derive_standard, encode, unpack_local


def variable(kind: Kind = Kind.SINGLE, name: str = "x", codes: str = "1 2 14", **more: object) -> Variable:
    values = tuple(Value(code, f"värde {code}", f"value {code}") for code in codes.split())
    return Variable(name, kind, Entity.CASE, Step.INTAKE, "Sort", "Sort (en)", values=values, **more)  # type: ignore[arg-type]


def encoded(kind: Kind, *texts: str) -> list[object]:
    return encode(pl.DataFrame({"x": texts}, schema={"x": pl.String}), [variable(kind)])["x"].to_list()


def test_encode_single_code_is_its_place_in_the_codebook() -> None:
    assert encoded(Kind.SINGLE, "14", "", "1", "2") == [3, 0, 1, 2]


def test_encode_several_codes_are_sorted_places() -> None:
    assert encoded(Kind.MULTIPLE, "14;1", "", "2") == [[1, 3], [], [2]]


def test_encode_code_given_twice_counts_once() -> None:
    assert encoded(Kind.MULTIPLE, "2;2") == [[2]]


def test_encode_date_is_a_date() -> None:
    assert encoded(Kind.DATE, "2025-02-28", "") == [date(2025, 2, 28), None]


def test_encode_number_is_a_number() -> None:
    assert encoded(Kind.NUMBER, "17", "2.5", "") == [17.0, 2.5, None]


@pytest.mark.parametrize("kind", [Kind.SINGLE, Kind.MULTIPLE, Kind.DATE, Kind.NUMBER])
def test_encode_no_rows_gives_no_rows_of_the_right_type(kind: Kind) -> None:
    types = {Kind.SINGLE: pl.Int16, Kind.MULTIPLE: pl.List(pl.Int16), Kind.DATE: pl.Date, Kind.NUMBER: pl.Float64}
    found = encode(pl.DataFrame({"x": []}, schema={"x": pl.String}), [variable(kind)])
    assert found.schema == {"x": types[kind]}


def test_encode_counts_rows_outside_the_codebook_and_keeps_quiet_of_the_value() -> None:
    with pytest.raises(UserError) as error:
        encoded(Kind.SINGLE, "1", "99", "hemligt", "99")
    assert (error.value.code, error.value.problems[0].where) == ("SNAP-020", "x")
    assert "3 rader" in error.value.text("sv")
    assert "hemligt" not in error.value.text("sv") + error.value.text("en")


def test_encode_two_codes_in_a_single_valued_variable_are_outside_the_codebook() -> None:
    with pytest.raises(UserError, match="SNAP-020"):
        encoded(Kind.SINGLE, "1;2")


def test_encode_names_every_variable_that_is_wrong() -> None:
    rows = pl.DataFrame({"x": ["9"], "y": ["8"]})
    with pytest.raises(UserError) as error:
        encode(rows, [variable(), variable(Kind.MULTIPLE, "y")])
    assert [problem.where for problem in error.value.problems] == ["x", "y"]


def unpacked(*values: object) -> dict[str, list[object]]:
    rows = pl.DataFrame({LOCAL: [value if isinstance(value, str) else json.dumps(value) for value in values]})
    wanted = [variable(name="sdq"), variable(name="slag")]
    return unpack_local(rows, wanted, frozenset({"sdq", "slag", "vilande"})).to_dict(as_series=False)


def test_unpack_local_gives_a_column_a_variable_in_the_rows_order() -> None:
    assert unpacked({"sdq": 17}, {}, {"sdq": 4, "slag": "b"}) == {"sdq": ["17", "", "4"], "slag": ["", "", "b"]}


def test_unpack_local_several_values_stand_with_semicolons() -> None:
    assert unpacked({"slag": ["b", "c"]})["slag"] == ["b;c"]


def test_unpack_local_reads_null_and_nothing_as_missing() -> None:
    assert unpacked({"sdq": None}, "")["sdq"] == ["", ""]


def test_unpack_local_passes_over_a_variable_that_is_not_used() -> None:
    assert unpacked({"vilande": "1"}) == {"sdq": [""], "slag": [""]}


def test_unpack_local_refuses_a_variable_that_the_codebook_lacks() -> None:
    with pytest.raises(UserError, match=r"SNAP-021.*borttagen.*SKILLNAD_LOCAL_CODEBOOK"):
        unpacked({"borttagen": "1"})


def derived(kind: Kind, own: str, old: str) -> str:
    mapping = {"A": ("1",), "B": ("14", "2"), "C": ("2",)}
    local = variable(name="old", codes="A B C D", maps_to="x", mapping=mapping)
    rows = pl.DataFrame({"x": [own], "old": [old]})
    return str(derive_standard(rows, local, variable(kind))["x"].item())


@pytest.mark.parametrize(
    ("kind", "own", "old", "expected"),
    [
        (Kind.SINGLE, "", "A", "1"),
        (Kind.SINGLE, "2", "A", "2"),  # what is recorded goes before what is derived
        (Kind.SINGLE, "", "B", ""),  # two values of a single-valued variable say neither
        (Kind.SINGLE, "", "D", ""),
        (Kind.SINGLE, "", "", ""),
        (Kind.MULTIPLE, "", "B", "2;14"),  # in the codebook's order
        (Kind.MULTIPLE, "", "A;C", "1;2"),
        (Kind.MULTIPLE, "14", "A", "14"),
    ],
)
def test_derive_standard_fills_what_is_missing(kind: Kind, own: str, old: str, expected: str) -> None:
    assert derived(kind, own, old) == expected


def test_column_of_has_the_levels_and_what_means_unknown() -> None:
    values = (Value("1", "Ja", "Yes"), Value("2", "Vet ej", "Don't know", Meaning.UNKNOWN))
    column = column_of(Variable("x", Kind.MULTIPLE, Entity.CASE, Step.INTAKE, "Sort", "Kind", values=values))
    assert column.kind is Column.CODES
    assert [level.sv for level in column.levels] == ["Ja", "Vet ej"]
    assert column.unknown == {"2"}


def test_column_of_has_the_order_of_a_scale() -> None:
    scale = Variable("x", Kind.SINGLE, Entity.FOLLOW_UP, Step.FOLLOW_UP, "Läge", "State", order=("2", "1"))
    assert column_of(scale).order == ("2", "1")
