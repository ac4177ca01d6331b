"""A segment followed, on rows that no database has stored: what each kind of tampering looks like."""

from collections.abc import Sequence

import pytest

from skillnad.audit.chain import Sealing, canonical, content, list_digest
from skillnad.audit.following import MOST, Followed, Wrong, follow
from skillnad.audit.stored import Row

SEALING = Sealing.by(b"a" * 32)
AT, TOLD = "2026-03-02 09:30:00", "2026-03-02T09:30:00.000000+00:00"


def row(number: int, before: str, *, kind: str = "", subjects: object = (), details: object = None) -> Row:
    texts = canonical(list(subjects)), canonical(details or {})  # type: ignore[call-overload]
    mac = SEALING.link(content(before, TOLD, "a", "b", "", kind, *texts)).hex()
    return (number, AT, "a", "b", "", kind, *texts, before, mac)


def a_log(events: int = 6) -> list[Row]:
    rows: list[Row] = []
    for number in range(1, events + 1):
        rows.append(row(number, rows[-1][-1] if rows else "", details={"n": number}))
    return rows


def told(rows: Sequence[Row], people: Sequence[tuple[int, int]] = (), previous: str = "") -> list[tuple[Wrong, int]]:
    return [(fault.wrong, fault.number) for fault in follow(rows, people, previous, SEALING).faults]


def changed(rows: list[Row], place: int, column: int, value: str) -> list[Row]:
    return [
        (*each[:column], value, *each[column + 1 :]) if each is rows[place] else each  # type: ignore[misc]
        for each in rows
    ]


def test_whole_log_has_its_last_seal() -> None:
    rows = a_log()
    assert follow(rows, [], "", SEALING) == Followed(events=6, last=rows[-1][-1])


def test_segment_begins_where_the_one_before_ended() -> None:
    rows = a_log()
    assert told(rows[3:], previous=rows[2][-1]) == []
    assert told(rows[3:], previous=rows[1][-1]) == [(Wrong.GAP, 1)]


@pytest.mark.parametrize("column", range(1, 8))
def test_every_column_is_sealed(column: int) -> None:
    other = {1: "2026-03-02 09:31:00", 6: "[1]", 7: '{"n":1}'}.get(column, "x")
    assert told(changed(a_log(), 3, column, other)) == [(Wrong.CHANGED, 4)]


def test_spaces_and_order_of_stored_json_are_no_change() -> None:
    before = ""
    one = row(1, before, subjects=[1, 2], details={"b": 1, "a": "å, ä"})
    stored = (*one[:6], "[1, 2]", '{"b": 1, "a": "å, ä"}', *one[8:])
    assert told([stored]) == []  # type: ignore[list-item]


@pytest.mark.parametrize("broken", ["[1 2]", "[12", "", "[[", '{"n": }', "nonsense"])
def test_stored_text_that_is_no_json_is_a_change(broken: str) -> None:
    assert told(changed(a_log(2), 1, 6, broken)) == [(Wrong.CHANGED, 2)]


def test_fraction_of_a_second_is_part_of_the_moment() -> None:
    assert told(changed(a_log(1), 0, 1, "2026-03-02 09:30:00.000000")) == []
    assert told(changed(a_log(1), 0, 1, "2026-03-02 09:30:00.000001")) == [(Wrong.CHANGED, 1)]


def test_moment_with_a_time_zone_is_a_change() -> None:
    assert told(changed(a_log(1), 0, 1, "2026-03-02 09:30:00+00:00")) == [(Wrong.CHANGED, 1)]


def test_missing_event_is_a_gap_that_names_what_should_stand_there() -> None:
    rows = a_log()
    fault = follow([*rows[:2], *rows[3:]], [], "", SEALING).faults[0]
    assert (fault.wrong, fault.number, fault.row, fault.follows) == (Wrong.GAP, 3, 4, rows[2][-1])


def test_event_that_the_chain_goes_past_was_inserted() -> None:
    rows = a_log()
    false = (9, AT, "a", "b", "", "", "[]", "{}", rows[2][-1], "x")
    assert told([*rows[:3], false, *rows[3:]]) == [(Wrong.INSERTED, 4)]  # type: ignore[list-item]


def test_two_events_that_were_inserted_are_both_told() -> None:
    rows = a_log()
    false = [(9 + n, AT, "a", "b", "", "", "[]", "{}", "z", f"x{n}") for n in range(2)]
    wrongs = told([*rows[:3], *false, *rows[3:]])  # type: ignore[list-item]
    assert {number for _, number in wrongs} >= {4, 5}


def test_only_the_first_faults_are_kept_and_all_are_counted() -> None:
    rows = [(*each[:2], "x", *each[3:]) for each in a_log(MOST + 5)]
    found = follow(rows, [], "", SEALING)  # type: ignore[arg-type]
    assert (len(found.faults), found.wrong) == (MOST, MOST + 5)


def test_faults_are_numbered_after_what_came_before() -> None:
    rows = a_log(3)
    found = follow(changed(rows, 1, 2, "x"), [], "", SEALING).after(1000)
    assert [fault.number for fault in found.faults] == [1002]


def of_people(*pseudonyms: int) -> Row:
    return row(1, "", kind="client", subjects=pseudonyms)


def listed(*pseudonyms: int) -> list[tuple[int, int]]:
    return [(1, name) for name in SEALING.people(pseudonyms)]


def test_list_of_subjects_is_the_subjects() -> None:
    assert told([of_people(1, 2)], listed(1, 2)) == []


@pytest.mark.parametrize("there", [(), (1,), (1, 3), (1, 2, 3)])
def test_other_list_of_subjects_is_told(there: tuple[int, ...]) -> None:
    assert told([of_people(1, 2)], listed(*there)) == [(Wrong.PEOPLE, 1)]


def a_delivery(*pseudonyms: int) -> Row:
    names = SEALING.people(pseudonyms)
    return row(1, "", details={"people": {"count": len(names), "sha256": list_digest(names)}})


def test_list_of_a_delivery_is_what_was_digested() -> None:
    assert told([a_delivery(1, 2)], listed(1, 2)) == []
    assert told([a_delivery(1, 2)], listed(1, 3)) == [(Wrong.PEOPLE, 1)]
    assert told([a_delivery(1, 2)]) == [(Wrong.PEOPLE, 1)]


def test_list_beside_an_event_that_says_nothing_of_one_is_told() -> None:
    assert told([row(1, "")], listed(1)) == [(Wrong.PEOPLE, 1)]


@pytest.mark.parametrize("event", [0, 2])
def test_list_of_no_event_is_told(event: int) -> None:
    assert told([row(1, "")], [(event, 5)]) == [(Wrong.PEOPLE, 1)]
