"""A snapshot writer killed at random moments: there is a whole snapshot or none, and the next one makes it."""

from pathlib import Path
from typing import Any

from kills import killed
from proof_sizes import SEED, size


def test_writer_killed_at_any_moment_leaves_a_whole_snapshot_or_none(tmp_path: Path, record_property: Any) -> None:
    found = killed("snapshot", tmp_path, size(8, 200), SEED)
    record_property("kills", sum(each["killed"] for each in found))
    record_property("with part of the work on disk", sum(each["underway"] for each in found))
    record_property("ended before the kill", sum(not each["killed"] for each in found))
    assert any(each["killed"] for each in found)
    assert {each["left"] for each in found} <= {"nothing", "everything"}
    assert {each["again"] for each in found if "again" in each} == {"everything"}
