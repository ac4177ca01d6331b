"""Whatever is sealed opens to what it was, for its own row and no other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillnad.lib.errors import UserError
from skillnad.lib.sealing import Keys

KEYS = Keys(current="00000001", sealing={"00000001": b"s" * 32}, index=b"i" * 32, audit=b"a" * 32)
ROWS = st.integers(min_value=1, max_value=2**63 - 1)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@given(TEXTS, ROWS)
def test_sealed_text_opens_to_itself(text: str, row: int) -> None:
    assert KEYS.unseal(KEYS.seal(text, row), row) == text


@given(TEXTS, ROWS, ROWS)
def test_sealed_text_opens_for_its_own_row_only(text: str, row: int, other: int) -> None:
    sealed = KEYS.seal(text, row)
    if row == other:
        assert KEYS.unseal(sealed, other) == text
    else:
        with pytest.raises(UserError, match="CONF-014"):
            KEYS.unseal(sealed, other)


@given(TEXTS, ROWS, st.data())
def test_no_single_bit_can_be_changed(text: str, row: int, data: st.DataObject) -> None:
    sealed = bytearray(KEYS.seal(text, row))
    bit = data.draw(st.integers(0, len(sealed) * 8 - 1))
    sealed[bit // 8] ^= 1 << bit % 8
    with pytest.raises(UserError, match=r"CONF-01[34]"):
        KEYS.unseal(bytes(sealed), row)


@given(TEXTS, TEXTS)
def test_indexes_are_equal_where_texts_are(one: str, other: str) -> None:
    assert (KEYS.blind_index(one) == KEYS.blind_index(other)) == (one == other)


@given(st.lists(TEXTS, max_size=20))
def test_many_indexes_are_each_ones_own(texts: list[str]) -> None:
    assert KEYS.blind_index_many(texts) == [KEYS.blind_index(text) for text in texts]
