"""What R answered: the JSON beside the scripts in fixtures/r."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

FOLDER = Path(__file__).parent / "fixtures" / "r"
DIGITS = 1e-6


@cache
def r_figures(name: str) -> Any:
    return json.loads((FOLDER / f"{name}.json").read_text("utf-8"))


def assert_same(found: Any, right: Any, tolerance: float = DIGITS) -> None:
    """Equal to R to six digits, and missing where R has NA."""
    found, right = (np.asarray(figures, dtype=float) for figures in (found, right))
    np.testing.assert_allclose(found, right, rtol=tolerance, atol=tolerance * 1e-3, equal_nan=True)
