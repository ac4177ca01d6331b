"""The digest of an instrument: one for each content, whatever made it."""

import json
from dataclasses import replace
from datetime import date

import pytest

from skillnad.instruments.asked import Clause, Condition, Direction
from skillnad.instruments.content import digest_of
from skillnad.instruments.loading import load_instrument
from skillnad.lib.plain_json import plain


def test_plain_content_has_one_form():
    condition = Condition(any=(Clause("b1a", frozenset({"2", "1"})),))
    clause = {"item": "b1a", "in_": ["1", "2"], "not_in": [], "at_least": None, "at_most": None}
    assert plain(condition) == {"all": [], "any": [clause]}
    assert plain({"day": date(2026, 1, 2), "way": Direction.NONE}) == {"day": "2026-01-02", "way": "none"}


def test_whole_instrument_is_json():
    said = json.loads(json.dumps(plain(load_instrument("skr6"))))
    assert said["items"]["b2"]["when"]["any"][1]["item"] == "b1b"


def test_digest_does_not_name_itself():
    instrument = load_instrument("ors")
    assert digest_of(replace(instrument, digest="")) == instrument.digest
    assert len(instrument.digest) == 64


@pytest.mark.parametrize("change", [{"version": "2000.2"}, {"note_sv": "Ny"}, {"scores": {}}, {"verified": False}])
def test_digest_follows_the_content(change):
    instrument = load_instrument("ors")
    assert digest_of(replace(instrument, **change)) != instrument.digest


def test_order_of_the_items_is_content():
    instrument = load_instrument("ors")
    turned = dict(reversed(instrument.items.items()))
    assert digest_of(replace(instrument, items=turned)) != instrument.digest
