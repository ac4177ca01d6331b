"""Keys of records and cells, and what readers make of the noise: one question, a table, and many questions."""

import numpy as np
import pytest
from disclosure_tables import as_system, with_margins

from skillnad.analysis.disclosure.perturbed import cell_keys
from skillnad.analysis.disclosure.perturbed.cell_keys import (
    record_key,
    record_keys,
    told_too_closely,
    with_noise,
)
from skillnad.analysis.disclosure.perturbed.noise_table import noise_table
from skillnad.lib.errors import UserError

SECRET = b"a secret of the municipality"
TABLE = noise_table(5)
WHOLE = 1 << 64
KNOWN = 7_888_979_039_172_055_506


def key_of(records) -> int:
    return sum(record_key(SECRET, "client", each) for each in records) % WHOLE


def shown(records) -> int:
    """What a question about these records is answered with."""
    return with_noise({"cell": len(records)}, {"cell": key_of(records)}, TABLE)["cell"]


def test_record_has_the_same_key_each_time() -> None:
    assert record_key(SECRET, "client", 7) == record_key(SECRET, "client", 7)


@pytest.mark.parametrize(
    "other",
    [record_key(SECRET, "client", 8), record_key(SECRET, "case", 7), record_key(b"another secret of 16", "client", 7)],
    ids=["record", "kind", "secret"],
)
def test_key_is_another_of_another_record_kind_or_secret(other) -> None:
    assert other != record_key(SECRET, "client", 7)


def test_key_is_stable_over_editions() -> None:
    """Noise that changed with the program would cancel what was shown before."""
    assert record_key(b"0123456789abcdef", "client", 1) == KNOWN


def test_keys_are_evenly_spread() -> None:
    found = record_keys(SECRET, "client", range(20_000))
    assert np.abs(np.bincount(found >> np.uint64(60), minlength=16) - 1250).max() < 150


def test_keys_of_many_are_those_of_each() -> None:
    assert record_keys(SECRET, "case", [3, 1]).tolist() == [record_key(SECRET, "case", each) for each in (3, 1)]


@pytest.mark.parametrize("secret", [b"", b"x" * 15, b"x" * 65])
def test_secret_of_another_length_is_refused(secret) -> None:
    with pytest.raises(UserError, match="DISC-075"):
        record_key(secret, "client", 1)


def test_same_people_are_the_same_number_in_whatever_order() -> None:
    assert shown([1, 2, 3, 4, 5, 6]) == shown([6, 2, 4, 1, 3, 5])


def test_names_of_cells_do_not_matter() -> None:
    counts, keys = {"a": 6, "b": 40}, {"a": key_of(range(6)), "b": key_of(range(40))}
    turned = with_noise({"B": 40, "A": 6}, {"A": keys["a"], "B": keys["b"]}, TABLE)
    assert list(with_noise(counts, keys, TABLE).values()) == [turned["A"], turned["B"]]


def test_numbers_are_whole_and_plain() -> None:
    assert type(shown(range(30))) is int


def people(counts: np.ndarray) -> dict:
    """The records of each inner cell."""
    ends = counts.cumsum().reshape(counts.shape)
    return {index: range(int(ends[index] - counts[index]), int(ends[index])) for index in np.ndindex(counts.shape)}


def noisy(counts: np.ndarray) -> dict:
    """A whole table with margins, each cell by its own records."""
    of, truth = people(counts), with_margins(counts)
    keys = {name: key_of(each for index, held in of.items() if _in(index, name) for each in held) for name in truth}
    return with_noise(truth, keys, TABLE)


def _in(index, name) -> bool:
    return all(code == "*" or int(code[1:]) == place for place, code in zip(index, name, strict=True))


@pytest.mark.parametrize("seed", range(3))
def test_reader_of_a_table_is_sure_of_no_small_count(seed) -> None:
    counts = np.random.default_rng(seed).poisson(4, (4, 4))
    assert told_too_closely(as_system(counts), noisy(counts), TABLE) == []


def test_count_that_its_neighbours_tell_is_told_too_closely(monkeypatch) -> None:
    monkeypatch.setattr(cell_keys, "ends", lambda told, shown, table: (told.values, told.values + (told.values > 9)))
    assert told_too_closely(as_system(np.array([[2, 30]])), {}, TABLE) == [("*", "b00"), ("a00", "b00")]


@pytest.mark.parametrize("count", [1, 4])
def test_one_difference_tells_little(count) -> None:
    """The reader asks of a group, and of all but it: 400 groups of the same size, each of another who are many."""
    guessed = [differenced(start, count, 1) for start in range(0, 400)]
    assert np.mean(np.array(guessed) == count) < 0.2


def test_many_differences_tell_a_small_count() -> None:
    """What the method does not promise: the noise of different questions is independent, and its mean is nought."""
    assert differenced(0, 3, 3000) == 3


def differenced(start: int, count: int, questions: int) -> int:
    """A group of `count` people, guessed from so many pairs of questions: some others with and without them."""
    rng = np.random.default_rng(start)
    group = key_of(range(1_000_000 + start, 1_000_000 + start + count))
    others = rng.integers(0, WHOLE, questions, dtype=np.uint64)  # the key of each set of others
    sizes = rng.integers(100, 900, questions)
    without = sizes + TABLE.noise(sizes, others)
    together = sizes + count + TABLE.noise(sizes + count, others + np.uint64(group))
    return round(float((together - without).mean()))
