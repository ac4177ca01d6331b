"""A right that nothing asks about is a promise that nobody keeps: each is asked about by a page."""

import re
from pathlib import Path

import pytest

from skillnad.organisation.permissions import Right

WEB = Path(__file__).parents[2] / "src/skillnad/web"
PAGES = "\n".join(path.read_text(encoding="utf-8") for path in sorted(WEB.rglob("*.py")))


@pytest.mark.parametrize("right", list(Right))
def test_every_right_is_asked_about(right: Right) -> None:
    assert re.search(rf"@allowed\(check_can_{right}\)|\bcan_{right}\(", PAGES)
