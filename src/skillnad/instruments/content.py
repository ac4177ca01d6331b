"""The digest that names exactly one content of an instrument: answers are tied to it."""

import hashlib
import json
from dataclasses import asdict
from datetime import date
from typing import Any

from skillnad.instruments.model import Instrument


def digest_of(instrument: Instrument) -> str:
    """SHA-256 (hexadecimal) of all that the instrument says, in order; the files' layout makes no difference."""
    content = asdict(instrument) | {"digest": ""}
    text = json.dumps(plain(content), ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def plain(content: Any) -> Any:
    """Sets sorted and dates as text, so that JSON has one form of everything."""
    if isinstance(content, dict):
        return {key: plain(item) for key, item in content.items()}
    if isinstance(content, frozenset):
        return sorted(content)
    if isinstance(content, list | tuple):
        return [plain(item) for item in content]
    return content.isoformat() if isinstance(content, date) else content
