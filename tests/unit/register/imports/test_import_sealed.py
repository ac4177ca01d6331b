"""Numbers sealed to the pseudonyms of new clients, all at once or as they are asked for."""

from datetime import date
from typing import Any

import polars as pl
import pytest

from skillnad.lib.sealing import Keys
from skillnad.register.imports import sealed as module
from skillnad.register.imports.keys import IDENTITY_SCHEMA, PERSON, Identities
from skillnad.register.imports.sealed import drawn, sealed, sealing, with_identity

KEYS = Keys(current="00000001", sealing={"00000001": b"s" * 32}, index=b"i" * 32, audit=b"a" * 32)
NUMBERS = [f"20010203TF{place:02}" for place in range(30)]


def key(number: str) -> str:
    return PERSON + KEYS.blind_index(number).hex()


def persons(numbers: list[str]) -> pl.DataFrame:
    rows = [(key(number), number, "reserv_lokal", date(2001, 2, 3), "1", False) for number in numbers]
    return pl.DataFrame(rows, schema=IDENTITY_SCHEMA, orient="row")


def clients(*keys: str) -> pl.DataFrame:
    return pl.DataFrame({"source_key": keys, "id": range(1, len(keys) + 1)}, schema_overrides={"source_key": pl.String})


@pytest.fixture(autouse=True)
def installed(monkeypatch: Any) -> None:
    monkeypatch.setattr(module, "installed_keys", lambda: KEYS)


def test_each_number_opens_for_the_pseudonym_beside_it() -> None:
    rows = sealed(persons(NUMBERS), KEYS)
    opened = [KEYS.unseal(value, row) for value, row in rows.select("identity_sealed", "pseudonym").iter_rows()]
    assert opened == NUMBERS


def test_each_number_is_found_by_its_index() -> None:
    rows = sealed(persons(NUMBERS), KEYS)
    assert rows["identity_index"].to_list() == KEYS.blind_index_many(NUMBERS)
    assert rows["source_key"].to_list() == [key(number) for number in NUMBERS]


def test_pseudonyms_are_positive_and_differ() -> None:
    found = drawn(5000)
    assert len(set(found)) == 5000
    assert all(0 < each < 2**63 for each in found)


@pytest.mark.parametrize("all_new", [True, False])
def test_clients_get_what_is_sealed_of_them_in_their_own_order(all_new: bool) -> None:
    wanted = clients(key(NUMBERS[7]), key(NUMBERS[2]))
    with sealing(Identities(persons(NUMBERS)), all_new=all_new) as sealer:
        rows = with_identity(wanted, sealer)
    assert rows.select("source_key", "id").equals(wanted)
    opened = [KEYS.unseal(value, row) for value, row in rows.select("identity_sealed", "pseudonym").iter_rows()]
    assert opened == [NUMBERS[7], NUMBERS[2]]
    assert rows["id_kind"].to_list() == ["reserv_lokal"] * 2


@pytest.mark.parametrize("all_new", [True, False])
def test_client_without_identity_has_a_pseudonym_alone(all_new: bool) -> None:
    with sealing(Identities(persons(NUMBERS)), all_new=all_new) as sealer:
        rows = with_identity(clients("K1", key(NUMBERS[0]), "K2"), sealer)
    nameless = rows.filter(pl.col("source_key").str.starts_with("K"))
    assert nameless.select("identity_sealed", "identity_index", "id_kind").rows() == [(None, None, "none")] * 2
    assert rows["pseudonym"].null_count() == 0
    assert rows["pseudonym"].n_unique() == 3


def test_nobody_with_an_identity_is_no_fault() -> None:
    with sealing(Identities(persons([])), all_new=True) as sealer:
        rows = with_identity(clients("K1"), sealer)
    assert rows["id_kind"].to_list() == ["none"]
    assert rows["pseudonym"][0] > 0


def test_only_those_that_are_asked_for_are_sealed() -> None:
    with sealing(Identities(persons(NUMBERS)), all_new=False) as sealer:
        assert sealer(pl.Series([key(NUMBERS[3]), "K1"])).height == 1
