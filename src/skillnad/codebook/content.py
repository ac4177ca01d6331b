"""The digest that names exactly one content of the codebook."""

import hashlib
import json
from dataclasses import asdict

from skillnad.codebook.model import Codebook
from skillnad.lib.plain_json import plain


def digest_of(codebook: Codebook) -> str:
    """SHA-256 (hexadecimal) of all variables and age bands in order; the files' layout makes no difference."""
    content = {
        "version": codebook.version,
        "variables": [plain(asdict(variable)) for variable in codebook.variables.values()],
        "age_bands": [asdict(band) for band in codebook.age_bands],
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
