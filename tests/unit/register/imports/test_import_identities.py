"""Whole columns of identity numbers say what the parser of single numbers says."""

import random
from datetime import date, timedelta

import polars as pl
import pytest

from skillnad.codebook.identity import IdentityKind, parse_identity, sex_hint
from skillnad.register.imports.identities import PARSED_SCHEMA, parse_identities

TODAY = date(2026, 3, 2)
USUAL = (
    "19900102-TF21",
    "19900102TF21",
    "19900102-T213",
    "19900102+T213",
    "18900102-T213",
    "19901301-T213",
    "19900230-TF21",
    "20000229-TF21",
    "19000229-TF21",
    "19900162-TF21",
    "19900160-TF21",
    "19900192-TF21",
    "20990102-TF21",
    "20260302-TF21",
    "20260303-TF21",
    "00000000-0000",
    "19900102-ABCD",
    "19900102-1A23",
    "19900102-T21A",
    "17900102-TF21",
)
OTHER = ("900102-TF21", "19900102 TF21", " 19900102-TF21", "19900102-tf21", "19900102\u2010TF21", "abc", "", "  ", "٢")
NATIONAL = ("22900102-RC12", "99000012-3456", "19900102-TF2", "19900102-TF21\n")


def one_by_one(text: str) -> tuple[object, ...] | None:
    found = parse_identity(text, TODAY)
    if found.kind == IdentityKind.NONE:
        return None
    return text, found.number, found.kind.value, found.birth_date, sex_hint(found), bool(found.warnings)


@pytest.mark.parametrize("text", [*USUAL, *OTHER, *NATIONAL])
def test_a_column_says_what_the_parser_says(text: str) -> None:
    expected = one_by_one(text)
    assert parse_identities(pl.Series([text]), TODAY).rows() == ([expected] if expected else [])


@pytest.mark.parametrize("seed", range(5))
def test_made_up_numbers_are_read_alike(seed: int) -> None:
    """Each has a letter in its serial, so that none is anyone's."""
    chance = random.Random(seed)
    texts = {made_up(chance) for _ in range(400)}
    expected = {row[0]: row for row in map(one_by_one, texts) if row}
    assert {row[0]: row for row in parse_identities(pl.Series(sorted(texts)), TODAY).rows()} == expected


def made_up(chance: random.Random) -> str:
    born = date(1850, 1, 1) + timedelta(chance.randrange(70_000))
    day = born.day + chance.choice((0, 0, 60, chance.randrange(70)))
    last = chance.choice("TRSUWXJKLMNABZ") + chance.choice(("F", "1", "0", "7")) + f"{chance.randrange(100):02d}"
    return f"{born:%Y%m}{day:02d}{chance.choice('-+ ')}{last}".replace(" ", chance.choice(("", " ")))


@pytest.mark.parametrize("serial", range(2380, 2400))
def test_check_digits_of_digits_alone_are_read_alike(serial: int) -> None:
    """Born in 1880 and 1881: of the dead, so that no number is anybody's."""
    for born in ("18801112", "18810172", "18811331"):
        text = f"{born}-{serial}"
        assert parse_identities(pl.Series([text]), TODAY).rows() == [one_by_one(text)]


def test_birth_number_zero_is_odd() -> None:
    assert parse_identities(pl.Series(["18800101-0000"]), TODAY)["odd"].to_list() == [True]


def test_every_letter_of_interim_numbers_is_read_alike() -> None:
    texts = [f"19900102-{letter}{serial}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" for serial in range(100, 120)]
    found = parse_identities(pl.Series(texts), TODAY)
    assert found.rows() == [one_by_one(text) for text in texts]
    assert IdentityKind.INTERIM.value in found["kind"].to_list()


def test_distinct_texts_come_once_and_nothing_gives_an_empty_frame() -> None:
    assert parse_identities(pl.Series([USUAL[0], None, USUAL[0]]), TODAY).height == 1
    empty = parse_identities(pl.Series([None], dtype=pl.String), TODAY)
    assert (empty.height, empty.schema) == (0, PARSED_SCHEMA)
