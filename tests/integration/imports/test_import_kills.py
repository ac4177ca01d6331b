"""An import killed at random moments: the register has all of the delivery or nothing of it."""

from pathlib import Path
from typing import Any

from kills import killed
from proof_sizes import SEED, size


def test_import_killed_at_any_moment_stores_all_or_nothing(tmp_path: Path, record_property: Any) -> None:
    found = killed("import", tmp_path, size(9, 200), SEED)
    record_property("kills", sum(each["killed"] for each in found))
    record_property("with part of the work on disk", sum(each["underway"] for each in found))
    record_property("ended before the kill", sum(not each["killed"] for each in found))
    assert any(each["killed"] for each in found)
    assert {each["left"] for each in found} <= {"nothing", "everything"}
    assert {each["again"] for each in found if "again" in each} == {"everything"}
