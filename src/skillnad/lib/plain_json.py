"""Any content in the one form that its digest is taken of."""

from dataclasses import is_dataclass
from datetime import date
from typing import Any


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
