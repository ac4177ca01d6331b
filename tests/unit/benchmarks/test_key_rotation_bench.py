"""The benchmark of a change of keys, on a register that is small enough for a test."""

from benchmarks import key_rotation

IDENTITIES = 1_200


def test_rotation_is_measured_while_requests_go_on() -> None:
    (goal,) = key_rotation.run(IDENTITIES)
    assert goal.name == "1,200 identities under a new key"
    assert goal.limit == key_rotation.ROTATE_SECONDS * IDENTITIES
    assert goal.measured > 0
    assert int(goal.note.split()[0]) >= 1  # the requests' own count
