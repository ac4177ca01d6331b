"""What is drawn and what stands out, on readings that are written here."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillnad.stewardship.log_review_patterns import (
    Circumstances,
    Held,
    Pattern,
    Reading,
    drawn,
    had_left,
    is_night,
    patterns,
)

SWEDEN = ZoneInfo("Europe/Stockholm")
NOON = datetime(2026, 3, 2, 11, tzinfo=UTC)
ANNA, BO = "account:1", "account:2"


def read(event: int = 1, by: str = ANNA, at: datetime = NOON, person: int = 1) -> Reading:
    return Reading(event, by, at, person)


def found(*readings: Reading, **known: object) -> list[Pattern]:
    return patterns(readings, Circumstances(**known), SWEDEN)  # type: ignore[arg-type]


def test_reading_at_noon_of_somebody_stands_out_in_no_way() -> None:
    assert found(read()) == []


@given(st.sets(st.integers(1, 10_000), max_size=60), st.integers(0, 40), st.text(max_size=8))
def test_draw_is_of_the_events_and_can_be_made_again(events: set[int], wanted: int, seed: str) -> None:
    once = drawn(events, wanted, seed)
    assert once == drawn(sorted(events, reverse=True), wanted, seed)
    assert len(once) == len(set(once)) == min(wanted, len(events))
    assert set(once) <= events


def test_each_event_is_as_likely_to_be_drawn() -> None:
    times = Counter(event for seed in range(2000) for event in drawn(range(10), 3, str(seed)))
    assert all(500 < times[event] < 700 for event in range(10))


def test_event_of_many_people_is_one_to_draw() -> None:
    assert drawn([4, 4, 4, 5], 5, "x") == [4, 5]


@pytest.mark.parametrize(("hour", "night"), [(21, False), (22, True), (0, True), (5, True), (6, False), (12, False)])
def test_night_is_from_ten_to_six(hour: int, night: bool) -> None:
    assert is_night(datetime(2026, 3, 2, hour, 59)) == night


@pytest.mark.parametrize(("month", "hour", "night"), [(1, 21, True), (7, 20, True), (7, 4, False), (1, 4, True)])
def test_night_is_told_by_the_swedish_clock(month: int, hour: int, night: bool) -> None:
    at = datetime(2026, month, 2, hour, 30, tzinfo=UTC)
    assert bool(found(read(at=at))) == night


def test_nights_of_a_login_are_one_finding_with_their_number() -> None:
    nights = [read(event, by, NOON + timedelta(hours=12)) for event, by in ((3, ANNA), (2, ANNA), (2, ANNA), (4, BO))]
    assert found(*nights) == [Pattern("night", 2, 2), Pattern("night", 4, 1)]


def protected(count: int, by: str = ANNA) -> list[Reading]:
    return [read(event=10 + number, by=by, person=number) for number in range(count)]


def test_five_protected_people_stand_out_and_four_do_not() -> None:
    everyone = frozenset(range(100))
    assert found(*protected(4), protected=everyone) == []
    assert found(*protected(5), protected=everyone) == [Pattern("protected", 10, 5)]


def test_one_protected_person_many_times_is_one_person() -> None:
    assert found(*(read(event=number) for number in range(20)), protected=frozenset({1})) == []


def test_protected_people_are_counted_by_login() -> None:
    assert found(*protected(4), *protected(4, by=BO), protected=frozenset(range(9))) == []


def test_own_record_is_found_for_its_own_login_alone() -> None:
    own = {ANNA: 7}
    assert found(read(person=7), own=own) == [Pattern("own", 1, 1)]
    assert found(read(person=7, by=BO), own=own) == []


def days(count: int) -> datetime:
    return NOON + timedelta(days=count)


def held(*people: int, begin: int = -10, end: int | None = -1) -> Held:
    return Held(frozenset(people), ((days(begin), None if end is None else days(end)),))


@pytest.mark.parametrize(
    ("units", "left"),
    [
        ([], False),
        ([held(1)], True),
        ([held(2)], False),
        ([held(1, end=None)], False),
        ([held(1, end=1)], False),
        ([held(1, end=0)], True),
        ([held(1), held(1, begin=-1, end=None)], False),
        ([held(1), held(2, begin=-1, end=None)], True),
        ([held(1), held(1, begin=1, end=None)], True),
    ],
)
def test_person_of_a_unit_that_was_left_stands_out(units: list[Held], left: bool) -> None:
    assert had_left(read(), units) == left
    assert bool(found(read(), held={ANNA: units})) == left


def test_unit_that_was_left_and_taken_up_again_is_had() -> None:
    again = Held(frozenset({1}), ((days(-10), days(-5)), (days(-1), None)))
    assert not had_left(read(), [again])
    assert had_left(read(at=days(-3)), [again])


def test_reading_may_stand_out_in_several_ways() -> None:
    at = NOON + timedelta(hours=12)
    assert [each.reason for each in found(read(at=at), own={ANNA: 1})] == ["night", "own"]
