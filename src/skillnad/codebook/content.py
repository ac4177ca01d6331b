"""The digest that names exactly one content of the codebook."""

import hashlib
import json
from dataclasses import asdict
from datetime import date
from typing import Any

from skillnad.codebook.model import Codebook


def digest_of(codebook: Codebook) -> str:
    """SHA-256 (hexadecimal) of all variables and age bands in order; the files' layout makes no difference."""
    content = {
        "version": codebook.version,
        "variables": [plain(asdict(variable)) for variable in codebook.variables.values()],
        "age_bands": [asdict(band) for band in codebook.age_bands],
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
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
