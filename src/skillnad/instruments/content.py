"""The digest that names exactly one content of an instrument: answers are tied to it."""

import hashlib
import json
from dataclasses import is_dataclass, replace
from datetime import date
from typing import Any

from skillnad.instruments.model import Instrument


def digest_of(instrument: Instrument) -> str:
    """SHA-256 (hexadecimal) of all that the instrument says, in order; the files' layout makes no difference."""
    text = json.dumps(plain(replace(instrument, digest="")), ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def plain(content: Any) -> Any:
    """Data classes as objects, sets sorted and dates as text, so that JSON has one form of everything."""
    if isinstance(content, str | int | float | None):
        return content
    if is_dataclass(content):
        return {name: plain(part) for name, part in vars(content).items()}
    if isinstance(content, dict):
        return {key: plain(item) for key, item in content.items()}
    if isinstance(content, frozenset):
        return sorted(content)
    if isinstance(content, list | tuple):
        return [plain(item) for item in content]
    return content.isoformat() if isinstance(content, date) else content
