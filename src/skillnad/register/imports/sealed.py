"""Identity numbers sealed to the pseudonyms of new clients, many of them while something else is done."""

import os
import struct
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import polars as pl

from skillnad.audit.keys import installed_keys
from skillnad.lib.sealing import Keys
from skillnad.register.imports.keys import PERSON, Identities
from skillnad.register.imports.stored import KEY

Sealer = Callable[[pl.Series], pl.DataFrame]
"""Of the clients with these keys, those that have an identity: source_key, pseudonym and what the register stores."""


@contextmanager
def sealing(identities: Identities, *, all_new: bool) -> Iterator[Sealer]:
    """Where every person is new to the register, all are sealed at once in a thread of their own; else those that are
    asked for, when they are asked for."""
    keys, persons = installed_keys(), identities.frame
    if not all_new:
        yield lambda wanted: sealed(persons.filter(pl.col("key").is_in(wanted.implode())), keys)
        return
    with ThreadPoolExecutor(1) as beside:
        under_way = beside.submit(sealed, persons, keys)
        yield lambda wanted: under_way.result()


def sealed(persons: pl.DataFrame, keys: Keys) -> pl.DataFrame:
    """Each person's number, readable for the pseudonym that is drawn for it, and what it is found by."""
    pseudonyms = drawn(persons.height)
    numbers = keys.seal_many(zip(persons["number"], pseudonyms, strict=True))
    return persons.select(
        pl.col("key").alias(KEY),
        pl.Series("pseudonym", pseudonyms, dtype=pl.Int64),
        pl.Series("identity_sealed", numbers, dtype=pl.Binary),
        pl.col("key").str.slice(len(PERSON)).str.decode("hex").alias("identity_index"),
        pl.col("kind").alias("id_kind"),
    )


def with_identity(clients: pl.DataFrame, sealer: Sealer) -> pl.DataFrame:
    """New clients with what is sealed of them; who has no identity has a pseudonym alone."""
    joined = clients.join(sealer(clients[KEY]), on=KEY, how="left", maintain_order="left")
    nameless = joined["pseudonym"].is_null().arg_true()
    pseudonyms = joined["pseudonym"].scatter(nameless, drawn(len(nameless))) if len(nameless) else joined["pseudonym"]
    return joined.with_columns(pseudonyms, pl.col("id_kind").fill_null("none"))


def drawn(count: int) -> list[int]:
    """Distinct random integers of 63 bits, never 0."""
    found: dict[int, None] = {}
    while len(found) < count:
        lacking = count - len(found)
        words = struct.unpack(f"={lacking}Q", os.urandom(8 * lacking))
        found.update(dict.fromkeys(word >> 1 for word in words if word >> 1))
    return list(found)
