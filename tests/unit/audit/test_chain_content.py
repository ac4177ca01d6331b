"""What is sealed of an event: one text for one event, whatever stores it."""

import json
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from skillnad.audit.chain import Sealing, canonical, content, list_digest, moment

SEALING = Sealing.by(b"a" * 32)
TEXTS = st.text(max_size=20)


@given(st.lists(TEXTS, min_size=6, max_size=6), st.lists(st.integers()), st.dictionaries(TEXTS, st.integers()))
def test_content_is_the_canonical_text_of_all_that_is_said(told: list[str], subjects: list[int], details: dict) -> None:
    expected = json.dumps([*told, subjects, details], sort_keys=True, separators=(",", ":")).encode()
    assert content(*told, canonical(subjects), canonical(details)) == expected


@given(st.lists(TEXTS, min_size=6, max_size=6), st.lists(TEXTS, min_size=6, max_size=6))
def test_two_events_are_never_one_text(one: list[str], other: list[str]) -> None:
    """Where one field ends and the next begins is part of it."""
    same = content(*one, "[]", "{}") == content(*other, "[]", "{}")
    assert same == (one == other)


def test_moment_is_told_in_utc() -> None:
    swedish = timezone(timedelta(hours=2))
    assert moment(datetime(2026, 7, 1, 1, 30, tzinfo=swedish)) == "2026-06-30T23:30:00.000000+00:00"
    assert moment(datetime(2026, 7, 1, tzinfo=UTC)) == "2026-07-01T00:00:00.000000+00:00"


def test_person_is_named_by_64_bits_that_the_key_decides() -> None:
    names = [SEALING.person(pseudonym) for pseudonym in range(1, 1000)]
    assert len(set(names)) == 999
    assert all(-(2**63) <= name < 2**63 for name in names)
    assert Sealing.by(b"b" * 32).person(1) != SEALING.person(1)


def test_people_are_each_once_and_in_order_of_their_names() -> None:
    assert SEALING.people([3, 1, 3]) == sorted([SEALING.person(1), SEALING.person(3)])


def test_digest_of_a_list_is_of_every_name_in_it() -> None:
    digests = {list_digest(names) for names in ([], [1], [1, 2], [2, 1], [-1], [1, 2, 3])}
    assert len(digests) == 6
