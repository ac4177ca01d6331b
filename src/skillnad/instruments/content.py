"""The digest that names exactly one content of an instrument: answers are tied to it."""

import hashlib
import json
from dataclasses import replace

from skillnad.instruments.model import Instrument
from skillnad.lib.plain_json import plain


def digest_of(instrument: Instrument) -> str:
    """SHA-256 (hexadecimal) of all that the instrument says, in order; the files' layout makes no difference."""
    text = json.dumps(plain(replace(instrument, digest="")), ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
