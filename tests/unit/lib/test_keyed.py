import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillnad.lib.keyed import keyed_digest


@given(st.binary(min_size=1, max_size=64), st.lists(st.binary(max_size=200), max_size=4))
def test_digests_are_those_of_hmac(key: bytes, texts: list[bytes]) -> None:
    digest = keyed_digest(key)
    assert [digest(text) for text in texts] == [hmac.digest(key, text, "sha256") for text in texts]


def test_key_longer_than_a_block_is_refused() -> None:
    with pytest.raises(ValueError, match="64 bytes"):
        keyed_digest(b"k" * 65)
