"""The made-up answers as files: repeatable, tied to the follow-ups of the extracts, and of nobody."""

import csv
import hashlib
import re
from collections import Counter
from pathlib import Path

import pytest

from skillnad.collection.files import open_answers
from skillnad.instruments.loading import load_instrument
from skillnad.register.demo.answer_files import PAIR, SIX, write_answers
from skillnad.register.demo.extracts import write_extracts
from skillnad.register.demo.generate import make_municipality

TOWN = make_municipality(700, 5)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("answers")
    write_answers(TOWN, folder)
    return folder


def rows(folder: Path, instrument: str = SIX) -> list[dict[str, str]]:
    with (folder / f"{instrument}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=";"))


def test_there_is_a_file_for_each_instrument(tmp_path: Path) -> None:
    deliveries = write_answers(make_municipality(60, 3), tmp_path / "svar")
    assert [(each.instrument, each.file.name) for each in deliveries] == [(SIX, f"{SIX}.csv"), (PAIR, f"{PAIR}.csv")]


def test_same_municipality_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    for again in write_answers(make_municipality(700, 5), tmp_path):
        first = (folder / again.file.name).read_bytes()
        assert hashlib.sha256(again.file.read_bytes()).digest() == hashlib.sha256(first).digest()


def test_another_seed_gives_other_answers(folder: Path, tmp_path: Path) -> None:
    write_answers(make_municipality(700, 6), tmp_path)
    assert rows(tmp_path) != rows(folder)


@pytest.mark.parametrize("instrument", [SIX, PAIR])
def test_import_knows_every_column(folder: Path, instrument: str) -> None:
    opened = open_answers(folder / f"{instrument}.csv", load_instrument(instrument))
    assert opened.unread == ()
    assert set(load_instrument(instrument).items) <= set(opened.columns)


@pytest.mark.parametrize("instrument", [SIX, PAIR])
def test_each_row_has_a_key_of_its_own(folder: Path, instrument: str) -> None:
    keys = Counter(row["key"] for row in rows(folder, instrument))
    assert len(keys) > 3
    assert set(keys.values()) == {1}


def test_no_row_has_an_identity_or_a_name(folder: Path) -> None:
    told = (folder / f"{SIX}.csv").read_text() + (folder / f"{PAIR}.csv").read_text()
    assert not re.search(r"\d{8}-?[0-9T]\w{3}|Påhittad \d", told)


def test_rows_are_about_follow_ups_that_the_extracts_have(folder: Path, tmp_path: Path) -> None:
    write_extracts(TOWN, tmp_path)
    told = {row["follow_up"] for instrument in (SIX, PAIR) for row in rows(folder, instrument)}
    assert told <= keys_in(tmp_path)


def keys_in(extracts: Path) -> set[str]:
    """The keys that the mappings make of the files' own columns."""
    found = set()
    for path, encoding, separator, columns in (
        ("lifecare/Uppfoljningar.csv", "utf-8-sig", ";", ("UppföljningId",)),
        ("procapita/insatser.csv", "cp1252", ";", ("Insatsnr", "Uppföljd")),
        ("omsorg/uppfoljning.txt", "cp850", "\t", ("Insats-id", "Löpnr")),
    ):
        with (extracts / path).open(encoding=encoding, newline="") as stream:
            found |= {"|".join(row[name] for name in columns) for row in csv.DictReader(stream, delimiter=separator)}
    return found


def test_all_three_systems_are_asked(folder: Path) -> None:
    assert {row["follow_up"][0] for row in rows(folder)} == {"F", "I", "O"}


def test_follow_up_that_a_system_does_not_give_away_is_not_asked_about(folder: Path) -> None:
    told = [row["follow_up"] for row in rows(folder) if row["follow_up"].startswith("I")]
    per_intervention = Counter(key.split("|")[0] for key in told)
    assert set(per_intervention.values()) == {1}


def test_between_half_and_two_thirds_answer(folder: Path) -> None:
    asked = rows(folder)
    answered = sum(any(row[item] for item in load_instrument(SIX).items) for row in asked)
    assert 0.55 < answered / len(asked) < 0.65
